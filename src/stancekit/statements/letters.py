"""Letters reproduced in an article without quotation marks: where they begin and end, and who signed them."""

import re
from collections.abc import Sequence

from stancekit.statements.lines import is_salutation, is_sign_off
from stancekit.statements.segment import Unit

_MARKER = re.compile(
    r"(?:(?:read|see) )?(?:(?:the|our|their|his|her) )?(?:full|open|complete|joint|original)? ?(?:text of (?:the )?)?"
    r"(?:full )?(?:open |joint )?(?:letter|email|statement)(?: (?:in full|reads|below|to .{1,60}))?:?",
    re.IGNORECASE,
)
_SIGNATURE_WORDS = 12


def letter_blocks(text: str, units: Sequence[Unit]) -> list[tuple[int, int]]:
    """`(first, last)` unit numbers of each letter's body, `last` exclusive: from its salutation to its sign-off,
    to boilerplate or to the end of the article. A marker such as "The letter in full:" opens one without salutation."""
    blocks: list[tuple[int, int]] = []
    begin: int | None = None
    for number, unit in enumerate(units):
        line = text[unit.start : min(unit.end, unit.start + 200)]
        if begin is None:
            if unit.kind == "heading" and (is_salutation(line) or (_is_marker(line) and not _salutation_next(text, units, number))):
                begin = number + 1
        elif unit.kind == "boilerplate" or (unit.kind == "heading" and is_sign_off(line)):
            blocks.append((begin, number))
            begin = None
    if begin is not None:
        blocks.append((begin, len(units)))
    return [(first, last) for first, last in blocks if first < last]


def signature(text: str, units: Sequence[Unit], last: int) -> list[int]:
    """Numbers of the short units after a sign-off at unit `last`: the names of who signed."""
    if last >= len(units) or not is_sign_off(text[units[last].start : units[last].end][:60]):
        return []
    numbers = []
    for number in range(last + 1, min(last + 9, len(units))):
        if units[number].kind == "boilerplate" or len(text[units[number].start : units[number].end].split()) > _SIGNATURE_WORDS:
            break
        numbers.append(number)
    return numbers


def _is_marker(line: str) -> bool:
    """A marker that ends in a colon or says "in full"; a bare heading "Letter" is none."""
    return bool(_MARKER.fullmatch(line)) and (line.endswith(":") or "full" in line.lower())


def _salutation_next(text: str, units: Sequence[Unit], number: int) -> bool:
    return number + 1 < len(units) and is_salutation(text[units[number + 1].start : units[number + 1].end][:200])
