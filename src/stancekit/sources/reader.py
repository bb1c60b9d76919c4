"""The interface of all readers."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stancekit.edits import Edit
from stancekit.sources.options import ReadOptions, Wanted
from stancekit.sources.source import Rejected, Source

WHOLE_NUMBERS = ("id", "date", "group", "label")
"""Fields that may come as whole numbers: a number, a year. Their digits are taken, and nothing else is turned into text."""


def may_be_number(name: str) -> bool:
    """Tell whether a field may come as a whole number; one of several of a sort is called `label.stance`, `id.0`."""
    return name.partition(".")[0] in WHOLE_NUMBERS


@dataclass(frozen=True, slots=True)
class Row:
    """A document as it was found: field → value, absent where the source has none. `line` is None for a document of its own.

    `furniture` counts the words that extraction left out, as those of page headers; `repairs` are what was asked to be mended in its
    field `text`, which stays as it was read.
    """

    line: int | None
    values: Mapping[str, Any]
    furniture: int = 0
    repairs: tuple[Edit, ...] = ()


class Reader(ABC):
    """Reads the sources of one format, one after the other. A new one has its line in `READERS`, and passes the contract test."""

    tabular = False
    """Whether a source has columns, a row a document."""

    def __init__(self, wanted: Wanted, options: ReadOptions) -> None:
        """Raises `MissingError` where an extra is needed that is not installed."""
        self.wanted = wanted
        self.options = options
        self.encoding = options.encoding

    @abstractmethod
    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        """The documents of a source in their order, no more than a bounded part of it in memory.

        Raises `UnreadableError` where a source can't be read, or read on: that is one document rejected. Every source gives at
        least one row or rejection, or raises.
        """

    def columns(self, source: Source) -> Sequence[str] | None:  # noqa: ARG002 - for those that have some
        """Return the columns of a table, as far as they are known before it is read; None where they are not."""
        return None

    def close(self) -> None:  # noqa: B027 - for those that keep something
        """Let go of what was kept between sources."""
