"""The ids of articles: each occurs once."""

from hashlib import blake2b

from stancekit.articles.rows import Found, short
from stancekit.articles.source import Source


class Ids:
    """The ids that have occurred: 12 bytes of each, and 8 that tell its file and its text from another of that id."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}
        self._source: Source | None = None
        self._number = 0

    def give(self, identity: str, text: str, found: Found) -> str:
        """The id of an article: its own, or `<table>/<id>` for a row whose id an article of another file has.

        Tables are often numbered from 1 each; the one that is read first keeps the bare ids. Raises `UnreadableError` for an
        id that occurs twice in one file, for an article that another file has too (the same id, the same text), and for a file
        of its own whose name is taken.
        """
        if found.source is not self._source:
            self._source, self._number = found.source, self._number + 1
        known = _digest(text, 4) << 32 | self._number
        for name in (identity, f"{found.source.stem}/{identity}"):
            key = _digest(name, 12)
            before = self._seen.get(key)
            if before is None:
                self._seen[key] = known
                return name
            if before >> 32 == known >> 32 and before != known:
                raise found.fault(f"the id {short(identity)} has occurred before, with the same text")
            if found.row.line is None or before & 0xFFFFFFFF == self._number:
                break
        raise found.fault(f"the id {short(identity)} has occurred before; give one of the two another")


def _digest(text: str, size: int) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest(), "big")
