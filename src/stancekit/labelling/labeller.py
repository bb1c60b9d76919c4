"""Labels the rows of other engines: one object that goes anywhere, columns in, columns out."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from stancekit.errors import InputError
from stancekit.labelling.inputs import STATEMENT_FIELDS, Document, StatementRow, Unit
from stancekit.labelling.job import Job
from stancekit.labelling.rows import table_of
from stancekit.models.saved import load_model
from stancekit.records import ARTICLE_COLUMNS, Article
from stancekit.sources.options import ARTICLE_FIELDS, Wanted
from stancekit.sources.source import unsound


class Labeller:
    """Labels batches of rows: `Labeller(model_dir)(batch)` gives the columns that `stancekit label` writes.

    It is pickled without the model, which is loaded where it is called first, and refused there where it is another by then; so it works
    in `ray.data.Dataset.map_batches`, a Daft function, `datasets.Dataset.map(batched=True)` and Spark's `mapInPandas`. A batch is a
    mapping of columns (lists or NumPy arrays), a pandas frame, or an Arrow table or batch of one; the result is of the same sort, lists
    for any mapping. `schema` is its Arrow schema, without the kept columns, which have their own types.

    With `unit="statement"` a row is a statement, and gives one row, in order. With `unit="article"` it is an article, and gives a row for
    each of its sentences, in order. What can't be labelled, an empty text or an article without a sentence, gives one row without labels.
    Without a column `id` the id is made of the text.

    Parameters
    ----------
    model : the folder of a model.
    text : the column that holds the text.
    keep : column or columns that are carried along as they are.
    unit : `statement` or `article`.
    columns : field → column, where they differ, as for `ReadOptions`.
    threads : of each process that labels.

    Raises `InputError` for a column that is not there, a text that is no text, and a kept column that the labels have anyway.
    """

    def __init__(
        self,
        model: str | Path,
        text: str = "text",
        keep: str | Sequence[str] = (),
        *,
        unit: Unit = "statement",
        columns: Mapping[str, str] | None = None,
        threads: int = 2,
    ) -> None:
        keep = [keep] if isinstance(keep, str) else keep
        loaded = load_model(Path(model).absolute())
        if unit not in ("statement", "article"):
            raise InputError("unit", f"unknown '{unit}'", ["statement", "article"])
        fields = ARTICLE_FIELDS if unit == "article" else STATEMENT_FIELDS
        named = {**(columns or {}), "text": text}
        self._names = dict(Wanted.of({name: c for name, c in loaded.columns.items() if name in fields} | named, fields).names)
        reads = loaded.reads & {"speaker", "organisation", "holder", "context"} if unit == "statement" else frozenset()
        self._needed = [text, *(self._names[name] for name in sorted(reads)), *keep]
        self._unit, self._keep, self._job = unit, tuple(keep), Job(loaded, threads=threads)
        self.schema: pa.Schema = self._job.rows.schema
        if taken := [name for name in keep if name in self.schema.names]:
            raise InputError("keep", f"'{taken[0]}' is a column of the labels already")

    def __call__(self, batch: Any) -> Any:
        """Label a batch; the result is of its sort."""
        kept = {name: _column(batch, name) for name in self._needed}
        known = {field: _values(_column(batch, name)) for field, name in self._names.items() if name in _names(batch)}
        rows_in = enumerate(zip(*known.values(), strict=True))
        documents = [self._document(number, dict(zip(known, values, strict=True))) for number, values in rows_in]
        labelled = iter(self._job.rows_of([one for one in documents if one is not None]))
        rows: list[dict[str, Any]] = []
        places: list[int] = []
        for number, document in enumerate(documents):
            found = next(labelled) if document is not None else []
            if not found:
                text, identity = known["text"][number], known["id"][number] if "id" in known else None
                sound = isinstance(text, str) and not unsound(text) and self._unit == "statement"
                found = [{"text": text if sound else None, "id" if self._unit == "statement" else "article_id": _said(identity)}]
            rows += found
            places += [number] * len(found)
        table = table_of(rows, self.schema)
        return _alike(batch, table, {name: _taken(kept[name], places) for name in self._keep})

    def _document(self, number: int, values: Mapping[str, Any]) -> Document | None:
        """A row as a document; `None` where it has no text."""
        text, where = values["text"], f"row {number + 1} of the batch"
        if _said(text) is None:
            return None
        if not isinstance(text, str):
            raise InputError(where, f"'{self._names['text']}' is {text!r:.40}, not text")
        if unsound(text):
            return None
        known = {name: _said(value) for name, value in values.items()} | {"text": text}
        identity = known.get("id") or sha256(text.encode()).hexdigest()[:16]
        if self._unit == "article":
            about: dict[str, Any] = {name: known.get(name) for name in ARTICLE_FIELDS if name not in ("id", "text")}
            return Document(where, None, Article(identity, text, **about))
        about = {name: known.get(name) for name in ARTICLE_COLUMNS}
        return Document(where, None, StatementRow({name: known.get(name) for name in STATEMENT_FIELDS}, Article(identity, "", **about)))


def _said(value: Any) -> str | None:
    """A value as text; `None` for what is none: null, not a number, blanks."""
    return None if value is None or value != value or not str(value).strip() else str(value)


def _names(batch: Any) -> list[str]:
    if isinstance(batch, pa.Table | pa.RecordBatch):
        return list(batch.schema.names)
    return list(batch.columns) if hasattr(batch, "columns") else list(batch)


def _column(batch: Any, name: str) -> Any:
    if name not in _names(batch):
        raise InputError("the batch", f"has no column '{name}'", _names(batch))
    return batch[name]


def _values(column: Any) -> list[Any]:
    if hasattr(column, "notna"):  # pandas has several values for none
        column = column.astype(object).where(column.notna(), None)
    for method in ("to_pylist", "tolist"):
        if hasattr(column, method):
            return list(getattr(column, method)())
    return list(column)


def _taken(column: Any, places: list[int]) -> Any:
    return column.take(np.array(places, dtype=np.int64)) if hasattr(column, "take") else [column[place] for place in places]


def _alike(batch: Any, table: pa.Table, kept: Mapping[str, Any]) -> Any:
    """The table with the kept columns, as what the batch is."""
    if isinstance(batch, pa.Table | pa.RecordBatch):
        for name, column in kept.items():
            table = table.append_column(name, column)
        if isinstance(batch, pa.Table):
            return table
        return next(iter(table.combine_chunks().to_batches()), None) or pa.RecordBatch.from_pylist([], table.schema)
    if hasattr(batch, "columns"):
        return table.to_pandas().assign(**{name: column.array for name, column in kept.items()})
    return {**table.to_pydict(), **{name: _values(column) for name, column in kept.items()}}
