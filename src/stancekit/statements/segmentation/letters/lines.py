"""Evidence on letters, line by line, each computed once."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from stancekit.records import Kind
from stancekit.statements.segmentation.letters.reported import Report, report_in
from stancekit.statements.segmentation.letters.signatures import goes_with_name, is_bare, names_in
from stancekit.statements.segmentation.lines import MAX_HEADING_CHARACTERS, is_salutation, is_sign_off
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.quotation_spans import find_quotations

NEAR = 2000
"""So far around a name its words are looked for in small letters, in characters: a heading's recur."""


class Lines:
    """The lines of a text that are not empty, by number: `spans` holds where each begins and ends."""

    def __init__(self, text: str, spans: Sequence[Span], kinds: Sequence[Kind]) -> None:
        self.text, self.spans, self.kinds = text, spans, kinds
        self._reports: dict[int, Report] = {}

    def line(self, number: int) -> str:
        """The line, of a long one as much as tells that it is long."""
        start, end = self.spans[number]
        return self.text[start : min(end, start + MAX_HEADING_CHARACTERS + 1)]

    def is_last(self, number: int) -> bool:
        """Whether nothing comes from this line on but the page's furniture."""
        return number >= len(self.spans) or self.kinds[number] == "boilerplate"

    def is_placed(self, number: int) -> bool:
        """Whether role, organisation or place stand with the name in a line, or under it."""
        return not is_bare(self.line(number)) or (number + 1 < len(self.spans) and goes_with_name(self.line(number + 1)))

    def is_name(self, number: int) -> bool:
        """Whether the last word of the name is no common one, as those of a heading with capitals are."""
        start, end = self.spans[number]
        names = names_in(self.line(number))
        if not names:
            return True  # withheld
        word = names[0].split()[-1].lower()
        return not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.text[max(0, start - NEAR) : start] + self.text[end : end + NEAR])

    @cached_property
    def closings(self) -> list[int]:
        return [n for n in range(len(self.spans)) if is_sign_off(self.line(n))]

    @cached_property
    def openings(self) -> list[int]:
        return [n for n in range(len(self.spans)) if is_salutation(self.line(n))]

    @cached_property
    def quoted(self) -> list[Span]:
        """Spans of the outermost quotations, one a paragraph, in order."""
        return sorted(span for quote in find_quotations(self.text, self.spans) if not quote.nested for span in quote.segments)

    def report(self, number: int) -> Report:
        """What the line reports; asked once for each."""
        if number not in self._reports:
            start, end = self.spans[number]
            first = bisect_right(self.quoted, (start, -1))
            last = bisect_right(self.quoted, (end, -1))
            self._reports[number] = report_in(self.text, (start, end), self.quoted[first:last])
        return self._reports[number]

    def next(self, numbers: list[int], number: int) -> int:
        """The first of the numbers that comes after this one, else the number of lines; a salutation is not before itself."""
        place = bisect_right(numbers, number)
        return numbers[place] if place < len(numbers) else len(self.spans)
