"""Reading text strictly and writing files so that a reader never sees half of one."""

import csv
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from stancekit.errors import InputError, RefusedError


def read_bytes(path: Path) -> bytes:
    """The file's bytes, or an `InputError` that says why they can't be had."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(path, "no such file")
    if isinstance(error, IsADirectoryError):
        return InputError(path, "is a folder, not a file")
    return InputError(path, f"cannot be read: {error.strerror}")


def decode(data: bytes, where: object) -> str:
    """Strict UTF-8, a byte order mark accepted; never a guess. Line ends are kept, so offsets match the file."""
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
    """(line number, object or what is wrong with the line) for each line that is not blank: one bad line hides no other."""
    for number, line in enumerate(read_bytes(path).split(b"\n"), start=1):
        where = f"{path}:{number}"
        try:
            text = _decoded(line, lambda _: where)  # noqa: B023 - used before the loop goes on
            if text.strip():
                yield number, parse_object(text, where)
        except InputError as error:
            yield number, error


def read_jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) for each line that is not blank. A line that is no JSON object is an `InputError`."""
    for number, row in jsonl_lines(path):
        if isinstance(row, InputError):
            raise row
        yield number, row


def parse_object(line: str, where: object) -> dict[str, Any]:
    """One JSON object. Duplicate keys, NaN and lone surrogates are refused: they do not survive a round trip."""
    try:
        value = json.loads(line, object_pairs_hook=lambda pairs: _unique(pairs, where), parse_constant=_no_constant)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:
        raise InputError(where, f"not a JSON object: {error}") from None
    if not isinstance(value, dict):
        raise InputError(where, f"not a JSON object but {type(value).__name__}")
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InputError(where, "holds a lone surrogate, which is no character") from None
    if "\\u0000" in line and _holds_nul(value):
        raise InputError(where, "holds a NUL character: no text has one")
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


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """The digest of a file, read a piece at a time. Raises `InputError` as `read_bytes` does."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from None


def write_atomic(path: Path, data: str | bytes) -> None:
    """Write beside the target, flush to the disk, then rename: the file is the old one or the new one, never half."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with _refused(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data.encode() if isinstance(data, str) else data)
            commit(temporary, path)
    finally:
        temporary.unlink(missing_ok=True) if temporary.parent.is_dir() else None


@contextmanager
def writing(path: Path) -> Iterator[Callable[[str], None]]:
    """A file written piece by piece as `write_atomic` writes it at once: gives what appends text.

    The file is in its place when the block ends, and as it was where the block raises. Raises `RefusedError` where it can't
    be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _refused(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = temporary.open("w", encoding="utf-8", newline="")

    def write(text: str) -> None:
        with _refused(path):
            file.write(text)

    try:
        yield write
        with _refused(path):
            file.close()
            commit(temporary, path)
    finally:
        with suppress(OSError):  # what was raised before tells more
            file.close()
        temporary.unlink(missing_ok=True)


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """Turns a failed write into a message."""
    try:
        yield
    except OSError as error:
        raise RefusedError(f"{path}: cannot be written: {error.strerror}") from None


def commit(temporary: Path, path: Path) -> None:
    """Flush a finished file to the disk, rename it into place, flush the folder: it survives a loss of power."""
    _flush(temporary)
    temporary.replace(path)
    _flush(path.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refuse_inside(out: Path, inputs: Iterable[Path]) -> None:
    """Raise `RefusedError` where an output is an input or lies inside an input folder: it would be read the next time."""
    for path in inputs:
        if out.resolve() == path.resolve() or (path.is_dir() and out.resolve().is_relative_to(path.resolve())):
            raise RefusedError(f"{out}: lies within the input {path}; write somewhere else")


def to_json(value: object) -> str:
    """Stable, readable JSON: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_jsonl(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n" for row in rows)


def to_csv(rows: Iterable[Mapping[str, Any]], columns: list[str], *, header: bool = True) -> str:
    """CSV that a spreadsheet opens as text: a cell that would be read as a formula gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    if header:
        writer.writeheader()
    writer.writerows({key: _cell(row[key]) for key in columns} for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return "" if value is None else value


def claim_directory(path: Path, *, marker: str, overwrite: bool) -> None:
    """Make an output directory, or take one that is empty or holds `marker` from an earlier run of the same kind.

    Raises `RefusedError` where it holds something else, unless `overwrite`.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        occupied = any(path.iterdir()) and not (path / marker).exists()
        if occupied and not overwrite:
            raise RefusedError(f"{path}: is not empty and was not made by this command; choose another, or --overwrite")
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(13, "permission denied")
    except OSError as error:
        raise RefusedError(f"{path}: cannot be written: {error.strerror}") from None
