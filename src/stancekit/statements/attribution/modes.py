"""Mode of a sentence: direct, mixed or indirect speech, a letter, or the narrator. A turn of a transcript is direct."""

from collections.abc import Sequence

from stancekit.records import Mode
from stancekit.statements.quotations import Quote
from stancekit.statements.text.results import Reading

_FRAME = 34
"""A clause of attribution has at most this many words, with name and role."""


def mode_of(reading: Reading, quotes: Sequence[Quote]) -> Mode:
    """Return the mode of one sentence; `narrator` where nobody is heard."""
    if reading.letter:
        return "letter"
    if not reading.speakers:
        return "narrator"
    if reading.turn:
        return "direct"
    speech = [quotes[q] for q in reading.quoted if quotes[q].is_speech]
    if not speech:
        return "indirect"
    return "direct" if _is_direct(reading, speech) else "mixed"


def _is_direct(reading: Reading, speech: Sequence[Quote]) -> bool:
    """All is quoted but a clause of attribution: whole sentences, and one report at most outside them."""
    if reading.frame == 0:
        return True
    return reading.reports <= 1 and reading.frame <= _FRAME and all(quote.type == "direct" for quote in speech)
