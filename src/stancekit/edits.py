"""Edits of a text: `(start, end, replacement)` in code points of the source, in order and apart.

No edit only inserts: each has `start < end`, so that one at the border of a span lies on one side of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Literal

Edit = tuple[int, int, str]
Lines = Literal["auto", "join", "keep"]
"""Whether lines that were wrapped are joined: in documents that look so, in all, in none."""
_START, _END = itemgetter(0), itemgetter(1)


def slice_text(source: str, start: int, end: int, joined: Iterable[Edit] = ()) -> str:
    """Return `source[start:end]` after the edits in it: what the text of a statement is compared with, everywhere."""
    parts: list[str] = []
    position = start
    for first, last, replacement in joined:
        parts += source[position:first], replacement
        position = last
    return "".join((*parts, source[position:end])) if parts else source[start:end]


def are_edits(value: object, start: int, end: int) -> bool:
    """Tell whether a value, as it comes of JSON, lists edits within the span."""
    if not isinstance(value, list) or not all(isinstance(e, list) and [type(part) for part in e] == [int, int, str] for e in value):
        return False
    places = [start, *(place for first, last, _ in value for place in (first, last)), end]
    return places == sorted(places) and all(first < last for first, last, _ in value)


class Edited:
    """A source under edits: the edited text, and where in the source each part of it comes from."""

    __slots__ = ("_places", "edits", "source", "text")

    def __init__(self, source: str, edits: Iterable[Edit] = ()) -> None:
        self.source, self.edits = source, tuple(edits)
        self.text = slice_text(source, 0, len(source), self.edits)
        self._places: list[tuple[int, int]] = []
        """Of each edit, where its replacement starts and ends in the edited text."""
        shift = 0
        for start, end, replacement in self.edits:
            self._places.append((start + shift, start + shift + len(replacement)))
            shift += len(replacement) - (end - start)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that a span of the edited text, `start < end`, comes from.

        One that begins or ends within a replacement takes in all that was replaced; what was deleted at its ends is left out.
        """
        before = bisect_right(self._places, start, key=_END)
        if before < len(self._places) and self._places[before][0] < start:
            first = self.edits[before][0]
        else:
            first = start - self._places[before - 1][1] + self.edits[before - 1][1] if before else start
        before = bisect_left(self._places, end, key=_START)
        last = max(0, end - self._places[before - 1][1]) + self.edits[before - 1][1] if before else end
        return first, last

    def within(self, start: int, end: int) -> tuple[Edit, ...]:
        """Return the edits in `source[start:end]`."""
        return self.edits[bisect_left(self.edits, start, key=_START) : bisect_right(self.edits, end, key=_END)]

    def then(self, further: Iterable[Edit]) -> "Edited":
        """Return the source under these edits and further ones, which are in code points of the edited text."""
        groups: list[tuple[int, int, list[Edit]]] = []  # of edits that cut into the same replacements, with the whole of these
        for edit in further:
            start, end = self._whole(edit[0], edit[1])
            if groups and start < groups[-1][1]:
                first, last, together = groups.pop()
                groups.append((first, max(last, end), [*together, edit]))
            else:
                groups.append((start, end, [edit]))
        if not groups:
            return self
        edits: list[Edit] = []
        done = 0
        for first, last, together in groups:
            start, end = self.span(first, last)
            edits += self.edits[done : bisect_right(self.edits, start, key=_END)]
            edits.append((start, end, slice_text(self.text, first, last, together)))
            done = bisect_left(self.edits, end, key=_START)
        return Edited(self.source, [*edits, *self.edits[done:]])

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """A span of the edited text with all of the replacements that it cuts into."""
        first, last = bisect_right(self._places, start, key=_END), bisect_left(self._places, end, key=_START) - 1
        return (
            min(start, self._places[first][0]) if first < len(self._places) else start,
            max(end, self._places[last][1]) if last >= 0 else end,
        )
