"""Plain text and Markdown: one article per file, unchanged, or the export of a press database."""

from collections.abc import Iterator

from stancekit.sources.decoding import whole_text
from stancekit.sources.exports import export_rows
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Rejected, Source


class TextReader(Reader):
    """The text is the file's, and nothing else is known of the article; each article of an export has its slice of the file."""

    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        text = whole_text(source, self.encoding)
        yield from export_rows(text.split("\n"), source, self.options) or [Row(None, {"text": text})]
