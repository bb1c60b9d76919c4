"""Lists that a report leads in to: `The union called for:`, then an item a line."""

import re
from collections.abc import Sequence

from stancekit.statements.segmentation.segment import Unit

_ITEM = re.compile(r"(?:[•●▪‣◦*·–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s?\S")
_LONGEST = 60


def leads_in(text: str, unit: Unit) -> bool:
    """Whether a sentence or a heading ends in a colon."""
    return text[unit.end - 1] == ":" and unit.kind in ("sentence", "heading")


def is_item(text: str, unit: Unit) -> bool:
    """Whether a unit begins as an item of a list does: with a bullet, a dash or a number."""
    return unit.kind != "boilerplate" and bool(_ITEM.match(text, unit.start, unit.end))


def introduction(text: str, units: Sequence[Unit], index: int) -> int:
    """Return the number of the unit that leads in to the list in which unit `index` is an item; `index` itself where it is none."""
    first = index
    while first > 0 and index - first < _LONGEST and is_item(text, units[first]):
        first -= 1
    return first if first < index and leads_in(text, units[first]) else index
