"""Titles before persons' names and letters behind them: `DCI`, `Councilman`; `KC`, `OBE`."""

from collections.abc import Sequence

from stancekit.statements.english import nouns
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.wordlist import words

_MORE = words(
    "councilman councilwoman alderman alderwoman assemblyman assemblywoman committeeman committeewoman selectman selectwoman trooper"
    " det insp detective rt revd ven hon canon archdeacon pastor monsignor msgr rabbi imam commodore brigadier corporal cpl maj cmdr"
    " wg sqn flt adm emeritus"
)
# In capitals only: `Di` is a name, `pc` and `dc` are other things.
_CAPITALS = words("PC WPC TPC PCSO DC DS DI DCI DCS ACC DCC MSgt SSgt")
_BEHIND = words("KC QC OBE MBE CBE KBE DBE GBE BEM CVO FRS FBA FRSA JP PhD DSO DSC CMG KCB KCMG DL FRCS FRCP")
_LATER = words("Jr Jnr Sr Snr II III")
_BODIES = words(
    "trust group council company ltd plc service services union college association world comics university police house hotel records"
    " entertainment united city church society club fund foundation gardens row wharf"
)


def is_title(word: str) -> bool:
    """Whether a word before a name, without its stop, is a title or a rank."""
    return word.lower() in nouns.TITLES or word.lower() in _MORE or word in _CAPITALS


def is_rank(word: str) -> bool:
    """A title that this module knows beside the usual ones, and that names of bodies and places may begin with too."""
    return word.lower() not in nouns.TITLES and is_title(word)


def opens_with_title(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the run of capitals is a title and a person's name: `DCI X`, but not `DC Comics`."""
    if first == last or not is_title(tokens[first].word):
        return False
    return not is_rank(tokens[first].word) or tokens[last].low not in _BODIES


def role_of(tokens: Sequence[Token], first: int) -> str | None:
    """Return the role that what begins at `first` is of: `chair` of `chair of the X`."""
    before = first - 1 if first and tokens[first - 1].low != "the" else first - 2
    owned = before > 0 and tokens[before].low in ("of", "at", "for", "with") and nouns.is_role(tokens[before - 1].low)
    return tokens[before - 1].low if owned else None


def is_postnominal(word: str) -> bool:
    """Letters behind a person's name that are no part of it: `KC`."""
    return word in _BEHIND


def is_later(word: str) -> bool:
    """`Jr`, `III`: part of a person's name, but no surname."""
    return word in _LATER


def without_letters(name: str) -> str:
    """Remove the letters behind a name."""
    found = name.split()
    while len(found) > 1 and is_postnominal(found[-1]):
        found = found[:-1]
    if found and is_later(found[-1].rstrip(".")):
        found[-1] = found[-1].rstrip(".")
    return " ".join(found)


def untitled(name: str, titles: frozenset[str] = frozenset()) -> list[str]:
    """Return the words of a name after its titles, all but those in `titles`; one word is always left."""
    found = name.split()
    while len(found) > 1 and is_title(word := found[0].strip(".")) and word.lower() not in titles:
        found = found[1:]
    return found


def surname(name: str) -> str:
    """Return the last word of a name that is no `Jr`."""
    found = name.split()
    while len(found) > 1 and is_later(found[-1].strip(".")):
        found = found[:-1]
    return found[-1]
