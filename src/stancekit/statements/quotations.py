"""Quotations in news text, classified as speech, headings, scare quotes, terms and titles."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stancekit.statements.english.reporting_verbs import has_cue
from stancekit.statements.segmentation.lines import stripped_lines
from stancekit.statements.segmentation.lists import introduction
from stancekit.statements.segmentation.segment import Unit, segment
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.quotation_spans import Quotation, find_quotations
from stancekit.statements.text.tokens import MAX_SENTENCE

QuoteType = Literal["direct", "partial", "heading", "scare", "term", "nested"]

MAX_SCARE_WORDS = 3
MAX_TERM_WORDS = 4
MAX_TITLE_WORDS = 8

_READ = 400
_MARKS = "“”„‟«»\"‘’‚‛'` \u00a0"
_STOPS = (".", "!", "?", "…", ",", "—", "–", "-")

_DOUBLE = re.compile('[“”„‟«»"]')
_CAPITAL = re.compile(r"[^\w]*[A-Z0-9£$€]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its marks: `text[start:end]`, one segment for each paragraph it runs through.

    `direct` and `partial` are speech: whole sentences, or words fitted into the reporter's own. The others are not:
    quoted `heading`s, `scare` quotes, `term`s in single marks and titles of works, and quotations `nested` in another.
    """

    start: int
    end: int
    segments: tuple[Span, ...]
    type: QuoteType

    @property
    def is_speech(self) -> bool:
        return self.type in ("direct", "partial")


def find_quotes(text: str, units: Sequence[Unit] | None = None) -> list[Quote]:
    """Find the quotations of the text in order of their start; a nested one comes after the one that holds it.

    `units` are the text's own units where they are at hand; they tell headings, and sentences that report speech.
    """
    units = segment(text) if units is None else units
    raw = sorted(find_quotations(text, _paragraphs(text, units)), key=lambda quote: (quote.segments[0][0], -quote.segments[-1][1]))
    doubles = any(not quote.single for quote in raw if not quote.nested)
    starts = [unit.start for unit in units]
    found = []
    cued: dict[int, bool] = {}
    for quote in raw:
        index = max(0, bisect_right(starts, quote.segments[0][0]) - 1)
        kind = _type(text, quote, units, index, doubles, cued)
        found.append(Quote(quote.segments[0][0], quote.segments[-1][1], quote.segments, kind))
    return found


def _paragraphs(text: str, units: Sequence[Unit]) -> list[Span]:
    """The lines of the text but the page's furniture, over which a quotation goes on."""
    furniture = {unit.start for unit in units if unit.kind == "boilerplate" and not _DOUBLE.search(text, unit.start, unit.end)}
    return [line for line in stripped_lines(text) if line[0] not in furniture]


def _type(text: str, quote: Quotation, units: Sequence[Unit], index: int, doubles: bool, cued: dict[int, bool]) -> QuoteType:
    unit = units[index]
    start, end = quote.segments[0][0], quote.segments[-1][1]
    if quote.nested:
        return "nested"
    if unit.kind != "sentence":
        return "heading"
    words = text[start : min(end, start + _READ)].strip(_MARKS).split()
    before = text[max(unit.start, start - 40) : start]
    if quote.single and doubles and len(words) <= MAX_TERM_WORDS:
        return "term"
    if len(words) <= MAX_TERM_WORDS and before.rstrip().lower().endswith("so-called"):
        return "scare"
    capital = bool(_CAPITAL.match(text, start, end))
    stopped = text[max(start, end - 4) : end].rstrip(_MARKS)[-1:] in _STOPS
    if not stopped and _is_title(words) and _names_a_work(before):
        return "term"
    whole = start == unit.start and unit.end - end <= 1
    if len(words) <= MAX_SCARE_WORDS and not (capital and (stopped or whole)) and not _is_cued(text, units, index, cued):
        return "term" if quote.single else "scare"
    if capital and (stopped or whole or len(quote.segments) > 1 or before.rstrip().endswith(":")):
        return "direct"
    return "partial"


def _is_title(words: Sequence[str]) -> bool:
    """Whether the words are written as the title of a book or a film is: `The Long Way Home`."""
    long = [word for word in words if len(word) > 3]
    if not (1 < len(words) <= MAX_TITLE_WORDS and len(long) > 1 and words[0][0].isupper()):
        return False
    return all(word[0].isupper() and not word.isupper() for word in long)


def _names_a_work(before: str) -> bool:
    """Whether a title may follow: no cue, comma or colon right before it, and no headline around it, which is written alike."""
    last = before.split()[1:]
    return not before.rstrip().endswith((":", ",")) and not (last and (has_cue(last[-1]) or _is_title(last)))


def _is_cued(text: str, units: Sequence[Unit], index: int, cued: dict[int, bool]) -> bool:
    """Whether the sentence, or what leads in to the list that it is an item of, reports speech outside its marks; asked once for each."""
    if index not in cued:
        sources = (units[n] for n in dict.fromkeys((index, introduction(text, units, index))))
        cued[index] = any(has_cue(text[unit.start : min(unit.end, unit.start + MAX_SENTENCE)]) for unit in sources)
    return cued[index]
