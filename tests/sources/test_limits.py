"""Bounds: whatever an input goes on with, reading it ends, soon and in words that say where."""

import gzip
import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from article_files import ENDINGS, articles, rejected, write
from stancekit.articles import ReadOptions, Rejected, article_files, read_articles
from stancekit.errors import InputError
from stancekit.labelling.inputs import Inputs, kept
from stancekit.sources import limits
from stancekit.sources.registry import TABLES
from stancekit.sources.source import UnreadableError, source_of
from stancekit.sources.streams import opened

ROOT = Path(__file__).parents[2]
LINED = sorted(set(TABLES) - {".json", ".parquet", ".xlsx"})
GOOD = {".jsonl": '{"id": "%s", "text": "One."}\n', ".csv": "%s,One.\n", ".tsv": "%s\tOne.\n"}
HEADS = {".jsonl": "", ".csv": "id,text\n", ".tsv": "id\ttext\n"}
SOON = 10.0


class Endless(io.RawIOBase):
    """Bytes over and over; counts what was taken."""

    def __init__(self, piece: bytes) -> None:
        self._piece, self._kept, self.taken = piece * (2**16 // len(piece) + 1), b"", 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._kept = self._kept or self._piece
        data, self._kept = self._kept[: len(buffer)], self._kept[len(buffer) :]
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)


def pipe_in(monkeypatch: pytest.MonkeyPatch, piece: bytes) -> Endless:
    """Make standard input endless."""
    raw = Endless(piece)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(raw)))
    return raw


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < SOON


def packed(path: Path, data: bytes) -> Path:
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


# Lines


@pytest.mark.parametrize("packing", ["", ".gz"])
@pytest.mark.parametrize("blank", ["\n", " \r\n"])
@pytest.mark.parametrize("ending", LINED)
def test_blank_lines_are_passed_over_up_to_a_number(
    tmp_path: Path, ending: str, blank: str, packing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_BLANK", 1000)
    begun = HEADS[ending] + GOOD[ending] % "a"
    path = packed(
        tmp_path / f"a{ending}{packing}", (begun + blank * 1000 + GOOD[ending] % "b" + blank * 1000 + GOOD[ending] % "c").encode()
    )
    assert [a.id for a in articles(list(read_articles([path])))] == ["a", "b", "c"]
    packed(path, (begun + blank * 1001 + GOOD[ending] % "b").encode())
    found = list(read_articles([path]))
    assert [a.id for a in articles(found)] == ["a"]
    line = begun.count("\n") + 1001
    assert [(r.line, r.reason) for r in rejected(found)] == [
        (line, f"{path}:{line}: comes after 1,000 blank lines on end; the file is not read from here on")
    ]


@pytest.mark.parametrize("ending", LINED)
def test_a_table_of_line_feeds_alone_ends_soon(tmp_path: Path, ending: str) -> None:
    path = packed(tmp_path / f"a{ending}.gz", b"\n" * 2**25)
    [bad] = list(read_articles([path]))
    assert isinstance(bad, Rejected)
    assert "blank lines on end" in bad.reason
    path = packed(tmp_path / f"b{ending}", "\n".encode("utf-16-le") * 1_000_000)
    [bad] = list(read_articles([path], ReadOptions(encoding="utf-16-le")))
    assert isinstance(bad, Rejected)
    assert "blank lines on end" in bad.reason


@pytest.mark.parametrize("ending", LINED)
def test_a_table_of_rows_that_are_none_is_not_read_on(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNUSABLE", 20)
    head, good, bad = HEADS[ending], GOOD[ending], "no row of it\n"
    path = packed(tmp_path / f"a{ending}", (head + bad * 20 + good % "a" + bad * 20 + good % "b").encode())
    found = list(read_articles([path]))
    assert ([a.id for a in articles(found)], len(rejected(found))) == (["a", "b"], 40)
    packed(path, (head + bad * 21 + good % "a").encode())
    found = list(read_articles([path]))
    assert (articles(found), len(rejected(found))) == ([], 21)
    line = head.count("\n") + 21
    assert rejected(found)[-1].reason == f"{path}:{line}: comes after 20 rows on end that can't be used; the file is not read from here on"


@pytest.mark.parametrize("ending", TABLES)
def test_rows_that_lack_something_are_no_reason_to_stop(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNUSABLE", 5)
    path = write(tmp_path / f"a{ending}", [*({"id": str(i), "text": " "} for i in range(50)), {"id": "z", "text": "One."}])
    found = list(read_articles([path]))
    assert ([a.id for a in articles(found)], len(rejected(found))) == (["z"], 50)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
@pytest.mark.parametrize("ending", LINED)
def test_a_line_without_end_is_not_waited_for(tmp_path: Path, ending: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 2**18)
    monkeypatch.setattr(limits, "MAX_SKIPPED", 2**21)
    raw = pipe_in(monkeypatch, "x".encode(encoding))
    [bad] = list(read_articles([Path("-")], ReadOptions(format=ending[1:], encoding=encoding)))
    assert isinstance(bad, Rejected)
    assert "the file is not read from here on" in bad.reason
    assert raw.taken < 2**24


# What is packed


@pytest.mark.parametrize("ending", ENDINGS)
def test_padding_behind_packed_data_is_not_read_for_ever(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_IDLE", 2**16)
    path = write(tmp_path / f"a{ending}.gz", [{"text": "One and two and three and four and five."}])
    whole = path.read_bytes()
    path.write_bytes(whole + b"\0" * 10_000)
    assert [a.text for a in articles(list(read_articles([path])))] == ["One and two and three and four and five."]
    with path.open("ab") as file:
        file.truncate(2**40)  # takes no room on the disk
    [bad] = rejected(list(read_articles([path])))
    assert "more than 65,536 bytes of gzip data on end unpack to nothing" in bad.reason


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_what_unpacks_to_rows_without_end_is_put_out(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE", 2**17)
    row = GOOD[ending] % "a"
    path = packed(tmp_path / f"a{ending}.gz", (HEADS[ending] + row * (2**18 // len(row))).encode())
    *_, last = list(read_articles([path]))
    assert isinstance(last, Rejected)
    assert "bytes of gzip data unpack to more than 131,072" in last.reason


# Standard input


def test_standard_input_without_end_is_not_copied_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_COPY", 2**21)
    for piece, format in [(b"PAR1", "parquet"), (b"{}\n", "jsonl")]:
        raw = pipe_in(monkeypatch, piece)
        reading = ReadOptions(format=format)
        message = "standard input: has more than 2,097,152 bytes to copy: put it in a file and name that"
        if format == "parquet":
            assert [item.reason for item in rejected(list(read_articles([Path("-")], reading)))] == [message]
            assert raw.taken < 2**23
        raw = pipe_in(monkeypatch, piece)
        with pytest.raises(InputError, match=message), kept(Inputs([Path("-")], reading)):
            pass
        assert raw.taken < 2**23


def test_packed_parquet_is_not_copied_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_COPY", 2**10)
    path = write(tmp_path / "a.parquet.gz", [{"text": "x" * 2000}])
    [bad] = rejected(list(read_articles([path])))
    assert bad.reason == f"{path}: has more than 1,024 bytes to copy: unpack it and name that"


def test_rows_of_standard_input_come_one_by_one_and_nothing_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_copy(*_: object, **__: object) -> None:
        raise AssertionError("copied")

    monkeypatch.setattr(tempfile, "TemporaryFile", no_copy)
    raw = pipe_in(monkeypatch, b'{"text": "One."}\n')
    assert [a.id for a in articles(list(islice(read_articles([Path("-")], ReadOptions(format="jsonl")), 3)))] == [
        "stdin-1",
        "stdin-2",
        "stdin-3",
    ]
    assert raw.taken < 2**18


@pytest.mark.parametrize("data", [b"", b"x" * 3000, gzip.compress(b"packed", mtime=0)])
def test_standard_input_is_kept_byte_for_byte_as_long_as_the_block_lasts(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    with kept(Inputs([Path("-")], ReadOptions(format="jsonl.gz"))) as inputs:
        copy = inputs.reading.stdin
        assert copy is not None
        assert copy.read_bytes() == data
    assert not copy.exists()


def test_standard_input_that_is_closed_is_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert [r.reason for r in rejected(list(read_articles([Path("-")], ReadOptions(format="txt"))))] == ["standard input: is closed"]


# What is no file


def as_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's name may have 108 bytes
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def as_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("make", [as_pipe, as_socket, as_device])
@pytest.mark.parametrize("ending", [*ENDINGS, ".jsonl.gz", ".parquet.gz"])
def test_what_is_no_file_is_rejected_and_never_opened(
    tmp_path: Path, ending: str, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a{ending}"
    make(path)
    (tmp_path / "b.txt").write_text("One.")
    opening = os.open

    def watched(name: object, *arguments: int, **named: object) -> int:
        assert str(name) != str(path)
        return opening(name, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", watched)
    for paths in ([tmp_path], [tmp_path / "*"], [path, tmp_path / "b.txt"]):
        found = list(read_articles(paths))
        assert [a.id for a in articles(found)] == ["b"]
        assert [r.reason for r in rejected(found)] == [f"{path}: is no file that can be opened"]
        assert article_files(paths) == [tmp_path / "b.txt"]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("make", [as_pipe, as_socket, as_device])
@pytest.mark.parametrize("ending", [".txt", ".csv", ".parquet.gz"])
def test_what_takes_a_file_s_place_meanwhile_is_not_waited_for(tmp_path: Path, ending: str, make: Callable[[Path], None]) -> None:
    path = tmp_path / f"a{ending}"
    make(path)
    source = source_of(path)
    assert source is not None
    with pytest.raises(UnreadableError, match=re.escape(str(path))), opened(source):
        pass


# The list of them


def test_the_list_of_bounds_has_every_one_with_its_number() -> None:
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    for name, number in vars(limits).items():
        if name.isupper():
            [row] = [line for line in text.splitlines() if f"`limits.{name}`" in line]
            shown = f"{number // 2**20:,} MiB" if number % 2**20 == 0 else f"{number:,}"
            assert shown in row, name


def test_the_command_that_reads_a_pipe_ends_where_the_pipe_does_not() -> None:
    command = [sys.executable, "-m", "stancekit.cli", "statements", "-", "--format", "jsonl"]
    with subprocess.Popen(["yes", ""], stdout=subprocess.PIPE) as endless:
        done = subprocess.run(command, stdin=endless.stdout, capture_output=True, text=True, timeout=60)
        endless.kill()
    assert "blank lines on end" in done.stderr
