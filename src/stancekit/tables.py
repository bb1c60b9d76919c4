"""Results that are tables: a short `repr`, HTML in notebooks, a pandas DataFrame on request."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from stancekit.errors import counted, missing_extra

SHOWN = 20
"""At most this many rows are shown in a notebook."""


class Table:
    """What results share that have rows. Subclasses give `rows` and, where there is more to say in the `repr`, `about`."""

    __slots__ = ()

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The rows in order, each as column → value."""
        raise NotImplementedError

    def about(self) -> str:
        """What the table holds, in a line."""
        return counted(len(self.rows()), "row")

    def to_frame(self) -> Any:
        """The rows as a `pandas.DataFrame`. Raises `MissingError` where pandas is not installed."""
        try:
            from pandas import DataFrame
        except ModuleNotFoundError as error:
            raise missing_extra(error) or error from None
        return DataFrame.from_records([dict(row) for row in self.rows()])

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.about()}>"

    def _repr_html_(self) -> str:
        rows = self.rows()
        columns = dict.fromkeys(name for row in rows[:SHOWN] for name in row)
        lines = [_line("th", columns), *(_line("td", [row.get(name) for name in columns]) for row in rows[:SHOWN])]
        more = f"<p>… and {len(rows) - SHOWN} more</p>" if len(rows) > SHOWN else ""
        return f"<p>{escape(self.about())}</p><table>{''.join(lines)}</table>{more}"


def _line(tag: str, values: Any) -> str:
    shown = ("" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value) for value in values)
    return f"<tr>{''.join(f'<{tag}>{escape(text)}</{tag}>' for text in shown)}</tr>"
