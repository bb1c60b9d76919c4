import pytest

from stancekit.records import Article
from stancekit.statements import extract_statements


def test_no_pronoun_reaches_over_the_stamp_of_an_entry():
    text = "18.42 BST\nVote delayed\nThe mayor, Farida Noor, has asked for a break.\n{}\n“It is full,” she writes."
    stamped, plain = (extract_statements(Article("a", text.format(line)))[-1].speaker for line in ("18:30", "In the chamber"))
    assert (stamped == "Farida Noor", plain) == (False, "Farida Noor")


@pytest.mark.parametrize("numbers", [("1.10", "1.11"), ("12", "13")])
def test_numbers_of_sections_part_nothing(numbers):
    text = "{} The mayor, Farida Noor, sat down.\n{} She said it was sad."
    assert extract_statements(Article("a", text.format(*numbers)))[-1].speaker == "Farida Noor"
