"""Labels as a workbook (XLSX), a row at a time: text stays text, whatever it looks like."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stancekit.errors import InputError, require_extra

MAX_ROWS = 1_048_575
"""Rows of a sheet below its header."""
MAX_CELL = 32_767
"""Characters of a cell."""


class Sheet:
    """A workbook of one sheet; `cut` counts the cells whose text was longer than one can be."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        self._path, self._columns, self._count, self.cut = path, columns, 0, 0
        self._book, self._cell, self._illegal = Workbook(write_only=True), WriteOnlyCell, ILLEGAL_CHARACTERS_RE
        self._sheet = self._book.create_sheet("labels")
        self._sheet.freeze_panes = "A2"
        self._sheet.append([*map(self._text, columns)])

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Append rows. Raises `InputError` for more than a sheet has."""
        for row in rows:
            self._count += 1
            if self._count > MAX_ROWS:
                what = (
                    f"a sheet has no more than {MAX_ROWS:,} rows; label without --xlsx (labels.parquet has any number), or a part at a time"
                )
                raise InputError("--xlsx", what)
            self._sheet.append([self._text(value) if isinstance(value, str) else value for value in map(row.get, self._columns)])

    def save(self) -> None:
        self._book.save(self._path)

    def _text(self, text: str) -> Any:
        """A cell that no program takes for a formula or an error."""
        self.cut += len(text) > MAX_CELL
        cell = self._cell(self._sheet, self._illegal.sub("\ufffd", text)[:MAX_CELL])
        cell.data_type = "s"
        return cell


@contextmanager
def sheet(path: Path | None, columns: Sequence[str]) -> Iterator[Sheet | None]:
    """Yield a workbook that is saved when the block ends well; `None` without a path. Raises `MissingError` without openpyxl."""
    if path is None:
        yield None
        return
    require_extra("openpyxl")
    found = Sheet(path, columns)
    yield found
    found.save()
