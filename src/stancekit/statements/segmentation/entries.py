"""Time stamps that part a live blog into its entries."""

import re
from collections.abc import Sequence

from stancekit.statements.text.quotation_marks import Span

_HOUR = r"(?:[01]?\d|2[0-3])"
_ZONE = r"(?:BST|GMT|UTC|IST|CES?T|AES?T|[ECMP][SD]?T)"
_TIME = (
    rf"(?:{_HOUR}[.:][0-5]\d(?:\s?[ap]\.?m\b\.?(?:\s{_ZONE})?|\s{_ZONE})|{_HOUR}:[0-5]\d|{_HOUR}\s?[ap]\.?m\b\.?"
    r"|(?:\d{1,2}\s?(?:[smhd]|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?)|an? (?:minute|hour|day))\s+ago)"
)
_DAY = r"(?:,?\s+(?:on\s+)?(?:[A-Z][a-z]+day,?\s+)?(?:\d{1,2}\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\s+\d{1,2})?(?:,?\s+\d{4})?)?"
_ALONE = re.compile(rf"(?:(?:posted|published)\s+(?:at\s+)?)?[\[(]?(?:{_TIME}|[012]\d\.[0-5]\d){_DAY}[\])]?", re.IGNORECASE)
_BEFORE = re.compile(rf"[\[(]?(?:{_TIME}[\])]?(?:\s?[:|–—-])?|{_HOUR}\.[0-5]\d\s?[:|–—-])\s+(?=[A-Z“\"])")
_MOST = 60


def find_entries(text: str, lines: Sequence[Span]) -> list[int]:
    """Find where each entry begins: at a line that is, or begins with, a time; `[]` where no two lines do."""
    found = [
        start for start, end in lines if (end - start <= _MOST and _ALONE.fullmatch(text, start, end)) or _BEFORE.match(text, start, end)
    ]
    return found if len(found) > 1 else []
