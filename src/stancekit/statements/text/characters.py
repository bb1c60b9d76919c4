"""Combining and invisible characters, which belong to the word they follow."""

import re
import sys
import unicodedata
from itertools import groupby

_PLANE = 0x10000
_SELECTORS = "\U000e0100-\U000e01ef"


def _ranges(points: list[int]) -> str:
    """Code points as the inside of a character class."""
    runs = (list(run) for _, run in groupby(enumerate(points), key=lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


COMBINING = _ranges([point for point in range(0x300, _PLANE) if unicodedata.category(chr(point))[0] == "M"]) + _SELECTORS
"""Combining marks, which `\\w` is not, for a character class: `é` is two characters where the text is decomposed (NFD)."""

UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Soft hyphens, spaces of no width, joiners and marks of direction, for a character class."""

_UNSEEN = re.compile(f"[{UNSEEN}]+")
_ANY = re.compile(f"[{COMBINING}{UNSEEN}]")


def is_plain(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether `text[start:end]` has none of either, as most text: what looks for them takes longer."""
    return _ANY.search(text, start, end) is None


def shown(text: str) -> str:
    """The text without characters that do not show."""
    return text if text.isascii() else _UNSEEN.sub("", text)
