"""Letters in an article, line by line: where each begins and ends, and the lines under it that say who wrote it.

A letter is identified by its salutation, by words that lead in to it ("The letter in full:") or by its closing phrase under
paragraphs in the first person. A name alone under an article is its author's. A letter that nothing closes or signs ends
where the article reports again. Every line is looked at a few times at most, so the time is linear in the length of the text.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stancekit.records import Kind
from stancekit.statements.segmentation.letters.lines import NEAR, Lines
from stancekit.statements.segmentation.letters.reported import speaks_for_itself
from stancekit.statements.segmentation.letters.signatures import is_signatory, read_signature
from stancekit.statements.segmentation.lines import (
    MAX_HEADING_CHARACTERS,
    is_formal_sign_off,
    is_salutation,
    is_sign_off,
)
from stancekit.statements.text.quotation_marks import Span

Opening = Literal["", "led", "marker", "salutation"]
"""Nothing opens the letter; words that speak of one and end in a colon; words that say that the whole of it follows; its
salutation."""

_MARKER = re.compile(
    r"(?P<link>(?:read|see) )?(?:(?:the|our|their|his|her|[\w’'. -]{1,40}[’']s?) )?(?:full|open|complete|joint|original)? ?"
    r"(?:text of (?:the )?)?(?:full )?(?:open |joint )?(?P<noun>letter|e-?mail|statement)(?: (?:in full|reads|below|to .{1,60}))?:?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\b(?:letters?|e-?mails?|statement|wrote|writes|writing|written)\b", re.IGNORECASE)
_OPEN_LETTER = re.compile(r"(?:an |the )?open letter\b.*", re.IGNORECASE)
_IN_FULL = re.compile(r"\b(?:here is|full|text of|reads?|as follows|below|following|(?:said|wrote) in an? (?:\w+ )?\w+:$)", re.IGNORECASE)
_LEAD = re.compile(r"\b(?:letter|e-?mail|message|note|statement)\b[^.!?]{0,80}:$", re.IGNORECASE)
_MARKS = "“„«\"‘'"
_STOPS = frozenset('.!?…”"»)')
_CLOSING = 40
"""A closing phrase has at most this many characters, and may end in a stop."""
_QUOTED = 0.25
"""A letter quotes no larger share of its own length."""
_LEAD_IN = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """The body is `text[start:end]`.

    `signature` holds where the lines that sign it begin, under a closing phrase or not, and `names` those of them that name who
    signed. `noun` is what the article calls it, `form` how sure its form is: 1 with a salutation, less without or where others
    are quoted in it as an article quotes them.
    """

    start: int
    end: int
    signature: tuple[int, ...] = ()
    names: tuple[int, ...] = ()
    noun: str = "letter"
    form: float = 1.0


def find_letters(text: str, lines: Sequence[Span], kinds: Sequence[Kind]) -> list[Letter]:
    """Find the letters in order. `lines` are those of the text that are not empty, without white space around them, with their `kinds`."""
    return _Reader(text, Lines(text, lines, kinds)).read()


class _Reader:
    """Reads from line to line. The letter at hand would begin at line `begin`, by this `opening`; it is called a `noun`."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text, self.lines = text, lines
        self.begin = 0
        self.opening: Opening = ""
        self.noun = "letter"
        self.found: list[Letter] = []

    def read(self) -> list[Letter]:
        number = 0
        while number < len(self.lines.spans):
            if self._is_open and self._is_over(number):
                self._break_off(number)
            number += self._step(number)
        if self._is_open:
            self._break_off(number)
        return self.found

    @property
    def _is_open(self) -> bool:
        """Whether a letter is at hand that needs nobody to sign it."""
        return self.opening in ("salutation", "marker")

    def _step(self, number: int) -> int:
        """Read the line; the number of lines that are read with it."""
        line = self.lines.line(number)
        if (lead := self._lead(number, line)) or (
            not self._is_open and _OPEN_LETTER.fullmatch(line) and self.lines.kinds[number] == "heading"
        ):
            self._open(number + 1, lead or "led")
        elif len(line) > _CLOSING and (len(line) > MAX_HEADING_CHARACTERS or line[-1] in _STOPS):
            pass  # prose
        elif is_salutation(line):
            noun = self.noun if self.opening == "marker" and number == self.begin else "letter"
            if self._is_open:
                self._break_off(number)
            self._open(number + 1, "salutation", noun)
        elif (closed := self._closes(line)) or is_signatory(line):
            return self._signed(number, closed=closed)
        elif not self._is_open and (marker := self._marker(number, line)):
            self._open(number + 1, "marker", marker)
        elif not self._is_open and self._parts(number, line):
            self._open(number + 1, "")
        return 1

    def _open(self, begin: int, opening: Opening, noun: str = "letter") -> None:
        self.begin, self.opening, self.noun = begin, opening, noun

    def _closes(self, line: str) -> bool:
        """Whether a closing phrase is one here: "Thanks for reading," stands under columns too."""
        return is_formal_sign_off(line) or (self.opening in ("salutation", "marker", "led") and is_sign_off(line))

    def _keep(self, begin: int, end: int, signed: Sequence[tuple[int, bool]] = (), form: float = 1.0) -> None:
        start = self.lines.spans[begin][0]
        stop = self.lines.spans[end][0] if end < len(self.lines.spans) else len(self.text)
        lines = tuple(self.lines.spans[n][0] for n, _ in signed)
        names = tuple(self.lines.spans[n][0] for n, named in signed if named)
        self.found.append(Letter(start, stop, lines, names, self.noun, form))

    def _break_off(self, number: int) -> None:
        """The letter at hand ends before this line."""
        if number > self.begin:
            self._keep(self.begin, number, form=self._sureness(self.begin, number))
        self._open(number, "")

    def _is_over(self, number: int) -> bool:
        """Whether the article has gone on, where nothing to come closes the letter at hand."""
        if self.lines.next(self.lines.closings, number - 1) < self.lines.next(self.lines.openings, number):
            return False
        return bool(self.lines.report(number)) or self.lines.kinds[number] == "boilerplate"

    def _signed(self, number: int, *, closed: bool) -> int:
        """Keep the letter that ends before line `number`, if one does; the number of lines that close and sign it."""
        first = number + 1 if closed else number
        while closed and first < len(self.lines.spans) and is_sign_off(self.lines.line(first)):
            first += 1  # one closing phrase after the other
        named = read_signature(map(self.lines.line, range(first, len(self.lines.spans))), closed=closed)
        size = first - number + len(named)
        begin = self._opened(number, number + size, closed=closed) if self._is_open else self._told(number, named, closed=closed)
        if begin is not None:
            self._keep(begin, number, list(enumerate(named, start=first)), self._sureness(begin, number))
        if begin is not None or closed or not self._is_open:  # one that a salutation has opened goes on over sub-headings
            self._open(number + max(1, size), "")
        return max(1, size)

    def _sureness(self, begin: int, end: int) -> float:
        """How sure the form is."""
        if self.opening != "salutation":
            return 0.75
        return 0.75 if any(self.lines.report(n) == "quoted" for n in range(begin, end)) else 1.0

    def _opened(self, number: int, after: int, *, closed: bool) -> int | None:
        """The first line of a letter with a salutation where it ends here: with a closing phrase, or with a name and none to come."""
        if number == self.begin:
            return None
        if closed:
            return self.begin
        if self.lines.next(self.lines.closings, number) < self.lines.next(self.lines.openings, number):
            return None
        ends = (
            self.lines.is_last(after)
            or self.lines.is_placed(number)
            or bool(self.lines.report(after))
            or not speaks_for_itself(self.lines.line(after))
        )
        return self.begin if self.lines.is_name(number) and ends else None

    def _told(self, number: int, named: Sequence[bool], *, closed: bool) -> int | None:
        """The first line of a letter without a salutation, recognised by what leads in to it, its paragraphs and what stands under them."""
        body = self.lines.spans[self.begin : number]
        if not (closed or self.opening == "led") or not any(self.text[end - 1] in _STOPS for _, end in body):
            return None
        signed = self.lines.is_placed(number) or self.lines.is_last(number + len(named)) or sum(named) > 1
        if not closed and not (signed and self.lines.is_name(number)):
            return None
        own = _outside_quotations(self.text, body, self.lines.quoted)
        if sum(map(len, own)) < (1 - _QUOTED) * sum(end - start for start, end in body):
            return None
        heard = [n for n, words in enumerate(own) if speaks_for_itself(words)]
        reports = [n for n in range(len(own)) if self.lines.report(self.begin + n)]
        if not heard or (reports and not closed):
            return None
        if 2 * len(heard) > len(own) or (heard[0] == 0 and 3 * len(heard) >= len(own)):
            led = [n for n in range(heard[0]) if _LETTER.search(own[n])]  # an article that tells of the letter leads in to it
            led += [n for n in reports if n < len(own) - 1]
            return self.begin + (max(led) + 1 if led else 0)
        after = next((n for n in heard if n > max(reports, default=-1)), None)
        return self.begin + after if closed and after is not None else None

    def _lead(self, number: int, line: str) -> Opening:
        """How a paragraph of the article's opens a letter that ends in words that it follows: `Here is her letter:`."""
        start, end = self.lines.spans[number]
        if self._is_open or self.text[end - 1] != ":" or number + 1 >= len(self.lines.spans) or is_salutation(line):
            return ""
        lead = _LEAD.search(self.text, max(start, end - _LEAD_IN), end)
        if lead is None or self._marker(number, line):
            return ""
        first, last = self.lines.spans[number + 1]
        own = self.text[first] not in _MARKS and speaks_for_itself(self.text[first : min(last, first + NEAR)])
        return "marker" if own and _IN_FULL.search(self.text, max(start, end - _LEAD_IN), end) else "led"

    def _marker(self, number: int, line: str) -> str:
        """What is said to follow in full, without quotation marks: the letter, the statement; "" if nothing is."""
        found = _MARKER.fullmatch(line)
        if found is None or number + 1 >= len(self.lines.spans):
            return ""
        if line[-1] != ":" and (found["link"] or "full" not in line.lower()):
            return ""
        return "" if self.text[self.lines.spans[number + 1][0]] in _MARKS else found["noun"].lower()

    def _parts(self, number: int, line: str) -> bool:
        """Whether a line stands between texts: a heading, furniture, words of the article's that lead in to a letter."""
        if len(line) > MAX_HEADING_CHARACTERS:
            return False
        if line[-1] == ":":
            return not speaks_for_itself(line)
        return self.lines.kinds[number] != "sentence"


def _outside_quotations(text: str, lines: Sequence[Span], quoted: Sequence[Span]) -> list[str]:
    """Of each line what stands outside the quotations."""
    index = bisect_right(quoted, (lines[0][0], -1))  # no quotation's span goes beyond its line
    found = []
    for start, end in lines:
        kept, position = [], start
        while index < len(quoted) and quoted[index][0] < end:
            kept.append(text[position : max(position, quoted[index][0])])
            position = max(position, quoted[index][1])
            index += 1
        found.append("".join([*kept, text[position:end]]))
    return found
