"""Strict reading, and spreadsheets that see text."""

import contextlib
import csv
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import InputError
from stancekit.io.files import (
    as_cell,
    decode,
    from_cell,
    holds,
    parse_object,
    pinned,
    read_bytes,
    read_jsonl,
    read_text,
    sha256,
    sha256_of,
    to_csv,
)


def test_text_keeps_its_line_ends_and_loses_only_the_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo")
    assert read_text(tmp_path / "a.txt") == "one\r\ntwo"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("caf\u00e9\n".encode("latin-1"), r"f:1: byte 0xe9 at offset 3 is not UTF-8"),
        (b"a\nb\0", "NUL"),
        (bytes(range(128, 256)), "not UTF-8"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        decode(data, "f")


def test_a_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc" * 100_000)
    assert sha256_of(tmp_path / "a") == sha256(b"abc" * 100_000)
    with pytest.raises(InputError, match="no such file"):
        sha256_of(tmp_path / "none")


def test_missing_files_and_folders_say_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_bytes(tmp_path / "none")
    with pytest.raises(InputError, match="is a folder"):
        read_bytes(tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object but list"),
        ('{"a": 1, "a": 2}', "key 'a' occurs twice"),
        ('{"a": NaN}', "NaN is not JSON"),
        ('{"a": 1e999}', "1e999 is too large a number"),
        ('{"a": "\\ud800"}', "lone surrogate"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_bad_json_lines_name_their_line(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"fine": 1}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"a\.jsonl:2: .*{message}"):
        list(read_jsonl(tmp_path / "a.jsonl"))


CELL = st.text(st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), st.sampled_from("=+-@;\t\r\n' ")))


@given(st.lists(CELL, min_size=1, max_size=5))
def test_no_cell_is_a_formula_and_no_text_is_lost(cells: list[str]) -> None:
    written = to_csv([{"a": cell, "b": "."} for cell in cells], ["a", "b"])
    read = [row["a"] for row in csv.DictReader(io.StringIO(written, newline=""))]
    assert [from_cell(cell) for cell in read] == cells
    for cell in read:  # as a spreadsheet sees it that separates cells by semicolons, and one that takes every line end for a row's
        assert not [part for part in re.split("[;\t\r\n]", cell) if part.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(("text", "cell"), [("=1", "'=1"), ("a;=1\n@x", "a;'=1\n'@x"), ("'=1", "''=1"), ("a - b; c", "a - b; c")])
def test_a_formula_is_kept_as_text(text: str, cell: str) -> None:
    assert as_cell(text) == cell
    assert from_cell(cell) == text


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), lambda path: path.mkdir()])
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a")
    for read in (read_bytes, sha256_of):
        with pytest.raises(InputError, match=r"a: is (neither a file nor an open pipe|a folder, not a file)"):
            read(tmp_path / "a")


def test_an_open_pipe_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"abc")
    os.close(writing)
    assert read_bytes(Path(f"/dev/fd/{reading}")) == b"abc"
    os.close(reading)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stancekit.io.files.MAX_FILE", 4)
    (tmp_path / "a").write_bytes(b"abcd")
    assert read_bytes(tmp_path / "a") == b"abcd"
    (tmp_path / "a").write_bytes(b"abcde")
    with pytest.raises(InputError, match="a: has more than 4 bytes"):
        read_bytes(tmp_path / "a")


def test_a_file_that_changes_between_two_readings_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    with pinned() as pins:
        assert holds()
        with pinned() as inner:
            digest = sha256_of(tmp_path / "a")
        assert inner is pins
        assert pins == {str(tmp_path / "a"): digest}
        (tmp_path / "a").write_bytes(b"two")
        with pytest.raises(InputError, match="a: has changed while it was read; run the same command again"):
            read_bytes(tmp_path / "a")
    assert read_bytes(tmp_path / "a") == b"two"
    assert not holds()


@given(st.text())
def test_parse_object_never_raises_anything_else(text: str) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(parse_object(text, "x"), dict)
