"""What files are called in ids: by their stem, or by as much of their path as tells them apart."""

from collections.abc import Iterator
from hashlib import blake2b

from stancekit.articles.registry import TABLES
from stancekit.articles.source import Source


class Stems:
    """The names of all sources of an input, whatever their order; of each file four digests of 8 bytes are kept.

    A file goes by its stem. Where two share it, both go by their paths below the folder (or the fixed part of the pattern) that
    was named, without suffix: `2024/budget`, `2025/budget`; where they share that too, with the name of that folder before it,
    and at last by their paths as they were given. Files of one path that differ in their suffix alone stay one name: an article in
    two formats. What a manifest gives an id keeps it, and is nobody's namesake.
    """

    def __init__(self) -> None:
        self._once: set[int] = set()
        self._again: set[int] = set()

    def add(self, source: Source) -> None:
        """Take note of one source."""
        keys = [_key(source, level, name) for level, name in enumerate(_names(source))]
        if _has_an_id(source) or keys[-1] in self._once:
            return
        self._again.update(key for key in keys if key in self._once)
        self._once.update(keys)

    def of(self, source: Source) -> str:
        """The shortest of its names that no other source has."""
        names = list(_names(source))
        if _has_an_id(source):
            return names[0]
        return next((name for level, name in enumerate(names) if _key(source, level, name) not in self._again), names[-1])


def _has_an_id(source: Source) -> bool:
    return source.id is not None and source.ending not in TABLES


def _names(source: Source) -> Iterator[str]:
    """The stem, the path below the folder that was named, the same with that folder's name, the whole path."""
    yield source.stem
    if source.path is not None:
        folder = source.path.parent
        base = source.base or folder
        inner = folder.relative_to(base)
        for path in (inner, base.name / inner, folder):
            yield f"{path.as_posix()}/{source.stem}".removeprefix("./").lstrip("/")


def _key(source: Source, level: int, name: str) -> int:
    """An article of its own and a table may share a name: the rows of the table have theirs, or their lines, behind it."""
    digest = blake2b(f"{source.ending in TABLES}:{level}:{name}".encode("utf-8", "surrogateescape"), digest_size=8)
    return int.from_bytes(digest.digest(), "big")
