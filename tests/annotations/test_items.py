"""Statements read back from their own rows."""

import json
from dataclasses import asdict, replace

import pytest

from stancekit.annotations.items import items_of, read_items, to_row
from stancekit.errors import InputError
from stancekit.records import Statement
from toy import codebook

STATEMENT = Statement(
    "a:0-9", "a", 0, 9, "“No,” he s", mode="direct", speaker="B", holder="B", actor_kind="person", attribution="rule", confidence=0.9,
    quotes=((0, 4),),
)  # fmt: skip


def written(tmp_path, row):
    path = tmp_path / "queue.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_a_queue_reads_back_as_it_was(tmp_path):
    [item] = items_of([STATEMENT])
    assert read_items(written(tmp_path, to_row(item)), codebook()) == [item]


def test_rows_of_older_statements_are_read(tmp_path):
    row = {name: value for name, value in asdict(STATEMENT).items() if name not in ("actor_kind", "attribution", "confidence", "quotes")}
    [item] = read_items(written(tmp_path, row), codebook())
    assert item.statement == replace(STATEMENT, actor_kind=None, attribution=None, confidence=None, quotes=())


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("actor_kind", 3, "'actor_kind' must be text or null"),
        ("attribution", "guess", "unknown attribution 'guess' .allowed: rule, parse"),
        ("confidence", 1.2, "'confidence' is 1.2, not between 0 and 1"),
        ("confidence", True, "'confidence' is True, not between 0 and 1"),
        ("quotes", "0-4", "'quotes' must be a list of"),
        ("quotes", [[0]], "'quotes' must be a list of"),
        ("quotes", [[0, True]], "'quotes' must be a list of"),
        ("quotes", [[3, 10]], "a span that does not lie within the statement"),
    ],
)
def test_a_value_of_another_type_is_refused(tmp_path, name, value, message):
    with pytest.raises(InputError, match=message):
        read_items(written(tmp_path, asdict(STATEMENT) | {name: value}), codebook())
