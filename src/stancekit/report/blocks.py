"""Define the blocks of a report, before they are HTML or Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stancekit.report.figures.style import Picture


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `note` stands under it in small: why a figure is undefined, what else must be known of it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The first column names the row. `n` says what the figures rest on and is never left out.

    `stacked` tables hold prose: on a phone each row becomes a block of its own.
    """

    caption: str
    n: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list. An item is (what it is about, the rest)."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Subheading:
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with the blocks that give its numbers, side by side where there is room."""

    picture: "Picture"
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks that open on demand."""

    summary: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Code:
    """Text as it is, line by line."""

    text: str


Block = Table | Text | Items | Subheading | Shown | Folded | Code


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. `anchor` is its address within the page; `warning` sets it apart."""

    anchor: str
    title: str
    blocks: Sequence[Block]
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    subtitle: str
    sections: Sequence[Section]
