"""Dates of articles, as ISO 8601 once and for all; a date that can be read in two ways is never guessed."""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

DateOrder = Literal["day", "month"]
"""What comes first in a date of numbers: 03/04/2025 is 3 April or March 4."""

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ISO = re.compile(r"\d{4}(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[T ]\d.*)?)?)?")
_WORDS = [
    re.compile(rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"{_MONTH},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
]
_YEAR_FIRST = re.compile(r"(\d{4})([/.]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


class AmbiguousDateError(ValueError):
    """A date of numbers that is one day by one order and another by the other."""


def iso_date(text: str, order: DateOrder | None = None) -> str | None:
    """Return a date as ISO 8601 (`2025-10-20`; `2025-10`, `2025` where no more is known), `None` for what is no date.

    What is ISO already stays as it is, with its time. What comes behind another date, a weekday or an edition, is left.
    Raises `AmbiguousDateError` for numbers that can be read in two ways where no order is given.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        return text if _day(int(text[:4]), int(found["month"] or 1), int(found["day"] or 1)) else None
    for form in _WORDS:
        if found := form.match(text):
            named = found.groupdict()
            month = [name[:3] for name in _MONTHS].index(named["month"][:3].lower()) + 1
            day = _day(int(named["year"]), month, int(named.get("day") or 1))
            return day and (day if "day" in named else day[:7])
    if found := _YEAR_FIRST.match(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _NUMBERS.match(text):
        first, second, year = map(int, found.groups())
        by_day, by_month = _day(year, second, first), _day(year, first, second)
        if by_day and by_month and by_day != by_month and order is None:
            raise AmbiguousDateError(text)
        return (by_day or by_month) if order is None else by_day if order == "day" else by_month
    return None


def looks_like_date(line: str) -> bool:
    """Tell whether a line of a header is a date, perhaps with a weekday, a time or an edition behind it."""
    try:
        return len(line) < 200 and iso_date(line) is not None
    except AmbiguousDateError:
        return True


class Dates:
    """Turns dates into ISO, and counts those that can't be, which `tell` names."""

    def __init__(self, order: DateOrder | None, say: Callable[[str, str], object]) -> None:
        self._order, self._say = order, say
        self._odd: dict[str, tuple[int, str]] = {}  # what became of them → how many, the first

    def iso(self, text: str | None, file: str) -> str | None:
        """Return the date as ISO, `None` where there is none or two readings; what can't be read as a date stays as it is."""
        if not text:
            return None
        try:
            if found := iso_date(text, self._order):
                return found
            kept, what = text, "can't be read, left as they are"
        except AmbiguousDateError:
            kept, what = None, "have two readings, left empty; say --day-first or --month-first"
        count, first = self._odd.get(what, (0, f"'{text[:40]}' in {file}"))
        self._odd[what] = (count + 1, first)
        return kept

    def tell(self) -> None:
        """Say how many dates are not ISO, what became of them, and the first."""
        for what, (count, first) in self._odd.items():
            self._say("dates", f"{count:,} like {first}: {what}")


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
