"""CSV through spreadsheets and hands: separators, line ends, quotes, formulas, long cells, mistakes."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from exchanged import ITEMS, annotation, codebook, item

from stancekit.annotations.exchange import EXCHANGES
from stancekit.errors import InputError
from stancekit.records import Annotation

BOOK = codebook()
TOOL = EXCHANGES["csv"]
LABELLED = [annotation(ITEMS[0], also=("other", "grading"), note="Two\nlines; and more"), annotation(ITEMS[1])]
Rows = list[dict[str, str]]


def rows(annotations: list[Annotation] = LABELLED) -> Rows:
    return list(csv.DictReader(io.StringIO(TOOL.export([], annotations, BOOK).removeprefix("\ufeff"), newline="")))


def written(folder: Path, table: Rows, delimiter: str = ",", lineterminator: str = "\n", before: str = "") -> Path:
    """The table as a spreadsheet would save it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]), delimiter=delimiter, lineterminator=lineterminator)
    writer.writeheader()
    writer.writerows(table)
    path = folder / "labels.csv"
    path.write_bytes((before + out.getvalue()).encode())
    return path


def test_the_columns() -> None:
    assert list(rows()[0]) == [
        "statement_id", "article_id", "start", "end", "text", "before", "after", "speaker", "organisation", "mode", "holder",
        "stance", "issue", "topics", "issue_also", "annotator", "codebook_version", "codebook_digest", "note", "text_digest", "joined",
    ]  # fmt: skip
    assert rows()[0]["issue_also"] == "other; grading"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("lineterminator", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_as_spreadsheets_save_it(tmp_path: Path, delimiter: str, lineterminator: str, before: str) -> None:
    assert TOOL.parse(written(tmp_path, rows(), delimiter, lineterminator, before), BOOK).annotations == LABELLED


def test_any_other_separator_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"labels\.csv:1: is no header of these annotations, separated by comma, semicolon or tab"):
        TOOL.parse(written(tmp_path, rows(), "|"), BOOK)


def test_columns_may_change_places_and_one_may_lack(tmp_path: Path) -> None:
    table = [dict(sorted(r.items(), reverse=True)) for r in rows()]
    assert TOOL.parse(written(tmp_path, table), BOOK).annotations == LABELLED
    for r in table:
        del r["text_digest"], r["joined"]
    assert TOOL.parse(written(tmp_path, table), BOOK).annotations == LABELLED


def test_no_cell_is_a_formula() -> None:
    cells = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1")
    hostile = [annotation(item(f"=a{i}", 0, content), note=content) for i, content in enumerate(cells)]
    assert all(cell[:1] not in ("=", "+", "-", "@", "\t", "\r") for r in rows(hostile) for cell in r.values())


def test_a_spreadsheet_that_takes_the_apostrophe_off_does_no_harm(tmp_path: Path) -> None:
    made = [annotation(item("a", 0, "=1+1"), note="-1", holder="@Union Ka")]
    table = [{key: cell.removeprefix("'") for key, cell in r.items()} for r in rows(made)]
    assert TOOL.parse(written(tmp_path, table), BOOK).annotations == made


def test_cells_longer_than_the_readers_limit(tmp_path: Path) -> None:
    made = [annotation(item("a", 0, "word " * 40_000))]
    path = tmp_path / "labels.csv"
    path.write_bytes(TOOL.export([], made, BOOK).encode())
    limit = csv.field_size_limit()
    assert TOOL.parse(path, BOOK).annotations == made
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize("value", ["NA", "null", "007", "1.50", "TRUE", "1/2", "NaN"])
def test_text_stays_text(tmp_path: Path, value: str) -> None:
    made = [annotation(item(value, 0, value), note=value, holder=value, annotator=value)]
    assert TOOL.parse(written(tmp_path, rows(made)), BOOK).annotations == made


def test_rows_that_wait_and_blank_rows(tmp_path: Path) -> None:
    table = rows()
    table[1] |= {"stance": "", "issue": " ", "topics": "", "note": "later"}
    table.append(dict.fromkeys(table[0], ""))
    found = TOOL.parse(written(tmp_path, table), BOOK)
    assert found.annotations == LABELLED[:1]
    assert found.skipped == [f"{tmp_path / 'labels.csv'}:4: statement 'a1:40-53' is not labelled yet"]  # the first row has two lines


def test_spaces_around_labels_and_the_order_of_several_do_not_count(tmp_path: Path) -> None:
    table = rows()
    table[0] |= {"stance": " oppose ", "topics": "money;schools ;"}
    assert TOOL.parse(written(tmp_path, table), BOOK).annotations[0].labels["topics"] == ("schools", "money")


def test_a_hand_made_row_needs_no_version_and_no_digest(tmp_path: Path) -> None:
    table = [r | {"codebook_version": "", "codebook_digest": "", "annotator": ""} for r in rows()]
    unknown = [replace(a, codebook_digest="") for a in LABELLED]
    assert TOOL.parse(written(tmp_path, table), BOOK, "coder_1").annotations == unknown


def test_excel_is_told_that_it_is_utf_8_and_what_it_adds_at_the_end_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    data = TOOL.export([], LABELLED, BOOK).encode()
    assert data.startswith(b"\xef\xbb\xbf")
    table = io.StringIO()
    csv.writer(table).writerows([[*cells, "", ""] for cells in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))])
    path.write_text(table.getvalue(), encoding="utf-8", newline="")
    assert TOOL.parse(path, BOOK).annotations == LABELLED
    assert all(r["text_digest"].startswith("t") for r in rows())  # 1234e5 would come back as a number


def test_several_labels_are_separated_by_a_semicolon_and_none_is_said(tmp_path: Path) -> None:
    table = rows()
    table[0]["topics"] = "money, schools"
    with pytest.raises(InputError, match="separate labels by ; and not by a comma"):
        TOOL.parse(written(tmp_path, table), BOOK)
    table[0]["topics"] = ""
    with pytest.raises(InputError, match=r"no label for task 'topics': name some, separated by ;, or \(none\)"):
        TOOL.parse(written(tmp_path, table), BOOK)


def changed(row: int = 1, **cells: str) -> Callable[[Rows], None]:
    return lambda table: table[row].update(cells)


@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (changed(issue=""), r":4: no label for task 'issue' \(allowed: timing, grading, other\)"),
        (changed(topics=""), r":4: no label for task 'topics'"),
        (changed(stance="", issue="", topics="", issue_also="other"), r":4: no label for task 'stance'"),
        (changed(stance="opose"), r":4: label 'opose' is not in task 'stance' - did you mean 'oppose'"),
        (changed(stance="oppose; support"), r":4: label 'oppose; support' is not in task 'stance'"),
        (changed(topics="schools; moeny"), r":4: label 'moeny' is not in task 'topics' - did you mean 'money'"),
        (changed(issue_also="timing"), r":4: 'also' repeats the label 'timing'"),
        (changed(start="4E1"), r":4: 'start' is '4E1', not a whole number"),
        (changed(end="1,053"), r":4: 'end' is '1,053', not a whole number"),
        (changed(end="54"), r":4: statement_id 'a1:40-53' does not fit the row"),
        (changed(holder=""), r":4: 'holder' must not be empty"),
        (changed(text="It will vote"), r":4: the text has 12 characters, its span 40-53 13: one of them was changed"),
        (changed(0, text="Union Ka said the plan can't wait"), r":2: the text, or its id, is no longer the one"),
        (lambda table: [r.update(extra="") for r in table], r":1: unknown column 'extra'"),
        (lambda table: [r.update(stanze=r.pop("stance")) for r in table], r":1: unknown column 'stanze' - did you mean 'stance'"),
        (lambda table: [r.pop("holder") for r in table], r":1: column 'holder' is missing"),
    ],
)
def test_planted_faults(tmp_path: Path, plant: Callable[[Rows], object], message: str) -> None:
    table = rows()
    plant(table)
    with pytest.raises(InputError, match=r"labels\.csv" + message):
        TOOL.parse(written(tmp_path, table), BOOK)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda text: text + "a,b\r\n", r":5: has 2 cells, the header 21"),
        (lambda text: text + '"open\r\n', r":5: is no CSV: .*a quote may be open"),
        (lambda text: text.replace("statement_id,article_id", "article_id,article_id", 1), r":1: column 'article_id' occurs twice"),
    ],
)
def test_broken_tables(tmp_path: Path, edit: Callable[[str], str], message: str) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(edit(TOOL.export([], LABELLED, BOOK)).encode())
    with pytest.raises(InputError, match=message):
        TOOL.parse(path, BOOK)


def test_a_latin_1_file_says_where(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_bytes(TOOL.export([], [annotation(ITEMS[0], note="caf\u00e9")], BOOK).removeprefix("\ufeff").encode("latin-1"))
    with pytest.raises(InputError, match=r"labels\.csv:2: byte 0xe9 .* is not UTF-8"):
        TOOL.parse(path, BOOK)
