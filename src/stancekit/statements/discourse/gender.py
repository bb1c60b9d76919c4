"""Gender of persons from unambiguous pronouns."""

from collections import Counter
from collections.abc import Iterable, Sequence

from stancekit.statements.discourse.frames import Frame
from stancekit.statements.discourse.pronouns import Gender
from stancekit.statements.english import nouns
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.types import Entity

_SAYS: dict[str, Gender] = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_ENOUGH = 1.2
_CERTAIN, _LIKELY = 1.0, 0.75


def told_genders(frames: Iterable[Frame]) -> dict[str, Gender]:
    """Map persons' names to genders, where the pronouns that follow the name agree.

    A pronoun counts for the only person that its sentence has named before it, or, where it begins its sentence, for the only
    one that the sentence before named.
    """
    votes: dict[str, Counter[Gender]] = {}
    previous: set[str] = set()
    for frame in frames:
        named: set[str] = set()
        others = False
        for index, token in enumerate(frame.tokens):
            if token.entity is not None:
                others = others or token.possessive
                if _may_be_person(token.entity):
                    named.add(token.entity.name)
            elif (gender := _SAYS.get(token.low)) is not None:
                around = named if named else previous
                if others or not (named or _begins(frame.tokens, index)):
                    continue
                if len(around) == 1:
                    weight = _CERTAIN if around is named else _LIKELY
                    votes.setdefault(next(iter(around)), Counter())[gender] += weight  # type: ignore[assignment]
        if any(token.is_word and token.word != QUOTE and token.low not in nouns.PRONOUNS for token in frame.tokens):
            previous = named or (set() if _brings_somebody(frame.tokens) else previous)
    return {name: gender for name, count in votes.items() if (gender := _agreed(count)) is not None}


def _may_be_person(entity: Entity) -> bool:
    return entity.kind == "person" or entity.kind == "unknown"


def _begins(tokens: Sequence[Token], index: int) -> bool:
    """Whether no word but those of a quotation comes before."""
    return not any(token.is_word and token.word != QUOTE for token in tokens[:index])


def _brings_somebody(tokens: Sequence[Token]) -> bool:
    """`A nurse stood up.`: a person without a name, whom a pronoun may mean from here on."""
    places = (i for i, token in enumerate(tokens) if token.entity is None and token.low in ("a", "an"))
    return any(nouns.is_role(token.low) for i in places for token in tokens[i + 1 : i + 4] if token.entity is None)


def _agreed(count: Counter[Gender]) -> Gender | None:
    (gender, most), *rest = count.most_common()
    return gender if most > _ENOUGH * sum(n for _, n in rest) else None
