"""Whose position a sentence conveys, as far as rules can tell: a first guess that annotation decides on."""

from collections.abc import Sequence

from stancekit.records import NARRATOR
from stancekit.statements.clauses import main_subject
from stancekit.statements.cues import AUXILIARIES, BE
from stancekit.statements.entities import Voices
from stancekit.statements.speakers import Reading
from stancekit.statements.tokens import Token

_PLANNED = frozenset("due set expected planning preparing about going considering".split())


def holder_of(reading: Reading) -> str:
    """The speaker's organisation, else the speaker; where the narrator reports an act, who acts; else `narrator`."""
    if reading.letter and reading.actor:
        return body(reading.actor)
    if reading.voices:
        return body(reading.voices)
    return body(reading.actor) if reading.actor and _acts(reading) else NARRATOR


def body(voices: Voices) -> str:
    """Organisations, or names where there is none, joined by `"; "`."""
    return "; ".join(dict.fromkeys(voice.organisation or voice.name for voice in voices))


def _acts(reading: Reading) -> bool:
    """Whether the sentence's subject does something: no state ("is large") and nothing done to it ("was asked")."""
    if not any(voice.kind in ("person", "organisation") for voice in reading.actor):
        return False
    subject = main_subject(reading.tokens)
    if not subject or subject[-1].low in ("it", "they"):
        return False
    return _is_active(reading.tokens, subject[-1].end)


def _is_active(tokens: Sequence[Token], end: int) -> bool:
    rest = [token for token in tokens if token.start >= end and token.is_word]
    verbs = [token.low for token in rest[:6]]
    while verbs and (verbs[0].endswith("ly") or verbs[0] in ("also", "now", "already", "then", "later", "still")):
        verbs = verbs[1:]
    if not verbs:
        return False
    index = 0
    copula = False
    while index < len(verbs) and (verbs[index] in AUXILIARIES or verbs[index].endswith("ly") or verbs[index] in ("also", "now", "already", "not", "currently")):
        copula = verbs[index] in BE
        index += 1
    word = verbs[index] if index < len(verbs) else ""
    if copula or index and verbs[index - 1] in BE:
        return word.endswith("ing") or word in _PLANNED
    if index:
        return True
    return word.endswith(("ed", "s")) or word in ("told", "took", "won", "made", "began", "gave", "went", "met", "held", "set", "left")
