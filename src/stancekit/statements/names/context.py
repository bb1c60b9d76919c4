"""Context evidence on names: persons, possessors, and capitalised modifiers."""

from collections.abc import Collection, Sequence

from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import AUXILIARIES, CUES
from stancekit.statements.names.classify import Name
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.wordlist import words

_ADJECTIVES = (nouns.DEMONYMS | nouns.ROLE_MODIFIERS) - nouns.PARTIES - words("treasury state lord")
_OF_BODIES = words("general chief executive")  # "general secretary", "executive director": nobody's own


def describes(tokens: Sequence[Token], name: Name, known: Collection[str]) -> bool:
    """Whether one capitalised word only describes the noun after it: `Hungarian police`, `Climate campaigner X`.

    `known` are the words that begin names elsewhere in the article, so that a company's name before a role stays one.
    """
    token = tokens[name.first]
    if name.first != name.last or token.possessive or name.last + 1 >= len(tokens) or not token.word[1:].islower():
        return False
    following = tokens[name.last + 1]
    if not following.is_word or following.word[0].isdigit():
        return False
    noun = _is_group(following.low) or following.low in nouns.ROLE_MODIFIERS
    if token.low in _ADJECTIVES:
        return noun or not (following.low in CUES or following.low in AUXILIARIES or following.low in nouns.FUNCTION_WORDS)
    begins = name.first == 0 or not tokens[name.first - 1].is_word
    named = token.word in known or token.low in nouns.PARTIES or following.low == "members"
    return begins and noun and following.word.islower() and not named


def is_personal(tokens: Sequence[Token], owner: Name, person: Name) -> bool:
    """Whether the role between a possessor and a person is one that people have: `X’s barrister, Y`."""
    gap = [token.low for token in tokens[owner.last + 1 : person.first] if token.is_word]
    return tokens[owner.last].possessive and bool(gap) and gap[-1] in nouns.PERSONAL_ROLES and _OF_BODIES.isdisjoint(gap)


def is_body(name: str) -> bool:
    """Whether a name is an organisation's by its form alone: an acronym, `… of …`, or one with a word such as `Council`."""
    words = name.split()
    acronym = len(words) == 1 and len(name) > 1 and name.isupper()
    return acronym or any(word.strip(".,&").lower() in nouns.ORGANISATION_WORDS | {"of", "for"} for word in words)


def _is_group(low: str) -> bool:
    return nouns.is_role(low) or low in nouns.PEOPLE or low in nouns.SPOKES or low in nouns.ORGANS or nouns.is_role(nouns.singular(low))
