"""What a caller says about the input: where the fields stand, how the text is encoded, what standard input holds."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from stancekit.edits import Lines
from stancekit.errors import InputError, nearest, require_extra
from stancekit.records import ROW_COLUMNS
from stancekit.sources.columns import proposal, textless
from stancekit.sources.dates import DateOrder
from stancekit.sources.languages import code
from stancekit.sources.registry import READERS

ARTICLE_FIELDS = ("id", "text", "title", "date", "outlet", "url", "language")
"""What is known of an article."""
Names = Iterable[str]
KEEP = "keep."
"""What begins the field of a column that is carried to the output."""

LAYOUTS = {"nexis": "Nexis", "factiva": "Factiva", "proquest": "ProQuest", "plain": "one article"}
"""Layout of a text or page that may hold many articles → what it is called."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy here of what is elsewhere: the `path` to read, within `folder`, which messages call `shown`."""

    path: Path
    folder: Path
    shown: str

    def renamed(self, text: str) -> str:
        """A name or message about the copy as one about what it is of."""
        return text.replace(str(self.folder), self.shown)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read the input.

    `columns` maps a field to the column, or JSON key, that holds it, where the two differ. `encoding` is a text encoding of
    Python's; UTF-8 accepts a byte order mark. `format` says what standard input holds, as `csv` or `jsonl.gz`, or forces the layout
    of all texts and pages (see `LAYOUTS`). `stdin` is a file to read in the place of standard input. `notice` is called with what
    the user should know of the input, once per file: that ids are longer than the files have them, as others have the same, that a
    part of the texts is missing or damaged. `only` names the files (see `Source.name`) that were there when the work began: what
    has come since, and what has gone, is rejected. `date_order` says what comes first in dates of numbers. `sheet` is that of a
    workbook with several. With `repair` damage is mended (see `damage`), and offsets count in the text as it was read all the same.
    `lines` says whether wrapped lines are joined: where a document looks wrapped, always or never. `language` is that of all texts, so
    that none is looked up. `keep` names columns that are carried to the output, as text. `copies` are files to read in the place of
    paths that are addresses. Raises `InputError` for an encoding, a format, a language or a value of `lines` that is not known, and a
    kept column that the output has anyway, `MissingError` where the repair is not installed.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    format: str | None = None
    stdin: Path | None = None
    notice: Callable[[str], object] | None = field(default=None, compare=False, repr=False)
    only: frozenset[str] | None = field(default=None, repr=False)
    date_order: DateOrder | None = None
    sheet: str | None = None
    repair: bool = False
    lines: Lines = "auto"
    language: str | None = None
    keep: tuple[str, ...] = ()
    copies: Mapping[str, Copy] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        if taken := [name for name in self.keep if name in ROW_COLUMNS]:
            there = f"leave it out; from another column it is read by --column {taken[0]}=NAME"
            what = there if taken[0] in ARTICLE_FIELDS else "rename that of the table"
            raise InputError("--keep", f"'{taken[0]}' is a column of the output already: {what}")
        if self.repair:
            require_extra("ftfy")
        if self.language is not None and code(self.language) is None:
            raise InputError("language", f"'{self.language}' is no code of ISO 639-1", ["en", "de", "zh", "any other code of two letters"])
        try:
            "a".encode(self.encoding)
        except (LookupError, ValueError):
            known = ["utf-8", "cp1252", "latin-1", "utf-16", "any other text encoding of Python's"]
            raise InputError("encoding", f"'{self.encoding}' is no text encoding", known) from None
        if self.lines not in get_args(Lines):
            raise InputError("lines", f"unknown '{self.lines}'{nearest(self.lines, get_args(Lines))}", get_args(Lines))
        formats = [*(ending[1:] for ending in READERS), *LAYOUTS]
        if self.format is not None and self.format.removesuffix(".gz") not in formats:
            raise InputError("format", f"unknown '{self.format}'{nearest(self.format, formats)}", [*formats, "each with .gz"])

    def say(self, where: object, what: str | None) -> None:
        """Call `notice` with what there is to tell of a file, where there is something and somebody asked to be told."""
        if what and self.notice:
            self.notice(f"{where}: {what}")

    @property
    def layout(self) -> str | None:
        """The layout that `format` forces."""
        name = (self.format or "").removesuffix(".gz")
        return name if name in LAYOUTS else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The fields to read: field → column, those that every table must have, those whose column the caller named.

    `hint` tells the user how to name the column of a field that was not found; `read` are fields that a model reads.
    """

    names: Mapping[str, str]
    required: frozenset[str]
    named: frozenset[str]
    hint: str = "--column {0}=NAME"
    read: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, columns: Mapping[str, str], fields: Collection[str], required: Names = ("text",), keep: Names = (), read: Names = ()
    ) -> "Wanted":
        """Raises `InputError` for a mapped field that there is not."""
        if unknown := [name for name in columns if name not in fields]:
            raise InputError("columns (--column)", f"unknown field '{unknown[0]}'{nearest(unknown[0], fields)}", fields)
        if empty := [name for name, column in columns.items() if not column]:
            raise InputError("columns (--column)", f"names no column for '{empty[0]}'")
        kept = {f"{KEEP}{name}": name for name in keep}
        names = {name: columns.get(name, name) for name in fields}
        needed = frozenset(required) | frozenset(read) | frozenset(columns)
        return cls(names | kept, needed, frozenset(columns) | frozenset(kept), read=frozenset(read))

    def not_kept(self, columns: Collection[str]) -> list[str]:
        """Return the columns to carry to the output that are not among these."""
        return [column for name, column in self.names.items() if name.startswith(KEEP) and column not in columns]

    def met(self, columns: Collection[str]) -> bool:
        """Tell whether these are all columns that are looked for."""
        return self.fault(columns) is None and not self.not_kept(columns)

    def fault(self, columns: Collection[str]) -> str | None:
        """What is wrong with a table of these columns; `None` where all that must be there is there once."""
        for name in (name for name in self.names if name in self.required):
            if self.names[name] not in columns:
                known = ", ".join(f"'{column}'" for column in list(columns)[:20])
                close = nearest(self.names[name], columns) if name in self.named else ""
                what = f"has no column '{self.names[name]}'{close}; it has {known}"
                if name == "text" and name not in self.named and (found := textless(columns)):
                    return f"{found} ({what})"
                if name in self.read:
                    advice = f"say which holds it, {self.hint.format(name)}, or add it with empty cells where it is not known"
                    return f"{what}; the model reads the {name}: {advice}"
                perhaps = proposal(columns, self.names, self.hint) if name == "text" else ""
                return f"{what}; say which holds the {name}: {self.hint.format(name)}{perhaps}"
        twice = [column for column in self.names.values() if list(columns).count(column) > 1]
        return f"column '{twice[0]}' occurs twice" if twice else None
