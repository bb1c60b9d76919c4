"""Quotations in news text: a state machine over quotation marks, and what kind of quotation each one is.

Handles curly, straight and angle marks, single and double, nested, a quotation that stays open over paragraphs each of
which reopens it, and a closing mark that was lost (the quotation ends with its paragraph). Apostrophes are no marks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from stancekit.statements.cues import has_cue
from stancekit.statements.lines import stripped_lines
from stancekit.statements.segment import Unit, segment

QuoteType = Literal["direct", "partial", "heading", "scare", "term", "nested"]
Span = tuple[int, int]

MAX_SCARE_WORDS = 3
MAX_TERM_WORDS = 4

_MARKS = re.compile("[“”„‟«»\"‘’‚‛']")
_OPENERS = "“„‟«‘‚‛"
_CLOSERS = "”»’"
_SINGLES = "‘’‚‛'"
# Words that begin with an apostrophe, and decades: ’90s.
_ELISION = re.compile(r"['’‘](?:\d{2}s?\b|(?:tis|twas|em|til|till|cause|cos|bout|round|n|neath|ere|im|er|ave|ello)\b)", re.IGNORECASE)
_CAPITAL = re.compile(r"[^\w]*[A-Z0-9£$€]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks: `text[start:end]`, one segment for each paragraph it runs through.

    `direct` and `partial` are speech: whole sentences, or words fitted into the reporter's own. The others are not:
    quoted `heading`s, `scare` quotes, `term`s in single marks, and quotations `nested` in another.
    """

    start: int
    end: int
    segments: tuple[Span, ...]
    type: QuoteType

    @property
    def is_speech(self) -> bool:
        return self.type in ("direct", "partial")


@dataclass(frozen=True, slots=True)
class _Raw:
    segments: tuple[Span, ...]
    single: bool
    nested: bool


def find_quotes(text: str, units: Sequence[Unit] | None = None) -> list[Quote]:
    """Quotations of the text in order of their start; a nested one comes after the one that holds it.

    `units` are the text's own units where they are at hand; they tell headings, and sentences that report speech.
    """
    units = segment(text) if units is None else units
    raw = sorted(_scan(text), key=lambda quote: (quote.segments[0][0], -quote.segments[-1][1]))
    doubles = any(not quote.single for quote in raw if not quote.nested)
    starts = [unit.start for unit in units]
    found = []
    cued: dict[int, bool] = {}
    for quote in raw:
        index = max(0, bisect_right(starts, quote.segments[0][0]) - 1)
        kind = _type(text, quote, units[index], index, doubles, cued)
        found.append(Quote(quote.segments[0][0], quote.segments[-1][1], quote.segments, kind))
    return found


def _type(text: str, quote: _Raw, unit: Unit, index: int, doubles: bool, cued: dict[int, bool]) -> QuoteType:
    start, end = quote.segments[0][0], quote.segments[-1][1]
    if quote.nested:
        return "nested"
    if unit.kind != "sentence":
        return "heading"
    words = len(text[start : min(end, start + 400)].split())
    if quote.single and doubles and words <= MAX_TERM_WORDS:
        return "term"
    if words <= MAX_TERM_WORDS and text[max(0, start - 11) : start].rstrip().lower().endswith("so-called"):
        return "scare"
    capital = bool(_CAPITAL.match(text, start, end))
    stopped = text[max(start, end - 2)] in ".!?…,—–-"
    if words <= MAX_SCARE_WORDS and not (capital and stopped):
        if index not in cued:
            cued[index] = has_cue(text[unit.start : min(unit.end, unit.start + 4000)])
        if not cued[index]:
            return "term" if quote.single else "scare"
    whole = start == unit.start and unit.end - end <= 1
    if capital and (
        stopped or len(quote.segments) > 1 or text[max(0, start - 3) : start].rstrip().endswith(":") or (whole and words > MAX_SCARE_WORDS)
    ):
        return "direct"
    return "partial"


# --- the state machine -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A quotation that has been opened: where its current segment starts, and the segments before."""

    mark: str
    start: int
    segments: tuple[Span, ...] = ()

    @property
    def single(self) -> bool:
        return self.mark in _SINGLES

    def closed(self, end: int, nested: bool = False) -> _Raw:
        return _Raw((*self.segments, (self.start, end)), self.single, nested)


def _scan(text: str) -> Iterator[_Raw]:
    lines = list(stripped_lines(text))
    outer: _Open | None = None
    for number, (start, end) in enumerate(lines):
        marks = [m.start() for m in _MARKS.finditer(text, start, end)]
        if outer is not None:  # carried: this line begins with the mark that opened it
            marks = marks[1:]
        closers = [p for p in marks if text[p] in _SINGLES and _may_close(text, p, start, end)]
        inner: _Open | None = None
        for index, position in enumerate(marks):
            mark = text[position]
            if mark in _SINGLES and _is_apostrophe(text, position, start, end):
                continue
            single = mark in _SINGLES
            opens = _opens(text, position, start, end)
            if opens and single and not _accept_single(text, position, start, closers, lines, number):
                continue
            if outer is None:
                if opens:
                    outer = _Open(mark, position)
            elif inner is not None and inner.single == single and not opens:
                if _closes(text, marks, index, single, start, end):
                    yield inner.closed(position + 1, nested=True)
                    inner = None
            elif outer.single == single and not opens:
                if _closes(text, marks, index, single, start, end):
                    yield outer.closed(position + 1)
                    outer, inner = None, None
            elif opens and (outer.single != single or _nested_alike(text, marks, index)):
                inner = _Open(mark, position)
            elif opens:  # its closing mark was lost
                yield outer.closed(_stripped_end(text, outer.start, position))
                outer, inner = _Open(mark, position), None
        if outer is not None:
            if number + 1 < len(lines) and text[lines[number + 1][0]] == outer.mark:
                outer = _Open(outer.mark, lines[number + 1][0], (*outer.segments, (outer.start, end)))
            else:
                yield outer.closed(end)
                outer = None


def _around(text: str, position: int, start: int, end: int) -> tuple[str, str]:
    """The characters on either side within the line, `" "` beyond it."""
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    return before, after


def _is_apostrophe(text: str, position: int, start: int, end: int) -> bool:
    before, after = _around(text, position, start, end)
    return (before.isalnum() and after.isalnum()) or (not before.isalnum() and bool(_ELISION.match(text, position, end)))


def _opens(text: str, position: int, start: int, end: int) -> bool:
    """Whether the mark opens a quotation, from its shape or, for straight and stray marks, from what is beside it."""
    mark = text[position]
    if mark in _OPENERS:
        return True
    before, after = _around(text, position, start, end)
    free = (
        before.isspace()
        or before in "([{—–-/"
        or before in _OPENERS
        or (before in "\"'" and mark != before and _opens_here(text, position - 1, start))
    )
    if mark in _CLOSERS:
        return mark != "’" and before.isspace() and after.isalnum()
    return free and not after.isspace()


def _opens_here(text: str, position: int, start: int) -> bool:
    return position <= start or text[position - 1].isspace() or text[position - 1] in "([{—–-"


def _may_close(text: str, position: int, start: int, end: int) -> bool:
    before, after = _around(text, position, start, end)
    return text[position] in "’'" and not before.isspace() and not after.isalnum()


def _accept_single(text: str, position: int, start: int, closers: list[int], lines: list[Span], number: int) -> bool:
    """A single mark opens only where something closes it, or where the next paragraph reopens it."""
    if closers and closers[-1] > position + 1:
        return True
    follows = number + 1 < len(lines) and text[lines[number + 1][0]] == text[position]
    return follows and (position == start or text[max(start, position - 3) : position].rstrip()[-1:] in (":", ","))


def _closes(text: str, marks: list[int], index: int, single: bool, start: int, end: int) -> bool:
    """Whether a mark that does not open closes: not the apostrophe of a plural (`the schools’ plan`) with a closer to come."""
    position = marks[index]
    if not single:
        return True
    if not _may_close(text, position, start, end):
        return False
    before, after = _around(text, position, start, end)
    if before not in "sS" or after != " " or position + 2 >= end or not text[position + 2].islower():
        return True
    for later in marks[index + 1 : index + 9]:
        if text[later] in _SINGLES and not _is_apostrophe(text, later, start, end):
            return not _may_close(text, later, start, end)
    return True


def _nested_alike(text: str, marks: list[int], index: int) -> bool:
    """`“He told us “no” twice”`: the next two marks of the same family both close."""
    later = [p for p in marks[index + 1 : index + 12] if (text[p] in _SINGLES) == (text[marks[index]] in _SINGLES)][:2]
    return len(later) == 2 and all(text[p] in _CLOSERS for p in later)


def _stripped_end(text: str, start: int, position: int) -> int:
    while position > start + 1 and text[position - 1].isspace():
        position -= 1
    return position
