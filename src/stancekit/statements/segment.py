"""Text → sentence-level units with exact code-point offsets.

Every newline is a hard break; a line is a heading, boilerplate or prose; prose is cut after a stop by a small set of
rules. One pass over the text, and every look back or ahead is bounded, so the time is linear in its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stancekit.records import Kind
from stancekit.statements.correspondence import find_letters
from stancekit.statements.lines import classify, stripped_lines
from stancekit.statements.stops import AHEAD, STOP, ends_sentence, ends_without_space

_BULLET = re.compile(r"[•●▪‣◦](?=\s?\S)")
_ALPHANUMERIC = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Unit:
    """`text[start:end]` is one unit, without white space at either end."""

    start: int
    end: int
    kind: Kind


def segment(text: str) -> list[Unit]:
    """Units of the text in order. They do not overlap, none is empty, and only white space lies between them.

    What holds neither letter nor digit is no sentence: a rule between sections, `[…]`. The names under a letter are headings.
    """
    lines = list(stripped_lines(text))
    signed = {start for letter in find_letters(text, lines) for start in letter.signature}
    units: list[Unit] = []
    for index, (start, end) in enumerate(lines):
        before = text[slice(*lines[index - 1])] if index else ""
        after = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        kind = "heading" if start in signed else classify(text[start:end], before, after)
        if kind == "sentence":
            spans = (span for first, last in _items(text, start, end) for span in _sentences(text, first, last))
            units.extend(Unit(s, e, "sentence" if _ALPHANUMERIC.search(text, s, e) else "boilerplate") for s, e in spans)
        else:
            units.append(Unit(start, end, kind))
    return units


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The line, cut before each bullet within it: a list that was put on one line."""
    first = start
    for bullet in _BULLET.finditer(text, start, end):
        if bullet.start() > first and text[bullet.start() - 1].isspace():
            yield first, first + len(text[first : bullet.start()].rstrip())
            first = bullet.start()
    yield first, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in one line of prose."""
    first = start
    for stop in STOP.finditer(text, start, end):
        after = stop.end()
        if after >= end:
            break
        if not text[after].isspace():
            if ends_without_space(text, first, end, stop):
                yield first, after
                first = after
            continue
        ahead = AHEAD.match(text, after, end)
        if ahead is None or not ends_sentence(text, first, end, stop, ahead):
            continue
        yield first, after
        first = after + len(ahead.group(0)) - len(ahead.group(0).lstrip())
    if first < end:
        yield first, end
