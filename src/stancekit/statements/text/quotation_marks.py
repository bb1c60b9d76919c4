"""Quotation marks of one line: opening, closing, or apostrophes."""

import re
from typing import NamedTuple

Span = tuple[int, int]

# An apostrophe between two letters is left out by the pattern: most are of that kind. Three or more marks alike are decoration.
_MARK = re.compile(r"""([“”„‟«»"‘’‚‛'`])(?:(?<!\w['’])|(?!\w))(?:(\1{2,}+)|(?<=')'|(?<=`)`)?""")
_SINGLE = frozenset("‘’‚‛'")
_OPENS_BY_FORM = frozenset("“„‟«‘‚‛")
_OPENERS = frozenset("“„‟«‘‚‛`")
_CLOSERS = frozenset("”»’")
_BRACKETS = "([{—–-/*_>"
_FOLLOWS = frozenset(",.;:!?)]—–-") | _CLOSERS
_ENDS = frozenset(",.!?…—–-")
_LOOK_AHEAD = 9
# Words that begin with an apostrophe. The second list holds those that could begin a quotation too.
_ELISION = re.compile(r"['’‘](?:\d0s\b|n(?=['’ ])|(?:tis|twas|em|ave|ello|orrible)\b)", re.IGNORECASE)
_MAYBE_ELISION = re.compile(r"['’‘](?:\d{2}\b|(?:til|till|cause|cos|coz|bout|round|neath|ere|im|er|cept|fraid|appy|ard)\b)", re.IGNORECASE)
_MEASURE = re.compile(r"\d['’]\d{1,2}$")
_YEAR = re.compile(r"\b(?:of|in|since|from|until|by|before|after|summer|season|class)\s$", re.IGNORECASE)


class Mark(NamedTuple):
    """A quotation mark at `text[start:end]`: `form` is its first character, `single` its family."""

    start: int
    end: int
    form: str
    single: bool


class Line:
    """The marks of one line, `text[start:end]`, in order, and what their surroundings make of them."""

    __slots__ = ("_last_closer", "_last_sure_closer", "end", "marks", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.marks: list[Mark] = []
        self._last_closer = self._last_sure_closer = -1
        for found in _MARK.finditer(text, start, end):
            form, decoration = found.groups()
            first, last = found.span()
            if decoration is not None or (form == "`" and last == first + 1):
                continue
            mark = Mark(first, last, form if last == first + 1 or form == "`" else '"', form in _SINGLE and last == first + 1)
            self.marks.append(mark)
            if mark.single and self._may_close(mark):
                self._last_closer = first
                if self._surely_closes(mark):
                    self._last_sure_closer = first

    def is_apostrophe(self, mark: Mark) -> bool:
        """Whether the mark, at the edge of a word, belongs to the word: `’90s`, `’em`, `rock ’n’ roll`; or to a measure, `6'2"`."""
        text = self.text
        if not mark.single:
            return text[mark.start - 1].isdigit() and bool(_MEASURE.search(text[max(self.start, mark.start - 4) : mark.start]))
        before, _ = self._around(mark)
        if before.isalnum():
            return before in "nN" and text[mark.start - 2] in "'’‘" and mark.start - 3 >= self.start and text[mark.start - 3].isspace()
        if _ELISION.match(text, mark.start, self.end):
            return True
        if not _MAYBE_ELISION.match(text, mark.start, self.end):
            return False
        if text[mark.end].isdigit() and _YEAR.search(text[max(self.start, mark.start - 8) : mark.start]):
            return True
        return mark.form == "’" or self._last_sure_closer < mark.start

    def opens(self, mark: Mark) -> bool:
        """Whether the mark opens a quotation, by its form or, for straight and stray marks, by what is beside it."""
        before, after = self._around(mark)
        free = self._is_free(mark, before)
        if mark.form in _OPENS_BY_FORM:
            if not free and (after.isspace() or after in _FOLLOWS):
                return False  # typed for a closing mark: „…“
            return not mark.single or self._last_closer > mark.end
        if mark.form == "`":
            return True
        if mark.form == "’":
            return free and after.isupper() and self._last_sure_closer > mark.end
        if mark.form in _CLOSERS:
            return free and before not in "—–-" and after.isalnum()
        return free and not after.isspace() and (not mark.single or self._last_closer > mark.end)

    def reopens(self) -> bool:
        """Whether the line begins with a mark that goes on with the quotation of the line before."""
        return bool(self.marks) and self.marks[0].start == self.start and not self.text[self.marks[0].end : self.marks[0].end + 1].isspace()

    def stands_alone(self, mark: Mark) -> bool:
        """White space on either side: only the state tells what a straight mark does."""
        before, after = self._around(mark)
        return mark.form == '"' and before.isspace() and after.isspace()

    def closes(self, index: int) -> bool:
        """Whether a mark that does not open closes: not the apostrophe of `the nurses’ plan` or `goin’` with a closer to come."""
        mark, text = self.marks[index], self.text
        if not mark.single:
            return True
        if not self._may_close(mark):
            return False
        before, after = self._around(mark)
        if before not in "sSn" or mark.end + 1 >= self.end:
            return True
        if after in ".,!?":
            return text[mark.end + 1] not in "’'"  # the doctors’.’
        if after != " " or not text[mark.end + 1].isalpha():
            return True
        return not self._closed_later(index)

    def nests(self, index: int) -> bool:
        """`“He told us “no” twice”`: of a family that is open already, the next two marks both close."""
        single = self.marks[index].single
        later = [mark.form for mark in self.marks[index + 1 : index + 12] if mark.single == single][:2]
        return len(later) == 2 and all(form in _CLOSERS for form in later)

    def begins_with_closer(self) -> bool:
        """Whether the first double mark of the line closes a quotation that a line before it opened."""
        doubles = [mark for mark in self.marks if not mark.single]
        if not doubles or self.opens(doubles[0]) or doubles[0].form not in '"”»':
            return False
        return doubles[0].form != '"' or (sum(mark.form == '"' for mark in doubles) % 2 == 1 and not self.stands_alone(doubles[0]))

    def _closed_later(self, index: int) -> bool:
        """Whether a sure closing mark comes before any mark that opens."""
        for later in self.marks[index + 1 : index + 1 + _LOOK_AHEAD]:
            if not later.single or self.is_apostrophe(later):
                continue
            if not self._may_close(later):
                return False
            if self._surely_closes(later):
                return True
        return False

    def _around(self, mark: Mark) -> tuple[str, str]:
        """The characters on either side within the line, `" "` beyond it."""
        before = self.text[mark.start - 1] if mark.start > self.start else " "
        after = self.text[mark.end] if mark.end < self.end else " "
        return before, after

    def _is_free(self, mark: Mark, before: str) -> bool:
        """Whether a quotation can begin here: after white space, a bracket, a dash, or another mark that opens."""
        if before.isspace() or before in _BRACKETS or before in _OPENERS:
            return True
        if before not in "\"'" or before == mark.form:
            return False
        position = mark.start - 1
        return position <= self.start or self.text[position - 1].isspace() or self.text[position - 1] in _BRACKETS

    def _surely_closes(self, mark: Mark) -> bool:
        """Whether a single mark is no apostrophe: after a comma or a stop, or before one and not after the letter of a plural."""
        before, after = self._around(mark)
        return before in _ENDS or (after in ",.;:!?)" and before not in "sSn")

    def _may_close(self, mark: Mark) -> bool:
        before, after = self._around(mark)
        return mark.form in "’'‘" and not before.isspace() and not after.isalnum() and (mark.form != "‘" or before not in _BRACKETS)
