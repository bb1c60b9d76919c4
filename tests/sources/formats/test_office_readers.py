"""XLSX and DOCX: sheets, the order of paragraphs, and archives that are damaged or hostile."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from article_files import articles, docx_of, rejected
from stancekit.articles import ReadOptions, read_articles
from stancekit.errors import MissingError
from stancekit.records import Article
from stancekit.sources import limits
from stancekit.sources.formats.docx import DocxReader
from stancekit.sources.options import Wanted
from stancekit.sources.source import source_of

TEXT = "“The plan is far too hasty,” said a spokesperson for Union Ka."


def p(text: str) -> str:
    return f"<w:p><w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


@pytest.fixture
def book(tmp_path: Path) -> Any:
    """Writes sheets, by name and rows, as a file."""
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `office` is not installed")

    def write(**sheets: list[list[Any]]) -> Path:
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
        made.save(tmp_path / "a.xlsx")
        return tmp_path / "a.xlsx"

    return write


def test_paragraphs_come_in_order_with_cells_boxes_and_insertions_and_without_what_was_deleted(tmp_path: Path) -> None:
    box = f"<w:pict><w:txbxContent>{p('In a box.')}</w:txbxContent></w:pict>"
    again = (
        f"<mc:AlternateContent xmlns:mc='x'><mc:Choice><w:r>{box}</w:r></mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    tracked = "<w:ins><w:r><w:t>put in</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    table = f"<w:tbl><w:tr><w:tc>{p('Left.')}</w:tc><w:tc>{p('Right.')}</w:tc></w:tr></w:tbl>"
    rest = f"<w:p>{again}<w:r><w:t>A </w:t><w:tab/></w:r>{tracked}<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"
    path = tmp_path / "a.docx"
    path.write_bytes(docx_of(p(TEXT) + table + "<w:p/>" + rest, header1=p("The Weekly page 1"), footnotes=p("A note.")))
    lines = [TEXT, "Left.", "Right.", "", "In a box.", "A \tput in"]
    source = source_of(path)
    assert source is not None
    [row] = DocxReader(Wanted.of({}, ("text",)), ReadOptions()).rows(source)
    assert (row.values["text"], row.furniture) == ("\n".join(lines), 6)


def test_the_one_sheet_with_rows_is_read_and_of_several_the_one_that_is_named(book: Any) -> None:
    day, hour = datetime.date(2025, 10, 1), datetime.datetime(2025, 10, 1, 9, 30)
    head = ["id", "text", "date", "title"]
    rows = [head, [7, TEXT, day, "T"], [None] * 4, ["8", TEXT, hour], ["9", 5, None, None]]
    path = book(Empty=[], News=rows)
    found = list(read_articles([path]))
    known = [("7", "T", "2025-10-01"), ("8", None, "2025-10-01T09:30:00")]
    assert articles(found) == [Article(name, TEXT, title, date, language="en") for name, title, date in known]
    assert [r.line for r in rejected(found)] == [5]
    path = book(News=rows, Notes=[["a note"]])
    [bad] = rejected(list(read_articles([path])))
    assert "say which sheet holds the documents: --sheet NAME; with rows it has 'News', 'Notes'" in bad.reason
    assert list(read_articles([path], ReadOptions(sheet="News"))) == found


def test_archives_that_unpack_to_too_much_or_are_damaged_are_rejections(tmp_path: Path, book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    good = {"a.docx": docx_of(p(TEXT) * 50), "a.xlsx": book(News=[["text"], *[[TEXT]] * 50]).read_bytes()}
    (tmp_path / "b.txt").write_text("One.")
    for name, data in good.items():
        damaged = [data[: len(data) // 2], b"\xd0\xcf\x11\xe0" + data, _with_part(data, "<x><y>"), _with_part(data, BOMB)]
        for content in damaged:
            (tmp_path / name).write_bytes(content)
            found = list(read_articles([tmp_path / name, tmp_path / "b.txt"]))
            assert [a.id for a in articles(found)] == ["b"]
            assert len(rejected(found)) == 1
        (tmp_path / name).write_bytes(data)
        monkeypatch.setattr(limits, "MAX_BYTES" if name == "a.docx" else "MAX_WORKBOOK", 500)
        [bad] = rejected(list(read_articles([tmp_path / name, tmp_path / "b.txt"])))
        assert "unpacks to" in bad.reason


ENTITIES = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 20}'>" for n in range(1, 9))
BOMB = f"<!DOCTYPE x [<!ENTITY e0 'ha'>{ENTITIES}]><x><p><t>&e8;</t></p></x>"
"""Entities that grow to billions of characters."""


def _with_part(data: bytes, content: str) -> bytes:
    """The archive with other content in the parts that are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name in ("word/document.xml", "xl/worksheets/sheet1.xml") else old.read(name))
    return out.getvalue()


def test_rows_that_a_sheet_skips_are_not_counted_for_ever(tmp_path: Path, book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BLANK", 1000)
    data = book(News=[["text"], [TEXT], [TEXT]]).read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<row r="3"', b'<row r="999999999999"'))
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())
    found = list(read_articles([tmp_path / "a.xlsx"]))
    assert [a.text for a in articles(found)] == [TEXT]
    assert "blank rows on end" in rejected(found)[0].reason


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    monkeypatch.setattr("stancekit.errors.find_spec", lambda name: None)
    with pytest.raises(MissingError, match=r"needs the package 'openpyxl': pip install 'stancekit\[office\]'"):
        list(read_articles([tmp_path]))
