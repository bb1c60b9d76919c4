"""Web pages: article text and declared metadata, extracted by trafilatura in a separate process."""

from collections import Counter
from collections.abc import Iterator
from unicodedata import category

from stancekit.errors import require_extra
from stancekit.sources import limits
from stancekit.sources.decoding import whole_text
from stancekit.sources.exports import export_rows
from stancekit.sources.formats import factiva
from stancekit.sources.formats.process import PageProcess
from stancekit.sources.options import ReadOptions, Wanted
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Rejected, Source, UnreadableError

SECONDS = 20.0
"""A page that takes longer is rejected: some make every parser take minutes."""

WORDS = 5
"""A page with fewer words than this holds no article."""
PRINTABLE = 0.95
"""At least this share of an article's characters can be printed; of what is no text less can."""


class HtmlReader(Reader):
    """The article of a page, or its several articles, and what the page declares: see `html_worker.extract`.

    A date is taken from what the page declares, never from its text. A page that is a wall, an error or a list of teasers is rejected.
    """

    def __init__(self, wanted: Wanted, options: ReadOptions) -> None:
        super().__init__(wanted, options)
        require_extra("trafilatura", "lxml_html_clean")
        self._process = PageProcess(SECONDS)

    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        page = whole_text(source, self.encoding)
        export = self.options.layout == "factiva" or factiva.is_page(page)
        if export and (articles := export_rows(factiva.page_lines(page), source, self.options)):
            yield from articles
            return
        if len(page) > limits.MAX_PAGE:
            raise UnreadableError(source, None, f"has more than {limits.MAX_PAGE:,} characters: no article")
        try:
            found = self._process.extract(page)
        except TimeoutError:
            raise UnreadableError(source, None, f"no article was found in it within {SECONDS:g} seconds") from None
        except ChildProcessError as error:
            raise UnreadableError(source, None, f"no article was found in it: {error}") from None
        if "refused" in found:
            raise UnreadableError(source, None, f"no article was found in it: it is {found['refused']}", found["words"])
        articles = found.get("articles", [])
        text = "\n".join(article["text"] for article in articles)
        if not text.strip():
            raise UnreadableError(source, None, "no article was found in it")
        if min(printable(page), printable(text)) < PRINTABLE:
            raise UnreadableError(source, None, "is no text: too many of its characters can't be printed")
        if sum(any(c.isalpha() for c in word) for word in text.split()) < WORDS:  # a menu, or what is left of broken markup
            raise UnreadableError(source, None, "no article was found in it")
        for number, article in enumerate(articles, 1):
            several = len(articles) > 1
            yield Row(number if several else None, ({"id": f"{source.stem}-{number}"} if several else {}) | article, article["furniture"])

    def close(self) -> None:
        self._process.close()


def printable(text: str) -> float:
    """The share of characters that are neither control, private, unassigned nor the mark of a lost character."""
    lost = (n for c, n in Counter(text).items() if c not in "\t\n\r" and (c == "\ufffd" or category(c) in ("Cc", "Co", "Cn")))
    return 1 - sum(lost) / len(text)
