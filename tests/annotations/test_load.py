"""Each fault of the annotations is named with file, line, value and what is allowed."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stancekit.annotations import load_annotations, write_annotations
from stancekit.articles import read_articles
from stancekit.codebook import Codebook, Label, Task, load_codebook
from stancekit.errors import InputError
from stancekit.io.files import read_jsonl
from stancekit.records import Annotation, Article
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
        (changed(joined="no"), r":5: 'joined' is 'no', not a list"),
        (changed(joined=[[0, 10**6, " "]]), r":5: 'joined' is no list of \[start, end, replacement\] in order within"),
        (lambda rows: rows[4].update(joined=[[rows[4]["start"], rows[4]["start"] + 1, "x"]]), r":5: the text no longer matches its span"),
        (changed(start="417"), r":5: 'start' is '417', not a whole number"),
        (changed(start=True), r":5: 'start' is True, not a whole number"),
        (changed(statement_id="x:1-2"), r":5: statement_id 'x:1-2' does not fit the row"),
        (changed(article_id="nowhere"), r":5: article 'nowhere' is not known"),
        (changed(codebook_version="0.9.0"), r":5: made under codebook version '0.9.0' \(allowed: 1\.1\.0\)"),
        (changed(also=["gradin"]), r":5: label 'gradin' is not in task 'issue' - did you mean 'grading'"),
        (lambda rows: rows[4].update(also=[rows[4]["labels"]["issue"]]), r":5: 'also' repeats the label"),
        (changed(holder=""), r":5: 'holder' must not be empty"),
        (changed(annotator=" "), r":5: 'annotator' must not be empty"),
        (changed(annotator="somebody else"), r":5: annotator 'somebody else' in a file of 'adjudicated'"),
        (changed(codebook_digest="0" * 64), r":5: made by other definitions than those of version .* digest 000000000000"),
        (labelled(stance=["oppose"]), r":5: label \['oppose'\] of task 'stance' is not text"),
        (labelled(stance=" oppose"), r":5: label ' oppose' is not in task 'stance' - did you mean 'oppose'"),
        (changed(also=["timing", "timing"]), r":5: 'also' repeats the label 'timing'"),
        (changed(soft={"stance": {"oppose": 0.4}}), r":5: 'soft' of 'stance' are no probabilities that sum to 1"),
        (changed(soft={"tone": {}}), r":5: 'soft' of 'tone' is not label → probability"),
        (lambda rows: rows[4].pop("text"), r":5: the key 'text' is missing"),
        (changed(extra=1), r":5: unknown key 'extra'"),
        (lambda rows: rows.insert(4, rows[3]), r":5: statement '.*' already stands in line 4"),
        (lambda rows: rows.pop(4), r":5: statement '000_d45af0aa024d1bca:417-574' is missing before this line"),
    ],
)
def test_planted_faults(tmp_path: Path, plant: Callable[[list[dict[str, Any]]], None], message: str) -> None:
    rows = json.loads(json.dumps(ROWS))
    plant(rows)
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(InputError, match=message):
        load_annotations(path, BOOK, ARTICLES, STATEMENTS)


def line(number: int, old: str, new: str) -> Callable[[list[str]], None]:
    """A fault that only the text of a line can hold."""

    def plant(lines: list[str]) -> None:
        assert old in lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(old, new, 1)

    return plant


def test_twenty_two_faults_of_one_file_are_all_found_with_their_lines(tmp_path: Path) -> None:
    rows = json.loads(json.dumps(ROWS))
    rows[2]["labels"]["stance"] = "favour"
    rows[4]["text"] = rows[4]["text"].replace("the", "teh", 1)
    rows[6]["start"] += 1
    rows[8]["codebook_version"] = "9.9.9"
    rows[10]["end"] = str(rows[10]["end"])
    rows[12]["labels"]["issue"] = True
    rows[14]["annotator"] = "another"
    rows[16]["labels"]["tone"] = "neutral"
    del rows[18]["labels"]["sentiment"]
    rows[20]["remark"] = "?"
    del rows[22]["text"]
    rows[24]["also"] = [rows[24]["labels"]["issue"]]
    rows[26]["also"] = ["money"]
    rows[28]["holder"] = "  "
    rows[30]["article_id"] = "999_nowhere"
    rows[32]["codebook_digest"] = "f" * 64
    rows[34]["labels"]["stance"] = ["oppose"]
    rows[60] = rows[59]
    missing = rows.pop(99)["statement_id"]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    line(36 + 1, '"note": "', '"note": "\0')(lines)
    line(38 + 1, '"note": "', '"note": "\\ud800')(lines)
    line(40 + 1, '"also"', '"note": "", "also"')(lines)
    lines[42] = lines[42][:-1]
    data = [text.encode() for text in lines]
    data[44] = data[44].replace(b'"note": "', b'"note": "\xe9')
    path = tmp_path / "labels.jsonl"
    path.write_bytes(b"\n".join(data))
    with pytest.raises(InputError) as caught:
        load_annotations(path, BOOK, ARTICLES, STATEMENTS)
    found = {int(number): what for number, what in re.findall(r"labels\.jsonl:(\d+): (.*)", str(caught.value))}
    expected = {
        3: "label 'favour' is not in task 'stance'", 5: "the text no longer matches", 7: "the text no longer matches", 9: "version '9.9.9'",
        11: "'end' is '", 13: "label True of task 'issue'", 15: "annotator 'another' in a file of 'adjudicated'", 17: "task 'tone'",
        19: "no label for task 'sentiment'", 21: "unknown key 'remark'", 23: "the key 'text' is missing", 25: "'also' repeats",
        27: "label 'money'", 29: "'holder' must not be empty", 31: "article '999_nowhere' is not known", 33: "other definitions",
        35: "label ['oppose'] of task 'stance' is not text", 37: "NUL", 39: "lone surrogate", 41: "key 'note' occurs twice",
        43: "not a JSON object", 45: "byte 0xe9", 61: "already stands in line 60", 100: f"'{missing}' is missing",
    }  # fmt: skip
    for number, what in expected.items():
        assert what in found.get(number, "nothing"), number


def test_earlier_versions_are_accepted_where_the_codebook_says_so(tmp_path: Path) -> None:
    later = BOOK.model_copy(update={"version": "9.0.0", "accepts": [BOOK.version]})
    assert len(load_annotations(SHIPPED, later, ARTICLES, STATEMENTS)) == 130
    with pytest.raises(InputError, match="codebook version"):
        load_annotations(SHIPPED, BOOK.model_copy(update={"version": "9.0.0"}), ARTICLES, STATEMENTS)


@pytest.mark.parametrize("version", ["1", "1.0", 1, 1.0])
def test_a_version_that_a_spreadsheet_shortened_is_that_of_the_codebook(tmp_path: Path, version: object) -> None:
    row = json.loads(json.dumps(ROWS[0])) | {"codebook_version": version, "codebook_digest": ""}
    book = BOOK.model_copy(update={"version": "1.0.0"})
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    assert [a.codebook_version for a in load_annotations(str(tmp_path / "a.jsonl"), book)] == ["1.0.0"]
    with pytest.raises(InputError, match=r"made under codebook version '1.*' \(allowed: 1\.0\.1\)"):
        load_annotations(tmp_path / "a.jsonl", BOOK.model_copy(update={"version": "1.0.1"}))


def test_further_labels_and_note_may_be_missing(tmp_path: Path) -> None:
    row = {key: value for key, value in ROWS[0].items() if key not in ("also", "note")}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    assert [(a.also, a.note) for a in load_annotations(tmp_path / "a.jsonl", BOOK)] == [((), "")]


def test_the_same_fault_of_many_rows_is_said_once_with_their_number(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "statement_id": f"a{i}", "labels": {**ROWS[0]["labels"], "stance": "favour"}} for i in range(1500)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    with pytest.raises(InputError) as caught:
        load_annotations(tmp_path / "a.jsonl", BOOK)
    [line] = [line for line in str(caught.value).splitlines() if "favour" in line]
    where = tmp_path / "a.jsonl"
    assert line.startswith(f"{where}:1: label 'favour' is not in task 'stance'")
    assert line.endswith(f"(1500 times: also {where}:2, {where}:3 …)")


def test_a_statement_of_joined_lines_is_checked_after_its_edits_and_written_back(tmp_path: Path) -> None:
    article = Article("a", "The union said that the\r\nplan must wait for the\r\nautumn, and its members\r\nmust be asked.")
    [statement] = extract_statements(article, lines="join")
    assert statement.text == "The union said that the plan must wait for the autumn, and its members must be asked."
    labels = {"stance": "oppose", "issue": "timing", "sentiment": "neutral"}
    given = Annotation(
        statement.id, "a", statement.start, statement.end, statement.text, "union", labels, "me", "1.1.0", joined=statement.joined
    )
    write_annotations(tmp_path / "a.jsonl", [given])
    for articles in ({"a": article}, None):
        assert load_annotations(tmp_path / "a.jsonl", BOOK, articles) == [given]
    write_annotations(tmp_path / "a.jsonl", [replace(given, joined=())])
    with pytest.raises(InputError, match="the text no longer matches its span"):
        load_annotations(tmp_path / "a.jsonl", BOOK, {"a": article})
    with pytest.raises(InputError, match="one of them was changed"):
        load_annotations(tmp_path / "a.jsonl", BOOK)


def test_work_in_progress_may_lack_tasks_and_holder(tmp_path: Path) -> None:
    row = json.loads(json.dumps(ROWS[0])) | {"holder": ""}
    del row["labels"]["issue"]
    (tmp_path / "part.jsonl").write_text(json.dumps(row))
    [part] = load_annotations(tmp_path / "part.jsonl", BOOK, partial=True)
    assert set(part.labels) == {"stance", "sentiment"}
    with pytest.raises(InputError, match="no label for task 'issue'"):
        load_annotations(tmp_path / "part.jsonl", BOOK)


MULTI = Codebook(
    name="several", version="1.0.0", target="a plan",
    tasks={"frames": Task(question="Which?", kind="multi", labels={name: Label(definition="-") for name in ("cost", "risk", "duty")})},
)  # fmt: skip


def multi_row(labels: Any) -> dict[str, Any]:
    return {"statement_id": "a:0-2", "article_id": "a", "start": 0, "end": 2, "text": "It", "holder": "narrator",
            "labels": {"frames": labels}, "also": [], "annotator": "x", "codebook_version": "1.0.0", "note": ""}  # fmt: skip


def test_several_labels_of_a_multi_label_task_come_in_the_codebooks_order_and_go_back(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(multi_row(["duty", "cost"])))
    [annotation] = load_annotations(path, MULTI)
    assert annotation.labels == {"frames": ("cost", "duty")}
    write_annotations(path, [annotation])
    assert load_annotations(path, MULTI) == [annotation]


@pytest.mark.parametrize(
    ("labels", "message"), [("cost", "no list"), (["cost", "cost"], "repeats"), (["costs"], "did you mean 'cost'"), ([True], "not text")]
)
def test_faults_of_multi_label_tasks(tmp_path: Path, labels: Any, message: str) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps(multi_row(labels)))
    with pytest.raises(InputError, match=message):
        load_annotations(tmp_path / "rows.jsonl", MULTI)


def test_the_shipped_rows_are_written_back_as_they_stand(tmp_path: Path) -> None:
    write_annotations(tmp_path / "again.jsonl", load_annotations(SHIPPED, BOOK, ARTICLES))
    assert (tmp_path / "again.jsonl").read_bytes() == SHIPPED.read_bytes()


def test_no_annotations_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match="holds no annotations"):
        load_annotations(tmp_path / "empty.jsonl", BOOK, ARTICLES)


@pytest.mark.parametrize(
    ("several", "message"),
    [(["", ""], "repeats the label ''"), ([1, 1], "repeats the label '1'"), ([{}, {}], r"repeats the label '\{\}'")],
)
def test_a_label_given_twice_of_whatever_type(tmp_path: Path, several: list[Any], message: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(ROWS[0] | {"also": several}) + "\n")
    with pytest.raises(InputError, match=message):
        load_annotations(path, BOOK)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 5, "end": 3, "statement_id": "000_d45af0aa024d1bca:5-3"}, "span 5-3 must begin at 0 or later and end after it begins"),
        ({"start": -9, "end": 0, "statement_id": "000_d45af0aa024d1bca:-9-0"}, "span -9-0 must begin at 0 or later"),
        ({"text": "Short."}, r"the text has 6 characters, its span \d+-\d+ \d+"),
    ],
)
def test_spans_are_looked_at_without_the_articles_too(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(ROWS[0] | change) + "\n")
    with pytest.raises(InputError, match=message):
        load_annotations(path, BOOK)


def test_rows_of_a_table_have_ids_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    own = {"statement_id": "r0", "article_id": "r0", "start": 0, "end": 6, "text": "Short."}
    path.write_text(json.dumps(ROWS[0] | own) + "\n")
    assert load_annotations(path, BOOK)[0].statement_id == "r0"
    path.write_text(json.dumps(ROWS[0] | own | {"end": 5, "text": "Short", "statement_id": "r1"}) + "\n")
    with pytest.raises(InputError, match=r"statement_id 'r1' does not fit the row \(allowed: r0:0-5\)"):
        load_annotations(path, BOOK)
