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
    text = "18.42 BST\nVote delayed\nThe mayor, Farida Noor, has asked for a break.\n{}\n“It is full,” she writes."
    stamped, plain = (extract_statements(Article("a", text.format(line)))[-1].speaker for line in ("18:30", "In the chamber"))
    assert (stamped == "Farida Noor", plain) == (False, "Farida Noor")


@pytest.mark.parametrize("numbers", [("1.10", "1.11"), ("12", "13")])
def test_numbers_of_sections_part_nothing(numbers):
    text = "{} The mayor, Farida Noor, sat down.\n{} She said it was sad."
    assert extract_statements(Article("a", text.format(*numbers)))[-1].speaker == "Farida Noor"
