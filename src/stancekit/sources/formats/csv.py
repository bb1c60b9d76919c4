"""CSV with a header: comma, semicolon or tab between cells, quoted as RFC 4180 has it, every cell as it stands."""

import csv
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from stancekit.sources import limits
from stancekit.sources.decoding import Line, lines
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Rejected, Source, UnreadableError

SEPARATORS = {".csv": ",;\t", ".tsv": "\t"}
"""What may stand between cells, by the file's ending."""


class CsvReader(Reader):
    """The separator is the one by which the header names most of the wanted columns, else a comma.

    Where a quote is out of place nobody can say where the next row begins: from there on the file is not read, rather than
    paragraphs taken for articles.
    """

    tabular = True

    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        records = _records(source, self.encoding, self.wanted.names.values())
        header = _header(records, source)
        if fault := self.wanted.fault(header):
            raise UnreadableError(source, 1, fault)
        places = {name: header.index(column) for name, column in self.wanted.names.items() if column in header}
        empty = True
        for line, cells, fault in records:
            empty = False
            if not fault and len(cells) != len(header):
                fault = f"has {len(cells)} cells, the header {len(header)}"
            if fault:
                yield UnreadableError(source, line, fault).rejected
            else:
                yield Row(line, {name: cells[place] for name, place in places.items()})
        if empty:
            raise UnreadableError(source, None, "has a header and no rows")

    def columns(self, source: Source) -> Sequence[str] | None:
        try:
            return _header(_records(source, self.encoding, self.wanted.names.values()), source)
        except UnreadableError:
            return None


_Record = tuple[int, list[str], str | None]


def _header(records: Iterator[_Record], source: Source) -> list[str]:
    for line, cells, fault in records:
        if fault:
            raise UnreadableError(source, line, fault)
        return [cell.strip() for cell in cells]
    raise UnreadableError(source, None, "is empty")


def _records(source: Source, encoding: str, wanted: Collection[str]) -> Iterator[_Record]:
    """(line where it begins, cells, why it can't be used) for each record but blank lines."""
    feed = _Feed(source, encoding)
    reader = csv.reader(feed, delimiter=_separator(feed.header_line, wanted, SEPARATORS[source.ending]), strict=True)
    while True:
        feed.begin()
        limit = csv.field_size_limit(limits.MAX_BYTES)  # the limit of 131 072 characters a cell is one of the whole process
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = "a quote is opened and never closed" if "end of data" in str(error) else str(error)
            raise UnreadableError(source, feed.first, f"is no CSV: {said}; the file is not read from here on") from None
        finally:
            csv.field_size_limit(limit)
        if any(cell.strip() for cell in cells) or len(cells) > 1:
            yield feed.first, cells, feed.fault


def _separator(header: str, wanted: Collection[str], known: str) -> str:
    return max(known, key=lambda separator: sum(cell.strip().strip('"') in wanted for cell in header.split(separator)))


class _Feed:
    """Lines for the csv module, which reads on as long as a quote is open. Knows where the record at hand began."""

    def __init__(self, source: Source, encoding: str) -> None:
        self._source = source
        self.fault: str | None = None
        rest = lines(source, encoding)
        head = next((line for line in rest if line.text is None or line.fault or line.text.strip()), None)
        self.header_line = head.text or "" if head else ""
        self._lines: Iterator[Line] = chain([head] if head else [], rest)
        self.begin()

    def begin(self) -> None:
        """The lines taken from now on are another record."""
        self.first, self.fault, self._size = 0, None, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, text, fault = next(self._lines)
        self.first = self.first or number
        self.fault = self.fault or fault
        self._size += len(text or "")
        if text is None or self._size > limits.MAX_BYTES:
            raise UnreadableError(self._source, self.first, f"has more than {limits.MAX_BYTES:,} bytes; the file is not read from here on")
        return text
