"""Signed letters in an article, line by line: where each begins and ends, and the lines under it that say who wrote it.

A letter is told by its salutation, its closing phrase, the heading of a letters page, or by its form alone: paragraphs in the
first person, hardly anything of them in quotation marks, and a signatory under them. An author's name under an article in the
third person signs no letter. Every line is looked at a few times at most, so the time is linear in the length of the text.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stancekit.statements.lines import MAX_HEADING_CHARACTERS, classify, is_salutation, is_sign_off
from stancekit.statements.marks import Span
from stancekit.statements.nesting import find_quotations
from stancekit.statements.signatories import goes_with_name, is_signatory, names_in, size_of_signature

_PAGE = re.compile(
    r"(?:(?:readers?[’']?s?|your) letters|letters? to (?:the |our )?editor|letters? page)(?!\w).*|letters?\s?[:|–—].*", re.IGNORECASE
)
_FIRST_PERSON = re.compile(r"(?<![\w’'-])(?:I(?:[’'](?:m|ve|d|ll)\b|(?= [a-z]))|(?:[Ww]e|[Oo]urs?|us|[Mm]y|me|mine)(?![\w-]))")
_LETTER = re.compile(r"\b(?:letters?|e-?mails?|statement|wrote|writes|writing|written)\b", re.IGNORECASE)
_STOPS = frozenset('.!?…”"»)')
_CLOSING = 40
"""A closing phrase has at most so many characters, and may end in a stop."""
_QUOTED = 0.25
"""A letter quotes no larger share of its own length."""
_NEAR = 2000
"""So far around a name its words are looked for in small letters, in characters: a heading's recur."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The body is `text[start:end]`; `signature` holds where the lines that sign it begin, under a closing phrase or not."""

    start: int
    end: int
    signature: tuple[int, ...]


def find_letters(text: str, lines: Sequence[Span]) -> list[Letter]:
    """The signed letters in order. `lines` are those of the text that are not empty, without white space around them."""
    return _Reader(text, lines).read()


class _Reader:
    """Reads from line to line. The letter at hand would begin at line `begin`; a salutation may have `opened` it.

    `page` tells that the heading of a letters page has been read.
    """

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.text, self.lines = text, lines
        self.begin, self.opened, self.page = 0, False, False
        self.found: list[Letter] = []

    def read(self) -> list[Letter]:
        number = 0
        while number < len(self.lines):
            line = self._line(number)
            if len(line) > _CLOSING and (len(line) > MAX_HEADING_CHARACTERS or line[-1] in _STOPS):
                number += 1  # prose
                continue
            if is_salutation(line):
                self.begin, self.opened = number + 1, True
            elif (closed := is_sign_off(line)) or is_signatory(line):
                number += self._signed(number, closed=closed)
                continue
            elif _PAGE.fullmatch(line):
                self.begin, self.opened, self.page = number + 1, False, True
            elif not self.opened and self._parts(number, line):
                self.begin = number + 1
            number += 1
        return self.found

    def _signed(self, number: int, *, closed: bool) -> int:
        """Keep the letter that ends before line `number`, if one does; the number of lines that close and sign it."""
        size = size_of_signature(map(self._line, range(number + closed, len(self.lines))), closed=closed) + closed
        begin = self._opened(number, number + size, closed=closed) if self.opened else self._told(number, number + size, closed=closed)
        if begin is not None:
            signature = tuple(self.lines[n][0] for n in range(number + closed, number + size))
            self.found.append(Letter(self.lines[begin][0], self.lines[number][0], signature))
        if begin is not None or closed or not self.opened:  # one that a salutation has opened goes on over sub-headings
            self.begin, self.opened = number + size, False
        return size

    def _opened(self, number: int, after: int, *, closed: bool) -> int | None:
        """The first line of a letter with a salutation where it ends here: with a closing phrase, or with a name and none to come."""
        if number == self.begin:
            return None
        if closed:
            return self.begin
        if self._next(self._closings, number) < self._next(self._openings, number):
            return None
        goes_on = not self._is_last(after) and not self._is_placed(number) and bool(_FIRST_PERSON.search(self._line(after)))
        return self.begin if self._is_name(number) and not goes_on else None

    def _told(self, number: int, after: int, *, closed: bool) -> int | None:
        """The first line of a letter without a salutation, told by its paragraphs and by what stands under them."""
        body = self.lines[self.begin : number]
        if not any(self.text[end - 1] in _STOPS for _, end in body):
            return None
        signed = closed or self._is_name(number)
        placed = closed or self.page or self._is_last(after) or (self._is_placed(number) and self._ends_signed)
        own = _outside_quotations(self.text, body) if signed and placed else []
        if sum(map(len, own)) < (1 - _QUOTED) * sum(end - start for start, end in body):
            return None
        heard = [n for n, words in enumerate(own) if _FIRST_PERSON.search(words)]
        if not heard:
            return self.begin if self.page else None
        if self.page or 2 * len(heard) > len(own) or (heard[0] == 0 and 3 * len(heard) >= len(own)):
            led = [n for n in range(heard[0]) if _LETTER.search(own[n])]  # an article that tells of the letter leads in to it
            return self.begin + (led[-1] + 1 if led else 0)
        return self.begin + heard[0] if closed else None

    def _parts(self, number: int, line: str) -> bool:
        """Whether a line stands between texts: a heading, furniture, words of the article's that lead in to a letter."""
        if len(line) > MAX_HEADING_CHARACTERS:
            return False
        if line[-1] == ":":
            return not _FIRST_PERSON.search(line)
        return self._kind(number) != "sentence"

    def _kind(self, number: int) -> str:
        before = self._line(number - 1) if number else ""
        after = self._line(number + 1) if number + 1 < len(self.lines) else ""
        return classify(self._line(number), before, after)

    def _line(self, number: int) -> str:
        """The line, of a long one as much as tells that it is long."""
        start, end = self.lines[number]
        return self.text[start : min(end, start + MAX_HEADING_CHARACTERS + 1)]

    def _is_last(self, number: int) -> bool:
        """Whether nothing comes from this line on but the page's furniture."""
        return number >= len(self.lines) or self._kind(number) == "boilerplate"

    def _is_placed(self, number: int) -> bool:
        """Whether role, organisation or place stand with the name in a line, or under it."""
        return "," in self._line(number) or (number + 1 < len(self.lines) and goes_with_name(self._line(number + 1)))

    def _is_name(self, number: int) -> bool:
        """Whether the last word of the name is no common one, as those of a heading with capitals are."""
        start, end = self.lines[number]
        names = names_in(self._line(number))
        if not names:
            return True  # withheld
        word = names[0].split()[-1].lower()
        return not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.text[max(0, start - _NEAR) : start] + self.text[end : end + _NEAR])

    @cached_property
    def _ends_signed(self) -> bool:
        """Whether the last lines of the text are a signature, as on a page of several letters."""
        for number in range(len(self.lines) - 1, max(-1, len(self.lines) - 4), -1):
            if is_signatory(self._line(number)):
                return True
            if not goes_with_name(self._line(number)):
                return False
        return False

    @cached_property
    def _closings(self) -> list[int]:
        return [n for n in range(len(self.lines)) if is_sign_off(self._line(n))]

    @cached_property
    def _openings(self) -> list[int]:
        return [n for n in range(len(self.lines)) if is_salutation(self._line(n))]

    def _next(self, numbers: list[int], number: int) -> int:
        """The first of the numbers that comes after this one, else the number of lines; a salutation is not before itself."""
        place = bisect_right(numbers, number)
        return numbers[place] if place < len(numbers) else len(self.lines)


def _outside_quotations(text: str, lines: Sequence[Span]) -> list[str]:
    """Of each line what stands outside quotation marks."""
    quoted = sorted(span for quote in find_quotations(text, lines) if not quote.nested for span in quote.segments)
    found, index = [], 0
    for start, end in lines:
        kept, position = [], start
        while index < len(quoted) and quoted[index][0] < end:
            kept.append(text[position : max(position, quoted[index][0])])
            position = max(position, quoted[index][1])
            index += 1
        found.append("".join([*kept, text[position:end]]))
    return found
