"""Which gender the text gives to whom: by the pronouns that can mean nobody else."""

from collections import Counter
from collections.abc import Iterable, Sequence

from stancekit.statements.discourse.frames import Frame
from stancekit.statements.discourse.pronouns import Gender
from stancekit.statements.english import nouns
from stancekit.statements.english.first_names import gender_by_name
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.types import Entity
from stancekit.statements.text.wordlist import words

_SAYS: dict[str, Gender] = {"he": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "herself": "f"}
# What somebody is to another: `X, his opposite number,` is not the one whom "his" means.
_RELATED = words(
    "number counterpart successor predecessor rival colleague opponent ally twin fiancé fiancée lover mentor idol partner hero"
)
_PHRASE = 5
_ENOUGH = 1.2
_CERTAIN, _LIKELY = 1.0, 0.75


def told_genders(frames: Iterable[Frame]) -> dict[str, Gender]:
    """Name of a person → gender, where the pronouns that follow the name agree.

    A pronoun counts for the only person that its sentence has named before it, or, where it begins its sentence, for the only
    one that the sentence before named; of several, for the only one whose first name is not of the other gender.
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
                if (owner := _owner(frame.tokens, index)) is not None:
                    votes.setdefault(owner.name, Counter())[gender] += _CERTAIN  # type: ignore[assignment]
                    continue
                around = named if named else previous
                if others or not (named or _begins(frame.tokens, index)) or _is_related(frame.tokens, index):
                    continue
                meant = {name for name in around if gender_by_name(name) in (gender, "")} if len(around) > 1 else around
                if len(meant) == 1:
                    weight = _CERTAIN if meant is named else _LIKELY
                    votes.setdefault(next(iter(meant)), Counter())[gender] += weight  # type: ignore[assignment]
        if any(token.is_word and token.word != QUOTE and token.low not in nouns.PRONOUNS for token in frame.tokens):
            previous = named or (set() if _brings_somebody(frame.tokens) else previous)
    return {name: gender for name, count in votes.items() if (gender := _agreed(count)) is not None and _outweighs(name, gender, count)}


def _may_be_person(entity: Entity) -> bool:
    return entity.kind == "person" or entity.kind == "unknown"


def _is_object(tokens: Sequence[Token], index: int) -> bool:
    """`told her.`: the pronoun is no subject and owns nothing; it is about somebody else than the subject."""
    if tokens[index].low != "her":
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is None or not following.is_word or following.entity is not None


def _owner(tokens: Sequence[Token], index: int) -> Entity | None:
    """`X and his wife`: whom a pronoun right after a name and "and" means, whoever else the sentence names."""
    if index < 2 or tokens[index].low not in ("his", "her") or tokens[index - 1].low != "and" or tokens[index - 1].entity is not None:
        return None
    before = tokens[index - 2]
    noun = tokens[index + 1].low if index + 1 < len(tokens) else ""
    kin = nouns.is_role(noun) and not before.possessive
    return before.entity if kin and before.entity is not None and before.entity.kind == "person" else None


def _is_related(tokens: Sequence[Token], index: int) -> bool:
    """`X, her husband, …`, `X, his opposite number, …`: right after a name the pronoun of an apposition means somebody else."""
    if index < 2 or tokens[index].low not in ("his", "her") or tokens[index - 1].word != "," or tokens[index - 2].entity is None:
        return False
    noun = ""
    for token in tokens[index + 1 : index + 1 + _PHRASE]:
        if not token.is_word or (token.entity is None and token.low in nouns.PREPOSITIONS_IN_ROLES):
            break
        noun = token.low
    return nouns.is_role(noun) or noun in _RELATED


def _begins(tokens: Sequence[Token], index: int) -> bool:
    """Whether no word but those of a quotation comes before."""
    return not any(token.is_word and token.word != QUOTE for token in tokens[:index])


def _brings_somebody(tokens: Sequence[Token]) -> bool:
    """`A nurse stood up.`: a person without a name, whom a pronoun may mean from here on."""
    places = (i for i, token in enumerate(tokens) if token.entity is None and token.low in ("a", "an"))
    return any(nouns.is_role(token.low) for i in places for token in tokens[i + 1 : i + 4] if token.entity is None)


def _outweighs(name: str, gender: Gender, count: Counter[Gender]) -> bool:
    """Whether what the pronouns tell is more than one that may be another's, where the first name tells otherwise."""
    return gender_by_name(name) in (gender, "") or count[gender] >= _CERTAIN


def _agreed(count: Counter[Gender]) -> Gender | None:
    (gender, most), *rest = count.most_common()
    return gender if most > _ENOUGH * sum(n for _, n in rest) else None
