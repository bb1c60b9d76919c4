"""Labelled rows → the data set of an experiment, and the codebook that they imply."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from stancekit.actors import Actors
from stancekit.articles import ReadOptions
from stancekit.codebook import Codebook, Label, Task, load_codebook
from stancekit.codebook.single_label import learnable, learnable_labels
from stancekit.data.dataset import Dataset, Example, unlabelled
from stancekit.data.inputs import ROW_TARGETS, statement_from_row
from stancekit.data.tables.read import LabelledRow, read_hub, read_table
from stancekit.errors import InputError, nearest
from stancekit.experiment.resolve import placed
from stancekit.experiment.tables.config import RowConfig, RowData
from stancekit.experiment.tables.fields import columns_asked
from stancekit.experiment.tables.labels import found_values, label_of, label_values, spelling
from stancekit.io.guard import is_pattern
from stancekit.io.strict_yaml import Document

Parts = Mapping[str, Sequence[LabelledRow]]


@dataclass(frozen=True)
class Rows:
    """The data set, the codebook of its labels, whether the rows name groups, and what a reader should know of them."""

    dataset: Dataset
    codebook: Codebook
    grouped: bool
    notes: tuple[str, ...]


def load_rows(document: Document, config: RowConfig, base: Path) -> Rows:
    """Read the rows that a config names, from the folder `base`. Raises `InputError` with file and line."""
    data = config.data
    read, digests = _read(document, data, base)
    kept, notes = _kept(read, data)
    known, codebook = _tasks(document, config, kept)
    with placed(document, "tasks"):
        working = learnable(codebook, config.tasks or list(data.label_columns))
    if data.dev is not None and data.use_dev is None:
        notes.append(f"the {len(kept['dev'])} rows of 'dev' are left alone")
        kept = {part: rows for part, rows in kept.items() if part != "dev"}
    training = [row for part, rows in kept.items() if part not in data.tests for row in rows]
    notes += _unseen(document, data, known, training)
    grouped = _grouped(data, training)
    files = Counter(identity for rows in kept.values() for identity in {row.id for row in rows})
    examples: list[Example] = []
    tests: dict[str, tuple[int, ...]] = {}
    for part, rows in kept.items():
        start = len(examples)
        for row in rows:
            identity = row.id if files[row.id] == 1 else f"{part}:{row.id}"
            labels = {task: label_of(value, known[task], task, row.where) for task, value in row.labels.items() if value is not None}
            target = data.target or (codebook.target if data.codebook else "")
            _, shown = statement_from_row(identity, row.known, Actors(), target)
            found = learnable_labels(labels, codebook, working)
            examples.append(Example(identity, _group(row) or identity, shown, shown.holder, found, found_kind=shown.actor_kind))
        if part in data.tests:
            tests[part] = tuple(range(start, len(examples)))
    return Rows(Dataset(working, tuple(examples), digests, tests=tests, segmented=False), codebook, grouped, tuple(notes))


def _read(document: Document, data: RowData, base: Path) -> tuple[dict[str, list[LabelledRow]], dict[str, str]]:
    """The rows of each part, training rows first, and file → SHA-256."""
    with placed(document, "data", "encoding"):
        ReadOptions(encoding=data.encoding)
    columns = columns_asked(data)
    parts: dict[str, list[LabelledRow]] = {}
    digests: dict[str, str] = {}
    for part, name in {"train": data.train, **({"dev": data.dev} if data.dev else {}), **data.tests}.items():
        at = ("data", "test", part) if part in data.tests else ("data", part)
        path = base / name
        if data.hub is None and not is_pattern(path) and not path.exists():
            raise InputError(document.where(at), f"{path}: no such file; say in which folder the data lie: --data DIR")
        with _labels_explained(data):
            if data.hub is not None:
                parts[part], found = read_hub(data.hub, data.subset, name, part, columns)
            else:
                parts[part], files = read_table(path, part, columns, data.encoding)
                found = {Path(os.path.relpath(file, base)).as_posix(): digest for file, digest in files.items()}
        digests |= found
    return parts, digests


@contextmanager
def _labels_explained(data: RowData) -> Iterator[None]:
    """Adds what to do to the error about a label that is a number with a fraction, a boolean or the like."""
    try:
        yield
    except InputError as error:
        if re.search(rf"'({'|'.join(map(re.escape, data.label_columns.values()))})' is .*, not text$", str(error)):
            advice = "labels are text or whole numbers; write them as text, and say under `labels:` what stands for what"
            error.args = (f'{error}; {advice}: `labels: {{favor: "1", against: "0"}}`',)
        raise


def _kept(parts: Parts, data: RowData) -> tuple[dict[str, list[LabelledRow]], list[str]]:
    """The rows whose labels are not to be dropped, and how many those were, in words."""
    dropped = {None if value is None else spelling(value) for value in [*data.drop, *([None] if data.partial else [])]}
    kept: dict[str, list[LabelledRow]] = {}
    notes = []
    for part, rows in parts.items():
        kept[part] = []
        for row in rows:
            values = [None if value is None else spelling(value) for value in row.labels.values()]
            if dropped.isdisjoint(values):
                if None in values:
                    column = list(data.label_columns.values())[values.index(None)]
                    raise InputError(
                        row.where, f"'{column}' is missing or empty; give it, or leave such rows out: `partial: true` or `drop: [null]`"
                    )
                kept[part].append(row)
        if not kept[part]:
            raise InputError(f"data, '{part}'", "holds no row with a label")
        if count := len(rows) - len(kept[part]):
            notes.append(f"{count} of {len(rows)} rows of '{part}' are left out: `drop` names their label, or that they have none")
            if data.partial and any(map(_group, rows)):
                notes += unlabelled([_group(row) or row.id for row in rows], [_group(row) or row.id for row in kept[part]], "group")
    return kept, notes


def _group(row: LabelledRow) -> str | None:
    """What a row belongs to; blanks are no name."""
    group = row.known["group"]
    return group if group and group.strip() else None


def _grouped(data: RowData, rows: Sequence[LabelledRow]) -> bool:
    """Whether the training rows name groups. Raises `InputError` where some do: a split could not keep the groups together."""
    without = [row for row in rows if _group(row) is None]
    if without and len(without) < len(rows):
        raise InputError(
            without[0].where,
            f"'{data.columns.group}' is missing or empty, and {len(rows) - len(without)} of {len(rows)} training rows have one; "
            "give each its group, a row that belongs to nothing one of its own; or call the column otherwise if it holds no groups",
        )
    return not without


def _unseen(document: Document, data: RowData, known: Mapping[str, Mapping[str, str]], rows: Sequence[LabelledRow]) -> list[str]:
    """The labels that were declared and that no training row has, in words. Raises `InputError` where but one label is left."""
    notes = []
    for task, column in data.label_columns.items():
        declared = list(dict.fromkeys(known[task].values()))
        seen = {label_of(row.labels[task] or "", known[task], task, row.where) for row in rows}
        lost = ", ".join(f"'{label}'" for label in declared if label not in seen)
        if lost and len(seen) < 2:
            where = document.where(("data", "codebook" if data.codebook else "labels"))
            what = f"the training rows have but one label in '{column}', '{next(iter(seen))}'; none has {lost}: see `labels` and `drop`"
            raise InputError(where, what)
        if lost:
            notes.append(f"no training row has {lost} of task '{task}', which can't be learnt")
    return notes


def _tasks(document: Document, config: RowConfig, parts: Parts) -> tuple[dict[str, dict[str, str]], Codebook]:
    """Task → what stands for its labels, and the codebook of them."""
    data = config.data
    if data.codebook is not None:
        codebook = load_codebook(document.path.parent / data.codebook)
        for task in data.label_columns:
            if task not in codebook.tasks or codebook.tasks[task].kind != "single":
                single = [name for name, entry in codebook.tasks.items() if entry.kind == "single"]
                where = document.where(("data", "columns" if task not in (data.task,) else "task"))
                raise InputError(where, f"'{task}' is no single-label task of the codebook{nearest(task, single)}", single)
        return {task: label_values(codebook.labels(task), data.codebook) for task in data.label_columns}, codebook
    known: dict[str, dict[str, str]] = {}
    for task, column in data.label_columns.items():
        if data.labels is not None:
            known[task] = label_values(data.labels, document.where(("data", "labels")))
        else:
            where = document.where(("data",))
            known[task] = found_values((row.labels[task] or "" for row in parts["train"]), where)
            if len(known[task]) < 2:
                raise InputError(where, f"the training rows have but one label in '{column}', '{next(iter(known[task]))}'")
    targets = {row.known["target"] or data.target for rows in parts.values() for row in rows}
    target = next(iter(targets)) if len(targets) == 1 else None
    try:
        return known, Codebook(
            name=config.name, version="1.0.0", target=target or ROW_TARGETS,
            tasks={
                task: Task(question=f"What is its {task}?", labels={
                    name: Label(definition=name.replace("_", " ")) for name in values.values()
                })
                for task, values in known.items()
            },
        )  # fmt: skip
    except ValidationError as error:
        what = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise InputError(document.where(("data", "task")), what) from None
