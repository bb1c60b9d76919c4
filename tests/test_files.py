"""Strict reading, atomic writing, spreadsheets that see text."""

import contextlib
import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.errors import InputError, RefusedError
from stancekit.files import (
    claim_directory,
    decode,
    parse_object,
    read_bytes,
    read_jsonl,
    read_text,
    sha256,
    sha256_of,
    to_csv,
    write_atomic,
    writing,
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
        ('{"a": "\\ud800"}', "lone surrogate"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_bad_json_lines_name_their_line(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"fine": 1}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"a\.jsonl:2: .*{message}"):
        list(read_jsonl(tmp_path / "a.jsonl"))


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_atomic(tmp_path / "a", "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RefusedError, match="cannot be written: No space left"):
        write_atomic(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_a_file_written_in_pieces_is_there_when_all_are(tmp_path: Path) -> None:
    with writing(tmp_path / "new" / "a") as write:
        write("one\r\n")
        assert not (tmp_path / "new" / "a").exists()
        write("d\u00e9j\u00e0")
    assert (tmp_path / "new" / "a").read_bytes() == "one\r\nd\u00e9j\u00e0".encode()
    with contextlib.suppress(KeyboardInterrupt), writing(tmp_path / "new" / "a") as write:
        write("half")
        raise KeyboardInterrupt
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["a"]
    assert (tmp_path / "new" / "a").read_bytes().startswith(b"one")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_said_and_an_error_of_the_block_is_its_own(tmp_path: Path) -> None:
    target = tmp_path / "a"
    (tmp_path / f".a.{os.getpid()}.tmp").symlink_to("/dev/full")
    with pytest.raises(RefusedError, match="a: cannot be written: No space left"), writing(target) as write:
        write("x" * 100_000)
    with pytest.raises(OSError, match="of the block"), writing(target):
        raise OSError("of the block")
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=5))
def test_no_cell_is_a_formula_and_no_text_is_lost(cells: list[str]) -> None:
    written = to_csv([{"a": cell} for cell in cells], ["a"])
    read = [row["a"] for row in csv.DictReader(io.StringIO(written, newline=""))]
    kept = [cell for cell in cells if cell]  # the csv reader passes over an empty single-column line
    assert [cell for cell in read if cell] == [("'" + cell if cell[0] in "=+-@\t\r" else cell) for cell in kept]


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("precious")
    with pytest.raises(RefusedError, match="not empty"):
        claim_directory(tmp_path, marker="run.json", overwrite=False)
    claim_directory(tmp_path, marker="run.json", overwrite=True)
    (tmp_path / "file").write_text("")
    with pytest.raises(RefusedError, match="cannot be written"):
        claim_directory(tmp_path / "file", marker="run.json", overwrite=False)


@given(st.text())
def test_parse_object_never_raises_anything_else(text: str) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(parse_object(text, "x"), dict)
