"""Byte streams of a source, decompressed, with a bound on the ratio of compression."""

import gzip
import hashlib
import io
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from stancekit.errors import InputError
from stancekit.io.files import holds, open_file, pin
from stancekit.sources import limits
from stancekit.sources.source import Source, UnreadableError

READ_ERRORS = (OSError, EOFError, zlib.error)
"""What reading a stream of this module may raise."""


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """Open the source's bytes; standard input is left open. Raises `UnreadableError` where it can't be opened, or is no file by now.

    Where files are held to their content, reading on past the end of one that has changed raises `InputError` (see `files.pinned`).
    """
    raw = _raw(source)
    if source.path is not None and holds():
        raw = io.BufferedReader(_Held(raw, source.path), 2**16)
    try:
        yield io.BufferedReader(_Unpacked(raw), 2**16) if source.gzipped else raw
    finally:
        if source.path is not None:
            raw.close()


@contextmanager
def seekable(source: Source) -> Iterator[IO[bytes]]:
    """Open the source's bytes as a seekable file: a temporary copy for what is packed or comes by standard input."""
    if source.path is not None and not source.gzipped:
        with _raw(source) as file:
            yield file
            if holds():
                pin(source.path, _digest(source, file))
        return
    with opened(source) as stream, tempfile.TemporaryFile() as copy:
        copy_all(source, stream, copy)
        copy.seek(0)
        yield copy


def _digest(source: Source, file: IO[bytes]) -> str:
    try:
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # an open file it is
    except OSError as error:
        raise UnreadableError(source, None, why(error)) from None


def copy_all(source: Source, stream: IO[bytes], copy: IO[bytes]) -> None:
    """Copy what can be read but once. Raises `UnreadableError` where it can't be, or is more than the disk should take."""
    size = 0
    try:
        while piece := stream.read(2**20):
            size += len(piece)
            if size > limits.MAX_COPY:
                remedy = "put it in a file" if source.piped else "unpack it"
                raise UnreadableError(source, None, f"has more than {limits.MAX_COPY:,} bytes to copy: {remedy} and name that")
            copy.write(piece)
    except READ_ERRORS as error:
        raise UnreadableError(source, None, why(error)) from None


def why(error: BaseException) -> str:
    """Describe a failed reading for the user."""
    if isinstance(error, gzip.BadGzipFile):
        return f"is no sound gzip file: {error}"
    if isinstance(error, EOFError | zlib.error):
        return "the gzip data end too early" if isinstance(error, EOFError) else f"the gzip data are damaged: {error}"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


def _raw(source: Source) -> IO[bytes]:
    if source.path is not None:
        try:
            return open_file(source.path)
        except InputError as error:
            raise UnreadableError(source, None, str(error).removeprefix(f"{source.path}: ")) from None
    if sys.stdin is None:
        raise UnreadableError(source, None, "is closed")
    return sys.stdin.buffer


class _Held(io.RawIOBase):
    """A file's bytes, digested as they go by: at the end they must be those that it had before."""

    def __init__(self, raw: IO[bytes], path: Path) -> None:
        self._raw, self._path, self._digest = raw, path, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._raw.read(len(buffer))
        self._digest.update(data)
        if not data:
            pin(self._path, self._digest.hexdigest())
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Counted:
    """Packed bytes, counted as gzip takes them: all, and those since it last made any."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self.count, self.idle = raw, 0, 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self.count += len(data)
        self.idle += len(data)
        if self.idle > limits.MAX_IDLE:
            raise OSError(f"more than {limits.MAX_IDLE:,} bytes of gzip data on end unpack to nothing")
        return data


class _Unpacked(io.RawIOBase):
    """The plain bytes of gzip data."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._taken, self._made = _Counted(raw), 0
        self._gzip = gzip.GzipFile(fileobj=self._taken, mode="rb")  # type: ignore[call-overload] # it asks for `read` alone

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        made: int = self._gzip.readinto(buffer)
        self._made += made
        self._taken.idle = 0
        if limits.endless(self._taken.count, self._made, limits.FREE):
            raise OSError(f"{self._taken.count:,} bytes of gzip data unpack to more than {limits.FREE:,}")
        return made
