"""The bytes of a source, unpacked, with an end to what unpacks without end."""

import gzip
import io
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from stancekit.articles.source import Source, UnreadableError

READ_ERRORS = (OSError, EOFError, zlib.error)
"""What reading a stream of this module may raise."""

_FREE = 2**30
_MAX_RATIO = 200
"""Past `_FREE` bytes, gzip that makes more than this many bytes of one holds no coverage: text makes three to ten of one."""


@contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """The source's bytes; standard input is left open. Raises `UnreadableError` where it can't be opened."""
    try:
        raw: IO[bytes] = sys.stdin.buffer if source.path is None else source.path.open("rb")
    except OSError as error:
        raise UnreadableError(source, None, why(error)) from None
    try:
        yield io.BufferedReader(_Unpacked(raw), 2**16) if source.gzipped else raw
    finally:
        if source.path is not None:
            raw.close()


@contextmanager
def seekable(source: Source) -> Iterator[IO[bytes]]:
    """The source's bytes in a file to move about in: a temporary one for what is packed or comes by standard input."""
    with opened(source) as stream:
        if source.path is not None and not source.gzipped:
            yield stream
            return
        with tempfile.TemporaryFile() as copy:
            try:
                shutil.copyfileobj(stream, copy, 2**20)
            except READ_ERRORS as error:
                raise UnreadableError(source, None, why(error)) from None
            copy.seek(0)
            yield copy


def why(error: BaseException) -> str:
    """What a failed reading tells the user."""
    if isinstance(error, gzip.BadGzipFile):
        return f"is no sound gzip file: {error}"
    if isinstance(error, EOFError | zlib.error):
        return "the gzip data end too early" if isinstance(error, EOFError) else f"the gzip data are damaged: {error}"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"


class _Counted:
    """Packed bytes, counted as gzip takes them."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self.count = raw, 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self.count += len(data)
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
        if self._made > _FREE and self._made > _MAX_RATIO * self._taken.count:
            raise OSError(f"{self._taken.count:,} bytes of gzip data unpack to more than {_FREE:,}")
        return made
