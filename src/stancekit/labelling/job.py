"""What a worker does: one picklable object that turns a batch of documents into a shard of labels."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stancekit.articles.accounts import Account
from stancekit.edits import Lines
from stancekit.errors import InputError, StancekitError
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

    `name` and `digest` are the batch's, `documents` counts what went in, from the place `first` to `last`; `account` is of those that
    have a label, `accounts_rejected` of each that has none.
    """

    name: str
    digest: str
    first: Place
    last: Place
    documents: int
    table: bytes
    rows: int
    rejected: tuple[Rejected, ...]
    account: Account
    accounts_rejected: tuple[Account, ...]


class Job:
    """Segments, attributes and labels batches. Pickled it holds the model's folder; the model is loaded where it is used first.

    Parameters
    ----------
    model : of `load_model`. keep : columns of the input that are carried along. headings : whether headings are labelled too.
    lines : whether wrapped lines are joined (see `ReadOptions`).
    threads : of the libraries that compute, the same everywhere, since sums in another order move the last bits.
    """

    def __init__(
        self, model: TrainedModel, keep: tuple[str, ...] = (), *, headings: bool = False, lines: Lines = "auto", threads: int = 2
    ) -> None:
        self._folder, self._digest, self._parser_name = model.folder, model.digest, model.parser
        self._keep, self._headings, self._lines, self._threads = keep, headings, lines, threads
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
        total = Account()
        rejected: list[Rejected] = []
        lost: list[Account] = []
        for number, document in enumerate(batch.documents):
            why, account = batch.unusable.get(number), Account()
            if why is not None:
                account.see_rest(rejected=document.words)
            elif found := self._items(document, account):
                items += found
                total.add(account)
                continue
            else:
                why = f"article '{getattr(document.content, 'id', '')}': no sentence was found in it"
            rejected.append(Rejected(document.file, document.line, f"{document.place()}: {why}", account.words.rejected))
            lost.append(account)
        with _fixed_threads(self._threads):
            rows = self.rows.of(items)
        if len(rows) != len(items):
            raise StancekitError(f"shard {batch.name}: its rows do not add up")
        first, *_, last = [(document.file, document.line) for document in (batch.documents[0], *batch.documents)]
        made = self._parquet(rows), len(rows), tuple(rejected), total, tuple(lost)
        return Shard(batch.name, batch.digest, first, last, len(batch.documents), *made)

    def rows_of(self, documents: Sequence[Document]) -> list[list[dict[str, Any]]]:
        """Label documents that are of no shard: the rows of each, in order; none where there is no sentence in it."""
        found = [self._items(document, Account()) for document in documents]
        with _fixed_threads(self._threads):
            rows = iter(self.rows.of([item for items in found for item in items]))
        return [list(islice(rows, len(items))) for items in found]

    def _items(self, document: Document, account: Account) -> list[Item]:
        model = self.model
        return items_of(document, model.actors, model.target, self.parser, account, headings=self._headings, lines=self._lines)

    def _parquet(self, rows: list[dict[str, Any]]) -> bytes:
        out = pa.BufferOutputStream()
        # With page checksums: without them a flipped byte reads back as another label.
        pq.write_table(table_of(rows, self.rows.schema), out, write_page_checksum=True, compression="zstd")
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
