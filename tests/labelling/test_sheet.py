"""The workbook of labels: text that looks like something else, and what a sheet has no room for."""

from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest

from stancekit.errors import InputError, RefusedError
from stancekit.labelling import sheet as sheets
from stancekit.labelling.formats import FORMATS, Block
from stancekit.labelling.sheet import MAX_CELL, Sheet

openpyxl = pytest.importorskip("openpyxl")


def test_text_stays_text_and_what_is_cut_is_counted(tmp_path: Path) -> None:
    texts = ["=1+1", "#N/A", "007", "2025-03-04", "two\nlines", "a\x0bb", "+1", "x" * (MAX_CELL + 1)]
    book = Sheet(["text", "=n"])
    book.write({"text": text, "=n": 0.5} for text in texts)
    assert book.save(tmp_path / "a.xlsx") == 1
    [header, *rows] = openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows()
    assert [cell.value for cell in header] == ["text", "=n"]
    assert [text.value for text, _ in rows] == [*texts[:5], "a\ufffdb", "+1", "x" * MAX_CELL]
    assert {(text.data_type, number.data_type) for text, number in rows} == {("s", "n")}


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    with (
        closing(Sheet(["text"])) as book,
        pytest.raises(InputError, match=r"xlsx: a sheet has no more than 2 rows; other formats have any"),
    ):
        book.write({"text": "a"} for _ in range(3))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_is_said_and_nothing_stays_open() -> None:
    block = Block(pa.table({"text": ["a"], "quotes": [[[0, 1]]]}))
    with (
        pytest.raises(RefusedError, match="/dev/full: cannot be written: No space left on device"),
        FORMATS["xlsx"](Path("/dev/full"), block.table.schema, print) as write,
    ):
        write(block)
