"""How a sentence carries speech: wholly quoted, partly, reported, in a letter, or not at all."""

from collections.abc import Sequence

from stancekit.records import Mode
from stancekit.statements.quotes import Quote
from stancekit.statements.speakers import Reading
from stancekit.statements.tokens import QUOTE, Token

_FRAME = 34
"""A clause of attribution has at most so many words, with name and role."""


def mode_of(reading: Reading, quotes: Sequence[Quote]) -> Mode:
    """The mode of one sentence; `narrator` where nobody is heard."""
    if reading.letter:
        return "letter"
    if not reading.voices:
        return "narrator"
    speech = [quotes[q] for q in reading.quoted if quotes[q].is_speech]
    if not speech:
        return "indirect"
    return "direct" if _is_direct(reading, speech) else "mixed"


def _is_direct(reading: Reading, speech: Sequence[Quote]) -> bool:
    """All is quoted but the clause of attribution: one cue at most outside, right before or after whole sentences."""
    if not any(token.is_word and token.word != QUOTE for token in reading.tokens):
        return True
    if any(quote.type == "partial" for quote in speech) or reading.clues > 1:
        return False
    places = [i for i, token in enumerate(reading.tokens) if token.word == QUOTE]
    if not places:
        return False
    before = _words(reading.tokens[: places[0]])
    after = _words(reading.tokens[places[-1] + 1 :])
    return len(before) + len(after) <= _FRAME


def _words(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.is_word]
