"""Assign statements to annotators, with an overlap for agreement."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from stancekit.errors import InputError, counted

_PART = re.compile(r"\s*(?P<name>[^=]*\S)\s*=\s*(?P<first>\d+)\s*-\s*(?P<last>\d+)\s*")


def parse_assignments(text: str, count: int) -> dict[str, list[int]]:
    """Read `A=1-200,B=150-350`: annotator → numbers of statements, from 0, in order. A name may come with several ranges; `a` is `A`.

    Raises `InputError` for another form, or a range that is not within the `count` statements.
    """
    found: dict[str, set[int]] = {}
    for part in text.split(","):
        if (match := _PART.fullmatch(part)) is None:
            raise InputError("--assign", f"'{part}' is not NAME=FIRST-LAST, as in A=1-200,B=150-350")
        first, last = int(match["first"]), int(match["last"])
        if not 1 <= first <= last <= count:
            raise InputError("--assign", f"'{part.strip()}' is no range within the {counted(count, 'statement')}")
        name = " ".join(match["name"].split())
        found.setdefault(next((known for known in found if known.lower() == name.lower()), name), set()).update(range(first - 1, last))
    return {name: sorted(numbers) for name, numbers in found.items()}


def assignments_text(assigned: Mapping[str, Sequence[int]], count: int) -> str:
    """Say how many statements each annotator has, how many several have, and how many nobody has."""
    had = Counter(number for numbers in assigned.values() for number in numbers)
    several, nobody = sum(n > 1 for n in had.values()), count - len(had)
    each = ", ".join(f"{name} {len(numbers)}" for name, numbers in assigned.items())
    return f"{each}; {several} by more than one annotator" + (f"; {nobody} by nobody" if nobody else "")
