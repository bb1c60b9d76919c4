"""Sentences as tokens, with each quotation and each name folded into one."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stancekit.statements.discourse.document import Document
from stancekit.statements.names.classify import civil_title
from stancekit.statements.segmentation.lists import leads_in
from stancekit.statements.segmentation.segment import Unit
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.tokens import QUOTE, SPOKEN, Token, attach, mask, tokenise

_LONG = 60
"""A quotation of more than this many characters is kept out of the sentence's own words even where it is no speech."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Sentence `number` of the article.

    `quoted` are the numbers of the quotations in it; `masked` those that are one token each, in the order of these tokens;
    `words` counts the words outside them.
    """

    number: int
    unit: Unit
    tokens: list[Token]
    quoted: tuple[int, ...]
    masked: tuple[int, ...]
    words: int


def find_frames(document: Document) -> Iterator[Frame]:
    """Yield the frame of each sentence, and of each heading that leads in to a list or a quotation or is an entry's, in order."""
    spans = sorted((s, e, n) for n, q in enumerate(document.quotes) if q.type not in ("nested", "heading") for s, e in q.segments)
    position = 0
    for number, unit in enumerate(document.units):
        while position < len(spans) and spans[position][1] <= unit.start:
            position += 1
        here = position
        while here < len(spans) and spans[here][0] < unit.end:
            here += 1
        if unit.kind == "sentence" or (unit.kind == "heading" and _is_read(document, number, unit)):
            yield _frame(document, number, unit, spans[position:here])


def _is_read(document: Document, number: int, unit: Unit) -> bool:
    stamp = document.units[number - 1].start if number else -1
    place = bisect_left(document.entries, stamp)
    titles = stamp in document.entries[place : place + 1]
    return titles or leads_in(document.text, unit) or captions(document, number)


def captions(document: Document, number: int) -> bool:
    """Whether a quotation begins right after a unit."""
    after = document.units[number + 1].start if number + 1 < len(document.units) else len(document.text)
    return document.text[after : after + 1] in tuple('“„«"')


def frame_of(document: Document, number: int) -> Frame:
    """Return a unit's frame, with no quotation folded."""
    return _frame(document, number, document.units[number], ())


def _frame(document: Document, number: int, unit: Unit, inside: Sequence[tuple[int, int, int]]) -> Frame:
    text, quotes, cast = document.text, document.quotes, document.cast
    masked: list[tuple[Span, int]] = []
    for start, end, q in inside:
        if quotes[q].is_speech or quotes[q].end - quotes[q].start > _LONG:
            masked.append(((max(start, unit.start), min(end, unit.end)), q))
    tokens = cast.tokens.get(number) or tokenise(text, unit.start, unit.end)
    if masked:
        tokens = [_spoken(text, token) for token in mask(tokens, [span for span, _ in masked])]
    if number in cast.mentions:
        tokens = _untitled(attach(tokens, [(m.start, m.end, m.entity) for m in cast.mentions[number]]))
    words = sum(1 for token in tokens if token.is_word)  # a mark begins the token of a quotation
    return Frame(number, unit, tokens, tuple(q for _, _, q in inside), tuple(q for _, q in masked), words)


def _spoken(text: str, token: Token) -> Token:
    """The token of a quotation that ends as speech does is marked so."""
    return token._replace(low=SPOKEN) if token.word == QUOTE and text[token.end - 2] in ",?!—–" else token


def _untitled(tokens: list[Token]) -> list[Token]:
    """The tokens without the `Mr` or `Mrs.` before a name."""
    named = [i for i, token in enumerate(tokens) if token.entity is not None]
    dropped = {i for first in named for i in range(first - civil_title(tokens, first), first)}
    return [token for i, token in enumerate(tokens) if i not in dropped] if dropped else tokens
