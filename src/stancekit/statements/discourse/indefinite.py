"""Subjects of reports that are nobody in particular, or nobody at all: `another said`, `a reporter asked`, `shares fell`."""

from collections.abc import Sequence

from stancekit.statements.discourse.state import Memory
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import CUES
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.types import Voice, Voices
from stancekit.statements.text.wordlist import words

# Capitalised words that begin sentences and neither speak nor act.
_THINGS = words(
    "shares stocks bonds sales prices profits trains buses flights services sentencing voting polling turnout trading talks i q"
)
_OF_SEVERAL = frozenset({"one", "another"})
_PRESS = words("reporter journalist presenter interviewer broadcaster host correspondent heckler")


def is_thing(name: str) -> bool:
    """Whether a name is a common noun for what cannot speak."""
    return name.casefold() in _THINGS


def is_of_several(subject: Sequence[Token]) -> bool:
    """`one said`, `another said`, `a second said`: the noun was said before."""
    words = [token for token in subject if token.is_word]
    return len(words) == 1 and words[0].entity is None and words[0].low in _OF_SEVERAL


def one_of_several(memory: Memory) -> Voices:
    """Whom "one" and "another" mean: one of the group heard last, another of the sort heard last; `()` after somebody named."""
    for voices in (memory.subject, memory.speakers):
        if len(voices) != 1 or voices[0].name in memory.voices:
            continue
        voice = voices[0]
        *before, last = voice.name.split()
        if voice.kind == "group" and nouns.singular(last) != last:
            return (Voice(" ".join([*before, nouns.singular(last)]), voice.organisation, "person"),)
        if voice.kind == "person":
            return (voice,)
    return ()


def is_question_of_press(voices: Voices, cue: str | None, memory: Memory) -> bool:
    """`a reporter asked`: somebody without a name whom nobody means by "she" in the answer."""
    if cue is None or len(voices) != 1 or voices[0].name in memory.voices:
        return False
    known = CUES.get(cue.lower())
    asks = known is not None and known.lemma in ("ask", "shout", "question", "yell")
    return asks and voices[0].kind == "person" and voices[0].name.split()[-1].lower() in _PRESS
