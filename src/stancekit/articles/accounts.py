"""Accounts of words: every word that was read ends in a statement, a heading, boilerplate, furniture or a rejection."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from stancekit.errors import StancekitError, Tally, counted
from stancekit.records import Article, Statement
from stancekit.sources.damage import damage_of
from stancekit.sources.source import Rejected

DOUBTFUL = 1 / 3
"""A larger share of headings, boilerplate and furniture makes a document doubtful."""
DAMAGED = 1 / 100
"""So does more damage than this a word."""
_GRAVE = ("mojibake", "C1 control characters", "lost characters (U+FFFD)", "HTML tags", "HTML entities")
MAX_NAMED = 1_000
"""At most this many doubtful documents are kept by name."""


@dataclass(frozen=True, slots=True)
class Words:
    """Numbers of words, parted by white space, by where they end. `rejected` has those of rejected documents, where they are known."""

    sentences: int = 0
    headings: int = 0
    boilerplate: int = 0
    furniture: int = 0
    rejected: int = 0

    @property
    def total(self) -> int:
        return self.sentences + self.left_out + self.rejected

    @property
    def left_out(self) -> int:
        return self.headings + self.boilerplate + self.furniture

    def __add__(self, other: "Words") -> "Words":
        return Words(*(mine + theirs for mine, theirs in zip(asdict(self).values(), asdict(other).values(), strict=True)))

    def __str__(self) -> str:
        """`3,012 read = 91 % statements + 4 % headings + 2 % boilerplate + 3 % furniture`; rejections only where there are any."""
        shares = {"statements" if name == "sentences" else name: n for name, n in asdict(self).items() if n or name != "rejected"}
        return f"{self.total:,} read = " + " + ".join(f"{_percent(n, self.total)} {name}" for name, n in shares.items())


def words_of(article: Article, statements: Iterable[Statement]) -> Words:
    """Count the words of an article by the kind of its statements. Raises `StancekitError` where a part of the text is in none."""
    found: Counter[str] = Counter()
    end = 0
    for statement in statements:
        _check(article, end, statement.start)
        found[statement.kind] += len(article.text[statement.start : statement.end].split())
        end = statement.end
    _check(article, end, len(article.text))
    return Words(found["sentence"], found["heading"], found["boilerplate"], article.furniture)


def doubts_of(article: Article, words: Words) -> list[str]:
    """Return why what is made of an article is doubtful: much of it is left out, or its text is damaged."""
    found = []
    if words.left_out > DOUBTFUL * words.total:
        found.append(
            f"{_percent(words.left_out, words.total)} of its {counted(words.total, 'word')} are headings, boilerplate or furniture"
        )
    damage = damage_of(article.text)
    if sum(damage[kind] for kind in _GRAVE) > DAMAGED * words.total:
        found.append(f"damaged text: {', '.join(f'{damage[kind]} {kind}' for kind in _GRAVE if damage[kind])}")
    return found


class Accounts:
    """Sums up the words of all documents, and names the doubtful ones."""

    def __init__(self) -> None:
        self.words = Words()
        self._doubtful: list[str] = []
        self._more = 0
        self._tally = Tally()

    def see(self, article: Article, statements: Iterable[Statement]) -> None:
        """Count an article. Raises `StancekitError` where a part of its text is in no statement."""
        words = words_of(article, statements)
        self.words += words
        if reasons := doubts_of(article, words):
            self._tally.add(f"{article.id}: {'; '.join(reasons)}")
            self._more += len(self._doubtful) == MAX_NAMED
            self._doubtful = [*self._doubtful, article.id][:MAX_NAMED]

    def see_rest(self, *, statement: str = "", rejected: Rejected | None = None) -> None:
        """Count a row that is a statement, or what is known of a document that is rejected."""
        self.words += Words(len(statement.split()), rejected=rejected.words if rejected else 0)

    def lines(self) -> list[str]:
        """The shares of words, below the doubtful documents; those of one kind are folded. None where nothing was read."""
        return [*(f"doubtful: {line}" for line in self._tally.lines()), *([f"words: {self.words}"] if self.words.total else [])]

    def receipt(self) -> dict[str, Any]:
        """The numbers of words, the names of the doubtful documents and how many more there are."""
        return {**asdict(self.words), "doubtful": self._doubtful, "more_doubtful": self._more}


def _check(article: Article, start: int, end: int) -> None:
    if lost := article.text[start:end].strip():
        raise StancekitError(f"article '{article.id}': {lost[:60]!r} is in no statement; this is a fault of stancekit")


def _percent(part: int, whole: int) -> str:
    return "<1 %" if 0 < 200 * part < whole else f"{100 * part / whole:.0f} %"
