"""Holder of the position that a sentence conveys: a first guess by rule, for annotation to decide."""

from collections.abc import Sequence

from stancekit.records import NARRATOR
from stancekit.statements.clauses.subjects import Chunk
from stancekit.statements.english.reporting_verbs import AUXILIARIES, BE, DID
from stancekit.statements.text.results import Reading
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.types import Speakers
from stancekit.statements.text.wordlist import words

_PLANNED = words("due set expected planning preparing about going")
_ADVERBS = words("also now already then later still not just again yesterday today")
_STATES = words("has is was does includes contains means remains seems appears exists")


def holder_of(reading: Reading) -> str:
    """Return the speaker's organisation, else the speaker; where the narrator reports an act, who acts; else `narrator`.

    In a joint letter a sentence on one signatory's own act (the reading's `actor`) is held by that signatory.
    """
    return body((reading.actor if reading.letter else ()) or reading.speakers or reading.actor) or NARRATOR


def body(speakers: Speakers) -> str:
    """Join organisations, or names where there is none, by `"; "`."""
    return "; ".join(dict.fromkeys(speaker.organisation or speaker.name for speaker in speakers))


def actors_in(tokens: Sequence[Token], subject: Chunk, speakers: Speakers) -> Speakers:
    """Return the `speakers` that the subject words mean, where they do something; `()` for a state ("is large") or a passive."""
    if not subject or subject[-1].low in ("it", "they", "this", "that"):
        return ()
    return speakers if _is_active(tokens, subject[-1].end) else ()


def _is_active(tokens: Sequence[Token], end: int) -> bool:
    words = [token.low for token in tokens if token.start >= end and token.is_word][:8]
    index = 0
    while index < len(words) and (words[index] in AUXILIARIES or words[index] in _ADVERBS or words[index].endswith("ly")):
        index += 1
    if index >= len(words):
        return False
    word = words[index]
    auxiliaries = [low for low in words[:index] if low in AUXILIARIES]
    if auxiliaries and auxiliaries[-1] in BE:
        return word.endswith("ing") or word in _PLANNED
    if auxiliaries:
        return word not in ("had", "been", "to")
    return word in DID or (word.endswith(("ed", "s")) and word not in _STATES)
