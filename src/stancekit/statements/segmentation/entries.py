"""Time stamps that part a live blog into its entries."""

import re
from collections.abc import Sequence

from stancekit.statements.text.quotation_marks import Span

_TIME = (
    r"(?:\d{1,2}[.:]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s(?:BST|GMT|UTC|IST|CES?T|AES?T|[ECMP][SD]?T))?|\d{1,2}\s?[ap]\.?m\.?"
    r"|(?:\d{1,2}\s?(?:[smhd]|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?)|an? (?:minute|hour|day))\s+ago)"
)
_DAY = r"(?:,?\s+(?:on\s+)?(?:[A-Z][a-z]+day,?\s+)?(?:\d{1,2}\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\s+\d{1,2})?(?:,?\s+\d{4})?)?"
_ALONE = re.compile(rf"(?:(?:posted|published)\s+(?:at\s+)?)?[\[(]?{_TIME}{_DAY}[\])]?", re.IGNORECASE)
_BEFORE = re.compile(rf"[\[(]?{_TIME}[\])]?(?:\s?[:|–—-]\s+|\s+)(?=[A-Z“\"])")
_MOST = 60


def find_entries(text: str, lines: Sequence[Span]) -> list[int]:
    """Find where each entry begins: at a line that is, or begins with, a time; `[]` where no two lines do."""
    found = [start for start, end in lines if (end - start <= _MOST and _ALONE.fullmatch(text, start, end)) or _BEFORE.match(text, start, end)]
    return found if len(found) > 1 else []
