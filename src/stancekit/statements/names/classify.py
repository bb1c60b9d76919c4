"""Named-entity classification by form and context."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import AUXILIARIES, CUES
from stancekit.statements.names.titles import is_title, role_of
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.types import EntityKind
from stancekit.statements.text.wordlist import words

PEERS = words("duke duchess earl countess marquess marquis marchioness viscount viscountess prince princess")
"""Who goes by a title and a place: `the Duke of X`."""

_APPOSITION = 24
_REGULATOR = re.compile("Of[a-z]{3,7}")  # Ofcom, Ofgem


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `first` to `last` (inclusive) name somebody. `sure` tells evidence from a guess by form.

    `noun` is the common noun beside an organisation (`union`), or a person's role (`secretary`); `organisation` is the
    token index of the name of the person's organisation, where the sentence gives it; `civil` is the `mr` or `mrs` before it.
    """

    first: int
    last: int
    kind: EntityKind
    sure: bool
    noun: str | None = None
    organisation: int | None = None
    civil: str = ""


def civil_title(tokens: Sequence[Token], first: int) -> int:
    """Count the tokens before a name that are `Mr`, `Mrs.` and the like."""
    for size in (1, 2):
        if first >= size and tokens[first - size].low in nouns.CIVIL_TITLES and (size == 1 or tokens[first - 1].word == "."):
            return size
    return 0


def classify_name(tokens: Sequence[Token], first: int, last: int, titled: bool) -> Name:
    """Classify the name `tokens[first : last + 1]`. `titled` tells that a title or a role stands before it."""
    low = [token.low for token in tokens[first : last + 1]]
    if title := civil_title(tokens, first):
        return Name(first, last, "person", True, civil=tokens[first - title].low)
    before = tokens[first - 1].low if first else ""
    acronym = first == last and tokens[first].word.isupper() and len(tokens[first].word) > 1
    if titled:
        role = next((word for word in (before, low[0]) if word in nouns.ROLES), None)
        return Name(first, last, "person", True, role)
    if low[0] in PEERS and low[1:2] == ["of"] and low[-1] not in nouns.ORGANISATION_WORDS:
        return Name(first, last, "person", True, low[0])
    noun = _noun_beside(tokens, first, last)
    if before in nouns.ROLES and not acronym and not tokens[first].possessive and before not in ("general", "official", "state"):
        return Name(first, last, "person", True, before)
    if noun is not None:
        return Name(first, last, "organisation", True, noun)
    own = next((nouns.SYNONYMS[w] for w in low if w in nouns.SYNONYMS and (w == low[-1] or w not in nouns.FIRM_NAMES)), None) or next(
        (nouns.singular(w) for w in (low[-1], low[0]) if nouns.singular(w) in nouns.ORGANISATION_NOUNS), None
    )
    if _acts_as_body(tokens, first, last):
        return Name(first, last, "organisation", True, own)
    role = _role_after(tokens, last)
    if role is not None and not acronym:
        return Name(first, last, "person", True, role or None)
    of = "of" in low or "for" in low
    if first == last and _REGULATOR.fullmatch(tokens[first].word):
        return Name(first, last, "organisation", True, "regulator")
    if acronym or of or any(word in nouns.ORGANISATION_WORDS for word in low) or low[-1] in nouns.SYNONYMS:
        return Name(first, last, "organisation", acronym or of or low[-1] in nouns.ORGANISATION_WORDS, own)
    if " ".join(low) in nouns.PLACES:
        return Name(first, last, "organisation", False)
    plain = all(token.word[0].isalpha() or token.word == "." for token in tokens[first : last + 1])
    if plain and not is_title(tokens[first].word) and 1 <= last - first <= 4 and before not in ("the", "at", "in", "near", "to"):
        return Name(first, last, "person", False)
    return Name(first, last, "organisation" if before == "the" else "unknown", False)


def _acts_as_body(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Marks of an organisation: `the X said`, `X members`, `X’s general secretary`, `X spokesperson`."""
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following is None:
        return False
    if following.low in ("members", "spokesperson", "spokesman", "spokeswoman", "officials") and not tokens[last].possessive:
        return True
    if tokens[last].possessive:
        for token in tokens[last + 1 : last + 5]:
            if token.low in nouns.ROLES:
                return token.low not in nouns.PERSONAL_ROLES
            if token.low not in nouns.ROLE_MODIFIERS:
                return token.low in nouns.ORGANS - nouns.PERSONAL_ORGANS
        return False
    article = first > 0 and tokens[first - 1].low == "the"
    return article and (following.low in AUXILIARIES or following.low in CUES or following.low in ("and", "also") or following.word in ",.")


def _noun_beside(tokens: Sequence[Token], first: int, last: int) -> str | None:
    """The kind of organisation named beside the name: `the charity X`, `X nurses’ union`, `X, the water regulator`."""
    before = tokens[first - 1].low if first else ""
    if nouns.singular(before) in nouns.ORGANISATION_NOUNS and before not in ("police", "party") and not tokens[first - 1].possessive:
        return nouns.singular(before)
    if tokens[last].possessive:
        return None
    for token in tokens[last + 1 : last + 4]:
        if token.low in nouns.ORGANISATION_NOUNS and token.low not in nouns.ORGANS:
            return token.low
        if not (token.possessive and token.word[0].islower()):
            break
    size = len(tokens)
    index = last + 1
    if index < size and tokens[index].word == "(":  # X (ABC), the employer body
        index += 3
    if index + 1 < size and tokens[index].word == "," and tokens[index + 1].low in ("the", "a", "an"):
        for token in tokens[index + 2 : index + 8]:
            if (
                token.low in nouns.PREPOSITIONS_IN_ROLES
                or nouns.is_role(token.low)
                or not token.is_word
                or token.low in CUES
                or token.low in AUXILIARIES
            ):
                break
            if token.low in nouns.ORGANISATION_NOUNS and not token.possessive:
                return token.low
    return None


def _role_after(tokens: Sequence[Token], last: int) -> str | None:
    """The role in an apposition after a person's name (`X, chair of Y,`), `""` for other marks of a person, or None."""
    size = len(tokens)
    if last + 2 >= size or tokens[last].possessive:
        return None
    if tokens[last + 1].word in "(," and tokens[last + 2].word.isdigit() and len(tokens[last + 2].word) < 3:
        return ""
    if tokens[last + 1].low == "who" or (tokens[last + 1].word == "," and tokens[last + 2].low == "who"):
        return ""
    if tokens[last + 1].word not in (",", "–", "—", "("):
        return None
    role = None
    for token in tokens[last + 2 : last + 12]:
        if token.low in nouns.PREPOSITIONS_IN_ROLES or not token.is_word:
            break
        if token.low in AUXILIARIES or (token.low in CUES and not nouns.is_role(token.low)):
            return None
        if nouns.is_role(token.low) and not token.possessive:
            role = token.low
    return role


def with_organisation(tokens: Sequence[Token], names: Sequence[Name], index: int) -> Name:
    """Add a person's organisation from `Y’s chair X`, `Y chair X` or `X, chair of Y`."""
    name = names[index]
    if name.kind != "person":
        return name
    before = names[index - 1] if index else name
    gap = tokens[before.last + 1 : name.first]
    post = role_of(tokens, before.first) if [token.low for token in gap] == [","] else None
    if post and _is_body(tokens[max(0, before.first - 4) : before.first], before):
        return _replace(name, before.first, post)  # `the chair of the Y, X,`
    # A name that only looks like a person's is a body's before a role in small letters: `Harbour Watch director X`.
    guessed = not before.sure and all(token.word.islower() for token in gap) and not tokens[before.last].possessive
    if before.kind != "person" or (guessed and gap and gap[-1].low not in nouns.PERSONAL_ROLES):
        if not gap:
            return _replace(name, before.first, name.noun)  # `president of A, X`, without the comma
        roles = [t.low for t in gap if t.low not in ("’s", ",")]
        if roles and roles[0] != "and" and all(nouns.is_role(low) or low in nouns.ROLE_MODIFIERS or low == "and" for low in roles):
            return _replace(name, before.first, roles[-1])
    full = name.last > name.first
    if (name.sure or full) and index + 1 < len(names):
        other = names[index + 1]
        gap = tokens[name.last + 1 : other.first]
        if not name.sure:
            plain = [token.low for token in gap] in (["of"], ["of", "the"])  # `X Y of the Z Council`
            return _replace(name, other.first, name.noun) if plain and other.kind == "organisation" and other.sure else name
        commas = sum(token.word in (",", "–", "—", "(") for token in gap)
        role = any(nouns.is_role(token.low) for token in gap) or tokens[other.first].possessive or tokens[other.last].possessive
        if len(gap) <= _APPOSITION and 1 <= commas <= 2 and role and _is_body(gap, other) and not any(_is_verb(t) for t in gap):
            return _replace(name, other.first, name.noun)
        of = [token.low for token in gap[-2:]] == ["of", "the"] or (gap and gap[-1].low in ("of", "from", "at"))
        if len(gap) <= 2 and of and other.kind == "organisation":
            return _replace(name, other.first, name.noun)
    return name


def _is_body(gap: Sequence[Token], name: Name) -> bool:
    """Whether a name after a role is no person's: of one guessed to be by its form alone, not after `chief executive of`."""
    return name.kind != "person" or (not name.sure and gap[-1].low == "of" and not any(t.low in nouns.PERSONAL_ROLES for t in gap))


def _is_verb(token: Token) -> bool:
    return token.low in ("said", "says", "told", "was", "were", "is", "are", "has", "have", "had", "will") or token.word in (
        QUOTE,
        ":",
        ";",
    )


def _replace(name: Name, organisation: int, role: str | None) -> Name:
    return replace(name, organisation=organisation, noun=role)
