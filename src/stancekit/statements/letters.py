"""Letters reproduced in an article without quotation marks: where they begin and end, and who signed them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from stancekit.statements.cast import Mention
from stancekit.statements.correspondence import find_letters
from stancekit.statements.entities import Voice, Voices, voice_of
from stancekit.statements.lines import is_salutation, is_sign_off, stripped_lines
from stancekit.statements.segment import Unit
from stancekit.statements.signatories import MAX_SIGNATURE, is_signatory, is_withheld, names_in, organisation_in, size_of_signature

_MARKER = re.compile(
    r"(?:(?:read|see) )?(?:(?:the|our|their|his|her) )?(?:full|open|complete|joint|original)? ?(?:text of (?:the )?)?"
    r"(?:full )?(?:open |joint )?(?:letter|email|statement)(?: (?:in full|reads|below|to .{1,60}))?:?",
    re.IGNORECASE,
)
_READ = 200

WRITERS = Voice("letter writers", None, "group")
"""Who is heard in a letter that names nobody."""


def letter_blocks(text: str, units: Sequence[Unit]) -> list[tuple[int, int]]:
    """`(first, last)` unit numbers of each letter's body, `last` exclusive: from its salutation to its sign-off or its signature,
    to boilerplate or to the end of the article. A marker such as "The letter in full:" opens one without salutation, and so
    does the form of a letter that is signed."""
    signed = find_letters(text, list(stripped_lines(text)))
    starts, ends = {letter.start for letter in signed}, {letter.end for letter in signed}
    blocks: list[tuple[int, int]] = []
    begin: int | None = None
    for number, unit in enumerate(units):
        line = _line(text, unit)
        if begin is not None and (unit.start in ends or unit.kind == "boilerplate" or (unit.kind == "heading" and is_sign_off(line))):
            blocks.append((begin, number))
            begin = None
        elif begin is None and unit.start in starts:
            begin = number
        elif begin is None and unit.kind == "heading" and _opens(text, units, number):
            begin = number + 1
    if begin is not None:
        blocks.append((begin, len(units)))
    return [(first, last) for first, last in blocks if first < last]


def signatories(text: str, units: Sequence[Unit], last: int, mentions: Mapping[int, Sequence[Mention]]) -> Voices:
    """Who signed the letter whose body ends before unit `last`: the people named under it, each with the organisation named beside
    or below; whoever else is named there where no person is; `letter writers` for names withheld; `()` without a signature."""
    closed = last < len(units) and is_sign_off(_line(text, units[last]))
    first = last + closed
    lines = [_line(text, unit) for unit in takewhile(lambda unit: unit.kind != "boilerplate", units[first : first + MAX_SIGNATURE])]
    size = size_of_signature(lines, closed=closed)
    people: list[Voice] = []
    others: list[Voice] = []
    for number, line in enumerate(lines[:size], start=first):
        found = mentions.get(number, ())
        bodies = [mention.entity.name for mention in found if mention.entity.kind == "organisation"]
        body = bodies[0] if bodies else organisation_in(line)
        if named := _people(line, units[number], found):
            people.extend(replace(voice, organisation=voice.organisation or body) for voice in named)
        elif people and people[-1].organisation is None:
            people[-1] = replace(people[-1], organisation=body)
        elif not people and not is_withheld(line):
            others.extend(voice_of(mention.entity) for mention in found)
    return tuple(dict.fromkeys(people or others)) or ((WRITERS,) if size and all(map(is_withheld, lines[:size])) else ())


def _people(line: str, unit: Unit, found: Sequence[Mention]) -> list[Voice]:
    """The people whom a line of a signature begins with, as the article knows them or as the line has them."""
    people = []
    for name in names_in(line) if is_signatory(line) else []:
        start = unit.start + line.index(name)
        entity = next((m.entity for m in found if start <= m.start < start + len(name)), None)
        if entity is None or entity.kind != "organisation":
            people.append(voice_of(entity) if entity is not None and entity.kind == "person" else Voice(name, None, "person"))
    return people


def _line(text: str, unit: Unit) -> str:
    return text[unit.start : min(unit.end, unit.start + _READ)]


def _opens(text: str, units: Sequence[Unit], number: int) -> bool:
    """Whether a heading opens a letter: a salutation, or a marker that none follows."""
    line = _line(text, units[number])
    if _is_marker(line):
        return number + 1 == len(units) or not is_salutation(_line(text, units[number + 1]))
    return is_salutation(line)


def _is_marker(line: str) -> bool:
    """A marker that ends in a colon or says "in full"; a bare heading "Letter" is none."""
    return bool(_MARKER.fullmatch(line)) and (line.endswith(":") or "full" in line.lower())
