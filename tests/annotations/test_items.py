"""Statements read back from their own rows."""

import json
from dataclasses import asdict, replace

import pytest

from stancekit.annotations.items import items_of, read_items, to_row
from stancekit.errors import InputError
from stancekit.records import Statement
from toy import codebook

STATEMENT = Statement(
    "a:0-10", "a", 0, 10, "“No,” he s", mode="direct", speaker="B", holder="B", actor_kind="person", attribution="rule",
    attribution_confidence=0.9, quotes=((0, 4),),
)  # fmt: skip


def written(tmp_path, row):
    path = tmp_path / "queue.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_a_queue_reads_back_as_it_was(tmp_path):
    [item] = items_of([STATEMENT])
    assert read_items(written(tmp_path, to_row(item)), codebook()) == [item]


def test_rows_of_older_statements_are_read(tmp_path):
    row = {
        name: value
        for name, value in asdict(STATEMENT).items()
        if name not in ("actor_kind", "attribution", "attribution_confidence", "quotes")
    }
    [item] = read_items(written(tmp_path, row), codebook())
    assert item.statement == replace(STATEMENT, actor_kind=None, attribution=None, attribution_confidence=None, quotes=())


def test_rows_of_both_commands_are_read_with_their_article_and_the_users_columns(tmp_path):
    own = {"date": "2025-03-04", "outlet": None, "party": "Lab", "region": "North", "actor": "B", "target": "t", "model": "0123"}
    labels = {"stance": "oppose", "stance_probability": 0.7, "stance_oppose": 0.7, "stance_abstained": False}
    [item] = read_items(written(tmp_path, asdict(STATEMENT) | own | labels), codebook())
    assert (item.statement, item.suggested) == (STATEMENT, {"stance": {"oppose": 0.7}})
    old = {"confidence" if name == "attribution_confidence" else name: value for name, value in asdict(STATEMENT).items()}
    [item] = read_items(written(tmp_path, old), codebook())
    assert item.statement == STATEMENT


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ({"speeker": "B"}, r"unknown column 'speeker' - did you mean 'speaker'"),
        ({"stance_agree": 0.5}, r"unknown column 'stance_agree'"),
        (
            {"topic": "x", "topic_probability": 0.5},
            r"the labels are of the task 'topic', which the codebook does not have \(allowed: stance",
        ),
    ],
)
def test_a_column_that_is_meant_for_us_is_never_passed_over(tmp_path, column, message):
    with pytest.raises(InputError, match=message):
        read_items(written(tmp_path, asdict(STATEMENT) | column), codebook())


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("actor_kind", 3, "'actor_kind' must be text or null"),
        ("attribution", "guess", "unknown attribution 'guess' .allowed: rule, parse"),
        ("attribution_confidence", 1.2, "'attribution_confidence' is 1.2, not between 0 and 1"),
        ("attribution_confidence", True, "'attribution_confidence' is True, not between 0 and 1"),
        ("quotes", "0-4", "'quotes' must be a list of"),
        ("quotes", [[0]], "'quotes' must be a list of"),
        ("quotes", [[0, True]], "'quotes' must be a list of"),
        ("quotes", [[3, 11]], "a span that does not lie within the statement"),
    ],
)
def test_a_value_of_another_type_is_refused(tmp_path, name, value, message):
    with pytest.raises(InputError, match=message):
        read_items(written(tmp_path, asdict(STATEMENT) | {name: value}), codebook())


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ((5, 3), "the span 5-3 must begin at 0 or later and end after it begins"),
        ((0, 0), "the span 0-0 must begin at 0 or later"),
        ((-10, 0), "the span -10-0 must begin at 0 or later"),
        ((0, 9), "the text has 10 characters, its span 0-9 9: one of them was changed"),
        ((0, 10**400), "the text has 10 characters, its span 0-1000"),
    ],
)
def test_a_span_that_cannot_be_the_text_s_is_refused_with_its_line(tmp_path, span, message):
    """Labels of such a row could not pass `stancekit annotations check`."""
    path = tmp_path / "queue.jsonl"
    wrong = asdict(STATEMENT) | {"id": "a:wrong", "quotes": [], "start": span[0], "end": span[1]}
    path.write_text(f"{json.dumps(asdict(STATEMENT))}\n{json.dumps(wrong)}\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"queue\.jsonl:2: {message}"):
        read_items(path, codebook())


def test_spans_count_code_points_and_a_row_that_is_a_statement_is_one_from_its_start_to_its_end(tmp_path):
    text = "Very good \U0001f600!"
    row = {"id": "r7", "article_id": "r7", "start": 0, "end": len(text), "text": text}
    [item] = read_items(written(tmp_path, row), codebook())
    assert item.statement == Statement("r7", "r7", 0, 12, text)
