"""Letters in an article, line by line: where each begins and ends, and the lines under it that say who wrote it.

A letter is told by its salutation, by words that lead in to it ("The letter in full:"), its closing phrase, the heading of a
letters page or, failing all these, by its form: paragraphs in the first person that quote and report nobody, and under them a
name with a post, an organisation or a place. A bare name under an article is its author's. A letter that nothing closes or
signs ends where the article reports again. Every line is looked at a few times at most, so the time is linear in the length
of the text.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from stancekit.statements.lines import (
    MAX_HEADING_CHARACTERS,
    classify,
    is_formal_sign_off,
    is_salutation,
    is_sign_off,
)
from stancekit.statements.marks import Span
from stancekit.statements.nesting import find_quotations
from stancekit.statements.reporting import Report, report_in, speaks_for_itself
from stancekit.statements.signatories import goes_with_name, is_bare, is_signatory, names_in, read_signature

Opening = Literal["", "page", "led", "marker", "salutation"]
"""Nothing opens the letter; the heading of a letters page; words that speak of one and end in a colon; words that say that the
whole of it follows; its salutation."""

_PAGE = re.compile(
    r"(?:(?:readers?[’']?s?|your) letters|letters? to (?:the |our )?editor|letters? page)(?!\w).*|letters?\s?[:|–—].*|letters"
    r"|letter of the (?:week|month)"
    r"|re:? [“\"‘'].*",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"(?P<link>(?:read|see) )?(?:(?:the|our|their|his|her|[\w’'. -]{1,40}[’']s?) )?(?:full|open|complete|joint|original)? ?"
    r"(?:text of (?:the )?)?(?:full )?(?:open |joint )?(?P<noun>letter|e-?mail|statement)(?: (?:in full|reads|below|to .{1,60}))?:?",
    re.IGNORECASE,
)
_INLINE = re.compile(r"(?:Sirs?|SIRS?|Madam|Dear Sirs?|Dear Madam|Dear Editor)(?:,|:|\s?[–—-])\s+[A-Z“‘\"]")
_TO_EDITOR = re.compile(r"(?:dear )?(?:sirs?|madam|editor|to the editor)\W.*|sirs?|madam|dear (?:sirs?|editor|madam)\W?.*", re.IGNORECASE)
_LETTER = re.compile(r"\b(?:letters?|e-?mails?|statement|wrote|writes|writing|written)\b", re.IGNORECASE)
_OPEN_LETTER = re.compile(r"(?:an |the )?open letter\b.*", re.IGNORECASE)
_IN_FULL = re.compile(r"\b(?:here is|full|text of|reads?|as follows|below|following|(?:said|wrote) in an? (?:\w+ )?\w+:$)", re.IGNORECASE)
_LEAD = re.compile(r"\b(?:letter|e-?mail|message|note|statement)\b[^.!?]{0,80}:$", re.IGNORECASE)
_TOLD_OF = re.compile(r"\b(?:was|were|had|has|have|did|said|[a-z]{2,}ed)\b")
_STILL = re.compile(r"\b(?:you|your|will|must|should|shall|please|can|cannot)\b", re.IGNORECASE)
_MARKS = "“„«\"‘'"
_STOPS = frozenset('.!?…”"»)')
_CLOSING = 40
"""A closing phrase has at most so many characters, and may end in a stop."""
_QUOTED = 0.25
"""A letter quotes no larger share of its own length."""
_NEAR = 2000
"""So far around a name its words are looked for in small letters, in characters: a heading's recur."""
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


def find_letters(text: str, lines: Sequence[Span]) -> list[Letter]:
    """The letters in order. `lines` are those of the text that are not empty, without white space around them."""
    return _Reader(text, lines).read()


class _Reader:
    """Reads from line to line. The letter at hand would begin at line `begin`, by this `opening`; it is called a `noun`.

    `page` tells that the heading of a letters page has been read.
    """

    def __init__(self, text: str, lines: Sequence[Span]) -> None:
        self.text, self.lines = text, lines
        self.begin, self.page = 0, False
        self.opening: Opening = ""
        self.noun = "letter"
        self.reports: dict[int, Report] = {}
        self.found: list[Letter] = []

    def read(self) -> list[Letter]:
        number = 0
        while number < len(self.lines):
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
        line = self._line(number)
        if (lead := self._lead(number, line)) or (not self._is_open and _OPEN_LETTER.fullmatch(line) and self._kind(number) == "heading"):
            self._open(number + 1, lead or "led")
        elif len(line) > _CLOSING and (len(line) > MAX_HEADING_CHARACTERS or line[-1] in _STOPS):
            if not self._is_open and _INLINE.match(line):
                self._open(number, "page")
        elif is_salutation(line):
            noun = self.noun if self.opening == "marker" and number == self.begin else "letter"
            if self._is_open:
                self._break_off(number)
            self._open(number + 1, "salutation", noun)
        elif (closed := self._closes(line)) or is_signatory(line):
            return self._signed(number, closed=closed)
        elif _PAGE.fullmatch(line) and (number + 1 < len(self.lines) or not number):
            self.page = True
            self._open(number + 1, "page")
        elif not self._is_open and (marker := self._marker(number, line)):
            self._open(number + 1, "marker", marker)
        elif not self._is_open and self._parts(number, line):
            self._open(number + 1, "page" if self.page else "")
        return 1

    def _open(self, begin: int, opening: Opening, noun: str = "letter") -> None:
        self.begin, self.opening, self.noun = begin, opening, noun

    def _closes(self, line: str) -> bool:
        """Whether a closing phrase is one here: "Thanks for reading," stands under columns too."""
        return is_formal_sign_off(line) or (self.opening in ("salutation", "marker", "led") and is_sign_off(line))

    def _keep(self, begin: int, end: int, signed: Sequence[tuple[int, bool]] = (), form: float = 1.0) -> None:
        start = self.lines[begin][0]
        stop = self.lines[end][0] if end < len(self.lines) else len(self.text)
        lines = tuple(self.lines[n][0] for n, _ in signed)
        names = tuple(self.lines[n][0] for n, named in signed if named)
        self.found.append(Letter(start, stop, lines, names, self.noun, form))

    def _break_off(self, number: int) -> None:
        """The letter at hand ends before this line: without the paragraphs that lead back to the article."""
        end = number
        if number < len(self.lines) and self._report(number):
            while end > self.begin and self._leads_back(end - 1):
                end -= 1
        if end > self.begin:
            self._keep(self.begin, end, form=self._sureness(self.begin, end))
        self._open(number, "page" if self.page else "")

    def _leads_back(self, number: int) -> bool:
        """Whether a paragraph before a report is the article's: it tells of others what was so."""
        start, end = self.lines[number]
        words = self.text[start : min(end, start + _NEAR)]
        return not speaks_for_itself(words) and not _STILL.search(words) and bool(_TOLD_OF.search(words))

    def _is_over(self, number: int) -> bool:
        """Whether the article has gone on, where nothing to come closes the letter at hand."""
        if self._goes_on(number):
            return False
        return bool(self._report(number)) or self._kind(number) == "boilerplate"

    def _goes_on(self, number: int) -> bool:
        """Whether a closing phrase is to come before another letter or, of a letter to the editor, its signature."""
        opening = self._next(self._openings, number)
        if self._next(self._closings, number - 1) < opening:
            return True
        salutation = self._line(self.begin - 1) if self.begin else ""
        return (
            self.opening == "salutation" and bool(_TO_EDITOR.fullmatch(salutation)) and self._next(self._last_names, number - 1) < opening
        )

    def _signed(self, number: int, *, closed: bool) -> int:
        """Keep the letter that ends before line `number`, if one does; the number of lines that close and sign it."""
        first = number + 1 if closed else number
        while closed and first < len(self.lines) and is_sign_off(self._line(first)):
            first += 1  # one closing phrase after the other
        named = read_signature(map(self._line, range(first, len(self.lines))), closed=closed, page=self.page)
        size = first - number + len(named)
        begin = self._opened(number, number + size, closed=closed) if self._is_open else self._told(number, named, closed=closed)
        if begin is not None:
            self._keep(begin, number, list(enumerate(named, start=first)), self._sureness(begin, number))
        if begin is not None or closed or not self._is_open:  # one that a salutation has opened goes on over sub-headings
            self._open(number + max(1, size), "page" if self.page else "")
        return max(1, size)

    def _sureness(self, begin: int, end: int) -> float:
        """How sure the form is."""
        if self.opening != "salutation":
            return 0.75
        return 0.75 if any(self._report(n) == "quoted" for n in range(begin, end)) else 1.0

    def _opened(self, number: int, after: int, *, closed: bool) -> int | None:
        """The first line of a letter with a salutation where it ends here: with a closing phrase, or with a name and none to come."""
        if number == self.begin:
            return None
        if closed:
            return self.begin
        if self._next(self._closings, number) < self._next(self._openings, number):
            return None
        ends = self._is_last(after) or self._is_placed(number) or bool(self._report(after)) or not speaks_for_itself(self._line(after))
        return self.begin if self._is_name(number) and ends else None

    def _told(self, number: int, named: Sequence[bool], *, closed: bool) -> int | None:
        """The first line of a letter without a salutation, told by what leads in to it, its paragraphs and what stands under them."""
        body = self.lines[self.begin : number]
        if not any(self.text[end - 1] in _STOPS for _, end in body):
            return None
        if not closed and not (self._is_name(number) and self._may_sign(number, named)):
            return None
        own = _outside_quotations(self.text, body, self._quoted)
        if sum(map(len, own)) < (1 - _QUOTED) * sum(end - start for start, end in body):
            return None
        heard = [n for n, words in enumerate(own) if speaks_for_itself(words)]
        reports = [n for n in range(len(own)) if self._report(self.begin + n)]
        page = self.opening == "page"
        quoting = [n for n in reports if self._report(self.begin + n) == "quoted"]
        if not closed and (2 * len(quoting) > len(own) if page else reports):
            return None
        if not heard:
            return self.begin if page else None
        if page or 2 * len(heard) > len(own) or (heard[0] == 0 and 3 * len(heard) >= len(own)):
            led = [n for n in range(heard[0]) if _LETTER.search(own[n])]  # an article that tells of the letter leads in to it
            led += [] if page else [n for n in reports if n < len(own) - 1]
            return self.begin + (max(led) + 1 if led else 0)
        after = next((n for n in heard if n > max(reports, default=-1)), None)
        return self.begin + after if closed and after is not None else None

    def _may_sign(self, number: int, named: Sequence[bool]) -> bool:
        """Whether a name can be a signatory's where no closing phrase is over it, rather than an author's under an article."""
        after = number + len(named)
        last, placed = self._is_last(after), self._is_placed(number)
        if after < len(self.lines) and "@" in self._line(after):
            return False
        if self.opening == "led":
            return placed or last or sum(named) > 1
        return self.opening == "page" or (placed and (last or self._ends_signed))

    def _lead(self, number: int, line: str) -> Opening:
        """How a paragraph of the article's opens a letter that ends in words that it follows: `Here is her letter:`."""
        start, end = self.lines[number]
        if self._is_open or self.text[end - 1] != ":" or number + 1 >= len(self.lines) or is_salutation(line):
            return ""
        lead = _LEAD.search(self.text, max(start, end - _LEAD_IN), end)
        if lead is None or self._marker(number, line):
            return ""
        first, last = self.lines[number + 1]
        own = self.text[first] not in _MARKS and speaks_for_itself(self.text[first : min(last, first + _NEAR)])
        whole = bool(_IN_FULL.search(self.text, max(start, end - _LEAD_IN), end)) and own
        return "marker" if whole else "led"

    def _marker(self, number: int, line: str) -> str:
        """What is said to follow in full, without quotation marks: the letter, the statement; "" if nothing is."""
        found = _MARKER.fullmatch(line)
        if found is None or number + 1 >= len(self.lines):
            return ""
        if line[-1] != ":" and (found["link"] or "full" not in line.lower()):
            return ""
        return "" if self.text[self.lines[number + 1][0]] in _MARKS else found["noun"].lower()

    def _parts(self, number: int, line: str) -> bool:
        """Whether a line stands between texts: a heading, furniture, words of the article's that lead in to a letter."""
        if len(line) > MAX_HEADING_CHARACTERS:
            return False
        if line[-1] == ":":
            return not speaks_for_itself(line)
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
        return not is_bare(self._line(number)) or (number + 1 < len(self.lines) and goes_with_name(self._line(number + 1)))

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

    @cached_property
    def _last_names(self) -> list[int]:
        """Lines that sign the text's last letter, or each one of a page."""
        lines = range(len(self.lines)) if self._ends_signed else ()
        return [n for n in lines if is_signatory(self._line(n)) and self._is_placed(n)]

    @cached_property
    def _quoted(self) -> list[Span]:
        """Spans of the outermost quotations, one a paragraph, in order."""
        return sorted(span for quote in find_quotations(self.text, self.lines) if not quote.nested for span in quote.segments)

    def _report(self, number: int) -> Report:
        """What the line reports; asked once for each."""
        if number not in self.reports:
            start, end = self.lines[number]
            first = bisect_right(self._quoted, (start, -1))
            last = bisect_right(self._quoted, (end, -1))
            self.reports[number] = report_in(self.text, (start, end), self._quoted[first:last])
        return self.reports[number]

    def _next(self, numbers: list[int], number: int) -> int:
        """The first of the numbers that comes after this one, else the number of lines; a salutation is not before itself."""
        place = bisect_right(numbers, number)
        return numbers[place] if place < len(numbers) else len(self.lines)


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
