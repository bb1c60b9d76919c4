"""Web pages: article text and declared metadata, extracted by trafilatura in a separate process."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any
from unicodedata import category

from stancekit.errors import MissingError, missing_extra
from stancekit.sources import limits
from stancekit.sources.decoding import whole_text
from stancekit.sources.options import Wanted
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Source, UnreadableError

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

    def __init__(self, wanted: Wanted, encoding: str) -> None:
        super().__init__(wanted, encoding)
        for package in ("trafilatura", "lxml_html_clean"):
            if not _installed(package) and (missing := missing_extra(ModuleNotFoundError(name=package))):
                raise missing
        self._process = PageProcess(SECONDS)

    def rows(self, source: Source) -> Iterator[Row]:
        page = whole_text(source, self.encoding)
        if len(page) > limits.MAX_PAGE:
            raise UnreadableError(source, None, f"has more than {limits.MAX_PAGE:,} characters: no article")
        try:
            found = self._process.extract(page)
        except TimeoutError:
            raise UnreadableError(source, None, f"no article was found in it within {SECONDS:g} seconds") from None
        except ChildProcessError as error:
            raise UnreadableError(source, None, f"no article was found in it: {error}") from None
        if "refused" in found:
            raise UnreadableError(source, None, f"no article was found in it: it is {found['refused']}")
        articles = found.get("articles", [])
        text = "\n".join(article["text"] for article in articles)
        if not text.strip():
            raise UnreadableError(source, None, "no article was found in it")
        if min(_printable(page), _printable(text)) < PRINTABLE:
            raise UnreadableError(source, None, "is no text: too many of its characters can't be printed")
        if sum(any(c.isalpha() for c in word) for word in text.split()) < WORDS:  # a menu, or what is left of broken markup
            raise UnreadableError(source, None, "no article was found in it")
        for number, article in enumerate(articles, 1):
            yield Row(number if len(articles) > 1 else None, article)

    def close(self) -> None:
        self._process.close()


def _installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def _printable(text: str) -> float:
    """The share of characters that are neither control, private, unassigned nor the mark of a lost character."""
    lost = (n for c, n in Counter(text).items() if c not in "\t\n\r" and (c == "\ufffd" or category(c) in ("Cc", "Co", "Cn")))
    return 1 - sum(lost) / len(text)


class PageProcess:
    """A process that finds the article in web pages: nothing else can be stopped when a page takes too long, or take a crash.

    Starts with the first page, serves one at a time, begins anew after one that it did not survive.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, page: str) -> dict[str, Any]:
        """What `html_worker.extract` gives.

        Raises
        ------
        TimeoutError
            It took longer than `seconds`, and was stopped.
        ChildProcessError
            It ended in another way.
        MissingError
            It does not start.
        """
        process = self._process = self._process or self._start()
        data = page.encode()
        started = time.monotonic()
        try:
            process.stdin.write(len(data).to_bytes(8, "big") + data)  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            answer = process.stdout.readline()  # type: ignore[union-attr]
        except BrokenPipeError:
            answer = b""
        except BaseException:  # interrupted: what is on its way belongs to no page that comes
            self.close()
            raise
        if not answer:
            took = time.monotonic() - started
            self.close()
            raise TimeoutError if took >= self._seconds else ChildProcessError("the page ended the process that read it")
        found: dict[str, Any] = json.loads(answer)
        if "error" in found:
            raise ChildProcessError(found["error"])
        return found

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "stancekit.sources.formats.html_worker", str(self._seconds)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if not process.stdout.readline():  # type: ignore[union-attr] # it says that it is ready: no page's time goes by before
            process.communicate()
            what = f"web pages can't be read: '{sys.executable} -m stancekit.sources.formats.html_worker 1' says why"
            raise MissingError(f"{what}; perhaps pip install 'stancekit[html]' helps")
        return process
