"""JSON: an array of objects, a document each, or an answer of NewsAPI or Event Registry."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from stancekit.errors import InputError
from stancekit.io.files import parse_object
from stancekit.sources.decoding import whole_text
from stancekit.sources.formats.jsonl import SAMPLE
from stancekit.sources.formats.news_api import Answers
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Rejected, Source, UnreadableError

_BETWEEN = re.compile(r"\s*(,?)\s*")


class JsonReader(Reader):
    """The keys of an object are its columns. The line of a document is its number, from 1."""

    tabular = True

    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        number = 0
        for item in self._objects(source):
            number += 1
            if isinstance(item, Rejected):
                yield item
            else:
                yield Row(number, {name: item[key] for name, key in self.wanted.names.items() if key in item})
        if not number:
            raise UnreadableError(source, None, "holds no documents")

    def columns(self, source: Source) -> Sequence[str] | None:
        keys: dict[str, None] = {}
        with suppress(UnreadableError):
            for item in islice(self._objects(source), SAMPLE):
                keys |= dict.fromkeys(() if isinstance(item, Rejected) else item)
                if self.wanted.met(keys):
                    break
        return list(keys) or None

    def _objects(self, source: Source) -> Iterator[dict[str, Any] | Rejected]:
        """The documents of an array, or of objects that follow each other. Each is parsed alone, so that one at fault hides no other."""
        text = whole_text(source, self.encoding)
        place = len(text) - len(text.lstrip())
        array, number, answers = text[place] == "[", 0, Answers()
        place += array
        while (begins := _BETWEEN.match(text, place)) and begins.end() < len(text):
            if array and text[begins.end()] == "]":
                if text[begins.end() + 1 :].strip():
                    raise UnreadableError(source, number or None, "more comes behind the end of the array, and is not read")
                break
            if begins[1] != ("," if array and number else ""):
                raise UnreadableError(source, number or None, "a comma is missing, or one too many; the file is not read from here on")
            number += 1
            where = f"{source.name}:{number}"
            try:  # the end first, then the object itself, strictly
                _, place = _DECODER.raw_decode(text, begins.end())
                yield from answers.documents(parse_object(text[begins.end() : place], where), where)
            except (ValueError, RecursionError) as error:
                what = str(error).partition(": line")[0]
                line = text.count("\n", 0, begins.end()) + 1
                raise UnreadableError(source, number, f"is no JSON (line {line}: {what}); the file is not read from here on") from None
            except InputError as error:
                yield Rejected(source.name, number, str(error))
        else:
            if array:
                raise UnreadableError(source, number or None, "the array does not end: the file is cut")
        self.options.say(source.name, answers.missing)


_DECODER = json.JSONDecoder()
