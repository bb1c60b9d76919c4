"""Find tables that share ids before the first article is read, so that no id depends on the order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from stancekit.records import Article
from stancekit.sources.options import ReadOptions, Wanted
from stancekit.sources.paths import sources
from stancekit.sources.registry import READERS, TABLES
from stancekit.sources.rows import Found, rows_of
from stancekit.sources.source import Rejected, Source, UnreadableError
from stancekit.sources.stems import Stems

Made = Callable[[Found], Article]
"""What makes an article of a row, or raises `UnreadableError`."""


class Clashes:
    """Tables whose rows get the table's name before their ids, since another source has one of these ids for another text.

    An article of the same id and the same text in two tables is one article, and no clash. A file of its own has a name that is
    known before it is read, but not its text: a table that has a row of that id gives way.

    Of each row some two hundred bytes are kept while the tables are read, and as long as articles are where standard input is
    among them: it can be read but once, so that its rows give way one by one.
    """

    def __init__(self) -> None:
        self._had: dict[int, tuple[int, ...]] = {}  # id → text of the first that had it, and the tables that have it
        self._differ: set[int] = set()
        self._tables: dict[str, int] = {}
        self._clashing: set[int] = set()

    @classmethod
    def among(cls, paths: Iterable[Path | str], reading: ReadOptions, wanted: Wanted, stems: Stems, made: Made) -> "Clashes":
        """Read the ids of all tables, where a table is among several sources; a row that can't be used is nobody's namesake."""
        clashes = cls()
        if not stems.tables or stems.sources < 2:
            return clashes
        documents: set[int] = set()
        piped = False

        def tables() -> Iterator[Source]:
            nonlocal piped
            for source in sources(paths, reading, tuple(READERS)):
                if isinstance(source, Rejected):
                    continue
                if source.ending not in TABLES:
                    documents.add(digest(stems.of(source)))
                elif source.piped:
                    piped = True
                else:
                    yield source

        for row in rows_of(tables(), replace(reading, notice=None), wanted, stems):
            if not isinstance(row, Rejected):
                clashes._add(row, made)
        clashes._settle(documents, keep=piped)
        return clashes

    def has(self, identity: str, text: str, source: Source) -> bool:
        """Tell whether a row of this table needs the table's name before its id."""
        if not source.piped:
            return self._tables.get(source.name) in self._clashing
        key = digest(identity)
        return key in self._differ or (key in self._had and self._had[key][0] != digest(text, 8))

    def _add(self, found: Found, made: Made) -> None:
        try:
            article = made(found)
        except UnreadableError:
            return
        table = self._tables.setdefault(found.source.name, len(self._tables))
        key, text = digest(article.id), digest(article.text, 8)
        had = self._had.setdefault(key, (text, table))
        if table in (had[1], had[-1]):  # its first, or twice in one table: the second is rejected
            return
        self._had[key] = (*had, table)
        if text != had[0]:
            self._differ.add(key)

    def _settle(self, documents: set[int], *, keep: bool) -> None:
        self._differ |= documents
        for key in self._differ & self._had.keys():
            self._clashing.update(self._had[key][1:])
        if not keep:
            self._had.clear()
            self._differ.clear()


def digest(text: str, size: int = 12) -> int:
    """Return a digest of a text of this many bytes, as a number."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest(), "big")
