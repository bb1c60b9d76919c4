"""Strict decoding of a source, whole or line by line, with a bounded piece in memory."""

import codecs
import io
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import IO, AnyStr, NamedTuple

from stancekit.errors import InputError
from stancekit.sources import limits
from stancekit.sources.source import Source, UnreadableError, unsound
from stancekit.sources.streams import READ_ERRORS, opened, why

_PIECE = 2**20

_MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
"""Byte order mark → encoding, the longer marks first: one begins with the other."""
_REMEDY = "save the file as UTF-8, or name its encoding: --encoding NAME"


class Line(NamedTuple):
    """A line with its end. Where `fault` says why it can't be used, `text` still has its commas and quotes; it is None if too long."""

    number: int
    text: str | None
    fault: str | None = None


def whole_text(source: Source, encoding: str) -> str:
    """Return the document with its line ends, without a byte order mark. Raises `UnreadableError`."""
    with opened(source) as stream:
        try:
            data = stream.read(limits.MAX_BYTES + 1)
        except READ_ERRORS as error:
            raise UnreadableError(source, None, why(error)) from None
        except InputError as error:  # nothing has been made of it yet: this one document alone is rejected
            raise UnreadableError(source, None, str(error).removeprefix(f"{source.path}: ")) from None
    if len(data) > limits.MAX_BYTES:
        raise UnreadableError(source, None, f"has more than {limits.MAX_BYTES:,} bytes: no article")
    try:
        _refuse_wide(data, encoding)
        text = codecs.getincrementaldecoder(_marked(encoding))().decode(data, final=True)
    except UnicodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else None
        raise UnreadableError(source, line, _undecodable(error, encoding)) from None
    if fault := _misread(data, text, encoding):
        raise UnreadableError(source, None, fault)
    if not text.strip():
        raise UnreadableError(source, None, "is empty")
    return text


def lines(source: Source, encoding: str) -> Iterator[Line]:
    """Yield the lines of a file, ended by line feeds. One that is badly encoded or too long carries its fault and hides no other.

    Raises `UnreadableError` where the file can't be read on, or isn't, as it is blank for too long. In an encoding whose line feed is
    not the one byte that it is in UTF-8 (UTF-16, say) the first bad character is such a place.
    """
    number = blank = 0
    reader = _of_bytes if "\n".encode(encoding) == b"\n" else _of_text
    with opened(source) as stream, closing(reader(stream, encoding)) as found:
        try:
            for line in found:
                number = line.number
                blank = blank + 1 if line.text is not None and line.text.isspace() else 0
                if blank > limits.MAX_BLANK:
                    what = f"comes after {limits.MAX_BLANK:,} blank lines on end; the file is not read from here on"
                    raise UnreadableError(source, number, what)
                yield line
        except READ_ERRORS as error:
            raise UnreadableError(source, number + 1, why(error)) from None
        except UnicodeError as error:
            raise UnreadableError(source, number + 1, _undecodable(error, encoding)) from None


def _of_bytes(stream: IO[bytes], encoding: str) -> Generator[Line, None, None]:
    number = 0
    while data := stream.readline(limits.MAX_BYTES + 1):
        number += 1
        if len(data) > limits.MAX_BYTES:
            yield Line(number, None, _skipped(stream, data, b"\n"))
            continue
        if number == 1:
            _refuse_wide(data, encoding)
        try:
            text = data.decode(_marked(encoding) if number == 1 else encoding)
            yield Line(number, text, _misread(data, text, encoding))
        except UnicodeDecodeError as error:
            yield Line(number, data.decode(encoding, "backslashreplace"), _undecodable(error, encoding))


def _of_text(stream: IO[bytes], encoding: str) -> Generator[Line, None, None]:
    number = 0
    text = io.TextIOWrapper(stream, encoding, newline="\n")
    longest = limits.MAX_BYTES // 4
    try:
        while line := text.readline(longest):
            number += 1
            if len(line) == longest and not line.endswith("\n"):
                yield Line(number, None, _skipped(text, line, "\n"))
            else:
                yield Line(number, line, _misread(b"", line, encoding))
    finally:
        text.detach()


def _skipped(stream: IO[AnyStr], begun: AnyStr, end: AnyStr) -> str:
    """Read on to the end of a line that is too long; what is wrong with it. Raises `OSError` for one that doesn't end."""
    size = len(begun)
    while begun and not begun.endswith(end):
        begun = stream.readline(_PIECE)
        size += len(begun)
        if size > limits.MAX_SKIPPED:
            raise OSError(f"a line of more than {limits.MAX_SKIPPED:,} bytes; the file is not read from here on")
    return f"has more than {limits.MAX_BYTES:,} bytes"


def _marked(encoding: str) -> str:
    """The encoding that takes a byte order mark off the beginning."""
    return "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding


class _WideError(UnicodeError):
    """Text of two or four bytes a character, taken for one of another kind."""


def _refuse_wide(data: bytes, encoding: str) -> None:
    """Raise `_WideError` where text, or its first line, begins with the byte order mark of UTF-16 or UTF-32, or alternates with NUL."""
    if "\n".encode(encoding) != b"\n":
        return
    found = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    even, odd = data[:1000:2], data[1:1000:2]
    for name, zeros, others in [("utf-16-le", odd, even), ("utf-16-be", even, odd)]:
        if found is None and zeros.count(0) > len(zeros) / 2 and 0 not in others:
            found = name
    if found is not None:
        kind, own = found[:6].upper(), "UTF-8" if codecs.lookup(encoding).name == "utf-8" else encoding
        raise _WideError(f"looks like {kind} and is not {own}; {_REMEDY} (here: {found})")


def _undecodable(error: UnicodeError, encoding: str) -> str:
    if isinstance(error, _WideError):
        return str(error)
    if not isinstance(error, UnicodeDecodeError):  # a codec that misses its byte order mark
        return f"is not {encoding}: {error}"
    if error.encoding.startswith("utf-8"):
        what = f"byte 0x{error.object[error.start]:02x} at offset {error.start} is not UTF-8"
        return f"{what}; {_REMEDY}"
    return f"byte 0x{error.object[error.start]:02x} at offset {error.start} is not {encoding}: {error.reason}"


def _misread(data: bytes, text: str, encoding: str) -> str | None:
    """Decoded without an error, and yet not what it was taken for."""
    if "\0" in text:
        return "holds NUL characters: not a text file, or one in another encoding"
    if data.startswith(codecs.BOM_UTF8) and not codecs.lookup(encoding).name.startswith("utf-8"):
        return f"begins with the byte order mark of UTF-8, so it is not {encoding}"
    return unsound(text)  # some encodings, UTF-7 and escapes, spell what is no character
