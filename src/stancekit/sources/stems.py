"""Names of files in ids: the stem, or the shortest part of the path that is unique."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import PurePath

from stancekit.sources.registry import TABLES
from stancekit.sources.source import Source

_BYTES = 8


class Stems:
    """The names of all sources of an input, whatever their order; of each file six digests of 8 bytes are kept.

    A file goes by its stem. Where two share it, both go by their paths below the folder (or the fixed part of the pattern) that
    was named, without suffix: `2024/budget`, `2025/budget`; where they share that too, with the name of that folder before it,
    and then by their paths as they were given. Files of one path that differ in their suffix alone keep it: `budget.txt`,
    `budget.txt.gz`. What a manifest gives an id keeps it; a file whose stem is that id goes by a longer name.
    """

    def __init__(self) -> None:
        self.sources = self.tables = 0
        self._first: dict[bytes, bytes] = {}  # a stem → the longer names of the file that had it first
        self._once: set[bytes] = set()  # the longer names of files that share a stem
        self._again: set[bytes] = set()
        self._listed: set[bytes] = set()

    def add(self, source: Source) -> None:
        """Register a source."""
        self.sources += 1
        self.tables += source.ending in TABLES
        if _has_an_id(source):
            self._listed.add(_digest(source.id or ""))
            return
        stem, *longer = (_key(source, level, name) for level, name in enumerate(_names(source)))
        if stem not in self._first:
            self._first[stem] = b"".join(longer)
            return
        first = self._first[stem]
        self._once.update(first[start : start + _BYTES] for start in range(0, len(first), _BYTES))
        if longer[-1] in self._once:  # a file that is named twice
            return
        self._again.add(stem)
        self._again.update(key for key in longer if key in self._once)
        self._once.update(longer)

    def of(self, source: Source) -> str:
        """Return the shortest of its names that no other source has; of a file that a manifest lists, the id there."""
        if _has_an_id(source):
            return source.id or ""
        names = list(_names(source))
        return next((name for level, name in enumerate(names) if not self._taken(source, level, name)), names[-1])

    def longer(self, source: Source, than: str) -> Iterator[str]:
        """Yield the longer names of a source, for where an id of another file equals its name."""
        if not _has_an_id(source):
            names = list(_names(source))
            yield from (name for name in names[names.index(than) :] if name != than)

    def _taken(self, source: Source, level: int, name: str) -> bool:
        return _key(source, level, name) in self._again or (source.ending not in TABLES and _digest(name) in self._listed)


def _has_an_id(source: Source) -> bool:
    return source.id is not None and source.ending not in TABLES


def _names(source: Source) -> Iterator[str]:
    """The stem; the path below the folder that was named; the same with that folder's name; the whole path; with suffixes."""
    if source.path is None or source.piped:
        yield from [source.stem] * 6
        return
    yield source.stem
    base = source.base or source.path.parent
    inner, folder = source.path.parent.relative_to(base), PurePath(source.name).parent
    for path, name in ((inner, source.stem), (base.name / inner, source.stem), (folder, source.stem)):
        yield _joined(path, name)
    for path in (inner, folder):
        yield _joined(path, source.path.name)


def _joined(folder: PurePath, name: str) -> str:
    return f"{folder.as_posix()}/{name}".removeprefix("./").lstrip("/")


def _key(source: Source, level: int, name: str) -> bytes:
    """An article of its own and a table may share a name: the rows of the table have theirs, or their lines, behind it."""
    return _digest(f"{source.ending in TABLES}:{level}:{name}")


def _digest(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogateescape"), digest_size=_BYTES).digest()
