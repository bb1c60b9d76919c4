"""Parquet that unpacks to more than anybody wrote: asked before it is unpacked, by headers that agree with what the writer says."""

import base64
import io
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from article_files import articles, rejected
from stancekit.articles import read_articles
from stancekit.records import Article
from stancekit.sources import limits
from stancekit.sources.formats import parquet_pages
from stancekit.sources.formats.parquet_pages import pages

_CELL = (
    "eNrt2kFr1EAUB/A3MaRVF8yKExIIEsGGHrbbXWFLlfbwUrdVbG2zVBRvMYbdWu2u2dWunvbowVX0AxSh1x5ELIhnP4BH8eZ3EG+iM5OwrhSvnt7AbzKZzPwz"
    "Ide3gY0q1/lZXlnlBofTANOHsz+9U08AGABEsrsju5gDP8P9klhlCoY7B9MstllULEK+6UQIoIkbg2nHzoNI/fB8uKfx7y/ZePbgirv/rfgJYDAh1q7vJF57"
    "uwxiqs/g66/uW10Ds08IIYQQQgghhBBCCCGEEEIIIYQQQgj5/w4BOv3jALDZShNV2cPg5P5FUztaPTQ/kdf+nPtX/ZCzUAPb6Mat5EHEdeCFKc3Wtu5Owaor"
    "VqlbvZf0e/mEZTiuU/LB5QWnBobpyMW8YBnWM2YdMH/TnxwvWnJKXBen0kB0prgsiP2G44MhosZD1CtUzLvhcE+zBq+Y/1l4z/7+iKN5b2T50yjT+vhCbjf8"
    "SevgNQPHtQvYaKzfvJR9oP2FzcpWa6JoIWbtGuIuBk1cRmziknqEQYC4JgdLiFfVxJ8rZsNspPrr90TovBjUl+tqUoXUcdTkq4LK7VutirpdeyrXhxiEMn8F"
    "McbLedhoU3hDnW8Fx4+K8ohi8v52lh/mp1hcBNvrROnDR0lvJu50ZqI0be96j5O0u9Xe8S7MlSvlqlMSf1D+xB8MYAMb1d9ME2so"
)
"""A file of the texts `["One ok.", "x" * 300_000_000, "Three ok."]`, written with zstd and packed once more: writing it takes longer."""
_READ = """
import sys
from pathlib import Path
from stancekit.articles import read_articles
for item in read_articles([sys.argv[1]]):
    print(getattr(item, "text", None) or item.reason)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.parquet"


def repeated(text: str, count: int) -> pa.Array:
    """A column that packs to nothing, however many rows it has."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, "int32")), pa.array([text]))


@pytest.mark.parametrize("packing", ["none", "snappy", "zstd", "gzip"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("shared", [True, False])
def test_headers_of_pages_add_up_to_what_the_file_says(file: Path, packing: str, version: str, shared: bool) -> None:
    rows = [f"Sentence {i} of some length." for i in range(5000)]
    table = pa.table({"n": list(range(5000)), "text": rows, "title": [f"Title {i % 7}" for i in range(5000)]})
    pq.write_table(
        table, file, compression=packing, data_page_version=version, use_dictionary=shared, data_page_size=2**12, row_group_size=2000,
        write_page_checksum=True,
    )  # fmt: skip
    metadata = pq.ParquetFile(file).metadata
    with file.open("rb") as stream:
        for group in range(metadata.num_row_groups):
            for column in range(3):
                chunk = metadata.row_group(group).column(column)
                found = list(pages(stream, chunk))
                assert sum(page.packed for page in found) == chunk.total_compressed_size
                headers = chunk.total_uncompressed_size - sum(page.unpacked for page in found)
                assert 0 < headers < 200 * len(found)
                assert [page.dictionary for page in found] == [shared] * shared + [False] * (len(found) - shared)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_header_or_none(data: bytes) -> None:
    try:
        header = parquet_pages._Header(io.BytesIO(data), 0).fields
    except ValueError:
        return
    assert isinstance(header, dict)


def test_a_header_nested_without_end_is_refused() -> None:
    for data in (b"\x1c" * 100_000, b"\x19" + b"\x19" * 100_000):
        with pytest.raises(ValueError, match="the header of a page is damaged"):
            parquet_pages._Header(io.BytesIO(data), 0)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="nothing says here how much memory was taken")
def test_a_cell_of_300_megabytes_is_rejected_alone_and_takes_no_gigabytes(file: Path) -> None:
    file.write_bytes(zlib.decompress(base64.b64decode(_CELL)))
    assert file.stat().st_size == 9_880
    done = subprocess.run([sys.executable, "-c", _READ, str(file)], capture_output=True, text=True, timeout=60, check=True)
    one, bad, three, kilobytes = done.stdout.splitlines()
    assert (one, three) == ("One ok.", "Three ok.")
    assert bad == f"{file}:2: 'text' has 300,000,000 bytes (at most 67,108,864)"
    assert int(kilobytes) < 1_100_000


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())])
def test_a_cell_may_have_as_many_bytes_as_a_document(file: Path, kind: pa.DataType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 1000)
    texts = ["é" * 500, "é" * 500 + "x", "Three."]
    titles = ["One", None, "t" * 1001]
    pq.write_table(pa.table({"text": pa.array(texts).cast(kind), "title": pa.array(titles).cast(kind)}), file)
    found = list(read_articles([file]))
    assert articles(found) == [Article("a-1", texts[0], "One")]
    assert [r.reason for r in rejected(found)] == [
        f"{file}:2: 'text' has 1,001 bytes (at most 1,000)",
        f"{file}:3: 'title' has 1,001 bytes (at most 1,000)",
    ]


def test_a_page_too_large_takes_its_row_group_and_no_other(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PARQUET_PAGE", 2**16)
    texts = ["One.", "Two.", "x" * 2**17, "Four.", "Five.", "y" * 2**17]
    with pq.ParquetWriter(file, pa.schema({"text": pa.string()})) as writer:
        for start, end in [(0, 2), (2, 4), (4, 5), (5, 6)]:
            writer.write_table(pa.table({"text": texts[start:end]}))
    found = list(read_articles([file]))
    assert [(a.id, a.text) for a in articles(found)] == [("a-1", "One."), ("a-2", "Two."), ("a-5", "Five.")]
    size = 2**17 + 4
    assert [r.reason for r in rejected(found)] == [
        f"{file}:3: and the rows up to 4 are not read: a page of them unpacks to {size + 9:,} bytes (at most 65,536)",
        f"{file}:6: is not read: a page of it unpacks to {size:,} bytes (at most 65,536)",
    ]


@pytest.mark.parametrize("stored", [True, False])
def test_a_value_that_all_rows_share_is_no_way_to_fill_the_memory(file: Path, stored: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_PARQUET", 2**25)
    pq.write_table(pa.table({"text": repeated("y" * 2**20, 3000)}), file, compression="zstd", store_schema=stored)
    before = pa.default_memory_pool().max_memory()
    found = list(read_articles([file]))
    assert 20 < len(found) < 40
    assert pa.default_memory_pool().max_memory() <= max(before, 2**27)
    [bad] = rejected(found)
    assert bad.line == len(found)
    assert "bytes of Parquet data unpack to more than 33,554,432; the file is not read from here on" in bad.reason


def test_a_billion_equal_rows_are_put_out_before_the_first(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_PARQUET", 2**24)
    pq.write_table(pa.table({"text": repeated("One.", 2_000_000)}), file, row_group_size=1_000_000, compression="zstd")
    [bad] = list(read_articles([file]))
    assert "unpack to more than 16,777,216" in bad.reason  # type: ignore[union-attr]


def test_a_table_that_packs_as_text_does_is_read_however_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_PARQUET", 1000)
    texts = [f"Text {i} of many, {i * 7919 % 1000} words long." for i in range(3000)]
    pq.write_table(pa.table({"text": texts, "outlet": ["The Weekly"] * 3000}), file, compression="zstd", row_group_size=700)
    assert [a.text for a in articles(list(read_articles([file])))] == texts


def test_what_the_file_says_of_its_columns_is_not_trusted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A footer may say that a column unpacks to little: the headers of its pages, by which it is unpacked, can't."""
    monkeypatch.setattr(limits, "MAX_PARQUET_PAGE", 2**16)
    pq.write_table(pa.table({"text": ["x" * 1_000_000]}), file, compression="zstd", use_dictionary=False)
    said = pq.ParquetFile(file).metadata.row_group(0).column(0).total_uncompressed_size
    data = file.read_bytes()
    page, footer = data[:60], data[60:]
    number = varint(2 * said)
    assert number in footer
    file.write_bytes(page + footer.replace(number, b"\x82\x80\x01"))
    lied = pq.ParquetFile(file).metadata.row_group(0).column(0).total_uncompressed_size
    assert (said > 1_000_000, lied) == (True, 8193)
    [bad] = list(read_articles([file]))
    assert "a page of it unpacks to 1,000,010 bytes (at most 65,536)" in bad.reason  # type: ignore[union-attr]


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])
