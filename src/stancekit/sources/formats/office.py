"""The zip archives that DOCX and XLSX files are."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError

from stancekit.sources.source import Source, UnreadableError
from stancekit.sources.streams import seekable, why

_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, ParseError)
"""What reading a damaged or locked one may raise."""


@contextmanager
def archive(source: Source, what: str) -> Iterator[zipfile.ZipFile]:
    """Open an archive. Raises `UnreadableError` where it is none, or is damaged where it is read in the block."""
    with seekable(source) as stream:
        try:
            if not (begins := stream.read(64)).strip():
                raise UnreadableError(source, None, "is empty")
            if begins.startswith(b"\xd0\xcf\x11\xe0"):
                raise UnreadableError(source, None, f"is locked by a password, or of the old kind: save it as {what}")
            with zipfile.ZipFile(stream) as opened:
                yield opened
        except OSError as error:
            raise UnreadableError(source, None, why(error)) from None
        except _ERRORS as error:
            raise UnreadableError(source, None, f"is no whole {what} file: {error}") from None
