"""Plain text and Markdown: one article per file, unchanged."""

from collections.abc import Iterator

from stancekit.sources.decoding import whole_text
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Source


class TextReader(Reader):
    """The text is the file's; nothing else is known of the article."""

    def rows(self, source: Source) -> Iterator[Row]:
        yield Row(None, {"text": whole_text(source, self.encoding)})
