"""Indefinite subjects: `one said`, `another said`."""

from collections.abc import Sequence

from stancekit.statements.discourse.state import Memory
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.types import Speakers

_OF_SEVERAL = frozenset({"one", "another"})


def is_of_several(subject: Sequence[Token]) -> bool:
    """Tell a subject whose noun was said before: `one said`, `another said`."""
    words = [token for token in subject if token.is_word]
    return len(words) == 1 and words[0].entity is None and words[0].low in _OF_SEVERAL


def one_of_several(memory: Memory) -> Speakers:
    """Resolve "one" and "another" to somebody of the sort heard last; `()` after somebody named."""
    for speakers in (memory.subject, memory.speakers):
        if len(speakers) != 1 or speakers[0].name in memory.entities:
            continue
        speaker = speakers[0]
        if speaker.kind == "person":
            return (speaker,)
    return ()
