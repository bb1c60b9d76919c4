"""Reported speech in a paragraph, which tells an article from a letter."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

from stancekit.statements.clauses.reporting_clauses import Clue, find_clues
from stancekit.statements.segmentation.sentences import find_sentences
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.tokens import mask, tokenise
from stancekit.statements.text.wordlist import words

Report = Literal["", "told", "quoted"]
"""Nothing is reported; somebody says something; somebody is quoted."""

_FIRST_PERSON = re.compile(r"(?<![\w’'-])(?:I(?:[’'](?:m|ve|d|ll)\b|(?= [a-z]))|(?:[Ww]e|[Oo]urs?|us|[Mm]y|me|mine)(?![\w-]))")
_NOBODY = words("i we you nobody none anybody somebody anyone someone everyone everybody")
_SCARE = 3
"""At most this many quoted words are no quotation unless somebody is reported to say them."""


def speaks_for_itself(text: str) -> bool:
    """Whether "I", "we" or "our" is in a text."""
    return bool(_FIRST_PERSON.search(text))


def report_in(text: str, line: Span, quoted: Sequence[Span]) -> Report:
    """Classify what a paragraph reports of anybody but its writer. `quoted` are the outermost quotations' spans in it, in order.

    A sentence that says "I" or "we" outside quotation marks is its writer's. So is a paragraph of which one does, unless
    another sentence of it has somebody's words in marks.
    """
    start, end = line
    told = own = False
    for first, last in find_sentences(text, start, end):
        inside = _inside(quoted, first, last)
        if speaks_for_itself("".join(_outside(text, first, last, inside))):
            own = True
            continue
        tokens = mask(tokenise(text, first, last), inside)
        clues = [clue for clue in find_clues(tokens) if _tells(clue)]
        if any(_quotes(clue, text, inside) for clue in clues):
            return "quoted"
        told = told or any(clue.group == "say" or clue.text == "according to" for clue in clues)
    return "told" if told and not own else ""


def _inside(quoted: Sequence[Span], start: int, end: int) -> list[Span]:
    """What of the quotations lies between two offsets."""
    found = []
    for number in range(max(0, bisect_right(quoted, (start, start)) - 1), len(quoted)):
        first, last = quoted[number]
        if first >= end:
            break
        if last > start:
            found.append((max(first, start), min(last, end)))
    return found


def _outside(text: str, start: int, end: int, quoted: Sequence[Span]) -> Iterator[str]:
    for first, last in quoted:
        yield text[start:first]
        start = last
    yield text[start:end]


def _tells(clue: Clue) -> bool:
    """Whether somebody else than the writer is said to speak."""
    return clue.group in ("say", "report") and bool(clue.subject) and not any(token.low in _NOBODY for token in clue.subject)


def _quotes(clue: Clue, text: str, inside: Sequence[Span]) -> bool:
    if not inside or not clue.beside_quote:
        return False
    return clue.group == "say" or any(len(text[start:end].split()) > _SCARE for start, end in inside)
