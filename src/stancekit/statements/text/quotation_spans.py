"""Quotation spans by a state machine over quotation marks: nesting, and continuation over paragraphs.

Handles curly, straight and angle marks, single and double, nested, a quotation that stays open over paragraphs each of
which reopens it or of which a later one closes it, and a closing mark that was lost (the quotation ends with its paragraph).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stancekit.statements.text.quotation_marks import Line, Mark, Span

_DEPTH = 4
_OPEN_LINES = 8
"""A quotation goes on over at most this many lines without any double mark, where the next one closes it."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks, one segment a paragraph; `nested` in another one, in `single` or double marks."""

    segments: tuple[Span, ...]
    single: bool
    nested: bool


@dataclass(slots=True)
class _Open:
    """A quotation that has been opened: where its current segment starts, and the segments before."""

    mark: Mark
    start: int
    segments: list[Span] = field(default_factory=list)
    reopened: bool = False
    until: int = -1

    def closed(self, end: int, nested: bool = False) -> Quotation:
        return Quotation((*self.segments, (self.start, end)), self.mark.single, nested)


def find_quotations(text: str, lines: Sequence[Span]) -> Iterator[Quotation]:
    """Yield the quotations of the text in the order in which they end. `lines` are the paragraphs, without white space around them."""
    reader = _Reader(text, lines)
    for number in range(len(lines)):
        yield from reader.read(number)


class _Reader:
    """Reads line after line. `stack` holds the quotations that are open, the outermost first."""

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.text, self.lines = text, lines
        self.stack: list[_Open] = []
        self.ahead: dict[int, Line] = {}

    def line(self, number: int) -> Line:
        if number not in self.ahead:
            self.ahead[number] = Line(self.text, *self.lines[number])
        return self.ahead[number]

    def read(self, number: int) -> Iterator[Quotation]:
        line = self.line(number)
        carried = bool(self.stack) and self.stack[0].reopened
        for index, mark in enumerate(line.marks):
            if (carried and index == 0) or line.is_apostrophe(mark):
                continue
            if self._opens(line, mark, number):
                yield from self._open(line, index)
            elif line.closes(index):
                yield from self._close(mark)
        if self.stack:
            yield from self._carry(number)
        del self.ahead[number]

    def _opens(self, line: Line, mark: Mark, number: int) -> bool:
        same = next((held for held in reversed(self.stack) if held.mark.single == mark.single), None)
        if line.stands_alone(mark):
            return same is None
        if mark.form == "”" and same is not None and same.mark.form != "”":
            return False
        return line.opens(mark) or (mark.single and self._opens_paragraphs(line, mark, number))

    def _opens_paragraphs(self, line: Line, mark: Mark, number: int) -> bool:
        """A single mark that nothing closes in its line opens only where the next paragraph reopens it."""
        if mark.form not in "‘'" or self.stack or number + 1 == len(self.lines) or self.text[self.lines[number + 1][0]] != mark.form:
            return False
        before = self.text[max(line.start, mark.start - 3) : mark.start]
        return not before or (before[-1].isspace() and before.rstrip()[-1:] in (":", ","))

    def _open(self, line: Line, index: int) -> Iterator[Quotation]:
        mark = line.marks[index]
        if not any(held.mark.single == mark.single for held in self.stack) or line.nests(index):
            if len(self.stack) < _DEPTH:
                self.stack.append(_Open(mark, mark.start))
        else:  # its closing mark was lost
            outer = self.stack[0]
            yield outer.closed(_stripped_end(self.text, outer.start, mark.start))
            self.stack = [_Open(mark, mark.start)]

    def _close(self, mark: Mark) -> Iterator[Quotation]:
        """Close the innermost quotation of the mark's family; those within it that lost their closing mark fall away."""
        depth = next((d for d in reversed(range(len(self.stack))) if self.stack[d].mark.single == mark.single), None)
        if depth is not None:
            yield self.stack[depth].closed(mark.end, nested=depth > 0)
            del self.stack[depth:]

    def _carry(self, number: int) -> Iterator[Quotation]:
        """At the end of a line: the outermost quotation goes on in the next one, or ends here."""
        outer = self.stack[0]
        end = self.lines[number][1]
        following = self.line(number + 1) if number + 1 < len(self.lines) else None
        outer.reopened = following is not None and following.reopens() and _alike(following.marks[0], outer.mark)
        if following is None or not (outer.reopened or self._closes_later(outer, number)):
            self.stack = []
            yield outer.closed(end)
            return
        outer.segments.append((outer.start, end))
        outer.start = following.start
        del self.stack[1:]

    def _closes_later(self, outer: _Open, number: int) -> bool:
        """Whether the next double mark, a few lines on at most, closes the quotation without reopening it."""
        if outer.mark.single:
            return False
        if number < outer.until:
            return True
        for later in range(number + 1, min(number + 1 + _OPEN_LINES, len(self.lines))):
            line = self.line(later)
            if any(not mark.single for mark in line.marks):
                outer.until = later if line.begins_with_closer() else -1
                return outer.until == later
        return False


def _alike(first: Mark, second: Mark) -> bool:
    """Whether a paragraph that begins with the first mark reopens the second: any double mark, the same single one."""
    return first.form == second.form or not (first.single or second.single or first.form in "”»")


def _stripped_end(text: str, start: int, position: int) -> int:
    while position > start + 1 and text[position - 1].isspace():
        position -= 1
    return position
