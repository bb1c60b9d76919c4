"""Runs of capitals split into names: `ABC General Secretary X` is an organisation, a role and a person."""

from collections.abc import Sequence

from stancekit.statements.english import nouns
from stancekit.statements.names.titles import opens_with_title, role_of
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.wordlist import words

CONNECTORS = words("of for de da di du van von der den del bin al la le & -")
_TRADES = ("ist", "ician", "arian", "orian")


def _is_office(tokens: Sequence[Token], first: int, last: int) -> bool:
    """`Secretary of State X Y`: the first word is part of the role, the rest a name."""
    before = first - 2 if first and tokens[first - 1].low == "the" else first - 1
    if last - first != 2 or before < 1 or tokens[before].low != "of" or tokens[before - 1].low not in nouns.ROLES:
        return False
    body = any(token.low in nouns.ORGANISATION_WORDS for token in tokens[first + 1 : last + 1])
    return not body and not any(t.low in nouns.PARTS_OF_PLACES or t.low in CONNECTORS for t in tokens[first : last + 1])


def _body_before_person(tokens: Sequence[Token], first: int, last: int) -> int | None:
    """`president of the A Association X Y`: where the organisation ends, after a role and "of", before two capitals."""
    if role_of(tokens, first) is None:
        return None
    body = last - 2
    ends = body >= first and (not tokens[body].word.istitle() if body == first else tokens[body].low in nouns.ORGANISATION_WORDS)
    plain = all(token.word.istitle() and token.low not in nouns.ORGANISATION_WORDS for token in tokens[body + 1 : last + 1])
    return body if ends and plain else None


def split_roles(tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, int, bool]]:
    """Split `ABC General Secretary X` into the organisation, and the person marked as titled. A role alone is no name."""
    if _is_office(tokens, first, last):
        return [(first + 1, last, True)]
    if opens_with_title(tokens, first, last):
        return [(first, last, True)]
    if (body := _body_before_person(tokens, first, last)) is not None:
        return [(first, body, False), (body + 1, last, True)]
    roles = [i for i in range(first, last + 1) if tokens[i].low in nouns.ROLES and not tokens[i].word.isupper()]
    if not roles and last > first + 1 and tokens[first].low.endswith(_TRADES) and nouns.is_role(tokens[first].low):
        roles = [first]  # `Motorist X Y`
    if not roles or any(tokens[i].low in ("of", "for") for i in range(first, last + 1)):
        return [(first, last, False)]
    role = roles[-1]
    if role < last and tokens[last].low in nouns.ORGANISATION_WORDS and tokens[role].low in ("general", "royal", "speaker", "head"):
        return [(first, last, False)]  # "Northfield General Hospital"
    start = role
    while start > first and tokens[start - 1].low in nouns.ROLE_MODIFIERS | nouns.ROLES:
        start -= 1
    pieces: list[tuple[int, int, bool]] = []
    if role == last and start == role and role - first == 1 and not tokens[first].word.isupper() and not tokens[first].possessive:
        return [(first, last, False)]  # a surname that is also a role
    if start > first:
        pieces.append((first, start - 1, False))
    if role < last:
        pieces.append((role + 1, last, True))
    return pieces
