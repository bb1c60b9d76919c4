"""JSON Lines: one object per line."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from stancekit.errors import InputError
from stancekit.io.files import parse_object
from stancekit.sources.decoding import lines
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Rejected, Source, UnreadableError

_SAMPLE = 1000
"""At most this many lines are read for the keys of a file."""


class JsonlReader(Reader):
    """The keys that hold the fields are the columns; other keys are left alone."""

    tabular = True

    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        empty = True
        for number, text, fault in lines(source, self.encoding):
            if not fault and text is not None and not text.strip():
                continue
            empty = False
            try:
                if fault or text is None:
                    raise UnreadableError(source, number, fault or "")
                row = parse_object(text.removeprefix("\ufeff"), f"{source.name}:{number}")  # files put together keep their marks
            except InputError as error:
                yield Rejected(source.name, number, str(error))
            else:
                yield Row(number, {name: row[key] for name, key in self.wanted.names.items() if key in row})
        if empty:
            raise UnreadableError(source, None, "is empty")

    def columns(self, source: Source) -> Sequence[str] | None:
        """The keys of the first rows, as many as it takes to meet those that must be there."""
        keys: dict[str, None] = {}
        with suppress(UnreadableError):
            for line in islice(lines(source, self.encoding), _SAMPLE):
                with suppress(InputError):
                    keys |= dict.fromkeys(parse_object(line.text or "", ""))
                if self.wanted.fault(keys) is None:
                    break
        return list(keys) or None
