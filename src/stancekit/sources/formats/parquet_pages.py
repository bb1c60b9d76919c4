"""Sizes of the pages of a Parquet file, read from their own headers before they are decompressed.

Headers are written in Thrift's compact protocol. Only they are asked, since it is by them that pages are unpacked: what the file says of
whole columns need not agree. Ref: https://parquet.apache.org/docs/file-format/data-pages/
"""

import io
from collections.abc import Collection, Iterator
from typing import IO, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from stancekit.sources import limits

_TYPE, _UNPACKED, _PACKED, _DATA, _DATA_V2 = 1, 2, 3, 5, 8
"""Numbers of fields in the header of a page; in that of its data the first is the number of values."""
_DICTIONARY = 2
_LONGEST_HEADER = 2**24
_DEPTH = 8


class Page(NamedTuple):
    """Its bytes with its header and once they are unpacked, and whether it holds the values that other pages number."""

    packed: int
    unpacked: int
    dictionary: bool


class Volume:
    """How much the columns that are read unpack to, row group by row group, against the bytes of the file. `made` grows with cells too."""

    def __init__(self, stream: IO[bytes], file: pq.ParquetFile, columns: Collection[str]) -> None:
        self._stream, self._file = stream, file
        self._size = stream.seek(0, io.SEEK_END)
        self._packed = self.made = 0
        schema, paths = file.schema_arrow, [file.metadata.schema.column(i).path for i in range(file.metadata.num_columns)]
        self._leaves = [(i, pa.types.is_dictionary(schema.field(path).type)) for i, path in enumerate(paths) if path in columns]

    def add(self, group: int) -> tuple[int, int]:
        """Take note of a row group; gives the bytes of its largest page, and of the largest from which each row takes a copy."""
        largest = copied = 0
        rows = self._file.metadata.row_group(group)
        for leaf, kept_once in self._leaves:
            for page in pages(self._stream, rows.column(leaf)):
                self._packed += page.packed
                self.made += page.unpacked
                largest = max(largest, page.unpacked)
                if not (page.dictionary and kept_once):
                    copied = max(copied, page.unpacked)
        self.made += rows.num_rows * limits.ROW
        return largest, copied

    @property
    def fault(self) -> str | None:
        """What is wrong where it has no end. Row groups may share their bytes, but a file has no more than it has."""
        packed = min(self._packed, self._size)
        if not limits.endless(packed, self.made, limits.FREE_PARQUET):
            return None
        return f"{packed:,} bytes of Parquet data unpack to more than {limits.FREE_PARQUET:,}; the file is not read from here on"


def pages(stream: IO[bytes], chunk: Any) -> Iterator[Page]:
    """The pages of a column in a row group, as its `ColumnChunkMetaData` places them. Raises `ValueError` for what is no header."""
    starts = [offset for offset in (chunk.dictionary_page_offset, chunk.data_page_offset) if offset]
    at, end, values = min(starts, default=0), chunk.total_compressed_size, chunk.num_values
    end += at
    while values > 0 and at < end:
        found = _Header(stream, at)
        header, length = found.fields, found.length
        packed, unpacked = header.get(_PACKED), header.get(_UNPACKED)
        if not isinstance(packed, int) or not isinstance(unpacked, int) or packed < 0 or unpacked < 0:
            raise ValueError("the header of a page is damaged")
        yield Page(length + packed, unpacked, header.get(_TYPE) == _DICTIONARY)
        values -= next((header[kind].get(1) or 0 for kind in (_DATA, _DATA_V2) if isinstance(header.get(kind), dict)), 0)
        at += length + packed


class _Header:
    """The header of the page at an offset, in Thrift's compact protocol: `fields`, by number, and `length` in bytes.

    Raises `ValueError` for what is none. Long ones hold the least and the greatest value of the page.
    """

    def __init__(self, stream: IO[bytes], at: int) -> None:
        self._stream, self.length = stream, 0
        stream.seek(at)
        self.fields = self._struct(_DEPTH)

    def _struct(self, depth: int) -> dict[int, Any]:
        """Field → number or inner struct; texts and lists are passed over."""
        fields: dict[int, Any] = {}
        field = 0
        while begin := self._byte():
            field = field + (begin >> 4) if begin >> 4 else self._number()
            fields[field] = None if begin & 15 in (1, 2) else self._value(begin & 15, depth)  # 1 and 2 are true and false themselves
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (1, 2, 3):
            return self._byte()
        if kind in (4, 5, 6):
            return self._number()
        if kind in (7, 8):
            size = 8 if kind == 7 else self._varint()
            self.length += size
            self._stream.seek(min(size, _LONGEST_HEADER), io.SEEK_CUR)
            return None
        if kind in (9, 10) and depth:
            head = self._byte()
            for _ in range(head >> 4 if head >> 4 < 15 else self._varint()):
                self._value(head & 15, depth - 1)
            return None
        if kind == 12 and depth:
            return self._struct(depth - 1)
        raise ValueError("the header of a page is damaged")

    def _byte(self) -> int:
        byte = self._stream.read(1)
        self.length += 1
        if not byte or self.length > _LONGEST_HEADER:
            raise ValueError("the header of a page is cut off")
        return byte[0]

    def _varint(self) -> int:
        value = 0
        for shift in range(0, 70, 7):
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
        raise ValueError("the header of a page is damaged")

    def _number(self) -> int:
        value = self._varint()
        return value >> 1 ^ -(value & 1)
