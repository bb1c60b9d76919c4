"""Compact encoding of articles and statements: statements as offsets, each name written once."""

import re
from collections.abc import Sequence
from typing import Any

from stancekit.errors import InputError
from stancekit.records import Article, Statement

MAX_CHARACTERS = 10_000_000
"""At most this many characters of text are in a page: about 2 000 long articles, which a browser opens in a second or two."""
MAX_ARTICLE = 1_000_000
"""At most this many characters are in an article, which is shown as a whole."""

NAMES = ("kind", "mode", "speaker", "organisation", "cue", "holder", "actor_kind", "attribution")
"""What is written of a statement as numbers of strings, in this order."""

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Encoder:
    """Takes articles one by one and keeps what the page needs of them.

    A statement becomes `[start, end, attribution_confidence, quotes, *names]`: offsets in code points, quotes as starts and ends in turn,
    names as indices of `strings`, where 0 is None. An article's `wide` are the code points that are two units long in
    JavaScript, whose strings are UTF-16. One that is too long is there without its text, and says so in `left_out`; once an
    article finds no more room, it and those after it are left out and counted.
    """

    def __init__(self) -> None:
        self.articles: list[dict[str, Any]] = []
        self.left_out = 0
        self._strings: dict[str | None, int] = {None: 0}
        self._characters = 0

    def add(self, article: Article, statements: Sequence[Statement]) -> str | None:
        """Take an article; returns why its text is left out, None where it is there. Raises `InputError` where a statement is not at
        its place."""
        _check(article, statements)
        size = len(article.text)
        known = {name: value for name in ("title", "date", "outlet", "url") if (value := getattr(article, name)) is not None}
        if size > MAX_ARTICLE:
            why = f"left out of the page: it has {size:,} characters, and a page shows articles of at most {MAX_ARTICLE:,}"
            self.articles.append({"id": article.id, **known, "text": "", "wide": [], "statements": [], "left_out": why})
            return why
        if self.left_out or self._characters + size > MAX_CHARACTERS:
            self.left_out += 1
            return f"left out of the page: it is full, as a page holds {MAX_CHARACTERS:,} characters" if self.left_out == 1 else None
        self._characters += size
        wide = [found.start() for found in _WIDE.finditer(article.text)]
        rows = [self._row(s) for s in statements]
        self.articles.append({"id": article.id, **known, "text": article.text, "wide": wide, "statements": rows})
        return None

    def data(self) -> dict[str, Any]:
        return {"names": NAMES, "strings": list(self._strings), "articles": self.articles, "left_out": self.left_out}

    def _row(self, s: Statement) -> list[Any]:
        names = (self._strings.setdefault(getattr(s, name), len(self._strings)) for name in NAMES)
        return [s.start, s.end, s.attribution_confidence, [place for span in s.quotes for place in span], *names]


def _check(article: Article, statements: Sequence[Statement]) -> None:
    end = 0
    for s in statements:
        if s.article_id != article.id or article.text[s.start : s.end] != s.text or not s.start < s.end:
            raise InputError(s.id, f"does not stand there in article '{article.id}'")
        if s.start < end:
            raise InputError(s.id, "overlaps the statement before it, or is out of order")
        if any(not s.start <= a < b <= s.end for a, b in s.quotes):
            raise InputError(s.id, "has a quote that lies outside it")
        end = s.end
