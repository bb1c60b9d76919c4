"""Who is meant by a pronoun that may mean several, by "the company", by "her counterpart"; and how sure that is."""

import pytest

from stancekit.records import Article
from stancekit.statements import extract_statements


@pytest.mark.parametrize(
    "text",
    [
        "{a} {s} and {b} {t} met at noon. “We lost,” she said.",
        "{a} {s} and {b} {t} met at noon. “We lost,” she said. “By far,” she added.",
        "Mr {s} said no. “We lost,” she said.",
    ],
)
def test_where_nothing_tells_it_is_a_guess(text, namer):
    names = {key: namer.word() for key in "abst"}
    *_, last = extract_statements(Article("x", text.format(**names)))
    assert last.attribution_confidence is not None
    assert last.attribution_confidence < 0.7


@pytest.mark.parametrize(
    "text",
    [
        "{a} {s} said no. “We lost,” she said.",
        "{a} {s} said no. {b} {t} was there. “We lost,” she said.",
    ],
)
def test_where_something_tells_it_is_none(text, namer):
    names = {key: namer.word() for key in "abst"}
    *_, last = extract_statements(Article("x", text.format(**names)))
    assert last.attribution_confidence is not None
    assert last.attribution_confidence > 0.75


OTHERS = [
    ("{a} {s} told MPs that the minister had said the plan was “safe”.", "{a} {s}"),
    ("{a} {s} was glad. Her counterpart at {S}, {b} {t}, went further: “We won.”", "{b} {t}"),
    ("{a} {s} was glad. His predecessor, {b} {t}, was not: “We lost,” she said.", "{b} {t}"),
    ("{S} Ltd, which makes glue, has 40 staff. The firm said: “We are sorry.”", "{S} Ltd"),
    ("{a} {s} founded a mill. The company said: “We are glad.”", "company"),
]


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_who_is_meant_by_other_words(text, expected, namer):
    for _ in range(3):
        names = {key: namer.word() for key in "abst"} | {"S": namer.word(3)}
        if len(set(names.values())) == len(names):
            found = [s.speaker for s in extract_statements(Article("x", text.format(**names))) if s.quotes]
            assert set(found) == {expected.format(**names)}
