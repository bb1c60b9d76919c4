"""Lines beside a quotation that say whose it is; all names are made up."""

import pytest

from stancekit.records import Article, Statement
from stancekit.statements import extract_statements

AROUND = "The opposition leader, {b}, said the closures were wrong.\n\n{line}\n\nThe vote is tonight."
WORDS = "“We have no money.”"


def said(line: str, namer) -> tuple[Statement, str]:
    """The statement of the words, and the person's name."""
    a, b = namer.person(), namer.person()
    text = AROUND.format(b=b, line=line.format(a=a, q=WORDS))
    (found,) = (s for s in extract_statements(Article("x", text)) if "no money" in s.text)
    return found, a


@pytest.mark.parametrize(
    "line",
    [
        "{a}:\n{q}",
        "{a}, budget lead:\n{q}",
        "{a}, budget lead\n{q}",
        "{a} (budget lead): {q}",
        "The budget lead, {a}, on closures:\n{q}",
        "Response from {a}:\n{q}",
        "And this from {a}, the budget lead:\n{q}",
        "{a}’s statement in full:\n{q}",
        "Here is the budget lead, {a}:\n{q}",
        "Here’s {a}, from Acme Docks:\n{q}",
        "Please attribute the following to {a}, chief executive of Acme Docks:\n{q}",
        "{q} – {a}, budget lead",
        "{q}\n— {a}, budget lead",
        "“We have no money” – {a}, budget lead",
        "{q} Those were the words of {a}, the budget lead.",
    ],
)
def test_a_person_named_beside_the_words(line, namer):
    found, name = said(line, namer)
    assert (found.kind, found.speaker) == ("sentence", name)
    assert found.mode in ("direct", "mixed")


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("Response from Acme Rail:\n{q}", "Acme Rail"),
        ("Ministry of Ports:\n{q}", "Ministry of Ports"),
        ("Statement from the mayor\n{q}", "mayor"),
        ("The council’s response:\n{q}", "council"),
        ("{q} – Acme Rail spokesperson", "Acme Rail spokesperson"),
    ],
)
def test_a_body_or_a_role(line, speaker, namer):
    assert said(line, namer)[0].speaker == speaker


def test_words_set_apart_without_marks_are_whose_name_stands_under_them(namer):
    a, b = namer.person(), namer.person()
    text = f"{b} has written to the board.\nWe can and must do more\n— {a}, chair\nShe said that it was late."
    found = [(s.text, s.kind, s.speaker) for s in extract_statements(Article("x", text))]
    assert ("We can and must do more", "sentence", a) in found
    assert found[-1][2] == b  # nobody has been heard under the line


@pytest.mark.parametrize("heading", ["Further reaction", "Further reaction:", "{a}", "School Meals"])
def test_a_heading_names_no_speaker(heading, namer):
    found, name = said(heading + "\n{q}", namer)
    assert heading == "{a}" or name not in (found.speaker or "")
    assert "reaction" not in (found.speaker or "")
    assert "Meals" not in (found.speaker or "")


def test_whom_somebody_speaks_of_does_not_speak(namer):
    a, b = namer.person(), namer.person()
    text = f"The opposition leader, {a}, said the closures were wrong.\nShe was harder on {b}:\n{WORDS}"
    assert extract_statements(Article("x", text))[-1].speaker == a


def test_testimonials_have_the_name_on_the_line_below():
    pairs = [("“Our bills have halved”", "Jo, Northmouth"), ("“I would not go back. It never worked.”", "Mina Patel, Port Lyle")]
    text = "What tenants say\n\n" + "\n\n".join(map("\n".join, [*pairs, ("“Warm at last!”", "— Dave (Easthaven)")]))
    found = extract_statements(Article("a", text))
    assert [s.speaker for s in found if s.text[0] == "“" or s.text[-1] == "”"] == ["Jo", "Mina Patel", "Mina Patel", "Dave"]
    assert not any(s.organisation for s in found)
    above = "Jo Askew, Northmouth\n“Our bills have halved.”\nMina Patel, Port Lyle\n“It never worked.”\nThe landlord said nothing."
    assert [s.speaker for s in extract_statements(Article("a", above)) if s.text[0] == "“"] == ["Jo Askew", "Mina Patel"]
