"""Which gender the text gives to whom: by the pronouns that can mean nobody else. Names alone tell nothing here."""

from collections import Counter
from collections.abc import Iterable, Sequence

from stancekit.statements.entities import Entity
from stancekit.statements.frames import Frame
from stancekit.statements.nouns import PRONOUNS
from stancekit.statements.people import Gender
from stancekit.statements.tokens import QUOTE, Token

_SAYS: dict[str, Gender] = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
_ENOUGH = 1.2
_CERTAIN, _LIKELY = 1.0, 0.75


def told_genders(frames: Iterable[Frame]) -> dict[str, Gender]:
    """Name of a person → gender, where the pronouns that follow the name agree.

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
            elif (gender := _SAYS.get(token.low)) is not None and not _is_object(frame.tokens, index):
                meant, weight = (named, _CERTAIN) if named else (previous, _LIKELY)
                if len(meant) == 1 and not others and (named or _begins(frame.tokens, index)):
                    votes.setdefault(next(iter(meant)), Counter())[gender] += weight  # type: ignore[assignment]
        if any(token.is_word and token.word != QUOTE and token.low not in PRONOUNS for token in frame.tokens):
            previous = named or previous
    return {name: gender for name, count in votes.items() if (gender := _agreed(count)) is not None}


def _may_be_person(entity: Entity) -> bool:
    return entity.kind == "person" or entity.kind == "unknown"


def _is_object(tokens: Sequence[Token], index: int) -> bool:
    """`told her.`: the pronoun is no subject and owns nothing; it is about somebody else than the subject."""
    if tokens[index].low != "her":
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is None or not following.is_word or following.entity is not None


def _begins(tokens: Sequence[Token], index: int) -> bool:
    """Whether no word but those of a quotation comes before."""
    return not any(token.is_word and token.word != QUOTE for token in tokens[:index])


def _agreed(count: Counter[Gender]) -> Gender | None:
    (gender, most), *rest = count.most_common()
    return gender if most > _ENOUGH * sum(n for _, n in rest) else None
