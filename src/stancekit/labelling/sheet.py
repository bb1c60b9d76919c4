"""Labels as a workbook (XLSX), a row at a time: text stays text, whatever it looks like."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any

from stancekit.errors import InputError, require_extra

MAX_ROWS = 1_048_575
"""Rows of a sheet below its header."""
MAX_CELL = 32_767
"""Characters of a cell."""


class Sheet:
    """A workbook of one sheet; `cut` counts the cells whose text was longer than one can be."""

    def __init__(self, file: IO[bytes], columns: Sequence[str]) -> None:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        self._file, self._columns, self._count, self.cut = file, columns, 0, 0
        self._book, self._cell, self._illegal = Workbook(write_only=True), WriteOnlyCell, ILLEGAL_CHARACTERS_RE
        self._sheet = self._book.create_sheet("labels")
        self._sheet.freeze_panes = "A2"
        self._sheet.append([*map(self._text, columns)])

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Append rows. Raises `InputError` for more than a sheet has."""
        for row in rows:
            self._count += 1
            if self._count > MAX_ROWS:
                what = f"a sheet has no more than {MAX_ROWS:,} rows; the other formats have any number"
                raise InputError("xlsx", what)
            self._sheet.append([self._text(value) if isinstance(value, str) else value for value in map(row.get, self._columns)])

    def save(self) -> None:
        self._book.save(self._file)

    def _text(self, text: str) -> Any:
        """A cell that no program takes for a formula or an error."""
        self.cut += len(text) > MAX_CELL
        cell = self._cell(self._sheet, self._illegal.sub("\ufffd", text)[:MAX_CELL])
        cell.data_type = "s"
        return cell


@contextmanager
def sheet(file: IO[bytes], columns: Sequence[str]) -> Iterator[Sheet]:
    """Yield a workbook that is saved when the block ends well. Raises `MissingError` without openpyxl."""
    require_extra("openpyxl")
    found = Sheet(file, columns)
    yield found
    found.save()
