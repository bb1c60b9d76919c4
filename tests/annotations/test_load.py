"""Each fault of the annotations is named with file, line, value and what is allowed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stancekit.annotations import load_annotations
from stancekit.articles import read_articles
from stancekit.codebook import load_codebook
from stancekit.errors import InputError
from stancekit.files import read_jsonl
from stancekit.records import Article
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "annotations" / "ofsted.jsonl"
BOOK = load_codebook(ROOT / "annotations" / "codebook.yaml")
ARTICLES = {a.id: a for a in read_articles([ROOT / "seeds"]) if isinstance(a, Article)}
STATEMENTS = [s for a in ARTICLES.values() for s in extract_statements(a)]
ROWS = [row for _, row in read_jsonl(SHIPPED)]


def test_the_shipped_annotations_cover_every_sentence_once() -> None:
    annotations = load_annotations(SHIPPED, BOOK, ARTICLES, STATEMENTS)
    assert len(annotations) == 130
    assert {a.statement_id for a in annotations} == {s.id for s in STATEMENTS if s.kind == "sentence"}


@pytest.mark.parametrize("name", ["reader_a", "reader_b"])
def test_both_passes_are_sound(name: str) -> None:
    assert len(load_annotations(ROOT / "annotations" / "passes" / f"{name}.jsonl", BOOK, ARTICLES, STATEMENTS)) == 130


def changed(**values: Any) -> Callable[[list[dict[str, Any]]], None]:
    return lambda rows: rows[4].update(values)


def labelled(**labels: Any) -> Callable[[list[dict[str, Any]]], None]:
    return lambda rows: rows[4]["labels"].update(labels)


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (labelled(stance="favour"), r":5: label 'favour' is not in task 'stance'.*\(allowed: oppose, neutral, support\)"),
        (labelled(stance=True), r":5: label True of task 'stance' is not text"),
        (labelled(tone="neutral"), r":5: task 'tone' is not in the codebook.*allowed: stance, issue, sentiment"),
        (lambda rows: rows[4]["labels"].pop("issue"), r":5: no label for task 'issue'"),
        (lambda rows: rows[4].update(text=rows[4]["text"] + "!"), r":5: the text no longer matches its span"),
        (lambda rows: rows[4].update(start=rows[4]["start"] + 1), r":5: the text no longer matches its span"),
        (changed(end=10**6), r":5: span .* lies outside the article"),
        (changed(start="417"), r":5: 'start' is '417', not a whole number"),
        (changed(start=True), r":5: 'start' is True, not a whole number"),
        (changed(statement_id="x:1-2"), r":5: statement_id 'x:1-2' does not fit the row"),
        (changed(article_id="nowhere"), r":5: article 'nowhere' is not known"),
        (changed(codebook_version="0.9.0"), r":5: made under codebook version '0.9.0' \(allowed: 1\.0\.0\)"),
        (changed(also=["gradin"]), r":5: label 'gradin' is not in task 'issue' - did you mean 'grading'"),
        (lambda rows: rows[4].update(also=[rows[4]["labels"]["issue"]]), r":5: 'also' repeats the label"),
        (changed(holder=""), r":5: 'annotator' and 'holder' must not be empty"),
        (lambda rows: rows[4].pop("note"), r":5: the key 'note' is missing"),
        (changed(extra=1), r":5: unknown key 'extra'"),
        (lambda rows: rows.insert(4, rows[3]), r":5: statement '.*' already stands in line 4"),
        (lambda rows: rows.pop(4), r"statement '000_d45af0aa024d1bca:417-574' is missing"),
    ],
)
def test_planted_faults(tmp_path: Path, plant: Callable[[list[dict[str, Any]]], None], message: str) -> None:
    rows = json.loads(json.dumps(ROWS))
    plant(rows)
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(InputError, match=message):
        load_annotations(path, BOOK, ARTICLES, STATEMENTS)


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    rows = json.loads(json.dumps(ROWS))
    rows[0]["labels"]["stance"] = "x"
    rows[9]["labels"]["issue"] = "y"
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(InputError, match=r"(?s)labels\.jsonl:1: .*labels\.jsonl:10: "):
        load_annotations(path, BOOK, ARTICLES, STATEMENTS)


def test_no_annotations_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match="holds no annotations"):
        load_annotations(tmp_path / "empty.jsonl", BOOK, ARTICLES)
