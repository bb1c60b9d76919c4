"""Labelled statements by columns, block by block, from a folder of labels, one of its files, or rows at hand."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stancekit.codebook import OWN
from stancekit.errors import InputError
from stancekit.io.files import decode, from_cell, open_file, read_jsonl
from stancekit.labelling import Labels
from stancekit.labelling.run import MODEL
from stancekit.models.profile import Profile, read_about

BLOCK = 5_000
FILES = (".jsonl", ".csv", ".parquet")
Block = dict[str, list[Any]]
"""Column → values."""


class Source:
    """Labelled statements. `columns` are those that there are, `tasks` maps each task to its labels, `about` and `profile` say what the
    model was and what it was trained on, where that is known. Reading again is as good as the first time.
    """

    def __init__(self, labels: "Labels | str | Path | Iterable[Mapping[str, Any]]") -> None:
        if isinstance(labels, str | Path):
            path = Path(labels)
            self.where: str | Path = path
            self._labels: Any = Labels(path) if path.is_dir() else path
            if path.is_dir() is False and path.suffix.lower() not in FILES:
                raise InputError(path, "is no folder that `stancekit label` wrote, and no file of it", [f"labels{end}" for end in FILES])
        else:
            self._labels = labels if isinstance(labels, Labels) else [dict(row) for row in labels]
            self.where = labels.folder if isinstance(labels, Labels) else "labels"
        self.rejected = self._labels.rejected if isinstance(self._labels, Labels) else 0
        self.about: dict[str, Any] | None = None
        self.profile: Profile | None = None
        folder = self.where if isinstance(self._labels, Labels) else Path(self.where).parent
        if isinstance(self._labels, Labels | Path) and (Path(folder) / MODEL).is_file():
            self.about, self.profile = read_about(Path(folder) / MODEL)
        self.columns = self._columns()
        self.tasks = _tasks(self.columns)
        if not self.tasks or "text" not in self.columns:
            what = "has no labels: of each task a column with its label and one with its probability are needed, and `text`"
            raise InputError(self.where, what)

    def _columns(self) -> list[str]:
        if isinstance(self._labels, Labels):
            return list(next(self._labels.tables()).schema.names)
        first = next(self._rows(), None)
        if first is None:
            raise InputError(self.where, "holds no labelled statement")
        if isinstance(self._labels, Path) and self._labels.suffix.lower() == ".parquet":
            return list(pq.read_schema(self._labels).names)
        return list(first)

    def blocks(self, names: Iterable[str]) -> Iterator[Block]:
        """Yield some columns a block at a time; `None` for what a row does not have."""
        names = list(names)
        if isinstance(self._labels, Labels):
            for table in self._labels.tables():
                for start in range(0, table.num_rows, BLOCK):
                    part = table.slice(start, BLOCK)
                    yield {name: part.column(name).to_pylist() for name in names}
            return
        rows = self._rows(names)
        while part := list(islice(rows, BLOCK)):
            yield {name: [row.get(name) for row in part] for name in names}

    def _rows(self, names: list[str] | None = None) -> Iterator[Mapping[str, Any]]:
        path = self._labels
        if not isinstance(path, Path):
            yield from path
        elif path.suffix.lower() == ".jsonl":
            yield from (row for _, row in read_jsonl(path))
        elif path.suffix.lower() == ".parquet":
            try:
                with open_file(path) as file:
                    for batch in pq.ParquetFile(file, pre_buffer=False).iter_batches(BLOCK, columns=names, use_threads=False):
                        yield from batch.to_pylist()
            except (pa.ArrowException, OSError) as error:
                raise InputError(path, f"is no Parquet file that can be read: {error}".splitlines()[0]) from None
        else:
            yield from _csv_rows(path)


def _csv_rows(path: Path) -> Iterator[dict[str, Any]]:
    with open_file(path) as file:
        lines = (decode(line, path) for line in file)
        first = next(lines, "")
        reader = csv.DictReader(chain([first], lines), delimiter=max(",;\t", key=first.count), strict=True)
        try:
            for row in reader:
                if None in row or None in row.values():
                    raise InputError(f"{path}:{reader.line_num}", f"has not the {len(reader.fieldnames or ())} cells of the header")
                yield {name: from_cell(value) if value else None for name, value in row.items()}
        except csv.Error as error:
            raise InputError(f"{path}:{reader.line_num}", f"is no CSV: {error}") from None


def _tasks(columns: list[str]) -> dict[str, tuple[str, ...]]:
    """Task → labels, by the columns that `label` writes: the label, its probability, then that of every label."""
    tasks = {name: i for i, name in enumerate(columns) if f"{name}_{OWN}" in columns}
    found: dict[str, tuple[str, ...]] = {}
    for task, place in tasks.items():
        labels = []
        for name in columns[place + 1 :]:
            if name in tasks or not name.startswith(f"{task}_"):
                break
            if name not in (f"{task}_{OWN}", f"{task}_abstained"):
                labels.append(name.removeprefix(f"{task}_"))
        found[task] = tuple(labels)
    return found


def number(value: Any, where: str) -> float:
    """Return a probability, NaN for none. Raises `InputError` for what is no share."""
    if value is None or value == "":
        return float("nan")
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = -1.0
    if not 0 <= found <= 1:
        raise InputError(where, f"{json.dumps(value, default=str)} is no probability", ["0 to 1"])
    return found
