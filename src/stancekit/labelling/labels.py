"""The labels in a folder, read a shard at a time."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stancekit.errors import InputError, counted, missing_extra
from stancekit.labelling.formats import FORMATS, Block
from stancekit.labelling.ledger import run_in
from stancekit.labelling.shards import Shards
from stancekit.labelling.sheet import MAX_ROWS

if TYPE_CHECKING:
    import datasets
    import pandas


class Labels:
    """The labelled statements that `label_paths` wrote into a folder; iterating yields a row, column → value, at a time.

    `len(labels)` is their number, `labels.rejected` that of the documents that could not be labelled. Whatever their number, one
    shard is in memory at a time, but for `to_frame` and `to_dataset`. Raises `InputError` where the folder holds no label, or the run
    that makes them has not finished; so does reading where a shard is damaged.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        _, success = run_in(self.folder)
        self._shards = Shards(self.folder)
        if success is None or success.shards != len(self._shards):
            raise InputError(self.folder, "is not finished: run the same `stancekit label` again, it goes on where it stopped")
        if not success.labelled:
            raise InputError(self.folder / "rejected.jsonl", "says why nothing was labelled")
        self._rows, self.rejected = success.labelled, success.rejected

    def tables(self) -> Iterator[pa.Table]:
        """Yield the shards as Arrow tables, in the order of the input; those that came later after the others."""
        for name in self._shards:
            yield self._shards.read(name)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for table in self.tables():
            yield from Block(table).rows

    def __len__(self) -> int:
        return self._rows

    def __repr__(self) -> str:
        return f"<Labels: {counted(self._rows, 'statement')}, {self.rejected} rejected, in {self.folder}>"

    def write(self, format: str, path: str | Path, say: Callable[[str], object] = lambda _: None) -> None:
        """Write all rows to a file, a shard at a time: parquet, jsonl, csv or xlsx; `say` is told what the user should know of it.

        An existing file is replaced when the new one is whole. Raises `InputError` for more rows than a workbook has, `MissingError`
        where the format needs an extra.
        """
        if format == "xlsx" and len(self) > MAX_ROWS:
            raise InputError("xlsx", f"a sheet has no more than {MAX_ROWS:,} rows, and there are {len(self):,}; choose another format")
        tables = self.tables()
        first = next(tables)
        with FORMATS[format](Path(path), first.schema, say) as write:
            for table in chain([first], tables):
                write(Block(table))

    def to_frame(self) -> "pandas.DataFrame":
        """All rows as a `pandas.DataFrame`. Raises `MissingError` where pandas is not installed."""
        try:
            from pandas import DataFrame
        except ModuleNotFoundError as error:
            raise missing_extra(error) or error from None
        return DataFrame.from_records(list(self))

    def to_dataset(self) -> "datasets.Dataset":
        """All rows as a `datasets.Dataset`, in memory. Raises `MissingError` where the library is not installed."""
        try:
            from datasets import Dataset
        except ModuleNotFoundError as error:
            raise missing_extra(error) or error from None
        return Dataset(pa.concat_tables(self.tables()))
