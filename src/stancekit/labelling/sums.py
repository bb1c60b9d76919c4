"""What is counted of labelled documents, shard by shard, and told of all of them at the end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from stancekit.articles.accounts import Accounts, Words, doubts_of, words_of
from stancekit.records import Article, Statement
from stancekit.sources.languages import UNKNOWN, shares
from stancekit.statements.segmentation.wrapped import Joined


@dataclass(slots=True)
class Sums:
    """Numbers of words by where they end, of articles by language, of `articles` with joined lines and of line `breaks` in them.

    `doubtful` has the ids of articles, and why what is made of them is doubtful.
    """

    words: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)
    doubtful: dict[str, str] = field(default_factory=dict)

    def see(self, article: Article, statements: Iterable[Statement]) -> None:
        """Count an article. Raises `StancekitError` where a part of its text is in no statement."""
        words, joined = words_of(article, statements), Joined()
        joined.see(article.text, statements)
        self.words.update(asdict(words))
        self.languages[article.language or UNKNOWN] += 1
        self.joined.update(articles=joined.articles, breaks=joined.breaks)
        if reasons := doubts_of(article, words):
            self.doubtful[article.id] = "; ".join(reasons)

    def add(self, other: "Sums") -> None:
        """Count the documents of another, too."""
        self.words.update(other.words)
        self.languages.update(other.languages)
        self.joined.update(other.joined)
        self.doubtful |= other.doubtful


class Total:
    """The sums of all shards, of which a bounded number of doubtful articles is kept, and the words that are in no shard."""

    def __init__(self) -> None:
        self.accounts, self.languages = Accounts(), Counter[str]()
        self._joined = Joined()

    def add(self, sums: Sums) -> None:
        self.accounts.add(Words(**sums.words), sums.doubtful)
        self.languages.update(sums.languages)
        self._joined.articles += sums.joined["articles"]
        self._joined.breaks += sums.joined["breaks"]

    def lines(self) -> list[str]:
        """Say where lines were joined, the languages, which documents are doubtful, and the shares of words."""
        told = [f"lines: {joined}"] if (joined := self._joined.told()) else []
        return [*told, *([f"languages: {shares(self.languages)}"] if self.languages else []), *self.accounts.lines()]
