"""Unique ids of articles."""

from collections.abc import Callable, Iterator

from stancekit.articles.clashes import Clashes, digest
from stancekit.sources.rows import Found, short
from stancekit.sources.source import Source, ending_of
from stancekit.sources.stems import Stems


class Ids:
    """The ids that have occurred: 12 bytes of each, and 8 that tell its file and its text from another of that id."""

    def __init__(self, stems: Stems, clashes: Clashes, say: Callable[[str, str], object]) -> None:
        self._stems, self._clashes, self._say = stems, clashes, say
        self._names: set[int] = set()
        self._owners: dict[int, int] = {}  # an id, as its file has it → text and file of the first that had it
        self._others: dict[int, list[int]] = {}  # the same of the others
        self._source: Source | None = None
        self._number = 0
        self._told: set[int] = set()

    def give(self, identity: str, text: str, found: Found) -> str:
        """Return the id of an article: its own, or `<table>/<id>` for the rows of a table that has an id in common with another source.

        Raises `UnreadableError` for an id that occurs twice in one file, and for an article that another file has too: the same
        id, the same text.
        """
        if found.source is not self._source:
            self._source, self._number = found.source, self._number + 1
        mine = digest(text, 4) << 32 | self._number
        keys = [digest(known) for known in _known_as(identity, found)]
        fault = self._fault(keys, mine)
        for key in keys if fault is not _TWICE else ():
            if self._owners.setdefault(key, mine) != mine:
                self._others.setdefault(key, []).append(mine)
        if fault:
            raise found.fault(f"the id {short(identity)} has occurred before{fault}")
        for name in self._candidates(identity, text, found):
            key = keys[0] if name == identity else digest(name)
            if key not in self._names:
                self._names.add(key)
                self._tell(name, identity, found)
                return name
        raise found.fault(f"the id {short(identity)} has occurred before{_TWICE}")

    def _fault(self, keys: list[int], mine: int) -> str | None:
        owners = [owner for key in keys if key in self._owners for owner in (self._owners[key], *self._others.get(key, ()))]
        if any(owner & 0xFFFFFFFF == self._number for owner in owners):
            return _TWICE
        return ", with the same text" if any(owner >> 32 == mine >> 32 for owner in owners) else None

    def _candidates(self, identity: str, text: str, found: Found) -> Iterator[str]:
        """What it may be called, the best first; the others are for where an id of another source reads just so."""
        source = found.source
        longer = self._stems.longer(source, source.stem)
        if found.row.line is None:
            yield identity
            yield from longer
            return
        if identity == f"{source.stem}-{found.row.line}" or not self._clashes.has(identity, text, source):
            yield identity  # a row without an id goes by its table's name anyway
        yield f"{source.stem}/{identity}"
        yield from (f"{name}/{identity}" for name in longer)

    def _tell(self, name: str, identity: str, found: Found) -> None:
        """Of each table once that its rows have longer ids; of other files, of which there may be thousands, once in all."""
        source = found.source
        plain = source.path is None or source.piped or source.id is not None or source.stem == ending_of(source.path.name)[0]
        if found.row.line is not None and name != identity:
            about, what = self._number, f"ids of its rows are those of others too: the table's name comes before them, as in '{name}'"
        elif name != identity or (not plain and identity.startswith(source.stem)):
            about, what = 0, f"another file has that name: this one is called '{name}', and so on for all that share theirs"
        else:
            return
        if about not in self._told:
            self._told.add(about)
            self._say(source.name, what)


_TWICE = "; give one of the two another"


def _known_as(identity: str, found: Found) -> Iterator[str]:
    """Its id; of a file whose suffix is in its name, to tell it from others, its path without it too: an article in two formats."""
    yield identity
    path = found.source.path
    if found.row.line is None and path is not None and found.source.id is None and identity.endswith(path.name):
        yield f"{path.parent}/{ending_of(path.name)[0]}"
