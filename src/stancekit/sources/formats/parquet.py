"""Parquet: one document per row, read a few rows at a time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stancekit.sources import limits
from stancekit.sources.formats.parquet_pages import Volume
from stancekit.sources.options import KEEP
from stancekit.sources.reader import Reader, Row, may_be_number
from stancekit.sources.source import Rejected, Source, UnreadableError
from stancekit.sources.streams import READ_ERRORS, seekable, why

_ROWS = 32
"""At most this many rows are in memory at a time; fewer where one of them may be large."""

_BUFFER = 2**16
"""Bytes read ahead in a column: without a buffer the whole column of a row group would be in memory."""

_ERRORS = (pa.ArrowException, ValueError, *READ_ERRORS)


class ParquetReader(Reader):
    """Text columns as they are, whole numbers as their digits, dates in ISO 8601. The line of a row is its number, from 1.

    How much a row group unpacks to is asked before it is unpacked, and how long a cell is before it becomes text.
    """

    tabular = True

    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        with seekable(source) as stream:
            file = _file(source, stream)
            schema = file.schema_arrow
            if fault := self.wanted.fault(schema.names):
                raise UnreadableError(source, None, fault)
            columns = {name: column for name, column in self.wanted.names.items() if column in schema.names}
            for name, column in columns.items():
                if not _is_text(schema.field(column).type, name):
                    raise UnreadableError(source, None, f"column '{column}' is {schema.field(column).type}, not text")
            empty = True
            for row in _rows(source, stream, file, columns):
                empty = False
                yield row
            if empty:
                raise UnreadableError(source, None, "holds no rows")

    def columns(self, source: Source) -> Sequence[str] | None:
        try:
            with seekable(source) as stream:
                names: list[str] = _file(source, stream).schema_arrow.names
                return names
        except UnreadableError:
            return None


def _file(source: Source, stream: IO[bytes]) -> pq.ParquetFile:
    try:
        if not stream.read(64).strip():
            raise UnreadableError(source, None, "is empty")
        stream.seek(0)
        return pq.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True)
    except READ_ERRORS as error:
        raise UnreadableError(source, None, why(error)) from None
    except _ERRORS as error:
        raise UnreadableError(source, None, f"is no whole Parquet file: {_first_line(error)}") from None


def _rows(source: Source, stream: IO[bytes], file: pq.ParquetFile, columns: Mapping[str, str]) -> Iterator[Row | Rejected]:
    """The rows of all row groups; those of a group whose pages are too large are rejected together."""
    number, names = 0, list(dict.fromkeys(columns.values()))
    volume = Volume(stream, file, names)
    try:
        for group in range(file.num_row_groups):
            largest, copied = volume.add(group)
            if volume.fault:
                raise UnreadableError(source, number + 1, volume.fault)
            if largest > limits.MAX_PARQUET_PAGE:
                count = file.metadata.row_group(group).num_rows
                yield _too_large(source, number + 1, count, largest)
                number += count
                continue
            few = max(1, min(_ROWS, limits.MAX_BYTES // max(1, copied)))
            for batch in file.iter_batches(few, row_groups=[group], columns=names, use_threads=False):
                cells = {name: _values(batch.column(column)) for name, column in columns.items()}
                for _ in range(batch.num_rows):
                    number += 1
                    values = {name: next(column) for name, column in cells.items()}
                    volume.made += sum(len(value) for value in values.values() if isinstance(value, str))
                    yield _row(source, number, values)
                if volume.fault:
                    raise UnreadableError(source, number + 1, volume.fault)
    except _ERRORS as error:
        raise UnreadableError(source, number + 1, f"the Parquet data are damaged here: {_first_line(error)}") from None


def _too_large(source: Source, first: int, count: int, largest: int) -> Rejected:
    rows = "is not read: a page of it" if count == 1 else f"and the rows up to {first + count - 1:,} are not read: a page of them"
    what = f"{rows} unpacks to {largest:,} bytes (at most {limits.MAX_PARQUET_PAGE:,})"
    return UnreadableError(source, first, what).rejected


def _is_text(kind: pa.DataType, name: str) -> bool:
    """Whether a field may come from a column of this type."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if name.startswith(KEEP):
        return not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))
    if pa.types.is_integer(kind):
        return may_be_number(name)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return name == "date"
    return any(test(kind) for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null))


def _values(column: pa.Array) -> Iterator[Any]:
    """The values, one at a time; in the place of one that can't be used, the error that it gives."""
    if pa.types.is_temporal(column.type):
        yield from _dates(column)
        return
    for place, length in enumerate(_lengths(column).to_pylist()):
        if length is not None and length > limits.MAX_BYTES:
            yield ValueError(f"has {length:,} bytes (at most {limits.MAX_BYTES:,})")
        else:
            yield _value(column[place])


def _lengths(column: pa.Array) -> pa.Array:
    """Of each cell its bytes, known without a copy of it; null where it is no text."""
    if pa.types.is_dictionary(column.type):
        return _lengths(column.dictionary).take(column.indices)
    if pa.types.is_string_view(column.type):
        column = column.cast(pa.large_string())
    text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    return pc.binary_length(column) if text else pa.nulls(len(column))


def _value(value: pa.Scalar) -> Any:
    try:
        return value.as_py()
    except UnicodeDecodeError as error:
        return ValueError(f"is no sound text: {error}")


def _dates(column: pa.Array) -> list[Any]:
    """`2025-10-01`, or `2025-10-01T09:30:00` where there is a time of day, with its zone where there is one."""
    seconds = pc.cast(column, pa.timestamp("s", getattr(column.type, "tz", None)), safe=False)
    written = (
        None if text is None else text.removesuffix(" 00:00:00").replace(" ", "T") for text in pc.cast(seconds, pa.string()).to_pylist()
    )
    return [ValueError("is no sound text: a date out of range") if text and text.startswith("<") else text for text in written]


def _row(source: Source, number: int, values: dict[str, Any]) -> Row | Rejected:
    for name, value in values.items():
        if isinstance(value, ValueError):
            return UnreadableError(source, number, f"'{name}' {value}").rejected
    return Row(number, values)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
