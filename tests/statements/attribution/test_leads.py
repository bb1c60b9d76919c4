import pytest

from stancekit.records import Article
from stancekit.statements import extract_statements

BEFORE = "The opposition leader, Farida Noor, said the plan was wrong.\n"


@pytest.mark.parametrize(
    ("line", "speaker", "organisation"),
    [
        ("Here is the budget lead, Tom Askew:", "Tom Askew", None),
        ("Please attribute the following to Ann Reith, chief executive of Acme Docks:", "Ann Reith", "Acme Docks"),
        ("Here’s Alan Reith, from Acme Docks:", "Alan Reith", None),
        ("Response from Acme Rail:", "Acme Rail", "Acme Rail"),
        ("Ministry of Ports:", "Ministry of Ports", "Ministry of Ports"),
        ("Statement from the mayor", "mayor", None),
        ("Tom Askew, budget lead", "Tom Askew", None),
        ("She was harder on Tom Askew:", "Farida Noor", None),
    ],
)
def test_a_line_without_a_verb_names_who_is_quoted(line, speaker, organisation):
    found = extract_statements(Article("a", f"{BEFORE}{line}\n“We have no money. It is sad.”\nThe vote is tonight."))
    assert [(s.speaker, s.organisation) for s in found[-3:-1]] == [(speaker, organisation)] * 2


def test_no_pronoun_reaches_over_the_stamp_of_an_entry():
    text = "18.42 BST\nVote delayed\nThe mayor, Farida Noor, has asked for a break.\n{}\nThe doors are shut.\n“It is full,” she writes."
    stamped, plain = (extract_statements(Article("a", text.format(line)))[-1].speaker for line in ("18:30", "In the chamber"))
    assert (stamped, plain) == ("narrator", "Farida Noor")


@pytest.mark.parametrize("numbers", [("1.10", "1.11"), ("12", "13")])
def test_numbers_of_sections_part_nothing(numbers):
    text = "{} The mayor, Farida Noor, sat down.\n{} She said it was sad."
    assert extract_statements(Article("a", text.format(*numbers)))[-1].speaker == "Farida Noor"


def test_testimonials_have_the_name_on_the_line_below():
    pairs = [("“Our bills have halved”", "Jo, Northmouth"), ("“I would not go back. It never worked.”", "Mina Patel, Port Lyle")]
    text = "What tenants say\n\n" + "\n\n".join(map("\n".join, [*pairs, ("“Warm at last!”", "— Dave (Easthaven)")]))
    found = extract_statements(Article("a", text))
    assert [s.speaker for s in found if s.text[0] == "“" or s.text[-1] == "”"] == ["Jo", "Mina Patel", "Mina Patel", "Dave"]
    above = "Jo Askew, Northmouth\n“Our bills have halved.”\nMina Patel, Port Lyle\n“It never worked.”\nThe landlord said nothing."
    assert [s.speaker for s in extract_statements(Article("a", above)) if s.text[0] == "“"] == ["Jo Askew", "Mina Patel"]


@pytest.mark.parametrize("kicker", ["BREAKING:", "BREAKING NEWS:", "EXCLUSIVE:", "UPDATE:"])
def test_what_kicks_off_a_post_is_no_speaker(kicker):
    [found] = extract_statements(Article("a", f"{kicker} union rejects tax deal #tax", language="en"))
    assert found.speaker == "union"
