"""Documents dealt into batches by their order and size alone, so that shards do not depend on who labels them, or when."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from stancekit.labelling.inputs import Document
from stancekit.records import Article

CHARACTERS = 150
"""An article counts as a row for each of so many characters: a sentence and some more."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The documents of a shard: the `number`th of a `part` of the input. `digest` is theirs.

    `unusable` says of documents, by their numbers in the batch, why they can't be labelled: what kills whoever tries.
    """

    part: int
    number: int
    documents: tuple[Document, ...]
    digest: str
    unusable: Mapping[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.part}-{self.number:05}"


class _Open:
    """A batch that is being filled."""

    def __init__(self, part: int, number: int) -> None:
        self.part, self.number = part, number
        self.documents: list[Document] = []
        self.rows = 0
        self._digest = sha256()

    def add(self, document: Document) -> None:
        content = document.content
        self.documents.append(document)
        self.rows += 1 + (len(content.text) // CHARACTERS if isinstance(content, Article) else 0)
        self._digest.update(repr(content).encode("utf-8", "surrogatepass"))

    def close(self) -> Batch:
        return Batch(self.part, self.number, tuple(self.documents), self._digest.hexdigest())


def deal(documents: Iterable[Document], parts_of: Callable[[Document], Iterable[int]], rows: int) -> Iterator[Batch]:
    """Yield batches of about so many rows of each part, as they are full; those that are not, at the end."""
    filling: dict[int, _Open] = {}
    for document in documents:
        for part in parts_of(document):
            batch = filling.setdefault(part, _Open(part, 0))
            batch.add(document)
            if batch.rows >= rows:
                yield batch.close()
                filling[part] = _Open(part, batch.number + 1)
    yield from (batch.close() for _, batch in sorted(filling.items()) if batch.documents)
