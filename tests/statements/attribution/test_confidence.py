import pytest

from stancekit.statements.attribution.confidence import confidence, sort_of
from stancekit.statements.clauses.reporting_clauses import find_clues
from stancekit.statements.text.tokens import QUOTE, attach, mask, tokenise
from stancekit.statements.text.types import Entity


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("“Never,” said Ana.", "beside"),
        ("Ana said: “Never.”", "beside"),
        ("Ana said on Monday that it was “a mess”.", "near"),
        ("Ana said on Monday that the plan for the new line from the coast was “a mess”.", "far"),
        ("Ana wanted “a mess”.", "weak"),
        ("Ana left, saying it was “a mess”.", "shared"),
    ],
)
def test_where_the_speaker_stands(text, sort):
    start, end = text.index("“"), text.index("”") + 1
    name = text.index("Ana")
    tokens = attach(mask(tokenise(text, 0, len(text)), [(start, end)]), [(name, name + 3, Entity("Ana", "person"))])
    [clue] = find_clues(tokens)
    place = next(i for i, token in enumerate(tokens) if token.word == QUOTE)
    assert sort_of(clue, place, tokens) == sort


def test_what_is_named_beside_is_surer_than_what_is_carried_on():
    assert 1 > confidence("beside") > confidence("beside", "pronoun") > confidence("floating", "name", 0.8) > 0.5
    assert confidence("floating", carried=1.0) > confidence("floating", carried=0.9)
