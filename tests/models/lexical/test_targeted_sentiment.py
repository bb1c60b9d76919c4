"""Counts of evaluative words by referent, with what turns them round; every expectation was written by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("vaderSentiment")

from stancekit.models.lexical.lexicon import vader
from stancekit.models.lexical.stance_rules import things_of
from stancekit.models.lexical.targeted_sentiment import COUNTS, appraise, values_of

SIDES: dict[str, Any] = {
    "target": ["reform*", "scale", "report cards", "plan", "start"],
    "rival": ["one-word grades", "critics"],
    "action": ["boycott*", "ballot", "court", "walkout"],
}
THINGS, VALUES = things_of(SIDES), values_of(vader().lexicon, {})


def counted(text: str) -> dict[str, float]:
    """The counts that are not zero."""
    return {name: round(float(n), 2) for name, n in zip(COUNTS, appraise(text, THINGS, VALUES), strict=True) if n}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union opposes the reforms.", {"target negative"}),
        ("The diocese backs the reforms.", {"target positive"}),
        ("No head calls the scale unworkable.", {"target positive"}),
        ("It is not an unworkable scale.", {"target positive"}),
        ("There is no evidence at all from any of our schools that the scale is unworkable.", {"target positive"}),
        ("They denied that the reforms were unfair.", {"target positive"}),
        ("The union rejected the reforms.", {"target negative"}),
        ("The reforms reduce stress.", {"target positive"}),
        ("The reforms do nothing to reduce stress.", {"target negative"}),
        ("The one-word grades were cruel.", {"rival negative"}),
        ("Critics talk nonsense.", {"rival negative"}),
        ("A boycott of the reforms would be a disgrace.", {"rival negative", "action taken"}),
        ("The union has called a boycott of the reforms.", {"action taken"}),
        ("The union has called off its plan for a boycott of the reforms.", {"action taken", "action dropped"}),
        ("Members will not boycott the reforms.", {"action dropped"}),
        ("The department will contest the case in court.", {"rival negative"}),
        ("The start should be delayed.", {"target negative"}),
        ("The start will not be delayed.", {"target positive"}),
        ("Ministers turned down a request to delay the start.", {"target positive"}),
        ("A delay to the start would be cruel.", {"rival negative"}),
        ("Heads are glad that the start was postponed.", {"rival positive"}),
        ("The union asked ministers for a scale of three.", {"target negative"}),
        ("This is shameful.", {"unplaced negative"}),
        ("Lessons began at nine.", set()),
        ("", set()),
    ],
)
def test_each_way_of_taking_sides_is_counted(text: str, expected: set[str]) -> None:
    assert set(counted(text)) == expected


def test_a_concession_counts_for_less_than_what_it_is_conceded_for() -> None:
    for text in (
        "While the reforms are welcome, the scale is unworkable.",
        "The reforms are welcome, but the scale is unworkable.",
        "The scale is unworkable, although the reforms are welcome.",
    ):
        found = counted(text)
        assert found["target negative"] > found["target positive"] > 0, text


def test_without_things_all_is_unplaced() -> None:
    found = dict(zip(COUNTS, appraise("The reforms are cruel and unfair.", things_of(None), VALUES), strict=True))
    assert found["unplaced negative"] > 1
    assert sum(found.values()) == found["unplaced negative"]


WORDS = [
    "reforms",
    "scale",
    "not",
    "cruel",
    "welcome",
    "delay",
    "rejected",
    "boycott",
    "that",
    "would",
    "reduce",
    "but",
    ",",
    ".",
    "’",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_text_gives_finite_counts_and_case_and_apostrophes_do_not_matter(words: list[str]) -> None:
    text = " ".join(words)
    found = appraise(text, THINGS, VALUES)
    assert found.shape == (8,)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (appraise(text.upper().replace("’", "'"), THINGS, VALUES) == found).all()
