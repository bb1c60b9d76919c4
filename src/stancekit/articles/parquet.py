"""Parquet: a row a document, read a few rows at a time."""

from collections.abc import Iterator, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stancekit.articles.reader import Reader, Row, may_be_number
from stancekit.articles.source import Rejected, Source, UnreadableError
from stancekit.articles.streams import READ_ERRORS, seekable, why

_ROWS = 32
"""So many rows are in memory at a time."""

_BUFFER = 2**16
"""Bytes read ahead in a column: without a buffer the whole column of a row group would be in memory."""

_ERRORS = (pa.ArrowException, ValueError, *READ_ERRORS)


class ParquetReader(Reader):
    """Text columns as they are, whole numbers as their digits, dates in ISO 8601. The line of a row is its number, from 1."""

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
            number = 0
            try:
                for batch in file.iter_batches(_ROWS, columns=list(dict.fromkeys(columns.values())), use_threads=False):
                    cells = {name: _texts(batch.column(column)) for name, column in columns.items()}
                    for place in range(batch.num_rows):
                        number += 1
                        yield _row(source, number, {name: values[place] for name, values in cells.items()})
            except _ERRORS as error:
                raise UnreadableError(source, number + 1, f"the Parquet data are damaged here: {_first_line(error)}") from None
            if not number:
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


def _is_text(kind: pa.DataType, name: str) -> bool:
    """Whether a field may come from a column of this type."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_integer(kind):
        return may_be_number(name)
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return name == "date"
    return any(test(kind) for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null))


def _texts(column: pa.Array) -> list[Any]:
    """The values; in the place of one that is no sound text, the error that it gives."""
    if pa.types.is_temporal(column.type):
        return _dates(column)
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_text(value) for value in column]


def _text(value: pa.Scalar) -> Any:
    try:
        return value.as_py()
    except UnicodeDecodeError as error:
        return error


def _dates(column: pa.Array) -> list[Any]:
    """`2025-10-01`, or `2025-10-01T09:30:00` where there is a time of day, with its zone where there is one."""
    seconds = pc.cast(column, pa.timestamp("s", getattr(column.type, "tz", None)), safe=False)
    written = (
        None if text is None else text.removesuffix(" 00:00:00").replace(" ", "T") for text in pc.cast(seconds, pa.string()).to_pylist()
    )
    return [ValueError("a date out of range") if text and text.startswith("<") else text for text in written]


def _row(source: Source, number: int, values: dict[str, Any]) -> Row | Rejected:
    for name, value in values.items():
        if isinstance(value, ValueError):
            return UnreadableError(source, number, f"'{name}' is no sound text: {value}").rejected
    return Row(number, values)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
