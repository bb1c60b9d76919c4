"""Names with an "and" in them: `A and B NHS Foundation Trust`, `Marks and Spencer`, against two names that "and" joins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from stancekit.statements.english import nouns
from stancekit.statements.names.classify import civil_title
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.wordlist import words

_NAME = r"[A-Z][^\W\d_A-Z][\w-]*+"
# Who speaks by one name elsewhere is a name of its own, and so is the second of two capitals: a surname.
_APART = re.compile(
    rf"(?<!and )({_NAME})(?: (?:said|says|told|added|warned|argued|insisted|believes|wants|called|accused)\b)|({_NAME}) ({_NAME})"
)
_BODIES = words(
    "trust council college university hospital hospitals police constabulary partnership agency authority service services association"
    " federation society institute infirmary school academy bank group commission executive foundation assembly chamber"
    " diocese airport club alliance organisation organization"
)
_HOUSES = frozenset(
    tuple(pair.split("_"))
    for pair in words(
        "marks_spencer johnson_johnson procter_gamble ernst_young fortnum_mason dolce_gabbana bang_olufsen abercrombie_fitch"
        " barnes_noble smith_wesson simon_schuster crabtree_evelyn legal_general tate_lyle holland_barrett farrow_ball slater_gordon"
    )
)
_NO_FIRST_NAMES = nouns.PARTS_OF_PLACES | nouns.FUNCTION_WORDS | nouns.ROLES
_MOST = 7


@dataclass(frozen=True)
class Compounds:
    """What the text of an article tells of its "and"s."""

    text: str = ""

    @cached_property
    def apart(self) -> frozenset[str]:
        """Words that are names by themselves: somebody says something, or they are surnames."""
        return frozenset(alone or second for alone, first, second in _APART.findall(self.text) if first.lower() not in _NO_FIRST_NAMES)

    def goes_on(self, tokens: Sequence[Token], first: int, last: int) -> int | None:
        """Where the name that begins with `tokens[first : last + 1]` goes on after an "and"; None where it ends there."""
        after = last + 2
        if after >= len(tokens) or tokens[last + 1].low != "and" or tokens[last].possessive or not _is_word(tokens[after]):
            return None
        if _listed(tokens, first) or civil_title(tokens, first) or (first and nouns.is_role(tokens[first - 1].low)):
            return None
        left, right = tokens[last], tokens[after]
        if first == last and not (after + 1 < len(tokens) and tokens[after + 1].word[0].isupper()):
            return after if (left.low, right.low) in _HOUSES else None
        placed = last - first == 1 and tokens[first].low in nouns.PARTS_OF_PLACES
        if (first < last and not placed) or not _is_word(left) or left.word in self.apart or not _may_be_place(left.low):
            return None
        return after if _ends_in_body(tokens, after) else None


def _is_word(token: Token) -> bool:
    """A capital with small letters after it: no acronym."""
    return token.word[0].isupper() and not token.word.isupper()


def _listed(tokens: Sequence[Token], first: int) -> bool:
    """Whether a name and a comma come before: `The Guild, A and the B`."""
    return first > 1 and tokens[first - 1].word == "," and tokens[first - 2].word[0].isupper()


@lru_cache(maxsize=4096)
def _may_be_place(low: str) -> bool:
    """Whether a word is none of those that are names or parts of names of bodies and people by themselves."""
    known = nouns.ORGANISATION_WORDS | nouns.PARTIES | nouns.DEMONYMS | nouns.PEOPLE | nouns.TITLES | nouns.FUNCTION_WORDS
    return low not in known and not nouns.is_role(low)


def _ends_in_body(tokens: Sequence[Token], first: int) -> bool:
    """Whether two capitals or more from `first` on end in a word such as `Council`."""
    last = first
    while last + 1 < len(tokens) and last - first < _MOST and tokens[last + 1].word[0].isupper() and not tokens[last].possessive:
        last += 1
    return last > first and tokens[last].low in _BODIES
