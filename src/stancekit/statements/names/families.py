"""Who is married to whom, and who of a family is meant: `X and his wife, Y`; `X and Y Surname`; `his mother, X`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from stancekit.statements.english.first_names import Gender, gender_of_given
from stancekit.statements.names.classify import Name
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.wordlist import words

_SPOUSES: dict[str, Gender] = {"wife": "f", "widow": "f", "husband": "m", "widower": "m", "partner": "", "fiancé": "m", "fiancée": "f"}
_KIN = words(
    "mother father son daughter brother sister uncle aunt cousin niece nephew mum mom dad grandmother grandfather grandson granddaughter"
    " stepmother stepfather twin"
) | frozenset(_SPOUSES)
_ANY_KIN = _KIN | {kin.removesuffix("fe") + "ves" if kin.endswith("fe") else kin + "s" for kin in _KIN}
_OWNERS: dict[str, Gender] = {"his": "m", "her": "f", "their": ""}
_GAP = 6


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people by the keys of their names, the one named first before the other, with the genders that the words tell.

    `surname` tells that the first goes by the other's (`X and Y Surname`). `sure` tells a couple from two who are named together.
    """

    keys: tuple[str, str]
    genders: tuple[Gender, Gender]
    surname: bool = False
    sure: bool = True


def find_couples(tokens: Sequence[Token], names: Sequence[Name], keys: Sequence[str]) -> Iterator[Couple]:
    """The couples among the names of a sentence."""
    for index in range(1, len(names)):
        left, right, pair = names[index - 1], names[index], (keys[index - 1], keys[index])
        gap = tokens[left.last + 1 : right.first]
        if not all(pair) or pair[0] == pair[1] or len(gap) > _GAP or "organisation" in (left.kind, right.kind):
            continue
        lows = [token.low for token in gap if token.word != ","]
        if (spouse := _spouse(lows[1:] if lows[:1] == ["and"] else lows)) is not None:
            yield Couple(pair, spouse)
        elif tokens[left.last].possessive and lows and lows[-1] in _SPOUSES:
            yield Couple(pair, ("", _SPOUSES[lows[-1]]))
        elif lows == ["and"] and len(gap) == 1 and not tokens[left.last].possessive and right.first < right.last:
            if left.first == left.last:
                yield Couple(pair, ("", ""), surname=True, sure=bool(gender_of_given(tokens[left.first].word)))
            elif tokens[left.last].low == tokens[right.last].low:
                yield Couple(pair, ("", ""))


def _spouse(lows: Sequence[str]) -> tuple[Gender, Gender] | None:
    """`his wife`, `her late husband`; `husband of`: the genders of the one before and of the one after."""
    if len(lows) > 1 and lows[0] in _OWNERS and lows[-1] in _SPOUSES:
        return _OWNERS[lows[0]], _SPOUSES[lows[-1]]
    plain = lows[1:] if lows[:1] == ["the"] else lows
    if len(plain) > 1 and plain[0] in _SPOUSES and plain[-1] == "of":
        return _SPOUSES[plain[0]], ""
    return None


def relation(tokens: Sequence[Token], name: Name) -> str | None:
    """`His mother, X, …`: the noun by which a given name on its own is introduced as somebody's."""
    if name.first != name.last or tokens[name.first].possessive:
        return None
    at = name.first - 1
    if at > 0 and tokens[at].word == ",":
        at -= 1
    if at < 1 or tokens[at].low not in _KIN:
        return None
    before = tokens[max(0, at - 3) : at]
    owned = any(token.low in _OWNERS or token.possessive for token in before)
    return tokens[at].low if owned and all(token.is_word for token in before[-1:]) else None


def has_kin(tokens: Sequence[Token]) -> bool:
    """Whether the sentence speaks of anybody's family."""
    return any(token.low in _ANY_KIN for token in tokens)


def bearer(title: Literal["f", "m"], known: Sequence[tuple[str, Gender, Gender]], couples: Sequence[Couple]) -> str | None:
    """Which of those of a surname `Mr` or `Mrs` means, each given by key, told gender and that of the first name; None for nobody of them.

    One who is told to be of that gender, else whose husband or wife is told to be of the other, else of whom the first name says so.
    Where nothing tells, the man is named first.
    """
    told = {key: gender for key, gender, _ in known}
    partners: dict[str, str] = {}
    for couple in couples:
        for (one, gender), other in zip(zip(couple.keys, couple.genders, strict=True), reversed(couple.keys), strict=True):
            partners.setdefault(one, other)
            if one in told:
                told[one] = told[one] or gender
    named = {key: name for key, _, name in known}
    fitting = [key for key, _, _ in known if told[key] in (title, "")]
    by_words = [key for key in fitting if told[key] == title] or [key for key in fitting if _is_other(partners.get(key), told, title)]
    by_name = [key for key in fitting if named[key] == title] or [key for key in fitting if _is_other(partners.get(key), named, title)]
    found = by_words or by_name or [key for key in fitting if not named[key]]
    if not found:
        return fitting[0] if len(fitting) == 1 else None
    return found[-1] if title == "f" and any(partners.get(key) in found for key in found) else found[0]


def _is_other(partner: str | None, genders: Mapping[str, Gender], title: Gender) -> bool:
    """Whether the husband or wife is of the other gender."""
    return partner is not None and genders.get(partner, "") not in (title, "")
