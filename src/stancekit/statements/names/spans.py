"""Name spans of a sentence: runs of capitalised words."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import AUXILIARIES, CUES, PREPOSITIONS
from stancekit.statements.names.classify import PEERS, Name, civil_title, classify_name, with_organisation
from stancekit.statements.names.split import CONNECTORS, split_roles
from stancekit.statements.names.titles import is_later, is_postnominal, is_title, opens_with_title, role_of
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.wordlist import words

# Before surnames, several together or after a title alone: `X van der Y`, `Ms de la Y`.
_PARTICLES = words("von van de da di du del della der den dos das af la las los le ten ter zu zum zur und y e el al ibn bin")
_LEADING = words("von van de da di du del della dos das af ibn bin")
_MOST_PARTICLES = 3
# What describes a name and is none, whatever it begins with: `London-based`.
_DESCRIBING = words(
    "based born led owned run backed trained funded educated headquartered listed area bound style speaking wide registered made"
)
_ARTICLED = re.compile(r"(?:al|an|ar|as|el)[-’'][A-Z]")
_MAX_WORDS = 10
_NONE: Mapping[str, Sequence[Sequence[str]]] = {}
_TITLE_WORDS = 4
_DATELINE = 9
_SHORTEST_PLACE = 4
_OPENING = nouns.DETERMINERS | {"of", "at", "for"}
_DASHES = frozenset("—–-")
_STARTS = frozenset((":", ".", "?", "!", QUOTE, "“", '"', "‘", "(", "•", "-"))
_IRREGULAR = words("men women children people")
_KICKERS = words("breaking exclusive update updated watch listen live video developing revealed alert opinion analysis")
"""What is before a colon at the head of a post or a headline, and nobody's name."""


def is_capital(token: Token) -> bool:
    """Whether the token may be part of a name: no weekday, no role in capitals (CEO, MP), and not `London-based`."""
    if not (token.word[0].isupper() or (token.word[0] in "ae" and _ARTICLED.match(token.word))) or token.low in nouns.NOT_NAMES:
        return False
    if "-" in token.low and token.low.rpartition("-")[2] in _DESCRIBING:
        return False
    return not (token.word.isupper() and token.low in nouns.ROLES)


def find_names(
    tokens: Sequence[Token], lower: Collection[str], upper: Collection[str] = (), phrases: Mapping[str, Sequence[Sequence[str]]] = _NONE
) -> list[Name]:
    """Find the names in order. `lower` holds the words that the article also writes in lower case, `upper` those that
    begin names: the registry's, and words with a capital within a sentence that never go without. `phrases` are the registry's
    names of several words, in small letters, by their first word: they are names in small letters too."""
    runs = [piece for first, last in _runs(tokens, lower, upper, phrases) for piece in split_roles(tokens, first, last)]
    names = [classify_name(tokens, first, last, titled) for first, last, titled in runs]
    return [_told(tokens, with_organisation(tokens, names, index)) for index in range(len(names))]


def _told(tokens: Sequence[Token], name: Name) -> Name:
    """The name with what a noun in front of its comma tells (`Her husband, X,`; `The regulator, X,`) or a plural in it (`Nurses’ X`)."""
    noun = _noun_before_comma(tokens, name)
    if noun is None:
        return name
    if nouns.is_role(noun):
        described = name.kind == "person" and name.sure and not nouns.gender_of(noun)  # `His wife, the nurse X,` tells that X is "she"
        return name if described or name.kind == "organisation" else replace(name, kind="person", sure=True, noun=noun)
    return name if name.sure and name.kind == "person" else replace(name, kind="organisation", sure=True, noun=name.noun or noun)


def _noun_before_comma(tokens: Sequence[Token], name: Name) -> str | None:
    """The noun of the phrase with an article or an owner that ends in a comma before the name, where a mark ends the name too."""
    after = tokens[name.last + 1] if name.last + 1 < len(tokens) else None
    if tokens[name.last].possessive or (after is not None and after.is_word):
        return None
    comma = name.first - 1
    titled = nouns.is_role(tokens[comma].low) and tokens[comma].word[0].islower() if comma > 1 else False
    while titled and comma > 1 and name.first - comma <= _TITLE_WORDS and tokens[comma].is_word:
        comma -= 1
    if comma < 2 or tokens[comma].word != "," or not tokens[comma - 1].is_word or tokens[comma - 1].possessive:
        return None
    first = next((i for i in range(comma - 1, max(0, comma - 5), -1) if tokens[i - 1].low in _OPENING), comma - 1)
    noun = role_of(tokens, first) or tokens[comma - 1].low  # `the chair of the local club, X,`
    before = tokens[max(0, comma - 4) : comma - 1]
    owned = any(token.possessive or token.low in nouns.DETERMINERS for token in before)
    return noun if owned and tokens[comma - 1].word[0].islower() and (nouns.is_role(noun) or noun in nouns.ORGANISATION_NOUNS) else None


def _runs(
    tokens: Sequence[Token], lower: Collection[str], upper: Collection[str], phrases: Mapping[str, Sequence[Sequence[str]]]
) -> list[tuple[int, int]]:
    """Spans of tokens that read as names, roles in capitals included."""
    found: list[tuple[int, int]] = []
    index, size = _after_dateline(tokens), len(tokens)
    while index < size:
        token = tokens[index]
        end = _registered(tokens, index, phrases) if token.low in phrases else 0
        if end and not is_capital(tokens[end - 1]):
            found.append((index, end - 1))
            index = end
            continue
        if not is_capital(token) or _begins_by_chance(tokens, index, lower, upper):
            index += 1
            continue
        last = index
        while last - index < _MAX_WORDS:
            step = _next_in_name(tokens, index, last, lower, phrases)
            if step is None:
                break
            last = step
        if not (index == last and is_postnominal(token.word)):
            found.append((_with_particles(tokens, index), _with_stop(tokens, last)))
        index = last + 1
    return found


def _after_dateline(tokens: Sequence[Token]) -> int:
    """Where the sentence begins behind `LONDON, Monday (PA) –`: a place in capitals, and a capital after the only dash. 0 without one."""
    if not tokens or not tokens[0].word.isupper() or len(tokens[0].word) < _SHORTEST_PLACE:
        return 0
    if tokens[0].low in _KICKERS and (colon := next((i for i, token in enumerate(tokens[1:3], 1) if token.word == ":"), 0)):
        return colon + 1
    dash = next((i for i, token in enumerate(tokens[:_DATELINE]) if token.word in _DASHES), 0)
    if not dash or dash + 1 == len(tokens) or not (tokens[dash + 1].word[0].isupper() or tokens[dash + 1].word in _STARTS):
        return 0
    before = all(token.word[0].isupper() or not token.word[0].isalpha() for token in tokens[:dash])
    return dash + 1 if before and not any(token.word in _DASHES for token in tokens[dash + 1 :]) else 0


def _with_particles(tokens: Sequence[Token], first: int) -> int:
    """Where a surname begins whose particles have no capital: `Ms van der X`."""
    start = first
    while start and first - start < _MOST_PARTICLES and tokens[start - 1].low in _PARTICLES and tokens[start - 1].word.islower():
        start -= 1
    while start < first and tokens[start].low not in _LEADING:
        start += 1
    return start


def _with_stop(tokens: Sequence[Token], last: int) -> int:
    """`X Y Jr.`: the stop is the abbreviation's where the sentence goes on."""
    goes_on = last + 2 < len(tokens) and (tokens[last + 2].word == "," or tokens[last + 2].word[0].islower())
    return last + 1 if goes_on and is_later(tokens[last].word) and tokens[last + 1].word == "." else last


def _begins_by_chance(tokens: Sequence[Token], index: int, lower: Collection[str], upper: Collection[str]) -> bool:
    """A capital that only begins the sentence (or a quotation within it)."""
    token = tokens[index]
    low = token.low
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    within = index > 0 and tokens[index - 1].word not in _STARTS and following is not None and is_capital(following)
    if following is not None and is_capital(following) and _owns_in_name(tokens, index, lower):
        return False
    if following is not None and low in _LEADING and following.low in _PARTICLES:
        return False
    if low in nouns.HEADS_OF_NAMES and following is not None and following.low in ("of", "for") and _goes_on_after(tokens, index + 1):
        return False
    if low in PREPOSITIONS and following is not None and not is_capital(following):
        return True
    if low in nouns.FUNCTION_WORDS and not (within and low in nouns.IN_NAMES):
        return not (token.word.isupper() and len(token.word) > 1 and low in ("us", "it", "who", "un"))
    if index and tokens[index - 1].word not in _STARTS and not (tokens[index - 1].word in _DASHES and _after_dateline(tokens) == index):
        return False
    if (token.word.isupper() and len(token.word) > 1) or token.word in upper:
        return False
    common = low in lower or low in nouns.PEOPLE or nouns.singular(low) in nouns.ORGANISATION_NOUNS or nouns.is_role(low) or low in CUES
    if following is not None and is_capital(following) and not token.possessive:
        return (low.endswith(("ing", "ed", "ly")) and low in lower) or low in nouns.PEOPLE or (common and following.word.isupper())
    if low.endswith(("ing", "ed", "ly")) and not token.possessive:
        return following is None or (following.low not in CUES and following.low not in AUXILIARIES)
    plural = low.endswith("s") and not low.endswith("ss") and not token.possessive
    if plural and following is not None and following.low in PREPOSITIONS | {"are", "were", "have"}:
        return True  # "Charges against"
    return common or low.split("-")[0] in nouns.TENS


def _goes_on_after(tokens: Sequence[Token], index: int) -> bool:
    """`Ministry of X`: a capital after "of"."""
    return index + 1 < len(tokens) and is_capital(tokens[index + 1])


def _owns_in_name(tokens: Sequence[Token], index: int, lower: Collection[str]) -> bool:
    """Whether a possessive is part of a name with the capital after it: `Women’s Institute`, `Farmers’ Union`, `Nurses’ Guild`."""
    token, following = tokens[index], tokens[index + 1]
    if not token.possessive or following.low in nouns.ROLES:
        return False
    if following.low in nouns.ORGANISATION_WORDS and not token.word.isupper():
        return True
    if token.low in _IRREGULAR:
        return True
    if token.word[-1] not in "sS":
        return False
    if any(t.low in nouns.ORGANISATION_WORDS for t in tokens[index + 1 : index + 4]):
        return True
    named = index + 2 < len(tokens) and is_capital(tokens[index + 2])  # `the nurses’ Given Surname`
    return not named and (nouns.is_role(nouns.singular(token.low)) or token.low in lower)


def _next_in_name(
    tokens: Sequence[Token], first: int, last: int, lower: Collection[str], phrases: Mapping[str, Sequence[Sequence[str]]]
) -> int | None:
    """Index of the token that goes on with the name, or None."""
    size = len(tokens)
    if last + 1 >= size:
        return None
    token, following = tokens[last], tokens[last + 1]
    if token.possessive:
        return last + 1 if is_capital(following) and _owns_in_name(tokens, last, lower) else None
    if following.word == "." and (len(token.word) == 1 or is_title(token.word)) and last + 2 < size and is_capital(tokens[last + 2]):
        return last + 2  # an initial, or a title's stop
    if is_capital(following) and (following.low not in nouns.FUNCTION_WORDS or following.low in nouns.IN_NAMES):
        return last + 1
    if last + 2 >= size:
        return None
    after = tokens[last + 2]
    if following.low in _PARTICLES and (step := _after_particles(tokens, last + 1)) > last + 2:
        return step
    if following.low in ("of", "for") and _is_persons(tokens, first, last, lower):
        return None
    connects = following.low in CONNECTORS or following.word in _LEADING
    if connects and is_capital(after) and (token.low not in nouns.ROLES or (first == last and token.low in PEERS)):
        return last + 2 if not (following.low in ("of", "for") and after.word.isupper()) or following.low == "&" else None
    if (
        following.low in ("of", "for")
        and after.low == "the"
        and last + 3 < size
        and is_capital(tokens[last + 3])
        and token.low in nouns.HEADS_OF_NAMES
    ):
        return last + 3
    if following.low == "and" and is_capital(after) and not after.word.isupper():
        inside = {t.low for t in tokens[first:last]}
        head = tokens[first].low in nouns.HEADS_OF_NAMES or any(t.low in nouns.HEADS_OF_NAMES for t in tokens[first:last])
        return last + 2 if (head and inside & {"of", "for"}) or _registered(tokens, first, phrases) > last + 2 else None
    return None


def _after_particles(tokens: Sequence[Token], index: int) -> int:
    """Index of the capital after particles that begin at `index`; -1 where none follows."""
    end = index
    while end < len(tokens) and end - index < _MOST_PARTICLES and tokens[end].low in _PARTICLES and tokens[end].word.islower():
        end += 1
    return end if end < len(tokens) and is_capital(tokens[end]) else -1


def _registered(tokens: Sequence[Token], first: int, phrases: Mapping[str, Sequence[Sequence[str]]]) -> int:
    """Where the longest name of the registry ends that begins at `first`; 0 where none does."""
    ends = [first + len(phrase) for phrase in phrases.get(tokens[first].low, ())]
    return max((end for end in ends if [token.low for token in tokens[first:end]] in phrases[tokens[first].low]), default=0)


def _is_persons(tokens: Sequence[Token], first: int, last: int, lower: Collection[str]) -> bool:
    """Whether the capitals so far are a person's name, which "of" does not go on with: `X Y of Z Police`."""
    if civil_title(tokens, first) or (opens_with_title(tokens, first, last) and tokens[first].low not in nouns.HONOURS):
        return True
    plain = [token for token in tokens[first : last + 1] if token.word != "."]
    known = nouns.ORGANISATION_WORDS | nouns.HEADS_OF_NAMES | nouns.PEOPLE | nouns.PARTS_OF_PLACES | nouns.FUNCTION_WORDS
    if not 2 <= len(plain) <= _MOST_PARTICLES or any(t.low in known or nouns.is_role(t.low) or not t.word[0].isupper() for t in plain):
        return False
    return not plain[-1].word.isupper() and plain[-1].low not in lower and nouns.singular(plain[-1].low) not in nouns.ORGANISATION_NOUNS
