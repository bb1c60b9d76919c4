"""A Parquet file written in pieces, with page checksums: without them a flipped byte reads back as another label."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq


def schema_of(
    columns: Sequence[str], integers: Sequence[str], floats: Sequence[str], spans: Sequence[str] = (), flags: Sequence[str] = ()
) -> pa.Schema:
    """Text columns but for the named ones; `spans` are lists of (start, end), `flags` true or false."""
    span = pa.list_(pa.list_(pa.int64()))
    kinds = dict.fromkeys(integers, pa.int64()) | dict.fromkeys(floats, pa.float64()) | dict.fromkeys(spans, span)
    kinds |= dict.fromkeys(flags, pa.bool_())
    return pa.schema([(name, kinds.get(name, pa.string())) for name in columns])


class ParquetFile:
    """Appends rows to a file, a row group a call."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, write_page_checksum=True, compression="zstd")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._writer.close()

    def append(self, rows: Sequence[dict[str, Any]]) -> None:
        self._writer.write_table(pa.Table.from_pylist(list(rows), schema=self._schema))
