"""Text → sentence-level units with exact code-point offsets.

Every newline is a hard break; a line is a heading, boilerplate or prose; prose is cut after a stop by a small set of
rules. One pass over the text, and every look back or ahead is bounded, so the time is linear in its length.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stancekit.records import Kind
from stancekit.statements.segmentation.letters import Letter, find_letters
from stancekit.statements.segmentation.lines import classify, stripped_lines
from stancekit.statements.segmentation.sentences import find_sentences
from stancekit.statements.text.quotation_marks import Span

_ALPHANUMERIC = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Unit:
    """`text[start:end]` is one unit, without white space at either end."""

    start: int
    end: int
    kind: Kind


def segment(text: str) -> list[Unit]:
    """Cut a text into its units."""
    lines = list(stripped_lines(text))
    kinds = classify(text, lines)
    return segment_lines(text, lines, kinds, find_letters(text, lines, kinds))


def segment_lines(
    text: str,
    lines: Sequence[Span],
    kinds: Sequence[Kind],
    letters: Iterable[Letter] = (),
    *,
    english: bool = True,
    language: str | None = None,
) -> list[Unit]:
    """Cut a text into its units, in order: none is empty, they do not overlap, and only white space lies between them.

    What holds neither letter nor digit is no sentence: a rule between sections, `[…]`. The names under a letter are headings.
    `language` is that of a text that is not English.
    """
    signed = {start for letter in letters for start in letter.signature}
    units: list[Unit] = []
    for (start, end), of_line in zip(lines, kinds, strict=True):
        kind = "heading" if start in signed and of_line != "boilerplate" else of_line
        if kind == "sentence":
            spans = find_sentences(text, start, end, english=english, language=language)
            units.extend(Unit(s, e, "sentence" if _ALPHANUMERIC.search(text, s, e) else "boilerplate") for s, e in spans)
        else:
            units.append(Unit(start, end, kind))
    return units
