"""Accounts of words: every word that was read ends in a statement, a heading, boilerplate, furniture or a rejection."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from typing import Any

from stancekit.errors import StancekitError, Tally, counted
from stancekit.records import Article, Statement
from stancekit.sources.damage import damage_of
from stancekit.sources.source import Rejected

DOUBTFUL, DAMAGED = 1 / 3, 1 / 100
"""A larger share of headings, boilerplate and furniture, or of damage among the words, makes a document doubtful."""
_GRAVE = ("mojibake", "C1 control characters", "lost characters (U+FFFD)", "HTML tags", "HTML entities")
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
    left_out = words.headings + words.boilerplate + words.furniture
    if left_out > DOUBTFUL * words.total:
        share = _percent(left_out, words.total)
        found.append(f"{share} of its {counted(words.total, 'word')} are headings, boilerplate or furniture")
    damage = damage_of(article.text)
    if sum(damage[kind] for kind in _GRAVE) > DAMAGED * words.total:
        found.append(f"damaged text: {', '.join(f'{damage[kind]} {kind}' for kind in _GRAVE if damage[kind])}")
    return found


class Accounts:
    """Sums up the words of all documents, and names the doubtful ones."""

    def __init__(self) -> None:
        self.words = Words()
        self._doubtful: list[str] = []
        self._tally = Tally()

    def see(self, article: Article, statements: Iterable[Statement]) -> None:
        """Count an article. Raises `StancekitError` where a part of its text is in no statement."""
        words = words_of(article, statements)
        self.add(words, {article.id: "; ".join(reasons)} if (reasons := doubts_of(article, words)) else {})

    def add(self, words: Words, doubtful: Mapping[str, str]) -> None:
        """Count articles by their words, and by the ids of the doubtful ones with why they are."""
        self.words += words
        for identity, reasons in doubtful.items():
            self._tally.add(f"{identity}: {reasons}")
            if len(self._doubtful) < MAX_NAMED:
                self._doubtful.append(identity)

    def see_rest(self, *, statement: str = "", rejected: Rejected | None = None) -> None:
        """Count a row that is a statement, or what is known of a document that is rejected."""
        self.words += Words(len(statement.split()), rejected=rejected.words if rejected else 0)

    def lines(self) -> list[str]:
        """Say which documents are doubtful, those of one kind folded, and the shares of words; nothing where nothing was read."""
        return [*(f"doubtful: {line}" for line in self._tally.lines()), *([f"words: {self.words}"] if self.words.total else [])]

    def receipt(self) -> dict[str, Any]:
        """Return the numbers of words, and the names of the first doubtful documents."""
        return {**asdict(self.words), "doubtful": self._doubtful}


def _check(article: Article, start: int, end: int) -> None:
    if lost := article.text[start:end].strip():
        raise StancekitError(f"article '{article.id}': {lost[:60]!r} is in no statement; this is a fault of stancekit")


def _percent(part: int, whole: int) -> str:
    return "<1 %" if 0 < 200 * part < whole else f"{100 * part / whole:.0f} %"
