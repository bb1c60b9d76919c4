"""Labelled rows of a table on disk, or of a data set of the Hugging Face Hub at a pinned revision."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.articles import ReadOptions, Rejected
from stancekit.errors import InputError
from stancekit.io.files import sha256, sha256_of
from stancekit.sources.options import Wanted
from stancekit.sources.reader import Row
from stancekit.sources.registry import TABLES
from stancekit.sources.rows import Found, read_rows
from stancekit.sources.source import Source

FIELDS = ("text", "target", "group", "context", "speaker", "organisation", "holder", "actor_kind")
"""What may be known of a labelled row beside its id and labels; a column of the same name is read without being asked for."""
PINNED = re.compile(r"(?P<name>[\w.-]+(?:/[\w.-]+)?)@(?P<revision>[0-9a-f]{40})")
"""A data set of the Hub at a commit."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields stand. `fields`: field → column, where the two differ. `labels`: task → column.

    The `id` is that of one column, or of several joined by `|`; with none, or where a table has no column `id` and none was
    asked for, rows are numbered.
    """

    labels: Mapping[str, str]
    id: tuple[str, ...] = ("id",)
    fields: Mapping[str, str] | None = None
    id_asked: bool = False

    @property
    def id_names(self) -> tuple[str, ...]:
        """The fields that make the id."""
        return ("id",) if len(self.id) == 1 else tuple(f"id.{i}" for i in range(len(self.id)))

    def label_name(self, task: str) -> str:
        """The field that holds a task's label."""
        return "label" if len(self.labels) == 1 else f"label.{task}"

    def wanted(self) -> Wanted:
        """The fields to read, and those that must be there."""
        asked = dict(self.fields or {})
        names = {**{name: name for name in FIELDS}, **asked}
        ids = dict(zip(self.id_names, self.id, strict=True))
        labels = {self.label_name(task): column for task, column in self.labels.items()}
        required = {"text", *asked, *labels, *(ids if self.id_asked else ())}
        hint = "`columns: {{{0}: NAME}}` in the config"
        return Wanted({**names, **ids, **labels}, frozenset(required), frozenset({*asked, *labels, *ids}), hint)


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """One row as it stands. `labels` holds each task's raw label, `None` where there is none; `where` is for messages."""

    id: str
    known: Mapping[str, str | None]
    labels: Mapping[str, str | None]
    where: str


def read_table(path: Path, part: str, columns: Columns, encoding: str = "utf-8") -> tuple[list[LabelledRow], dict[str, str]]:
    """Read the rows of a file, a folder or a glob of tables, and file → SHA-256. `part` begins the ids of numbered rows.

    Raises `InputError` with file and line for the first row that can't be used.
    """
    wanted = columns.wanted()
    found: list[Found] = []
    for item in read_rows([path], ReadOptions(encoding=encoding), wanted, TABLES):
        if isinstance(item, Rejected):
            where = item.file if item.line is None else f"{item.file}:{item.line}"
            raise InputError(where, item.reason.removeprefix(f"{where}: "))
        found.append(item)
    files = dict.fromkeys(item.source.path for item in found if item.source.path is not None)
    return list(_checked(found, part, columns, wanted)), {str(file): sha256_of(file) for file in files}


def read_hub(name: str, subset: str | None, split: str, part: str, columns: Columns) -> tuple[list[LabelledRow], dict[str, str]]:
    """Read the rows of a split of a data set of the Hub, as `read_table` gives them.

    `name` is `owner/name@REVISION` with the 40 digits of a commit. Class labels are read by their names. No code of the data set
    is run. Raises `InputError` where it can't be had.
    """
    from datasets import load_dataset

    if (pinned := PINNED.fullmatch(name)) is None:
        raise InputError("hub", f"'{name}' pins no revision", ["owner/name@ and the 40 digits of a commit"])
    label = f"{name} {split}"
    try:
        data = load_dataset(pinned["name"], subset, split=split, revision=pinned["revision"])
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(label, f"cannot be had: {str(error).partition(chr(10))[0]}") from None
    wanted = columns.wanted()
    source = Source(None, label, part, ".hub")
    if fault := wanted.fault(data.column_names):
        raise InputError(label, fault)
    named = {column: feature for column, feature in data.features.items() if hasattr(feature, "int2str")}
    found = [Found(source, Row(line, _values(row, wanted, named))) for line, row in enumerate(data, start=1)]
    rows = list(_checked(found, part, columns, wanted))
    return rows, {label: sha256(repr([(row.id, row.known, row.labels) for row in rows]).encode())}


def _values(row: Mapping[str, Any], wanted: Wanted, named: Mapping[str, Any]) -> dict[str, Any]:
    """Field → value of a row of the Hub; a class label's number becomes its name, `None` below 0, which stands for no label."""

    def value(column: str) -> Any:
        found = row[column]
        if column in named and isinstance(found, int):
            return named[column].int2str(found) if found >= 0 else None
        return found

    return {name: value(column) for name, column in wanted.names.items() if column in row}


def _checked(found: Iterable[Found], part: str, columns: Columns, wanted: Wanted) -> Iterator[LabelledRow]:
    seen: dict[str, str] = {}
    for number, item in enumerate(found, start=1):
        where = f"{item.source.name}:{item.row.line}"
        known = {name: item.text(name, wanted.names[name]) for name in FIELDS}
        for name in ("text", *(columns.fields or ())):
            if name in ("text", "target", "group") and not (known[name] or "").strip():
                raise item.fault(f"'{wanted.names[name]}' is missing or empty")
        labels = {task: item.text(columns.label_name(task), column) for task, column in columns.labels.items()}
        identity = _identity(item, columns, wanted) or f"{part}-{number}"
        if identity in seen:
            raise item.fault(
                f"the id '{identity}' has occurred before, at {seen[identity]}; make one of several columns, `id: [id, target]`, "
                "or let rows be numbered, `id: null`"
            )
        seen[identity] = where
        yield LabelledRow(identity, known, labels, where)


def _identity(item: Found, columns: Columns, wanted: Wanted) -> str | None:
    """The id in its columns; `None` where rows are to be numbered."""
    names = columns.id_names
    if not names or (not columns.id_asked and names[0] not in item.row.values):
        return None
    parts = []
    for name in names:
        value = item.text(name, wanted.names[name])
        if value is None or not value.strip():
            raise item.fault(f"'{wanted.names[name]}' is missing or empty; rows without an id can be numbered: `id: null`")
        parts.append(value)
    return "|".join(parts)
