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
    return segment_lines(text, lines, find_letters(text, lines))


def segment_lines(text: str, lines: Sequence[Span], letters: Iterable[Letter]) -> list[Unit]:
    """Cut a text into its units, in order: none is empty, they do not overlap, and only white space lies between them.

    What holds neither letter nor digit is no sentence: a rule between sections, `[…]`. The names under a letter are headings.
    """
    signed = {start for letter in letters for start in letter.signature}
    units: list[Unit] = []
    for index, (start, end) in enumerate(lines):
        before = text[slice(*lines[index - 1])] if index else ""
        after = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        kind = "heading" if start in signed else classify(text[start:end], before, after)
        if kind == "sentence":
            spans = find_sentences(text, start, end)
            units.extend(Unit(s, e, "sentence" if _ALPHANUMERIC.search(text, s, e) else "boilerplate") for s, e in spans)
        else:
            units.append(Unit(start, end, kind))
    return units
