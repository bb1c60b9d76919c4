"""doccano's own exports of a text classification project, as its export pipeline and those of older versions write them."""

import json
from pathlib import Path
from typing import Any

import pytest
from exchanged import ITEMS, annotation, codebook

from stancekit.annotations.exchange import EXCHANGES, Imported
from stancekit.errors import InputError

BOOK = codebook()
TOOL = EXCHANGES["doccano"]
DONE = ["issue:timing", "stance:oppose", "topics:schools"]


def row(item: int = 0, label: Any = DONE, **values: Any) -> dict[str, Any]:
    """A row as doccano exports it: id and text, the metadata that was imported, labels, comments."""
    meta = json.loads(TOOL.export([ITEMS[item]], [], BOOK))
    text = meta.pop("text")
    meta.pop("label")
    return {"id": item + 1, "text": text, **meta, "label": label, "Comments": []} | values


def older(item: int = 0, labels: Any = DONE, **values: Any) -> dict[str, Any]:
    """The same by versions that keep the metadata under `meta`."""
    meta = row(item)
    for key in ("id", "label", "Comments"):
        del meta[key]
    text = meta.pop("text")
    return {"id": item + 1, "text": text, "meta": meta, "annotation_approver": None, "comments": [], "labels": labels} | values


def parse(folder: Path, *rows: dict[str, Any], annotator: str | None = "coder_1") -> Imported:
    path = folder / "coder_1.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
    return TOOL.parse(path, BOOK, annotator)


@pytest.mark.parametrize("made", [row(), older(), older(annotation_approver="admin")])
def test_labels_are_taken_whoever_approved_them(tmp_path: Path, made: dict[str, Any]) -> None:
    assert parse(tmp_path, made) == Imported([annotation(ITEMS[0])], [])


@pytest.mark.parametrize("label", [[], None])
def test_a_row_without_labels_is_not_done(tmp_path: Path, label: Any) -> None:
    found = parse(tmp_path, row(), row(1, label=label))
    assert len(found.annotations) == 1
    assert found.skipped == [f"{tmp_path / 'coder_1.jsonl'}:2: statement 'a1:40-53' is not labelled yet"]


def test_further_labels_and_that_none_holds(tmp_path: Path) -> None:
    found = parse(tmp_path, row(label=["issue:timing", "issue_also:other", "stance:oppose", "topics:(none)"])).annotations[0]
    assert found.also == ("other",)
    assert found.labels["topics"] == ()


def test_comments_become_notes(tmp_path: Path) -> None:
    found = parse(tmp_path, row(Comments=["First.", "Second."]), older(1, comments=[{"id": 4, "text": "Third.", "user": 1}]))
    assert [a.note for a in found.annotations] == ["First.\nSecond.", "Third."]


def test_whole_numbers_that_a_table_made_floats(tmp_path: Path) -> None:
    found = parse(tmp_path, row(start=0.0, end=33.0)).annotations[0]
    assert (found.start, found.end) == (0, 33)
    assert isinstance(found.start, int)
    with pytest.raises(InputError, match=r":1: 'start' is 0\.5, not a whole number"):
        parse(tmp_path, row(start=0.5))


def test_versions_that_call_the_text_data(tmp_path: Path) -> None:
    made = row()
    made["data"] = made.pop("text")
    assert parse(tmp_path, made).annotations == [annotation(ITEMS[0])]


@pytest.mark.parametrize(
    ("label", "message"),
    [
        (["oppose", *DONE], r":1: unknown label 'oppose' - did you mean 'stance:oppose'"),
        (["stance:opose", "issue:timing"], r":1: unknown label 'stance:opose' - did you mean 'stance:oppose'"),
        ([*DONE, "stance:support"], r":1: two labels for task 'stance', which takes one: oppose, support"),
        ([*DONE, "topics:(none)"], r":1: 'topics:\(none\)' beside other labels of the task"),
        (DONE[:2], r":1: no label for task 'topics'"),
        (["issue_also:other"], r":1: no label for task 'stance'"),
        ([[0, 5, "stance:oppose"]], r":1: the labels are .*not a list of text; export a text classification project"),
        ("stance:oppose", r":1: the labels are 'stance:oppose', not a list of text"),
    ],
)
def test_faults_of_a_row(tmp_path: Path, label: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse(tmp_path, row(label=label))


def test_rows_with_the_numbers_of_labels_are_refused(tmp_path: Path) -> None:
    made = older()
    made["annotations"] = [{"label": 1, "user": 1}]
    del made["labels"]
    with pytest.raises(InputError, match=r":1: .*it looks like a record of doccano without label names"):
        parse(tmp_path, made)


def test_what_it_imports_are_flat_rows_that_all_have_the_same_keys() -> None:
    rows = [json.loads(line) for line in TOOL.export(ITEMS, [annotation(ITEMS[0])], BOOK).splitlines()]
    assert len({tuple(r) for r in rows}) == 1
    assert all(isinstance(value, str | int) for r in rows for key, value in r.items() if key != "label")
    assert [r["label"] for r in rows] == [["stance:oppose", "issue:timing", "topics:schools"], [], []]
    assert rows[2]["suggested"] == "stance: support 0.90; topics: schools 0.70"


def test_the_labels_that_a_project_imports() -> None:
    assert TOOL.config is not None
    labels = json.loads(TOOL.config(BOOK))
    assert [label["text"] for label in labels] == [
        "stance:oppose", "stance:neutral", "stance:support", "issue:timing", "issue:grading", "issue:other",
        "issue_also:timing", "issue_also:grading", "issue_also:other", "topics:schools", "topics:money", "topics:(none)",
    ]  # fmt: skip
    keys = [label["suffix_key"] for label in labels]
    assert len(set(keys)) == len(keys)
    assert set(labels[0]) == {"text", "prefix_key", "suffix_key", "background_color", "text_color"}


def test_more_labels_than_keys() -> None:
    assert TOOL.config is not None
    many = {f"l{i}": next(iter(BOOK.tasks["stance"].labels.values())) for i in range(40)}
    book = BOOK.model_copy(update={"tasks": {"stance": BOOK.tasks["stance"].model_copy(update={"labels": many})}})
    keys = [label["suffix_key"] for label in json.loads(TOOL.config(book))]
    assert len(keys) == 40
    assert keys[36:] == [None] * 4
