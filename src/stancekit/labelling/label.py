"""Batch labelling into a directory: rows in = labelled + rejected, and a finished run is not done again."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.json as pj
import pyarrow.parquet as pq

from stancekit.articles import ReadOptions, Rejected
from stancekit.articles.accounts import Accounts
from stancekit.errors import InputError, RefusedError, StancekitError, counted, refuse_paths
from stancekit.io.atomic import write_atomic, writing
from stancekit.io.files import CHANGED, parse_object, pinned, read_text, sha256_of, to_csv, to_json, to_jsonl
from stancekit.io.guard import guard
from stancekit.io.output_folder import Kind, output_folder
from stancekit.labelling.inputs import Inputs, Item, Unit, kept
from stancekit.models.saved import PREPROCESSING, TrainedModel, top_labels
from stancekit.records import Statement
from stancekit.sources.languages import shares
from stancekit.sources.paths import as_paths
from stancekit.sources.source import CAME, WENT
from stancekit.statements.clauses.parser import Parser, load_parser

SMALL = 100_000
"""Up to this many rows the labels are also written as JSON Lines and CSV."""

CHUNK = 2_000
KEY = "label.json"
RECEIPT = "_SUCCESS.json"
OUTPUTS = ("labels.parquet", "labels.jsonl", "labels.csv", "rejected.jsonl")


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
    overwrite: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Counts:
    """Label files, folders, globs and standard input into a folder.

    Writes `labels.parquet`, up to 100 000 rows also `labels.jsonl` and `labels.csv`; `rejected.jsonl` with file,
    line and reason; `_SUCCESS.json` with the counts, of rows, words and languages, comes last. A row has all fields of the statement,
    then for each
    task its label and, for each label, the probability; where the model has a threshold, `<task>_abstained` says whether
    the label's probability is below it.

    Parameters
    ----------
    paths : what to label; `-` is standard input.
    model : of `load_model`.
    out : the folder to write.
    unit : `article` cuts articles into statements first; with `statement` a row of a table is a statement and keeps its id.
    reading : how the input is read.
    overwrite : replace labels of another model or input.
    progress : called with one progress line per 2,000 statements, and at the end with the doubtful documents and the shares of words.

    Returns
    -------
    Counts
        Rows in = labelled + rejected + already done.

    Raises
    ------
    RefusedError : `out` holds something else, or labels of another model or input, and `overwrite` is not given.
    InputError : A path does not exist or has no reader, or `reading` names a column that no table has.
    """
    refuse_paths(model=model)
    with kept(Inputs(as_paths(paths), reading or ReadOptions(), unit)) as inputs:
        return _label_all(inputs, model, Path(out), overwrite=overwrite, progress=progress)


def _parser_of(model: TrainedModel) -> Parser | None:
    """The parser that found the speakers the model was trained on; another would give it other holders for the same text."""
    if not model.parser:
        return None
    parser = load_parser()
    if parser.name != model.parser:
        raise InputError("parser", f"'{parser.name}' is not the one the model was trained with; train it again", [model.parser])
    return parser


def _label_all(inputs: Inputs, model: TrainedModel, out: Path, *, overwrite: bool, progress: Callable[[str], None]) -> Counts:
    inputs.check()
    guard(inputs.paths, folders=[out])
    parser = _parser_of(model)
    with pinned(), output_folder(out, LABELS, overwrite=overwrite, notice=progress) as folder:
        inputs, files = inputs.held()
        key = {"model": model.digest, "unit": inputs.unit, "preprocessing": PREPROCESSING, **files}
        if folder.earlier and not overwrite:
            if _key_of(folder.path) != key and not _unsteady(folder.path):
                raise RefusedError(f"{out}: holds labels of another model or other input; choose another folder, or --overwrite")
            if (done := _finished(folder.path)) is not None:
                progress(f"{out}: already done, nothing to do")
                return Counts(done, 0, 0, done)
        write_atomic(folder.new / KEY, to_json(key))
        accounts = Accounts()
        counts = _label(inputs.items(model.actors, model.target, parser, accounts), model, folder.new, progress)
        if counts.rows_in != counts.labelled + counts.rejected + counts.already_done:
            raise StancekitError(f"{out}: {counts} do not add up; the labels are not complete")
        written = [folder.new / name for name in OUTPUTS if (folder.new / name).exists()]
        with (folder.new / "rejected.jsonl").open(encoding="utf-8") as said:
            unsteady = sum(any(what in line for what in (CHANGED, CAME, WENT)) for line in said)
        receipt = asdict(counts) | {"words": accounts.receipt(), "files": {p.name: sha256_of(p) for p in written}}
        receipt |= {"unsteady": unsteady} if unsteady else {}
        if inputs.languages:
            receipt["languages"] = dict(sorted(inputs.languages.items()))
            progress(f"languages: {shares(inputs.languages)}")
        write_atomic(folder.new / RECEIPT, to_json(receipt))
        folder.commit()
    for line in accounts.lines():
        progress(line)
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


def _label(stream: Iterable[Item | Rejected], model: TrainedModel, out: Path, progress: Callable[[str], None]) -> Counts:
    scores = [f"{task}_{label}" for task, labels in model.tasks.items() for label in labels]
    flags = [f"{task}_abstained" for task in model.thresholds]
    if both := set(flags) & {*scores, *model.tasks}:
        raise InputError("the model", f"abstains, and a task or label of its codebook already has the column '{min(both)}'; rename that")
    columns = [f.name for f in fields(Statement)]
    for task, labels in model.tasks.items():
        columns += [task, *(f"{task}_{label}" for label in labels), *(flag for flag in flags if flag == f"{task}_abstained")]
    if twice := [name for name in columns if columns.count(name) > 1]:
        raise InputError("the model", f"would make two columns called '{twice[0]}'; rename the task or label, and train it again")
    rows_in = labelled = rejected = 0
    with ExitStack() as stack:
        kinds = {"start": pa.int64(), "end": pa.int64(), "quotes": pa.list_(pa.list_(pa.int64())), "confidence": pa.float64()}
        kinds |= dict.fromkeys(scores, pa.float64()) | dict.fromkeys(flags, pa.bool_())
        schema = pa.schema([(name, kinds.get(name, pa.string())) for name in columns])
        # With page checksums: without them a flipped byte reads back as another label.
        file = stack.enter_context(pq.ParquetWriter(out / "labels.parquet", schema, write_page_checksum=True, compression="zstd"))
        write_jsonl, write_csv, write_rejected = (stack.enter_context(writing(out / name)) for name in OUTPUTS[1:])
        write_csv(to_csv([], columns))
        for chunk in _chunks(stream):
            bad = [item for item in chunk if isinstance(item, Rejected)]
            rows = _rows([item for item in chunk if isinstance(item, Item)], model)
            lines = to_jsonl(rows)
            as_text = [row | {"joined": json.dumps(row["joined"], ensure_ascii=False)} for row in rows]  # numbers and text in one list
            file.write_table(_table(to_jsonl(as_text).encode(), schema))
            rows_in, labelled, rejected = rows_in + len(chunk), labelled + len(rows), rejected + len(bad)
            write_rejected(to_jsonl(asdict(r) for r in bad))
            if labelled <= SMALL:
                write_jsonl(lines)
                write_csv(to_csv((row | {"quotes": json.dumps(row["quotes"])} for row in as_text), columns, header=False))
            progress(f"{counted(labelled, 'statement')} labelled, {rejected} rejected")
    if labelled > SMALL:  # what was written of them is not all
        for name in ("labels.jsonl", "labels.csv"):
            (out / name).unlink()
    return Counts(rows_in, labelled, rejected, 0)


def _table(lines: bytes, schema: pa.Schema) -> pa.Table:
    """Read JSON lines as one block. What makes Arrow's arrays of Python's objects imports pandas, which takes longer than a short label."""
    if not lines:
        return schema.empty_table()
    options = pj.ReadOptions(use_threads=False, block_size=len(lines))
    return pj.read_json(pa.BufferReader(lines), options, pj.ParseOptions(explicit_schema=schema))


def _rows(chunk: Sequence[Item], model: TrainedModel) -> list[dict[str, Any]]:
    """Labels of unique inputs, scattered to all that share them: the same text is never computed twice."""
    unique = {item.input: None for item in chunk}
    place = {found: i for i, found in enumerate(unique)}
    probas = model.predict_proba(list(unique)) if unique else {}
    names = {task: top_labels(proba, model.tasks[task]) for task, proba in probas.items()}
    thresholds = model.thresholds
    rows = []
    for item in chunk:
        i = place[item.input]
        row: dict[str, Any] = asdict(item.statement)
        for task, labels in model.tasks.items():
            row[task] = names[task][i]
            row |= {f"{task}_{label}": float(probas[task][i, k]) for k, label in enumerate(labels)}
            if task in thresholds:
                row[f"{task}_abstained"] = bool(probas[task][i].max() < thresholds[task])
        rows.append(row)
    return rows


def _chunks(stream: Iterable[Item | Rejected]) -> Iterator[list[Item | Rejected]]:
    iterator = iter(stream)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
