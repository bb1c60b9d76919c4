"""Sentence boundaries in a line of prose."""

import re
from collections.abc import Iterator

from stancekit.statements.segmentation.other_languages import other_sentences
from stancekit.statements.segmentation.stops import AHEAD, STOP, ends_sentence, ends_without_space
from stancekit.statements.text.quotation_marks import Span

_BULLET = re.compile(r"[•●▪‣◦](?=\s?\S)")


def find_sentences(text: str, start: int, end: int, *, english: bool = True, language: str | None = None) -> Iterator[Span]:
    """Yield the spans of the sentences in a line of prose, `text[start:end]`, in order; one list item after the other."""
    for first, last in _items(text, start, end):
        yield from _sentences(text, first, last) if english else other_sentences(text, first, last, language)


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """The line, cut before each bullet within it: a list that was put on one line."""
    first = start
    for bullet in _BULLET.finditer(text, start, end):
        if bullet.start() > first and text[bullet.start() - 1].isspace():
            yield first, first + len(text[first : bullet.start()].rstrip())
            first = bullet.start()
    yield first, end


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
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
