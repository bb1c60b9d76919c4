"""One file of the input, or standard input, and the record of a rejected document."""

import os
from dataclasses import dataclass
from pathlib import Path

from stancekit.errors import InputError
from stancekit.sources.registry import READERS

_STANDARD_INPUT = "standard input"
CAME, WENT = "was not there when this began", "was there when this began and has gone since"
"""Reasons given for files that come and go while others are read."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that can't be used: its `file`, the `line` where known (a row of Parquet: its number), and the `reason`.

    `words` are those that it has, as far as it could be read.
    """

    file: str
    line: int | None
    reason: str
    words: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read. `name` is for messages, `stem` for ids; `path` is None for standard input.

    `id`, `date` and `outlet` are what `manifest`, the file that lists it, says of it. `base` is the folder, or the fixed part of
    the pattern, below which it was found; None for a file that was named itself.
    """

    path: Path | None
    name: str
    stem: str
    ending: str
    gzipped: bool = False
    id: str | None = None
    date: str | None = None
    outlet: str | None = None
    manifest: Path | None = None
    base: Path | None = None

    @property
    def piped(self) -> bool:
        """Whether it is standard input, which comes by once, even where a file stands in its place."""
        return self.name == _STANDARD_INPUT


class UnreadableError(InputError):
    """A document that can't be used; readers turn it into a `Rejected` and go on."""

    def __init__(self, source: Source, line: int | None, what: str, words: int = 0) -> None:
        super().__init__(source.name if line is None else f"{source.name}:{line}", what)
        self.rejected = Rejected(source.name, line, str(self), words)


def unsound(text: str) -> str | None:
    """Return why a record can't hold this text; `None` where it can."""
    if "\0" in text:
        return "holds a NUL character: no text has one"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "holds a lone surrogate, which is no character"
    return None


def shown(path: Path) -> str:
    """Return a path as text, with bytes that are not UTF-8 escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def ending_of(name: str) -> tuple[str, str, bool]:
    """Split a name into (stem, ending in lower case, whether gzipped): `A.CSV.gz` → `A`, `.csv`, True."""
    path = Path(name)
    gzipped = path.suffix.lower() == ".gz"
    inner = Path(path.stem) if gzipped else path
    return inner.stem, inner.suffix.lower(), gzipped


def source_of(path: Path) -> Source | None:
    """Return the source of a file by its name; `None` where no reader knows the ending."""
    stem, ending, gzipped = ending_of(path.name)
    return Source(path, shown(path), stem, ending, gzipped) if ending in READERS else None


def standard_input(format: str, path: Path | None) -> Source:
    """Return standard input, or the file that stands in its place, as a source; a layout is one of texts."""
    _, ending, gzipped = ending_of(f"stdin.{format}")
    return Source(path, _STANDARD_INPUT, "stdin", ending if ending in READERS else ".txt", gzipped)
