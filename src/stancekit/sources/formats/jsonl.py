"""JSON Lines: one object per line, a document each, or an answer of NewsAPI or Event Registry."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from stancekit.errors import InputError
from stancekit.io.files import parse_object
from stancekit.sources.decoding import lines
from stancekit.sources.formats.news_api import Answers
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Rejected, Source, UnreadableError

SAMPLE = 1000
"""At most this many lines are read for the keys of a file."""


class JsonlReader(Reader):
    """The keys that hold the fields are the columns; other keys are left alone."""

    tabular = True

    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        empty, answers = True, Answers()
        for number, text, fault in lines(source, self.encoding):
            if not fault and text is not None and not text.strip():
                continue
            empty = False
            try:
                if fault or text is None:
                    raise UnreadableError(source, number, fault or "")
                where = f"{source.name}:{number}"
                found = answers.documents(parse_object(text.removeprefix("\ufeff"), where), where)  # files put together keep their marks
            except InputError as error:
                yield Rejected(source.name, number, str(error))
            else:
                for place, row in enumerate(found, start=1):
                    values = {name: row[key] for name, key in self.wanted.names.items() if key in row}
                    yield Row(number, values if len(found) == 1 else {"id": f"{source.stem}-{number}-{place}", **values})
        if empty:
            raise UnreadableError(source, None, "is empty")
        self.options.say(source.name, answers.missing)

    def columns(self, source: Source) -> Sequence[str] | None:
        """The keys of the first rows, as many as it takes to meet those that must be there."""
        keys: dict[str, None] = {}
        with suppress(UnreadableError):
            for line in islice(lines(source, self.encoding), SAMPLE):
                with suppress(InputError):
                    for row in Answers().documents(parse_object(line.text or "", ""), ""):
                        keys |= dict.fromkeys(row)
                if self.wanted.met(keys):
                    break
        return list(keys) or None
