"""What a caller says about the input: where the fields stand, how the text is encoded, what standard input holds."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from stancekit.errors import InputError, missing_extra, nearest
from stancekit.sources.registry import READERS

ARTICLE_FIELDS = ("id", "text", "title", "date", "outlet", "url")
"""What is known of an article."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read the input.

    `columns` maps a field to the column, or JSON key, that holds it, where the two differ. `encoding` is a text encoding of
    Python's; UTF-8 accepts a byte order mark. `format` says what standard input holds, as `csv` or `jsonl.gz`. `stdin` is a
    file to read in the place of standard input. `notice` is told, once a file, where ids are longer than the files have them, as
    others have the same, and of damaged text (see `damage`). With `repair` the text is what the repair makes of it, and offsets
    count in that. `only` names the files (see `Source.name`) that were there when the work began: what has come since, and
    what has gone, is rejected. Raises `InputError` for an encoding or a format that is not known, `MissingError` where
    the repair is not installed.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    format: str | None = None
    stdin: Path | None = None
    notice: Callable[[str], object] | None = field(default=None, compare=False, repr=False)
    only: frozenset[str] | None = field(default=None, repr=False)
    repair: bool = False

    def __post_init__(self) -> None:
        if self.repair and find_spec("ftfy") is None and (missing := missing_extra(ModuleNotFoundError(name="ftfy"))):
            raise missing
        try:
            "a".encode(self.encoding)
        except (LookupError, ValueError):
            known = ["utf-8", "cp1252", "latin-1", "utf-16", "any other text encoding of Python's"]
            raise InputError("--encoding", f"'{self.encoding}' is no text encoding", known) from None
        formats = [ending[1:] for ending in READERS]
        if self.format is not None and self.format.removesuffix(".gz") not in formats:
            raise InputError("--format", f"unknown '{self.format}'{nearest(self.format, formats)}", [*formats, "each with .gz"])


@dataclass(frozen=True, slots=True)
class Wanted:
    """The fields to read: field → column, those that every table must have, those whose column the caller named.

    `hint` tells the user how to name the column of a field that was not found.
    """

    names: Mapping[str, str]
    required: frozenset[str]
    named: frozenset[str]
    hint: str = "--column {0}=NAME"

    @classmethod
    def of(cls, columns: Mapping[str, str], fields: Collection[str], required: Iterable[str] = ("text",)) -> "Wanted":
        """Raises `InputError` for a mapped field that there is not."""
        if unknown := [name for name in columns if name not in fields]:
            raise InputError("--column", f"unknown field '{unknown[0]}'{nearest(unknown[0], fields)}", fields)
        if empty := [name for name, column in columns.items() if not column]:
            raise InputError("--column", f"names no column for '{empty[0]}'")
        return cls({name: columns.get(name, name) for name in fields}, frozenset(required) | frozenset(columns), frozenset(columns))

    def fault(self, columns: Collection[str]) -> str | None:
        """What is wrong with a table of these columns; `None` where all that must be there is there once."""
        for name in (name for name in self.names if name in self.required):
            if self.names[name] not in columns:
                known = ", ".join(f"'{column}'" for column in list(columns)[:20])
                close = nearest(self.names[name], columns) if name in self.named else ""
                return f"has no column '{self.names[name]}'{close}; it has {known}; say which holds the {name}: {self.hint.format(name)}"
        twice = [column for column in self.names.values() if list(columns).count(column) > 1]
        return f"column '{twice[0]}' occurs twice" if twice else None
