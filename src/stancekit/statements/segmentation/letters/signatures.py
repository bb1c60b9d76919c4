"""Signatures under letters, by their form."""

import re
from collections.abc import Iterable
from itertools import islice

from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import AUXILIARIES, CUES
from stancekit.statements.segmentation.lines import MAX_HEADING_CHARACTERS, is_salutation
from stancekit.statements.text.wordlist import words

_BREAK = re.compile(r"\s*(?:[,;|(]|\s[–—-]\s)\s*")
_JOINED = re.compile(r"\s(?:and|&)\s")
_ORGANISATIONS = nouns.ORGANISATION_WORDS | nouns.ORGANISATION_NOUNS
_PARTICLES = words("de da di du van von der den del bin al la le ap ab")
_STOPS = frozenset('.!?…:;”"»')
_MAX_WORDS = 20
_MAX_NAME_WORDS = 5
_MAX_UNDER_WORDS = 8
_UNDER = 2
"""At most this many lines under a name may give role, organisation and place."""
MAX_SIGNATURE = 60
"""A signature has at most this many lines."""


def is_signatory(line: str) -> bool:
    """Tell whether a line is a name, alone or with role, organisation or place: `Dr A. Example, chair, Union of Examples`."""
    if not _is_short(line, _MAX_WORDS) or is_salutation(line):
        return False
    first, *rest = _BREAK.split(line)
    names = _JOINED.split(first)
    return _is_name(names[0]) and all(_is_post(part) for part in [*names[1:], *rest])


def names_in(line: str) -> list[str]:
    """List the names that a signatory's line begins with, without `Mr` or `Dr`: `Dr A. Example and B. Example, Union` has two."""
    return [_untitled(name) for name in _JOINED.split(_BREAK.split(line)[0]) if _is_name(name)]


def organisation_in(line: str) -> str | None:
    """Return the organisation that stands with a name, or in a line of its own, as it is written; None where none is told by its words."""
    for part in _BREAK.split(line):
        found = part.removeprefix("of ").removeprefix("the ").strip(") ")
        if found[:1].isupper() and any(word.lower() in _ORGANISATIONS for word in found.split()) and len(found.split()) > 1:
            return found
    return None


def goes_with_name(line: str) -> bool:
    """Tell whether a line under a name tells role, organisation or place."""
    if not _is_short(line, _MAX_UNDER_WORDS) or is_salutation(line) or not _is_post(line):
        return False
    found = line.replace(",", " ").split()
    capitals = all(word[0].isupper() or word in nouns.PREPOSITIONS_IN_ROLES or not word[0].isalpha() for word in found)
    return (capitals and found[0].lower() not in nouns.FUNCTION_WORDS - {"the"}) or any(nouns.is_role(word.lower()) for word in found[:4])


def read_signature(lines: Iterable[str], *, closed: bool) -> list[bool]:
    """For each of the lines, from the first, that is a signature's: whether it names who signed. A name's post and place may follow it.

    Under a closing phrase (`closed`) the first is one where it is short and has no stop, whatever else it is.
    """
    found = list(islice(lines, MAX_SIGNATURE))
    signed: list[bool] = []
    under = 0
    for line in found:
        if is_signatory(line) or (closed and not signed and _is_short(line, _MAX_WORDS) and not is_salutation(line)):
            named = True
        elif signed and under < _UNDER and goes_with_name(line):
            named = False
        else:
            break
        signed.append(named)
        under = 0 if named else under + 1
    return signed


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


def _is_post(part: str) -> bool:
    """Whether words after a name can be a role, an organisation or a place: nothing is told in them."""
    for word in part.strip(") ").split():
        low = word.lower().strip(",")
        cue = CUES.get(low)
        if low in AUXILIARIES or low in nouns.RELATIVES:
            return False
        if cue is not None and cue.form == "past" and word.islower():
            return False
    return True
