"""Rows of all readers, and the checks before the first is read."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from stancekit.errors import InputError
from stancekit.sources import limits
from stancekit.sources.damage import Damage
from stancekit.sources.options import KEEP, ReadOptions, Wanted
from stancekit.sources.paths import sources
from stancekit.sources.reader import Reader, Row, may_be_number
from stancekit.sources.registry import READERS, TABLES
from stancekit.sources.source import Rejected, Source, UnreadableError, unsound
from stancekit.sources.stems import Stems

_CUT = re.compile(r"\s*\[\+\d+ chars\]\s*\Z")

NO_TEXT = {"nan", "null", "none", "n/a", "#n/a", "<na>", "undefined", "[removed]", "[deleted]"}
"""What programs and services write where there is no text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row and where it comes from."""

    source: Source
    row: Row

    def fault(self, what: str) -> UnreadableError:
        """Return the error that rejects this row."""
        return UnreadableError(self.source, self.row.line, what)

    def written(self, text: str | None, column: str, fault: str = "is missing or empty") -> str:
        """Return a text. Raises `UnreadableError`, with `fault`, where there is none, or a word that stands for none."""
        if text is None or not text.strip():
            raise self.fault(f"'{column}' {fault}")
        if text.strip().casefold() in NO_TEXT:
            raise self.fault(f"'{column}' is {text.strip()!r}, which stands for no text")
        return text

    def text(self, name: str, column: str) -> str | None:
        """Return a field as text, None where it is not there or empty. Raises `UnreadableError` for what is none, or no sound one."""
        value = self.row.values.get(name)
        if isinstance(value, str) and (fault := unsound(value)):
            raise self.fault(f"'{column}' {fault}")
        if value is None or isinstance(value, str):
            return value or None
        if isinstance(value, int) and not isinstance(value, bool) and may_be_number(name):
            return str(value)
        if isinstance(value, float) and value.is_integer() and name.partition(".")[0] == "label":
            return str(int(value))  # pandas writes the whole numbers of a column with gaps so
        raise self.fault(f"'{column}' is {short(value)}, not text")

    def kept(self) -> dict[str, str]:
        """Return the columns to carry to the output, as text, those without a value left out. Raises `UnreadableError` as `text` does."""
        found = {name.removeprefix(KEEP): value for name, value in self.row.values.items() if name.startswith(KEEP)}
        kept = {name: _as_text(value) for name, value in found.items() if value not in (None, "") and value == value}  # no NaN
        if faults := [f"'{name}' {fault}" for name, value in kept.items() if (fault := unsound(value))]:
            raise self.fault(faults[0])
        return kept


def _as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | int | float | list | dict) else str(value)


class Once:
    """The ids that have occurred, 16 bytes of each."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def see(self, identity: str, found: Found) -> None:
        """Raises `UnreadableError` for one that has occurred before."""
        key = hashlib.blake2b(identity.encode(), digest_size=16).digest()
        if key in self._seen:
            raise found.fault(f"the id {short(identity)} has occurred before; give one of the two another")
        self._seen.add(key)


def read_rows(
    paths: Iterable[Path | str], reading: ReadOptions, wanted: Wanted, endings: Collection[str] = tuple(READERS), stems: Stems | None = None
) -> Iterator[Found | Rejected]:
    """Yield the rows of all sources in order; a bad one is `Rejected` and the reading goes on. Raises as `check` does, before the first.

    The `stem` of each source is a name that no other has (see `Stems`); `stems` is what `check` gave, where that was asked before.
    """
    paths = list(paths)
    stems = stems or check(paths, reading, wanted, endings)
    yield from rows_of(sources(paths, reading, endings), reading, wanted, stems)


def rows_of(found: Iterable[Source | Rejected], reading: ReadOptions, wanted: Wanted, stems: Stems) -> Iterator[Found | Rejected]:
    """Yield the rows of these sources, each of which `stems` knows."""
    with closing(_Readers(wanted, reading)) as readers:
        for source in found:
            if isinstance(source, Rejected):
                yield source
                continue
            source = replace(source, stem=stems.of(source))
            unusable = cut = 0
            damage = Damage(source.name, reading)
            try:
                for row in readers.of(source).rows(source):
                    unusable = unusable + 1 if isinstance(row, Rejected) else 0
                    if unusable > limits.MAX_UNUSABLE:
                        what = f"comes after {limits.MAX_UNUSABLE:,} rows on end that can't be used; the file is not read from here on"
                        raise UnreadableError(source, row.line, what)
                    if isinstance(row, Rejected):
                        yield row
                        continue
                    values, is_cut = _unmarked(row.values)
                    cut += is_cut
                    yield Found(source, replace(row, values=damage.see(values, row.line)))
            except UnreadableError as error:
                yield error.rejected
            if cut:
                what = f"{cut:,} of its texts are cut, as '[+123 chars]' at their end says: fetch the pages at their addresses"
                reading.say(source.name, what)
            damage.tell()


def _unmarked(values: Mapping[str, Any]) -> tuple[Mapping[str, Any], bool]:
    """The values without the mark that NewsAPI leaves where it cuts a text, and whether there was one."""
    text = values.get("text")
    if not isinstance(text, str) or not (mark := _CUT.search(text[-40:])):
        return values, False
    return {**values, "text": text.removesuffix(mark[0])}, True


class _Readers:
    """One reader a format, made when it is needed first."""

    def __init__(self, wanted: Wanted, reading: ReadOptions) -> None:
        self._wanted, self._reading = wanted, reading
        self._made: dict[str, Reader] = {}

    def of(self, source: Source) -> Reader:
        home = READERS[source.ending]
        if home not in self._made:
            module, _, name = home.partition(":")
            self._made[home] = getattr(import_module(module), name)(self._wanted, self._reading)
        return self._made[home]

    def close(self) -> None:
        for reader in self._made.values():
            reader.close()


def check(paths: Iterable[Path | str], reading: ReadOptions, wanted: Wanted, endings: Collection[str] = tuple(READERS)) -> Stems:
    """Check paths, extras and columns before anything is read, so that mistakes of the call come first; returns the names of
    the sources.

    One table of several that lacks a column is a bad document among good ones. A column that none has, where the caller
    named it or where there is nothing but tables, is a mistake.
    """
    readers = _Readers(wanted, replace(reading, notice=None))
    fault: InputError | None = None
    others = tables = sound = False
    stems = Stems()
    for source in sources(paths, reading, endings):
        if isinstance(source, Rejected):
            continue
        stems.add(source)
        reader = readers.of(source)
        others, tables = others or not reader.tabular, tables or reader.tabular
        if not reader.tabular or sound:
            continue
        columns = reader.columns(source) if source.path is not None else None  # standard input can be read but once
        what = wanted.fault(columns) if columns is not None else None
        sound = what is None
        fault = fault or (UnreadableError(source, None, what) if what else None)
    if wanted.named and not tables:
        where = "--keep" if all(name.startswith(KEEP) for name in wanted.named) else "columns (--column)"
        raise InputError(where, "are for files with columns, and none is among the inputs", TABLES)
    if fault and not sound and (wanted.named or not others):
        raise fault
    return stems


def columns_of(paths: Iterable[Path | str], reading: ReadOptions, wanted: Wanted, endings: Collection[str]) -> list[str]:
    """Return the columns of the first table that has any. Raises `InputError` as `sources` does."""
    readers = _Readers(wanted, replace(reading, notice=None))
    for source in sources(paths, reading, endings):
        if isinstance(source, Source) and source.path is not None and (found := readers.of(source).columns(source)):
            return list(found)
    return []


def short(value: object) -> str:
    """Shorten a value for a message."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
