"""Subjects that stand elsewhere than beside their verb: of relative clauses, of participles, before a phrase with "at"."""

from collections.abc import Sequence

from stancekit.statements.clauses.subjects import Chunk, is_person, left_subject, name_in_apposition
from stancekit.statements.clauses.verbs import has_verb
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import AUXILIARIES, CUES, DID, PREPOSITIONS
from stancekit.statements.text.tokens import QUOTE, Token

CONJUNCTIONS = frozenset({"and", "but", "or", "then", "to"})
_APPOSED = 20
_TITLED = 6
_BREAKS = frozenset({QUOTE, ",", ";", ":", "–", "—"})


def head_of(tokens: Sequence[Token], left: int) -> Token | None:
    """`Doctors at the hospital say`: the last word of the subject before what "at" adds."""
    start, end = left_subject(tokens, left)
    own = next((i for i in range(start + 1, end) if tokens[i].entity is None and tokens[i].low in PREPOSITIONS), end)
    return tokens[own - 1] if own > start else tokens[left] if left >= 0 else None


def own_subject(tokens: Sequence[Token], left: int) -> Chunk:
    """`with X urging …`, `with its chair, X, urging …`, `with one poster writing …`, `a message stating …`: a participle's own subject."""
    if left < 1 or tokens[left].possessive:
        return ()
    if tokens[left].entity is None and nouns.singular(tokens[left].low) in nouns.DOCUMENTS:
        return noun_phrase(tokens, left)
    absolute = next((at for at in range(left - 1, max(-1, left - 10), -1) if tokens[at].low == "with"), None)
    if absolute is None:
        return ()
    if tokens[left].entity is not None:
        return (tokens[left],)
    name = name_in_apposition(tokens, left)
    plain = tokens[left].is_word and not any(token.word in (",", QUOTE) for token in tokens[absolute:left])
    return (name,) if name is not None else tuple(tokens[absolute + 1 : left + 1]) if plain else ()


def antecedent(tokens: Sequence[Token], relative: int) -> Chunk:
    """Whom "who" or "which" takes up: the last person before it, a role right before it, or the organisation right before it."""
    person = tokens[relative].low == "who"
    last = relative - 2 if relative and tokens[relative - 1].word == "," else relative - 1
    if person and last >= 0 and tokens[last].entity is None and (nouns.is_role(tokens[last].low) or tokens[last].low in nouns.PEOPLE):
        return noun_phrase(tokens, last)
    for token in reversed(tokens[max(0, relative - 14) : relative]):
        if token.word in (QUOTE, ".", ";", ":"):
            break
        if token.entity is not None and not token.possessive and (token.entity.kind == "person") == person:
            return (token,)
        if not person and token.word != ",":
            break
    return ()


def is_verb_of_relative(token: Token) -> bool:
    """Whether the word after "who" is the verb, rather than the subject of somebody else's."""
    if token.entity is not None or token.low in nouns.DETERMINERS | nouns.PRONOUNS | nouns.PEOPLE:
        return False
    return token.low.endswith(("ed", "s")) or token.low in CUES or token.low in DID


def noun_phrase(tokens: Sequence[Token], last: int) -> Chunk:
    """The noun that ends at `last` with the words before it back to its article."""
    first = last
    while first > max(0, last - 4) and tokens[first].low not in nouns.DETERMINERS and tokens[first - 1].is_word:
        if tokens[first - 1].entity is None and tokens[first - 1].low in PREPOSITIONS | AUXILIARIES | CONJUNCTIONS:
            break
        first -= 1
    return tuple(tokens[first : last + 1])


def joined_before(tokens: Sequence[Token], start: int) -> Chunk:
    """`X, chair of Y, and Z said`: the person in front of an apposition, and the "and", before a person's name at `start`; else `()`."""
    comma = start - (tokens[start].low != "and") if start < len(tokens) else 0
    if comma < 1 or tokens[comma].low != "and" or tokens[comma - 1].word != ",":
        return ()
    opening = next((i for i in range(comma - 2, max(0, comma - _APPOSED), -1) if tokens[i].word == "," and is_person(tokens[i - 1])), 0)
    first = next((i + 1 for i in range(opening - 1, max(-1, opening - _APPOSED), -1) if tokens[i].word in _BREAKS), 0)
    apposed = tokens[opening + 1 : comma - 1]
    if (
        not opening
        or not any(map(is_person, tokens[start : comma + _TITLED]))
        or has_verb(tokens[first : opening - 1])
        or has_verb(apposed)
        or not any(nouns.is_role(t.low) for t in apposed)
    ):
        return ()
    return (tokens[opening - 1], *tokens[comma:start])
