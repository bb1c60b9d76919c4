"""XLSX: a sheet with a header, a row a document, read a row at a time."""

import datetime
import warnings
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from typing import Any

from stancekit.errors import require_extra
from stancekit.sources import limits
from stancekit.sources.formats.office import archive
from stancekit.sources.options import ReadOptions, Wanted
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Source, UnreadableError

_WIDEST = 1_000
"""Columns of a sheet that are looked at."""


class XlsxReader(Reader):
    """Text as it is, whole numbers as their digits, dates in ISO 8601, of formulas what they gave. The line of a row is its number."""

    tabular = True

    def __init__(self, wanted: Wanted, options: ReadOptions) -> None:
        super().__init__(wanted, options)
        require_extra("openpyxl")

    def rows(self, source: Source) -> Iterator[Row]:
        records = self._records(source)
        header = next(records)
        if fault := self.wanted.fault(header):
            raise UnreadableError(source, None, fault)
        places = {name: header.index(column) for name, column in self.wanted.names.items() if column in header}
        empty = True
        for number, *cells in records:
            empty = False
            yield Row(number, {name: cells[place] for name, place in places.items()})
        if empty:
            raise UnreadableError(source, None, "has a header and no rows")

    def columns(self, source: Source) -> Sequence[str] | None:
        with suppress(UnreadableError), closing(self._records(source)) as records:
            return next(records)
        return None

    def _records(self, source: Source) -> Generator[list[Any], None, None]:
        """The header, then number and cells of each row that holds any, in the sheet that was named or the only one with rows."""
        from openpyxl import load_workbook

        with archive(source, "XLSX") as opened:
            if (size := sum(member.file_size for member in opened.infolist())) > limits.MAX_WORKBOOK:
                raise UnreadableError(source, None, f"unpacks to {size:,} bytes (at most {limits.MAX_WORKBOOK:,}): save it as CSV")
            try:
                with warnings.catch_warnings(action="ignore"):  # of styles that it does not know
                    sheets = load_workbook(opened.fp, read_only=True, data_only=True).worksheets
            except Exception as error:  # whatever it is, it is about this file alone
                raise UnreadableError(source, None, f"is no whole XLSX file: {error}") from None
            filled = {sheet.title: sheet for sheet in sheets if next(_filled(source, sheet), None)}
            named = [sheet for title, sheet in filled.items() if self.options.sheet in (None, title)]
            if len(named) != 1:
                what = f"say which sheet holds the documents: --sheet NAME; with rows it has {', '.join(map(repr, filled)) or 'none'}"
                raise UnreadableError(source, None, what)
            first, *cells = next(_filled(source, named[0]))
            width = max(place for place, cell in enumerate(cells, start=1) if cell not in (None, ""))
            yield ["" if cell is None else str(cell).strip() for cell in cells[:width]]
            yield from (row for row in _filled(source, named[0], width) if row[0] > first)


def _filled(source: Source, sheet: Any, width: int = _WIDEST) -> Iterator[list[Any]]:
    """Number and cells of the rows that hold any."""
    number = blank = 0
    sheet.reset_dimensions()  # what a file says of its size is often wrong, and rows beyond would be left out
    rows = sheet.iter_rows(values_only=True, max_col=width)
    while True:
        try:
            with warnings.catch_warnings(action="ignore"):
                row = next(rows, None)
        except Exception as error:
            raise UnreadableError(source, number + 1, f"the sheet is damaged here: {error}") from None
        if row is None:
            return
        number, blank = number + 1, blank + 1
        if any(cell not in (None, "") for cell in row):
            blank = 0
            yield [number, *map(_value, row)]
        elif blank > limits.MAX_BLANK:
            raise UnreadableError(source, number, f"comes after {limits.MAX_BLANK:,} blank rows on end; the file is not read from here on")


def _value(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(timespec="seconds").removesuffix("T00:00:00")
    return cell.isoformat() if isinstance(cell, datetime.date) else cell
