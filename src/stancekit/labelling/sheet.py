"""Labels as a workbook (XLSX), a row at a time: text stays text, whatever it looks like."""

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from stancekit.errors import InputError

MAX_ROWS = 1_048_575
"""Rows of a sheet below its header."""
MAX_CELL = 32_767
"""Characters of a cell."""


class Sheet:
    """A sheet of a workbook, by default of one of its own, which is on the disk while it is made. It needs openpyxl."""

    def __init__(self, columns: Sequence[str], title: str = "labels", book: Any = None) -> None:
        from openpyxl import Workbook

        self._columns, self._count, self._cut = columns, 0, 0
        self._book = Workbook(write_only=True) if book is None else book
        self._sheet = self._book.create_sheet(title)
        self._sheet.append([*map(self._cell, columns)])

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Append rows. Raises `InputError` for more than a sheet has."""
        for row in rows:
            self._count += 1
            if self._count > MAX_ROWS:
                raise InputError("xlsx", f"a sheet has no more than {MAX_ROWS:,} rows; other formats have any number")
            self._sheet.append([self._cell(row[name]) for name in self._columns])

    def save(self, file: IO[bytes]) -> int:
        """Write the workbook; return how many cells were cut, since their text was longer than a cell can be."""
        from openpyxl.writer.excel import ExcelWriter

        with ZipFile(file, "w", ZIP_DEFLATED) as archive:  # that of `Workbook.save` stays open where the disk is full
            ExcelWriter(self._book, archive).save()
        return self._cut

    def close(self) -> None:
        """End what is on the disk, where it was not saved."""
        if not self._sheet.closed:
            self._sheet.close()

    def _cell(self, value: Any) -> Any:
        """What no program takes for a formula, a date or an error."""
        if not isinstance(value, str):
            return value
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        self._cut += len(value) > MAX_CELL
        cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:MAX_CELL])
        cell.data_type = "s"
        return cell
