"""Strict reading of text and JSON; stable writing of JSON, JSON Lines and CSV."""

import csv
import hashlib
import io
import json
import math
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, BinaryIO

from stancekit.errors import InputError

MAX_FILE = 2 * 2**30
"""Bytes of a file that is read into memory as a whole: a codebook, annotations, predictions, a part of a model."""
_pins: ContextVar[dict[str, str] | None] = ContextVar("pins", default=None)


@contextmanager
def pinned() -> Iterator[Mapping[str, str]]:
    """Pin every file to the content it is first read with; yields path → SHA-256 of the files read.

    Within it reading a file again that has changed meanwhile raises `InputError`: what is recorded of an input is then true of
    everything that was made of it. An inner one shares the outer one's files.
    """
    if (outer := _pins.get()) is not None:
        yield outer
        return
    pins: dict[str, str] = {}
    token = _pins.set(pins)
    try:
        yield pins
    finally:
        _pins.reset(token)


def pin(path: Path, digest: str) -> None:
    """Pin a file to this SHA-256. Raises `InputError` where it was read with another before."""
    if (pins := _pins.get()) is not None and pins.setdefault(str(path), digest) != digest:
        raise InputError(path, f"{CHANGED}; run the same command again")


CHANGED = "has changed while it was read"


def holds() -> bool:
    """Tell whether files are pinned, so that every reader has to call `pin`."""
    return _pins.get() is not None


def open_file(path: Path) -> BinaryIO:
    """Open a regular file, or a pipe that is open already (`/dev/fd/63`). Nothing is waited for: what is neither is an `InputError`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISREG(kind) or (not stat.S_ISDIR(kind) and str(path).startswith(("/dev/fd/", "/dev/stdin", "/proc/self/fd/"))):
            os.set_blocking(descriptor, True)
            return os.fdopen(descriptor, "rb")
        os.close(descriptor)
        what = "is a folder, not a file" if stat.S_ISDIR(kind) else "is neither a file nor an open pipe"
        raise InputError(path, what)
    except FileNotFoundError:
        raise InputError(path, "no such file") from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise InputError(path, f"is no path: {error}") from None


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises `InputError` with the reason where it can't be read."""
    with open_file(path) as file:
        try:
            data = file.read(MAX_FILE + 1)
        except OSError as error:
            raise InputError(path, f"cannot be read: {error.strerror}") from None
    if len(data) > MAX_FILE:
        raise InputError(path, f"has more than {MAX_FILE:,} bytes")
    if holds():
        pin(path, sha256(data))
    return data


def decode(data: bytes, where: object) -> str:
    """Decode strict UTF-8, with or without a byte order mark. Line ends are kept, so offsets match the file."""
    newline = b"\n"
    return _decoded(data, lambda offset: f"{where}:{data.count(newline, 0, offset) + 1}")


def _decoded(data: bytes, where: Callable[[int], str]) -> str:
    """`where` says where the byte at an offset stands."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            where(error.start), f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
    if (offset := data.find(b"\0")) >= 0:
        raise InputError(where(offset), "holds NUL characters: not a text file")
    return text


def read_text(path: Path) -> str:
    return decode(read_bytes(path), path)


def jsonl_lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | InputError]]:
    """Yield (line number, object or error) for each line that is not blank: one bad line hides no other."""
    for number, line in enumerate(read_bytes(path).split(b"\n"), start=1):
        where = f"{path}:{number}"
        try:
            text = _decoded(line, lambda _: where)  # noqa: B023 - used before the loop goes on
            if text.strip():
                yield number, parse_object(text, where)
        except InputError as error:
            yield number, error


def read_jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, object) for each line that is not blank. Raises `InputError` for a line that is no JSON object."""
    for number, row in jsonl_lines(path):
        if isinstance(row, InputError):
            raise row
        yield number, row


def parse_object(line: str, where: object) -> dict[str, Any]:
    """Parse one JSON object. Duplicate keys, NaN, infinite numbers and lone surrogates are refused: they do not survive a round trip."""
    try:
        value = json.loads(line, object_pairs_hook=lambda pairs: _unique(pairs, where), parse_constant=_no_constant, parse_float=_finite)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"not a JSON object: {error}") from None
    if not isinstance(value, dict):
        raise InputError(where, f"not a JSON object but {type(value).__name__}")
    try:
        json.dumps(value, ensure_ascii=False).encode()
        if "\\u0000" in line and _holds_nul(value):
            raise InputError(where, "holds a NUL character: no text has one")
    except UnicodeEncodeError:
        raise InputError(where, "holds a lone surrogate, which is no character") from None
    except RecursionError:
        raise InputError(where, "is nested too deeply") from None
    return value


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_holds_nul(part) for part in value)


def _unique(pairs: list[tuple[str, Any]], where: object) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise InputError(where, f"key '{next(key for key in keys if keys.count(key) > 1)}' occurs twice")
    return row


def _finite(number: str) -> float:
    if not math.isfinite(value := float(number)):
        raise ValueError(f"{number} is too large a number")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the digest of a file, read a piece at a time. Raises `InputError` as `read_bytes` does."""
    with open_file(path) as file:
        try:
            digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # an open file it is
        except OSError as error:
            raise InputError(path, f"cannot be read: {error.strerror}") from None
    pin(path, digest)
    return digest


def to_json(value: object) -> str:
    """Write indented JSON: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_jsonl(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


BOM = "\ufeff"
"""What tells Excel that a CSV file is UTF-8; without it curly quotes come back as other letters."""


def to_csv(rows: Iterable[Mapping[str, Any]], columns: list[str], *, header: bool = True) -> str:
    """Write CSV whose cells a spreadsheet takes for text, whatever its separator: see `as_cell`."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    if header:
        writer.writerow({name: _cell(name) for name in columns})
    writer.writerows({key: _cell(row[key]) for key in columns} for row in rows)
    return out.getvalue()


_BEGINS = r"(?:^|(?<=[;\t\r\n]))"
_FORMULA = re.compile(_BEGINS + r"(?='*[=+\-@\t\r])")
_GUARDED = re.compile(_BEGINS + r"'(?='*[=+\-@\t\r])")
"""Where a spreadsheet may see a formula begin: at the start of a cell and, since some separate cells by semicolons and then take a
line feed for the end of a row whatever the quotes, behind these."""


def as_cell(text: str) -> str:
    """Put an apostrophe wherever a spreadsheet would see a formula begin."""
    return _FORMULA.sub("'", text)


def from_cell(cell: str) -> str:
    """Undo `as_cell`."""
    return _GUARDED.sub("", cell)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return as_cell(value)
    return "" if value is None else value
