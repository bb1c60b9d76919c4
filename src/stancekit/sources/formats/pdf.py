"""Text PDFs: one article a file, its lines as they stand on the pages, extracted by PDFium in a separate process."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from stancekit.errors import require_extra
from stancekit.sources import limits
from stancekit.sources.formats.html import PRINTABLE, printable
from stancekit.sources.formats.process import PageProcess
from stancekit.sources.options import ReadOptions, Wanted
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Source, UnreadableError
from stancekit.sources.streams import READ_ERRORS, opened, why

SECONDS = 60.0
"""A PDF that takes longer is rejected."""

STOPS = (".", "!", "?", ":", "”", "’", '"')
"""What ends a paragraph, where the distance of lines can't tell: over the end of a page or a column."""
_EDGE = 4
"""Lines at the top and at the foot of a page that may be headers and footers."""


class PdfReader(Reader):
    """Text that the pages repeat at their edges, numbers apart, is taken out and counted as furniture."""

    def __init__(self, wanted: Wanted, options: ReadOptions) -> None:
        super().__init__(wanted, options)
        require_extra("pypdfium2")
        self._process = PageProcess(SECONDS, "pdf_worker", "PDFs", "office")

    def rows(self, source: Source) -> Iterator[Row]:
        pages = self._pages(source)
        scanned = sum(not any(line.strip() for line in page) for page in pages)
        if scanned == len(pages):
            raise UnreadableError(source, None, "holds no text: scanned, needs OCR")
        if scanned:
            self.options.say(source.name, f"{scanned} of its {len(pages)} pages hold no text: scanned or pictures, which need OCR")
        bodies, furniture = without_furniture(pages)
        text = _joined(bodies)
        if not text.strip():
            raise UnreadableError(source, None, "holds the same few words on every page: scanned, needs OCR", furniture)
        if printable(text) < PRINTABLE:
            raise UnreadableError(source, None, "is no text: its fonts do not say which characters they show; it needs OCR")
        yield Row(None, {"text": text}, furniture)

    def _pages(self, source: Source) -> list[list[str]]:
        with opened(source) as stream:
            try:
                data = stream.read(limits.MAX_PDF + 1)
            except READ_ERRORS as error:
                raise UnreadableError(source, None, why(error)) from None
        if not data.strip():
            raise UnreadableError(source, None, "is empty")
        if len(data) > limits.MAX_PDF:
            raise UnreadableError(source, None, f"has more than {limits.MAX_PDF:,} bytes")
        try:
            pages: list[str] = self._process.extract(data)["pages"]
        except TimeoutError:
            raise UnreadableError(source, None, f"its text was not found within {SECONDS:g} seconds") from None
        except ChildProcessError as error:
            raise UnreadableError(source, None, f"is no whole PDF, or not one that can be read: {error}") from None
        return [page.split("\n") for page in pages]

    def close(self) -> None:
        self._process.close()


def without_furniture(pages: Sequence[list[str]]) -> tuple[list[list[str]], int]:
    """Return the lines of each page without those that about half of the pages repeat at an edge, and how many words these have.

    Digits are taken for each other, so that numbers count as repeated. A line is taken out only if all beyond it are.
    """
    pages = [_stripped(page) for page in pages]
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    repeated = {line for line, count in seen.items() if count >= 2 and 2 * count >= len(pages) - 1}
    bodies, words = [], 0
    for page in pages:
        first, last = 0, len(page)
        while first < min(_EDGE, last) and (_key(page[first]) in repeated or not page[first].strip()):
            first += 1
        while last > max(first, len(page) - _EDGE) and (_key(page[last - 1]) in repeated or not page[last - 1].strip()):
            last -= 1
        words += sum(len(line.split()) for line in (*page[:first], *page[last:]))
        bodies.append(_stripped(page[first:last]))
    return bodies, words


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()).casefold())


def _stripped(lines: list[str]) -> list[str]:
    full = [place for place, line in enumerate(lines) if line.strip()]
    return lines[full[0] : full[-1] + 1] if full else []


def _joined(pages: Sequence[list[str]]) -> str:
    """The text: a paragraph goes on over the end of a page, unless a sentence ends there."""
    text = ""
    for page in filter(None, pages):
        text += ("\n\n" if text.rstrip().endswith(STOPS) else "\n" if text else "") + "\n".join(page)
    return text
