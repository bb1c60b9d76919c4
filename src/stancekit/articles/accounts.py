"""Accounts of what was read: every word ends in a statement, a heading, boilerplate, furniture or a rejection."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, field
from typing import Any

from stancekit.edits import Edited, slice_text
from stancekit.errors import StancekitError, Tally, counted
from stancekit.records import Article, Statement
from stancekit.sources.damage import damage_of
from stancekit.sources.languages import UNKNOWN, is_english, shares

DOUBTFUL, DAMAGED = 1 / 3, 1 / 100
"""A larger share of headings, boilerplate and furniture, or of damage among the words, makes a document doubtful."""
_GRAVE = ("mojibake", "C1 control characters", "lost characters (U+FFFD)", "lost apostrophes (won?t)", "HTML tags", "HTML entities")
MAX_NAMED = 1_000
"""At most this many doubtful documents are kept by name."""


@dataclass(frozen=True, slots=True)
class Words:
    """Numbers of words, parted by white space, by where they end. `rejected` has those of rejected documents, where they are known."""

    statements: int = 0
    headings: int = 0
    boilerplate: int = 0
    furniture: int = 0
    rejected: int = 0

    @property
    def total(self) -> int:
        return sum(astuple(self))

    def __add__(self, other: "Words") -> "Words":
        return Words(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        """`3,012 read = 91 % statements + 4 % headings + 2 % boilerplate + 3 % furniture`; rejections only where there are any."""
        shares = [f"{_percent(n, self.total)} {name}" for name, n in asdict(self).items() if n or name != "rejected"]
        return f"{self.total:,} read = {' + '.join(shares)}"


def words_of(article: Article, statements: Iterable[Statement]) -> Words:
    """Count the words of an article by the kind of its statements; what a repair, or a join of quoted lines, took out between is furniture.

    Raises `StancekitError` where a part of the text is in none.
    """
    found: Counter[str] = Counter()
    end, repaired = 0, Edited(article.text, article.repairs)
    for statement in statements:
        found["furniture"] += _taken_out(article, repaired, end, statement.start)
        found[statement.kind] += len(article.text[statement.start : statement.end].split())
        end = statement.end
    found["furniture"] += _taken_out(article, repaired, end, len(article.text))
    return Words(found["sentence"], found["heading"], found["boilerplate"], article.furniture + found["furniture"])


def doubts_of(article: Article, words: Words) -> list[str]:
    """Return why what is made of an article is doubtful: much is left out, the language is another, or damage is not repaired."""
    found = []
    left_out = words.headings + words.boilerplate + words.furniture
    if left_out > DOUBTFUL * words.total:
        share = _percent(left_out, words.total)
        found.append(f"{share} of its {counted(words.total, 'word')} are headings, boilerplate or furniture")
    if not is_english(article.text, article.language):
        found.append(f"language: {article.language or UNKNOWN}, so that nobody is named as a speaker")
    damage = damage_of(slice_text(article.text, 0, len(article.text), article.repairs))
    if sum(damage[kind] for kind in _GRAVE) > DAMAGED * words.total:
        found.append(f"damaged text: {', '.join(f'{damage[kind]} {kind}' for kind in _GRAVE if damage[kind])}")
    return found


@dataclass(slots=True)
class Account:
    """Of some documents: their words, articles by language, articles with joined lines and the line breaks in them.

    `doubtful` has the ids of articles, and why what is made of them is doubtful.
    """

    words: Words = field(default_factory=Words)
    languages: Counter[str] = field(default_factory=Counter)
    joined: int = 0
    breaks: int = 0
    doubtful: dict[str, str] = field(default_factory=dict)

    def see(self, article: Article, statements: Sequence[Statement]) -> None:
        """Count an article. Raises `StancekitError` where a part of its text is in no statement."""
        words = words_of(article, statements)
        self.words += words
        self.languages[article.language or UNKNOWN] += 1
        breaks = sum(any(end in article.text[a:b] and end not in new for end in "\n\r") for s in statements for a, b, new in s.joined)
        self.joined, self.breaks = self.joined + (breaks > 0), self.breaks + breaks
        if reasons := doubts_of(article, words):
            self._doubt(article.id, "; ".join(reasons))

    def see_rest(self, *, statement: str = "", rejected: int = 0) -> None:
        """Count a row that is a statement, or the words that are known of documents that are rejected."""
        self.words += Words(len(statement.split()), rejected=rejected)

    def add(self, other: "Account") -> None:
        """Count the documents of another, too."""
        self.words += other.words
        self.languages.update(other.languages)
        self.joined, self.breaks = self.joined + other.joined, self.breaks + other.breaks
        for identity, reasons in other.doubtful.items():
            self._doubt(identity, reasons)

    def _doubt(self, identity: str, reasons: str) -> None:
        self.doubtful[identity] = reasons


class Accounts(Account):
    """Of all documents, of which a bounded number of doubtful ones is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._tally = Tally()

    def _doubt(self, identity: str, reasons: str) -> None:
        self._tally.add(f"{identity}: {reasons}")
        if len(self.doubtful) < MAX_NAMED:
            self.doubtful[identity] = reasons

    def lines(self) -> list[str]:
        """Say where lines were joined, in which languages the documents are, which are doubtful, those of one kind folded, and the
        shares of words; nothing where nothing was read."""
        joined = f"lines: joined in {counted(self.joined, 'article')}, {counted(self.breaks, 'line break')}; --lines keep leaves them"
        return [
            *([joined] if self.joined else []),
            *([f"languages: {shares(self.languages)}"] if self.languages else []),
            *(f"doubtful: {line}" for line in self._tally.lines()),
            *([f"words: {self.words}"] if self.words.total else []),
        ]

    def receipt(self) -> dict[str, Any]:
        """Return the numbers of words, with the names of the first doubtful documents, and of articles by language."""
        words = {**asdict(self.words), "doubtful": sorted(self.doubtful)}
        return {"words": words, "languages": dict(sorted(self.languages.items()))}


def _taken_out(article: Article, repaired: Edited, start: int, end: int) -> int:
    gap = article.text[start:end]
    if not gap.strip():
        return 0
    lost = slice_text(article.text, start, end, repaired.within(start, end)).replace(">", " ").strip()  # where quoted lines were joined
    if lost:
        raise StancekitError(f"article '{article.id}': {lost[:60]!r} is in no statement; this is a fault of stancekit")
    return len(gap.split())


def _percent(part: int, whole: int) -> str:
    return "<1 %" if 0 < 200 * part < whole else f"{100 * part / whole:.0f} %"
