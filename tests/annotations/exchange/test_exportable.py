"""What may be exported: statements, queues, a model's labels, annotations, or statements with annotations."""

import json
from pathlib import Path
from typing import Any

import pytest
from exchanged import ITEMS, annotation, codebook

from stancekit.annotations import write_annotations
from stancekit.annotations.exchange import read_exportable
from stancekit.annotations.items import to_row
from stancekit.errors import InputError

BOOK = codebook()


def queue(folder: Path, **values: Any) -> Path:
    path = folder / "queue.jsonl"
    path.write_text("".join(json.dumps(to_row(i) | values) + "\n" for i in ITEMS))
    return path


def test_a_queue(tmp_path: Path) -> None:
    items, annotations = read_exportable(queue(tmp_path), BOOK)
    assert [i.statement.id for i in items] == [i.statement.id for i in ITEMS]
    assert items[2].suggested == ITEMS[2].suggested
    assert annotations == []


def test_annotations_with_and_without_statements(tmp_path: Path) -> None:
    begun = [annotation(ITEMS[0]), annotation(ITEMS[1], labels={"stance": "oppose"})]
    write_annotations(tmp_path / "a.jsonl", begun)
    assert read_exportable(tmp_path / "a.jsonl", BOOK) == ([], begun)
    items, annotations = read_exportable(queue(tmp_path), BOOK, tmp_path / "a.jsonl")
    assert len(items) == 3
    assert annotations == begun


def test_what_is_neither_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"text": "A."}\n')
    with pytest.raises(InputError, match=r"x\.jsonl:1: "):
        read_exportable(tmp_path / "x.jsonl", BOOK)
    (tmp_path / "x.jsonl").write_text("")
    with pytest.raises(InputError, match="holds no statements"):
        read_exportable(tmp_path / "x.jsonl", BOOK)
