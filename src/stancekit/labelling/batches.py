"""Documents dealt into batches by their order and size alone, so that shards do not depend on who labels them, or when."""

from collections import Counter
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


def deal(documents: Iterable[Document], parts_of: Callable[[Document], Iterable[int]], rows: int) -> Iterator[Batch]:
    """Yield batches of about so many rows of each part, as they are full; those that are not, at the end."""
    filling: dict[int, list[Document]] = {}
    filled, numbers = Counter[int](), Counter[int]()
    for document in documents:
        for part in parts_of(document):
            filling.setdefault(part, []).append(document)
            filled[part] += 1 + (len(document.content.text) // CHARACTERS if isinstance(document.content, Article) else 0)
            if filled[part] >= rows:
                yield _batch(part, numbers[part], filling.pop(part))
                numbers[part] += 1
                del filled[part]
    yield from (_batch(part, numbers[part], found) for part, found in sorted(filling.items()))


def _batch(part: int, number: int, documents: list[Document]) -> Batch:
    digest = sha256()
    for document in documents:
        digest.update(repr(document.content).encode("utf-8", "surrogatepass"))
    return Batch(part, number, tuple(documents), digest.hexdigest())
