"""Parquet: ids of whole numbers as digits, dates as dates, what is damaged rejected with its row."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from article_files import articles, rejected
from stancekit.articles import read_articles
from stancekit.records import Article

TEXTS = ["One.", "Two.", "Three."]
DAY = dt.datetime(2025, 10, 1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.parquet"


def test_ids_of_whole_numbers_are_their_digits(file: Path) -> None:
    for ids in (pa.array([7, 12_345_678_901, -1]), pa.array([7, 8, 9], pa.uint8())):
        pq.write_table(pa.table({"id": ids, "text": TEXTS}), file)
        assert [a.id for a in articles(list(read_articles([file])))] == [str(i) for i in ids.to_pylist()]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())])
def test_text_of_every_kind_is_text(file: Path, kind: pa.DataType) -> None:
    pq.write_table(pa.table({"id": pa.array(["007", "NA", "null"]).cast(kind), "text": pa.array(TEXTS).cast(kind)}), file)
    assert [(a.id, a.text) for a in articles(list(read_articles([file])))] == list(zip(["007", "NA", "null"], TEXTS, strict=True))


def test_nulls_are_rejected_with_their_row_where_something_is_needed(file: Path) -> None:
    pq.write_table(pa.table({"id": ["a", None, "c"], "text": [None, "Two.", "Three."], "title": [None, None, None]}), file)
    found = list(read_articles([file]))
    assert articles(found) == [Article("c", "Three.")]
    assert [r.reason for r in rejected(found)] == [
        f"{file}:1: 'text' is missing, empty or not text",
        f"{file}:2: 'id' is missing or empty",
    ]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (pa.array([dt.date(2025, 10, 1), None]), ["2025-10-01", None]),
        (
            pa.array([dt.datetime(2025, 10, 1), dt.datetime(2025, 10, 1, 9, 30, 1)], pa.timestamp("ns")),
            ["2025-10-01", "2025-10-01T09:30:01"],
        ),
        (pa.array([DAY, None], pa.timestamp("us", "UTC")), ["2025-10-01T00:00:00Z", None]),
        (pa.array([2024, 2025]), ["2024", "2025"]),
        (pa.array(["spring", ""]), ["spring", None]),
    ],
)
def test_dates_are_written_as_iso_8601_has_them(file: Path, dates: pa.Array, expected: list[str | None]) -> None:
    pq.write_table(pa.table({"text": TEXTS[:2], "date": dates}), file)
    assert [a.date for a in articles(list(read_articles([file])))] == expected


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"text": pa.array([b"D\xe9j\xe0"])}, "column 'text' is binary, not text"),
        ({"text": pa.array([3])}, "column 'text' is int64, not text"),
        ({"text": ["x"], "id": [7.0]}, "column 'id' is double, not text"),
        ({"text": ["x"], "title": [["y"]]}, "column 'title' is list<element: string>, not text"),
    ],
)
def test_a_column_that_is_no_text_is_said(file: Path, table: dict[str, pa.Array], message: str) -> None:
    pq.write_table(pa.table(table), file)
    [found] = list(read_articles([file]))
    assert found.reason == f"{file}: {message}"  # type: ignore[union-attr]


def test_a_file_cut_short_and_a_flipped_byte_are_rejections(file: Path) -> None:
    table = pa.table({"text": [f"Text {i}." for i in range(2000)]})
    pq.write_table(table, file, row_group_size=500, write_page_checksum=True, compression="none", use_dictionary=False)
    whole = file.read_bytes()
    file.write_bytes(whole[:-100])
    [found] = rejected(list(read_articles([file])))
    assert "is no whole Parquet file" in found.reason
    damaged = bytearray(whole)
    damaged[whole.index(b"Text 1700.") + 2] ^= 1
    file.write_bytes(damaged)
    read = list(read_articles([file]))
    assert len(articles(read)) >= 1000
    [bad] = rejected(read)
    assert bad.line == len(articles(read)) + 1
    assert "the Parquet data are damaged here" in bad.reason


def test_text_that_is_no_utf_8_is_rejected_alone(file: Path) -> None:
    offsets = pa.py_buffer(b"".join(n.to_bytes(4, "little") for n in (0, 2, 4, 6)))
    bad = pa.Array.from_buffers(pa.string(), 3, [None, offsets, pa.py_buffer(b"ok\xff\xfeok")])
    pq.write_table(pa.table({"text": bad}), file)
    found = list(read_articles([file]))
    assert [a.id for a in articles(found)] == ["a-1", "a-3"]
    assert [(r.line, "'text' is no sound text" in r.reason) for r in rejected(found)] == [(2, True)]


def test_a_table_without_rows_is_a_rejection(file: Path) -> None:
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), file)
    assert [r.reason for r in rejected(list(read_articles([file])))] == [f"{file}: holds no rows"]
