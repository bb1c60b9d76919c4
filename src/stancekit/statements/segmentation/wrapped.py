"""Hard-wrapped text: one decision a document whether it is, and the edits that join its lines.

Text that a program filled has a right margin: each line that a paragraph goes on from ends so near to it that the first word of the
next line would not have fitted. So many lines agree on one margin that chance, verse or a list does not explain it. Text set in
proportional type, as pages turned to text, keeps its margin only about.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby, pairwise, zip_longest
from typing import NamedTuple

from stancekit.edits import Edit, Lines
from stancekit.statements.segmentation.lines import stripped_lines
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.wordlist import words

WIDEST = 160
"""Lines that are longer were not wrapped."""
NARROWEST, NARROW, WIDE = 20, 50, 60
"""The narrowest margin, and the narrowest that two lines are believed, or three in proportional type."""
MANY = 5
"""So many lines are believed at a narrow margin, twice as many below 30 columns."""
_SHARE, _SHARE_OF_MANY, _SHARE_OF_SET = 0.75, 0.4, 0.85
"""Of the lines that go on without a stop, so many end at the margin; among many, verse and headings may stand between. In
proportional type a margin is an eighth more or less, and that takes in more lines than any one margin does."""
_MORE = 0.08

_CLOSERS = "\"'”’»)]*_"
_STOPS = ".!?…:;。！？"
_FIRST = re.compile(r"(?:>[> ]*)?(?:[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]|\S+)")
_LETTER = re.compile(r"[^\W_]")
_BULLETS = "•●▪‣◦·*+#"
_QUOTED = re.compile(r">[> ]*")
_ITEM = re.compile(r"(?:[•●▪‣◦·*+–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|#{1,6})\s", re.IGNORECASE)
_NAME = r"[A-Z][\w.’'-]{0,30}"
_TURN = re.compile(rf"{_NAME}(?: {_NAME}){{0,4}}(?: ?\([^()]{{1,40}}\))?:(?:\s|$)|[QA][.:]\s|\[?\d{{1,2}}[:.]\d{{2}}")
_OF_CUE = re.compile(r"WEBVTT\b|NOTE\b|\d+$|.*-->")
_SAID = re.compile(rf"[-–—]|<v\b|>>|{_OF_CUE.pattern}")
_ROW = re.compile(r"\S(?:\t| {3,})\S|\|")
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_LAST_WORD, _NEXT_WORD = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_PARTED = re.compile(r"([^\W_]{1,40})[-‐\xad][^\S\n]{0,40}\n[^\S\n]{0,40}(?:>[> ]*)?[^\W_]+")
_SUSPENDED = words("and or to nor und oder bis")
"""What follows the hyphen of `pre- and post-war`."""
_PREFIXES = words("re de co pre pro in inter on over under so")
"""First parts of compounds that more words begin with than are parted by a hyphen, where hyphens part words."""
_COMPOUNDING = words(
    "well ill self half full part long short high low hard soft far near cross co non anti pro post pre mid multi semi ex vice inter ultra"
    " one two three four five six seven eight nine ten first second third once all open large small big old new young late early right"
    " left centre center north south east west hand year month week day time cost world state government user job life award ever so much"
    " then follow back front on off out up down over under in re de e good better best best bad decision policy law record school free"
)
"""First parts of compounds, where the rest of the document does not tell."""


class _Break(NamedTuple):
    """The end of line `line`, which the next line follows without a blank one.

    `length` and `following` are the lengths of the two, indentation included, `word` that of the first word of the next. `is_open`: no
    stop ends the line; `goes_on`: the next one does not begin with a capital, or all is in capitals; `is_kept`: a list, a table or a
    turn of a transcript, whatever the margin; `is_deeper`: the next line is indented further.
    """

    line: int
    length: int
    following: int
    word: int
    is_open: bool
    goes_on: bool
    is_kept: bool
    is_deeper: bool

    def is_full(self, low: int, high: int) -> bool:
        """Whether the next line's first word would not have fitted, for a margin from `low` to `high`."""
        return low < self.length + 1 + self.word and max(self.length, self.following) <= high


def line_joins(text: str, lines: Lines = "auto") -> list[Edit]:
    """Return the edits that join the lines of a hard-wrapped document, or of any with `join`; none for another, or with `keep`."""
    return _Wrapped(text).joins(forced=lines == "join") if lines != "keep" else []


class _Wrapped:
    """The lines of a text as they may have been wrapped."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = list(stripped_lines(text))
        self._breaks = list(_breaks(text, self._spans))

    def joins(self, *, forced: bool) -> list[Edit]:
        if len(re.findall(r"\d --> \d", self._text[:2_000])) > 1 and not forced:  # subtitles: the lines of one cue
            lines = [self._text[slice(*span)] for span in self._spans]
            own = (b.line for b in self._breaks if not (b.is_kept or _OF_CUE.match(lines[b.line]) or _SAID.match(lines[b.line + 1])))
            return list(map(self._join, own))
        found = self._margin(forced=forced)
        return [] if found is None else [self._join(at) for at in self._joined(*found)]

    def _margin(self, *, forced: bool) -> tuple[int, int] | None:
        """The least and the greatest column where the right margin may be; `None` where there is none."""
        open_lines = [b for b in self._breaks if b.is_open and not b.is_kept and max(b.length, b.following) <= WIDEST]
        if forced:
            margin = max((b.length for b in open_lines or self._breaks), default=0)
            return margin // 2, WIDEST
        if not open_lines or (len(open_lines) == 1 and not self._text[self._spans[open_lines[0].line + 1][0]].islower()):
            return None
        margin, high, full = _most(open_lines)
        if margin < NARROWEST or 3 * sum(b.goes_on for b in open_lines if b.is_full(margin, high)) < full:
            return None  # verse, or names one below the other
        low, greatest = margin - margin // 8, high + margin // 8
        about = sum(b.is_full(low, greatest) for b in open_lines)
        if about >= max(MANY if margin < WIDE else 3, _SHARE_OF_SET * len(open_lines)) and about - full > _MORE * len(open_lines):
            return low, greatest
        sure = full >= _SHARE * len(open_lines) and full >= (1 if margin >= NARROW else MANY if margin >= 30 else 2 * MANY)
        mixed = full >= _SHARE_OF_MANY * len(open_lines) and full >= MANY and margin >= NARROW
        return (margin, high) if sure or mixed else None

    def _joined(self, low: int, high: int) -> Iterator[int]:
        """The lines that the next one is joined to; of a block of lines those which are not full are, where most are and nothing ends."""
        for _, block in groupby(enumerate(self._breaks), lambda pair: pair[1].line - pair[0]):
            breaks = [(b, b.is_full(low, high)) for _, b in block]
            filled = 2 * sum(is_full for _, is_full in breaks) >= len(breaks)
            for (b, is_full), after in zip_longest(breaks, breaks[1:]):
                if is_full and not b.is_open:  # a stop at the margin: no heading follows, nor another paragraph
                    joins = not b.is_deeper and (after is None or after[1] or not after[0].is_open)
                else:
                    joins = is_full or (filled and b.is_open and b.goes_on and b.length <= high)
                if joins and not b.is_kept:
                    yield b.line

    def _join(self, line: int) -> Edit:
        """What stands between a line and the next becomes a space; nothing after a hyphen, and without it where a word was parted."""
        text, end, start = self._text, self._spans[line][1], self._spans[line + 1][0]
        if quoted := _QUOTED.match(text, start):
            start = quoted.end()
        last = text[end - 1]
        if last == "\xad":
            return end - 1, start, ""
        if last not in "-‐" or not text[end - 2 : end - 1].isalnum():
            return end, start, "" if _WIDE.match(last) and _WIDE.match(text, start) else " "
        before, after = _LAST_WORD.search(text[max(0, end - 41) : end - 1]), _NEXT_WORD.match(text, start)
        if after and after[0] in _SUSPENDED:
            return end, start, " "
        if not (before and after and after[0].islower()) or self._is_compound(before[0].casefold(), after[0].casefold()):
            return end, start, ""
        return end - 1, start, ""

    def _is_compound(self, before: str, after: str) -> bool:
        known = self._words
        if self._parts_words and before in _PREFIXES and f"{before}-{after}" not in known:
            return before[-1] == after[0]  # re-elect
        if f"{before}-{after}" in known or before + after in known:
            return before + after not in known
        return before in _COMPOUNDING or before.endswith("ly") or (before in known and after in known)

    @cached_property
    def _parts_words(self) -> bool:
        """Whether words are parted at the ends of lines: twice what stands before the hyphen is no word, nor the first part of one."""
        return len({part for part in _PARTED.findall(self._text) if part.islower() and part[-2:] != "ly"} - self._words - _COMPOUNDING) > 1

    @cached_property
    def _words(self) -> set[str]:
        """The words of the text but those at the ends of lines that were parted; of compounds the parts too."""
        found = {word.casefold().replace("‐", "-") for word in _WORD.findall(_PARTED.sub(" ", self._text))}
        return found | {part for word in found if "-" in word for part in word.split("-")}


def _breaks(text: str, spans: Sequence[Span]) -> Iterator[_Break]:
    """The ends of lines that are not too long to be wrapped, and that no blank line follows but at the end of a page."""
    in_list = False
    indent = _indent(text[: spans[0][0]]) if spans else 0
    for number, ((start, end), (after, stop)) in enumerate(pairwise(spans)):
        gap, deep = text[end:after], indent
        indent = _indent(gap)
        if max(end - start, stop - after) > WIDEST or (gap.count("\n") > 1 and "\f" not in gap):
            in_list = False
            continue
        is_open = text[max(start, end - 8) : end].rstrip(_CLOSERS)[-1:] not in _STOPS
        letter = _LETTER.search(text, after, stop)
        capitals = text[start:end].isupper() and text[after:stop].isupper()
        goes_on = letter is not None and (capitals or not letter[0].isupper())
        item, bullet = _ITEM.match(text, start, end), _ITEM.match(text, after, stop)
        in_list = in_list or item is not None
        first, parts = _FIRST.match(text, after, stop), (_QUOTED.match(text, start), _QUOTED.match(text, after))
        yield _Break(
            number, deep + end - start, indent + stop - after, first.end() - after if first else 0, is_open, goes_on,
            is_kept=letter is None
            or _LETTER.search(text, start, end) is None
            or (bullet is not None and (in_list or not is_open or bullet[0][0] in _BULLETS))
            or ((turn := _TURN.match(text, after, stop)) is not None and (not is_open or turn[0].isupper()))
            or any(_ROW.search(text, *span) for span in ((start, end), (after, stop)))
            or len({part and part[0].count(">") for part in parts}) > 1
            or (gap.count("\n") > 1 and not (is_open and goes_on)),
            is_deeper=item is None and indent >= deep + 2,
        )  # fmt: skip


def _indent(gap: str) -> int:
    return len(gap) - 1 - gap.rfind("\n")


def _most(breaks: Sequence[_Break]) -> tuple[int, int, int]:
    """The margins that most lines agree on, from the least to the greatest beside it, and how many do."""
    steps = [0] * (2 * WIDEST + 3)
    for b in breaks:
        steps[b.length] += 1
        steps[min(b.length + 1 + b.word, 2 * WIDEST + 2)] -= 1
    counts = list(accumulate(steps))
    most = max(counts)
    low = high = counts.index(most)
    while counts[high + 1] == most > 0:
        high += 1
    return low, high, most
