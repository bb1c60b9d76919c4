"""Files of labels, written a table at a time: Parquet, JSON Lines, CSV and workbooks."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stancekit.errors import counted, require_extra
from stancekit.io.atomic import refused, replacing, writing
from stancekit.io.files import BOM, to_csv, to_jsonl
from stancekit.labelling.sheet import MAX_CELL, Sheet


class Block:
    """Rows to write: as a table, and made of it once, as Python's objects and as cells of a spreadsheet."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        return [row | {"joined": json.loads(row["joined"])} for row in self.table.to_pylist()]

    @cached_property
    def cells(self) -> list[dict[str, Any]]:
        return [row | {"quotes": json.dumps(row["quotes"])} for row in self.table.to_pylist()]


Write = Callable[[Block], None]
Say = Callable[[str], object]


@contextmanager
def _parquet(path: Path, schema: pa.Schema, _: Say) -> Iterator[Write]:
    with replacing(path) as file, refused(path), pq.ParquetWriter(file, schema, write_page_checksum=True, compression="zstd") as writer:
        yield lambda block: writer.write_table(block.table)


@contextmanager
def _jsonl(path: Path, _: pa.Schema, __: Say) -> Iterator[Write]:
    with writing(path) as write:
        yield lambda block: write(to_jsonl(block.rows))


@contextmanager
def _csv(path: Path, schema: pa.Schema, _: Say) -> Iterator[Write]:
    with writing(path) as write:
        write(BOM + to_csv([], schema.names))
        yield lambda block: write(to_csv(block.cells, schema.names, header=False))


@contextmanager
def _xlsx(path: Path, schema: pa.Schema, say: Say) -> Iterator[Write]:
    require_extra("openpyxl")
    with replacing(path) as file, refused(path), closing(Sheet(schema.names)) as book:
        yield lambda block: book.write(block.cells)
        if cut := book.save(file):
            say(f"{path.name}: {counted(cut, 'cell')} cut, since a cell holds {MAX_CELL:,} characters; other formats have the whole")


FORMATS: dict[str, Callable[[Path, pa.Schema, Say], AbstractContextManager[Write]]] = {
    "parquet": _parquet,
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
}
"""Format → what opens a file of it, to which blocks of the schema are written; what the user should know is said."""
