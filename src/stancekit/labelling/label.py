"""Batch labelling into a directory: rows in = labelled + rejected, and a finished run is not done again."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from stancekit.articles import ReadOptions, Rejected
from stancekit.errors import InputError, RefusedError, StancekitError, counted, refuse_paths, require_extra
from stancekit.io.atomic import write_atomic, writing
from stancekit.io.files import BOM, CHANGED, parse_object, pinned, read_text, sha256_of, to_csv, to_json, to_jsonl
from stancekit.io.guard import guard
from stancekit.io.output_folder import Kind, output_folder
from stancekit.labelling.inputs import Inputs, Item, Unit, kept
from stancekit.labelling.rows import LabelRows, table_of
from stancekit.labelling.sheet import MAX_CELL, sheet
from stancekit.models.saved import PREPROCESSING, TrainedModel
from stancekit.sources.paths import as_paths
from stancekit.sources.source import CAME, WENT
from stancekit.statements.clauses.parser import Parser, load_parser

SMALL = 100_000
"""Up to this many rows the labels are also written as JSON Lines and CSV."""

CHUNK = 2_000
KEY = "label.json"
RECEIPT = "_SUCCESS.json"
WORKBOOK = "labels.xlsx"
OUTPUTS = ("labels.parquet", "labels.jsonl", "labels.csv", WORKBOOK, "rejected.jsonl")
ROWS = 2
"""Raised whenever rows of labels have other columns: labels made before are not the same."""


@dataclass(frozen=True, slots=True)
class Counts:
    """`rows_in == labelled + rejected + already_done`, always. A document that can't be read is one row."""

    rows_in: int
    labelled: int
    rejected: int
    already_done: int


def label_paths(
    paths: str | Path | Iterable[str | Path],
    model: TrainedModel,
    out: str | Path,
    *,
    unit: Unit = "article",
    reading: ReadOptions | None = None,
    headings: bool = False,
    xlsx: bool = False,
    overwrite: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Counts:
    """Label files, folders, globs and standard input into a folder.

    Writes `labels.parquet`, up to 100 000 rows also `labels.jsonl` and `labels.csv`; `rejected.jsonl` with file,
    line and reason; `_SUCCESS.json` with the counts comes last. A row has all fields of the statement, those of its article, the
    columns that `reading` keeps, target, actor and model, then for each task its label, that label's probability and that of each
    label; where the model has a threshold, `<task>_abstained` says whether the label's probability is below it.

    Parameters
    ----------
    paths : what to label; `-` is standard input.
    model : of `load_model`.
    out : the folder to write.
    unit : `article` cuts articles into statements first; with `statement` a row of a table is a statement and keeps its id.
    reading : how the input is read; fields that it maps to no column are in those that they had in training, where there are such.
    headings : label the headings of articles too.
    xlsx : write `labels.xlsx` too.
    overwrite : replace labels of another model or input.
    progress : called with one progress line per 2,000 statements.

    Returns
    -------
    Counts
        Rows in = labelled + rejected + already done.

    Raises
    ------
    RefusedError : `out` holds something else, or labels of another model or input, and `overwrite` is not given.
    InputError : A path does not exist or has no reader, or `reading` names a column that no table has; rows that are statements have
        no column for a field that the model reads; with `xlsx` there are more rows than a sheet has.
    MissingError : With `xlsx`, openpyxl is not installed.
    """
    refuse_paths(model=model)
    if xlsx:
        require_extra("openpyxl")
    given = Inputs(as_paths(paths), reading or ReadOptions(), unit, headings)
    with kept(given.suiting(model, progress)) as inputs:
        return _label_all(inputs.suiting(model, progress), model, Path(out), xlsx=xlsx, overwrite=overwrite, progress=progress)


def _parser_of(model: TrainedModel) -> Parser | None:
    """The parser that found the speakers the model was trained on; another would give it other holders for the same text."""
    if not model.parser:
        return None
    parser = load_parser()
    if parser.name != model.parser:
        raise InputError("parser", f"'{parser.name}' is not the one the model was trained with; train it again", [model.parser])
    return parser


def _label_all(inputs: Inputs, model: TrainedModel, out: Path, *, xlsx: bool, overwrite: bool, progress: Callable[[str], None]) -> Counts:
    inputs.check()
    guard(inputs.paths, folders=[out])
    parser, rows = _parser_of(model), LabelRows(model, inputs.reading.keep)
    with pinned(), output_folder(out, LABELS, overwrite=overwrite, notice=progress) as folder:
        inputs, files = inputs.held()
        key = {"model": model.digest, "unit": inputs.unit, "preprocessing": PREPROCESSING, "rows": ROWS, **files} | (
            {"xlsx": True} if xlsx else {}
        )
        if folder.earlier and not overwrite:
            if _key_of(folder.path) != key and not _unsteady(folder.path):
                raise RefusedError(f"{out}: holds labels of another model or other input; choose another folder, or --overwrite")
            if (done := _finished(folder.path)) is not None:
                progress(f"{out}: already done, nothing to do")
                return Counts(done, 0, 0, done)
        write_atomic(folder.new / KEY, to_json(key))
        counts = _label(inputs.items(model.actors, model.target, parser), rows, folder.new, progress, xlsx=xlsx)
        if counts.rows_in != counts.labelled + counts.rejected + counts.already_done:
            raise StancekitError(f"{out}: {counts} do not add up; the labels are not complete")
        written = [folder.new / name for name in OUTPUTS if (folder.new / name).exists()]
        with (folder.new / "rejected.jsonl").open(encoding="utf-8") as said:
            unsteady = sum(any(what in line for what in (CHANGED, CAME, WENT)) for line in said)
        receipt = asdict(counts) | {"files": {p.name: sha256_of(p) for p in written}} | ({"unsteady": unsteady} if unsteady else {})
        write_atomic(folder.new / RECEIPT, to_json(receipt))
        folder.commit()
    return counts


def _made(folder: Path) -> dict[str, str | None]:
    """The files of labels that a folder holds; none where its key is not one of ours."""
    key = _key_of(folder)
    if key is None or not {"model", "inputs", "preprocessing"} <= key.keys():
        return {}
    files = (_object(folder / RECEIPT) or {}).get("files")
    if not isinstance(files, dict):  # a receipt that can't be read is not what it was
        return {KEY: None, **dict.fromkeys(OUTPUTS), RECEIPT: ""}
    return {KEY: None, **{name: str(digest) for name, digest in files.items() if name in OUTPUTS}, RECEIPT: None}


LABELS = Kind("label", (KEY, RECEIPT), _made)


def _key_of(folder: Path) -> dict[str, Any] | None:
    """What the labels in a folder are of; `None` where that is unknown."""
    return _object(folder / KEY)


def _object(path: Path) -> dict[str, Any] | None:
    try:
        return parse_object(read_text(path), path)
    except InputError:
        return None


def written_in(folder: Path) -> list[str]:
    """The files of labels that the finished run in a folder wrote: above a number of rows not all kinds."""
    files = (_object(folder / RECEIPT) or {}).get("files")
    return [name for name in OUTPUTS if isinstance(files, dict) and name in files and name.startswith("labels")]


def _unsteady(folder: Path) -> bool:
    """Whether files of the input changed, came or went while these labels were made: they are not all, and made again."""
    return bool((_object(folder / RECEIPT) or {}).get("unsteady"))


def _finished(folder: Path) -> int | None:
    """The rows of a run whose receipt and files are all there and unchanged; `None` where it must be done again.

    One that labelled nothing is done again: whoever asks for it gets the message again.
    """
    receipt = _object(folder / RECEIPT) or {}
    files, rows, labelled = (receipt.get(name) for name in ("files", "rows_in", "labelled"))
    if _unsteady(folder) or not isinstance(files, dict) or type(rows) is not int or type(labelled) is not int or not labelled:
        return None
    whole = {"labels.parquet", "rejected.jsonl"} <= files.keys() and all(
        name in OUTPUTS and (folder / name).is_file() and sha256_of(folder / name) == digest for name, digest in files.items()
    )
    return rows if whole else None


def _label(stream: Iterable[Item | Rejected], made: LabelRows, out: Path, progress: Callable[[str], None], *, xlsx: bool) -> Counts:
    rows_in = labelled = rejected = 0
    with ExitStack() as stack:
        # With page checksums: without them a flipped byte reads back as another label.
        file = stack.enter_context(pq.ParquetWriter(out / "labels.parquet", made.schema, write_page_checksum=True, compression="zstd"))
        names = ("labels.jsonl", "labels.csv", "rejected.jsonl")
        write_jsonl, write_csv, write_rejected = (stack.enter_context(writing(out / name)) for name in names)
        book = stack.enter_context(sheet(out / WORKBOOK if xlsx else None, made.columns))
        write_csv(BOM + to_csv([], made.columns))
        for chunk in _chunks(stream):
            bad = [item for item in chunk if isinstance(item, Rejected)]
            rows = made.of([item for item in chunk if isinstance(item, Item)])
            lines = to_jsonl(rows)
            file.write_table(table_of(lines.encode(), made.schema))
            rows_in, labelled, rejected = rows_in + len(chunk), labelled + len(rows), rejected + len(bad)
            write_rejected(to_jsonl(asdict(r) for r in bad))
            cells = [row | {"quotes": json.dumps(row["quotes"])} for row in rows]
            if labelled <= SMALL:
                write_jsonl(lines)
                write_csv(to_csv(cells, made.columns, header=False))
            if book:
                book.write(cells)
            progress(f"{counted(labelled, 'statement')} labelled, {rejected} rejected")
    if book and book.cut:
        progress(f"{WORKBOOK}: {counted(book.cut, 'cell')} cut, since a cell holds {MAX_CELL:,} characters; the other files have the whole")
    if labelled > SMALL:  # what was written of them is not all
        for name in ("labels.jsonl", "labels.csv"):
            (out / name).unlink()
    return Counts(rows_in, labelled, rejected, 0)


def _chunks(stream: Iterable[Item | Rejected]) -> Iterator[list[Item | Rejected]]:
    iterator = iter(stream)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
