"""The lines under a letter that say who wrote it, by their form alone."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import AUXILIARIES, CUES
from stancekit.statements.segmentation.lines import MAX_HEADING_CHARACTERS, is_salutation
from stancekit.statements.text.wordlist import words

_BREAK = re.compile(r"\s*(?:[,;|(]|\s[–—-]\s)\s*")
_JOINED = re.compile(r"\s(?:and|&)\s")
_ORGANISATIONS = nouns.ORGANISATION_WORDS | nouns.ORGANISATION_NOUNS
_WITHHELD = re.compile(r"names? (?:and address(?:es)? )?(?:supplied|withheld)(?: .{1,30})?", re.IGNORECASE)
_PARTICLES = words("de da di du van von der den del bin al la le ap ab")
_STOPS = frozenset('.!?…:;”"»')
_MAX_WORDS = 20
_MAX_NAME_WORDS = 5
_MAX_UNDER_WORDS = 8
_UNDER = 2
"""So many lines under a name may tell role, organisation and place."""
MAX_SIGNATURE = 60
"""A signature has at most so many lines."""
# What stands under a picture, or under what a paper's own staff have written.
_IN_PICTURES = words("pictured photographed left right centre image photo")
_JOURNALISTS = words("correspondent reporter columnist freelance photographer critic reviewer journalist blogger")
_AUTHORING = words("writes reports blogs tweets reviews presents edits hosts")
_BEAT = re.compile(r"(?:[a-z][\w-]+ ){1,3}(?:editor|writer)|(?:the )?editor", re.IGNORECASE)
_OUTLET = re.compile(
    r"(?:\S+ ){0,4}(?:guardian|times|telegraph|independent|mirror|(?<!royal )mail|express|herald|gazette|post|tribune|chronicle|echo"
    r"|courier|observer|mercury|argus|examiner|advertiser|standard|reuters|bbc|itv|news|magazine)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_SENT = re.compile(r"(?:by|via|sent by) e-?mail|online|e-?mail", re.IGNORECASE)
# Last words of names of places that are seldom the name of a person's.
_PLACES = words(
    "bay sands common valley island isle islands heights gardens beach harbour village county junction magna parva avenue road street"
    " square terrace estate hills downs abbas regis sea docks quay wood end green hill park"
)


def is_signatory(line: str) -> bool:
    """Whether a line is a person's name, alone or with role, organisation or place: `Dr A. Example, chair, Union of Examples`."""
    if not _is_short(line, _MAX_WORDS) or is_salutation(line):
        return False
    first, *rest = _BREAK.split(line)
    names = _JOINED.split(first)
    return is_withheld(line) or (_is_name(names[0]) and all(_is_post(part) and not _is_byline(part) for part in [*names[1:], *rest]))


def is_withheld(line: str) -> bool:
    """Whether a line stands for a name that is kept back: `Name and address supplied`."""
    return bool(_WITHHELD.fullmatch(line))


def names_in(line: str) -> list[str]:
    """The names that a signatory's line begins with, without `Mr` or `Dr`: `Dr A. Example and B. Example, Union of Examples` has two."""
    return [_untitled(name) for name in _JOINED.split(_BREAK.split(line)[0]) if _is_name(name)]


def organisation_in(line: str) -> str | None:
    """The organisation that stands with a name, or in a line of its own, as it is written; None where none is told by its words."""
    for part in _BREAK.split(line):
        found = part.removeprefix("of ").removeprefix("the ").strip(") ")
        if found[:1].isupper() and any(word.lower() in _ORGANISATIONS for word in found.split()) and len(found.split()) > 1:
            return found
    return None


def goes_with_name(line: str) -> bool:
    """Whether a line under a name tells role, organisation or place, or how the letter came."""
    if _SENT.fullmatch(line):
        return True
    if not _is_short(line, _MAX_UNDER_WORDS) or is_salutation(line) or not _is_post(line):
        return False
    found = line.replace(",", " ").split()
    capitals = all(word[0].isupper() or word in nouns.PREPOSITIONS_IN_ROLES or not word[0].isalpha() for word in found)
    return (capitals and found[0].lower() not in nouns.FUNCTION_WORDS - {"the"}) or any(nouns.is_role(word.lower()) for word in found[:4])


def read_signature(lines: Iterable[str], *, closed: bool, page: bool = False) -> list[bool]:
    """For each of the lines, from the first, that is a signature's: whether it names who signed. A name's post and place may follow it.

    Under a closing phrase (`closed`) the first is one where it is short and has no stop, whatever else it is. On a `page` of
    letters two lines that look like names are a name and a place.
    """
    found = list(islice(lines, MAX_SIGNATURE))
    signed: list[bool] = []
    under = 0
    for number, line in enumerate(found):
        if under < _UNDER and signed[-1:] == [True] and _is_place(line, found, number, page=page):
            named = False
        elif is_signatory(line) or (closed and not signed and _is_short(line, _MAX_WORDS) and not is_salutation(line)):
            named = True
        elif signed and under < _UNDER and goes_with_name(line):
            named = False
        else:
            break
        signed.append(named)
        under = 0 if named else under + 1
    return signed


def _is_place(line: str, lines: Sequence[str], number: int, *, page: bool) -> bool:
    """Whether a line under a bare name that looks like a name is a place: `Example Bay`."""
    if not (is_signatory(line) and is_bare(line) and is_bare(lines[number - 1])) or names_in(line) != [line]:
        return False
    if page:
        first = number < 2 or not is_signatory(lines[number - 2])
        return first and (number + 1 == len(lines) or not is_signatory(lines[number + 1]))
    return line.split()[-1].lower() in _PLACES


def is_bare(line: str) -> bool:
    """Whether a line has no role, organisation or place beside the name."""
    return len(_BREAK.split(line)) == 1


def _is_short(line: str, most: int) -> bool:
    if len(line) > MAX_HEADING_CHARACTERS or line[-1] in _STOPS or "@" in line:
        return False
    return line[0].isalnum() and len(line.split()) <= most


def _is_name(name: str) -> bool:
    """Two words or more with a capital, a title among them or not; no organisation's."""
    found = name.split()
    if not 1 < len(found) <= _MAX_NAME_WORDS or found[-1].lower() in _ORGANISATIONS:
        return False
    return all(word in _PARTICLES or _is_name_word(word) for word in found) and found[-1] not in _PARTICLES


def _untitled(name: str) -> str:
    title, _, rest = name.partition(" ")
    return _untitled(rest) if rest and title.lower().strip(".") in nouns.TITLES - nouns.HONOURS else name


def _is_name_word(word: str) -> bool:
    letters = word.replace(".", "").replace("’", "").replace("'", "").replace("-", "")
    low = word.lower().strip(".")
    known = low in nouns.FUNCTION_WORDS or low in nouns.NOT_NAMES
    return letters.isalpha() and word[0].isupper() and (not known or low in nouns.TITLES or len(low) == 1)


def _is_byline(part: str) -> bool:
    """Whether words after a name tell an author, an outlet or a picture: `food critic`, `The Example`, `1974`."""
    found = part.strip(") .")
    outlet = found[:1].isupper() and bool(_OUTLET.fullmatch(found))
    return outlet or bool(_BEAT.fullmatch(found) or _YEAR.search(found)) or not _AUTHORING.isdisjoint(found.split())


def _is_post(part: str) -> bool:
    """Whether words after a name can be a role, an organisation or a place: nothing is told in them."""
    for word in part.strip(") ").split():
        low = word.lower().strip(",")
        cue = CUES.get(low)
        if low in AUXILIARIES or low in nouns.RELATIVES or low in _JOURNALISTS or word in _IN_PICTURES:
            return False
        if cue is not None and cue.form == "past" and word.islower():
            return False
    return True
