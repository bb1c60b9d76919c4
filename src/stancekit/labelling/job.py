"""What a worker does: one picklable object that turns a batch of documents into a shard of labels."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stancekit.errors import InputError, StancekitError
from stancekit.io.files import to_jsonl
from stancekit.labelling.batches import Batch
from stancekit.labelling.inputs import Document, Item, items_of
from stancekit.labelling.rows import LabelRows, table_of
from stancekit.models.saved import TrainedModel, load_model
from stancekit.sources.source import Rejected
from stancekit.statements.clauses.parser import Parser, load_parser

Place = tuple[str, int | None]
"""File and line of a document."""


@dataclass(frozen=True, slots=True)
class Shard:
    """The labels of a batch: `table` is a Parquet file of so many `rows`; `rejected` are the documents that have none.

    `name` and `digest` are the batch's, `documents` counts what went in, from the place `first` to `last`; `counts` are sums over it.
    """

    name: str
    digest: str
    first: Place
    last: Place
    documents: int
    table: bytes
    rows: int
    rejected: tuple[Rejected, ...]
    counts: Mapping[str, int]


class Job:
    """Segments, attributes and labels batches. Pickled it holds the model's folder; the model is loaded where it is used first.

    Parameters
    ----------
    model : of `load_model`. keep : columns of the input that are carried along. headings : whether headings are labelled too.
    threads : of the libraries that compute, the same everywhere, since sums in another order move the last bits.
    """

    def __init__(self, model: TrainedModel, keep: tuple[str, ...] = (), *, headings: bool = False, threads: int = 2) -> None:
        self._folder, self._digest, self._parser_name = model.folder, model.digest, model.parser
        self._keep, self._headings, self._threads = keep, headings, threads
        self.__dict__["model"] = model

    def __getstate__(self) -> dict[str, Any]:
        if self._folder is None:
            raise InputError("the model", "is not in a folder, where other processes could load it: save_model, then load_model")
        return {name: value for name, value in vars(self).items() if name.startswith("_")}

    @cached_property
    def model(self) -> TrainedModel:
        assert self._folder is not None
        model = load_model(Path(self._folder).absolute())
        if model.digest != self._digest:
            raise InputError(self._folder, "the model has changed while it was at work")
        return model

    @cached_property
    def rows(self) -> LabelRows:
        """What makes the rows."""
        return LabelRows(self.model, self._keep)

    @cached_property
    def parser(self) -> Parser | None:
        """The parser that found the speakers the model was trained on; another would give it other holders for the same text."""
        if not self._parser_name:
            return None
        parser = load_parser()
        if parser.name != self._parser_name:
            raise InputError("parser", f"'{parser.name}' is not the one the model was trained with; train it again", [self._parser_name])
        return parser

    def prepare(self) -> None:
        """Raise `InputError` or `MissingError` for what can't be, before there is anything to label."""
        _ = self.rows, self.parser

    def __call__(self, batch: Batch) -> Shard:
        """Label a batch: the same bytes wherever and whenever that happens."""
        items: list[Item] = []
        counts: Counter[str] = Counter()
        bad: list[tuple[Document, str]] = []
        used = 0
        for number, document in enumerate(batch.documents):
            if number in batch.unusable:
                bad.append((document, batch.unusable[number]))
            elif found := self._items(document, counts):
                items += found
                used += 1
            else:
                identity = getattr(document.content, "id", "")
                bad.append((document, f"article '{identity}': no sentence was found in it"))
        with _fixed_threads(self._threads):
            rows = self.rows.of(items)
        if used + len(bad) != len(batch.documents) or len(rows) != len(items):
            raise StancekitError(f"shard {batch.name}: its rows do not add up")
        rejected = tuple(Rejected(document.file, document.line, f"{document.place()}: {why}") for document, why in bad)
        first, *_, last = [(document.file, document.line) for document in (batch.documents[0], *batch.documents)]
        table, counts = self._parquet(rows), Counter(dict(sorted(counts.items())))
        return Shard(batch.name, batch.digest, first, last, len(batch.documents), table, len(rows), rejected, counts)

    def rows_of(self, documents: Sequence[Document]) -> list[list[dict[str, Any]]]:
        """Label documents that are of no shard: the rows of each, in order; none where there is no sentence in it."""
        found = [self._items(document, Counter()) for document in documents]
        with _fixed_threads(self._threads):
            rows = iter(self.rows.of([item for items in found for item in items]))
        return [list(islice(rows, len(items))) for items in found]

    def alone(self, document: Document) -> None:
        """Label a document and keep nothing of it, to see what it does."""
        self.rows.of(self._items(document, Counter()))

    def _items(self, document: Document, counts: Counter[str]) -> list[Item]:
        return items_of(document, self.model.actors, self.model.target, self.parser, counts, headings=self._headings)

    def _parquet(self, rows: list[dict[str, Any]]) -> bytes:
        out = pa.BufferOutputStream()
        # With page checksums: without them a flipped byte reads back as another label.
        pq.write_table(table_of(to_jsonl(rows).encode(), self.rows.schema), out, write_page_checksum=True, compression="zstd")
        return bytes(out.getvalue())


@contextmanager
def _fixed_threads(count: int) -> Iterator[None]:
    """The same number of threads everywhere, of torch too, which a model may import only now: it goes by the environment then."""
    from threadpoolctl import threadpool_limits

    torch, said = sys.modules.get("torch"), os.environ.get("OMP_NUM_THREADS")
    before = torch.get_num_threads() if torch else count
    os.environ["OMP_NUM_THREADS"] = str(count)
    if torch:
        torch.set_num_threads(count)
    try:
        with threadpool_limits(limits=count):
            yield
    finally:
        os.environ.pop("OMP_NUM_THREADS")
        os.environ |= {"OMP_NUM_THREADS": said} if said is not None else {}
        if torch:
            torch.set_num_threads(before)
