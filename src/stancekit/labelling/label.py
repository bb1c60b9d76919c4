"""Batch labelling into a directory: rows in = labelled + rejected + already done, and what is finished is not done again."""

import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from stancekit.articles import ReadOptions
from stancekit.errors import InputError, nearest, refuse_paths, require_extra
from stancekit.io.files import pinned
from stancekit.io.guard import guard
from stancekit.io.output_folder import output_folder
from stancekit.io.signals import held_signals
from stancekit.labelling import run as running
from stancekit.labelling.executors.registry import EXECUTORS, Work, executor_class
from stancekit.labelling.inputs import Inputs, Unit, kept
from stancekit.labelling.job import Job
from stancekit.labelling.ledger import SUCCESS, Success, read_ledger
from stancekit.labelling.remote import fetched, mirrored
from stancekit.labelling.resume import Asked, begin
from stancekit.labelling.run import Counts, LabelRun
from stancekit.labelling.shards import FOLDER
from stancekit.models.saved import PREPROCESSING, TrainedModel
from stancekit.sources.paths import as_paths

ROWS = 3
"""Raised whenever the columns of a row change."""

LONGEST = 10**6
"""Seconds that a shard may take at most; the system can't wait for much longer."""


def label_paths(
    paths: str | Path | Iterable[str | Path],
    model: TrainedModel,
    out: str | Path,
    *,
    unit: Unit = "article",
    reading: ReadOptions | None = None,
    headings: bool = False,
    xlsx: bool = False,
    executor: str | None = None,
    workers: int | None = None,
    address: str | None = None,
    threads: int = 2,
    shard_rows: int = 2_000,
    shard_seconds: float = 1_800,
    limit: int | None = None,
    retry_rejected: bool = False,
    overwrite: bool = False,
    progress: Callable[[str], object] = lambda _: None,
) -> Counts:
    """Label files, folders, globs and standard input into a folder; the same call again goes on where one was stopped.

    Writes `shards/`, Parquet files with a receipt each; up to 100 000 rows also `labels.parquet`, `labels.jsonl` and `labels.csv`;
    `rejected.jsonl` with file, line and reason; `run.json` says what they are of, and `_SUCCESS.json` with the counts, of
    rows, words and languages, comes last. Files that came since are labelled and added. A row has all fields of the statement, those of
    its article, the columns that `reading` keeps, target, actor and model, then for each task its label, that label's probability and
    that of each label; where the model has a threshold, `<task>_abstained` says whether the label's probability is below it. `Labels`
    reads them.

    Parameters
    ----------
    paths : what to label; `-` is standard input. Addresses that fsspec knows (`s3://…`) are copied to this machine first.
    model : of `load_model`.
    out : the folder to write; at an address, what is finished is put there, and nothing locks it.
    unit : `article` cuts articles into statements first; with `statement` a row of a table is a statement and keeps its id.
    reading : how the input is read; fields that it maps to no column are in those that they had in training, where there are such.
    headings : label the headings of articles too.
    xlsx : write `labels.xlsx` too.
    executor : `local`, in this process, or `process`, in several, the default with several `workers`; `ray`, on several machines. The
        result is the same.
    workers : how many shards are labelled at once; as many as there are processors with `process` and `ray`.
    address : of the Ray cluster to use, such as `auto` or `10.0.0.1:6379`; without it one is started on this machine.
    threads : of each worker.
    shard_rows : of about so many rows is a shard.
    shard_seconds : a worker that takes longer for a shard has hung, and another begins it again.
    limit : label the first so many documents alone.
    retry_rejected : label the documents of a finished run again that were rejected, whose files may have changed.
    overwrite : replace labels of another model or input, when the new ones are whole.
    progress : called with a line on what is done, every few seconds, and at the end with the doubtful documents and the shares of words.

    Returns
    -------
    Counts
        Rows in = labelled + rejected + already done.

    Raises
    ------
    RefusedError : `out` holds something else, or labels of another model, setting or input, and `overwrite` is not given.
    InputError : A path does not exist or has no reader, or `reading` names a column that no table has; rows that are statements have
        no column for a field that the model reads; with `xlsx` there are more rows than a sheet has.
    MissingError : With `xlsx`, openpyxl is not installed; with `ray`, that is not.
    """
    refuse_paths(model=model)
    if xlsx:
        require_extra("openpyxl")
    how = executor or ("process" if (workers or 1) > 1 else "local")
    if how not in EXECUTORS:
        raise InputError("executor", f"unknown '{how}'{nearest(how, EXECUTORS)}", EXECUTORS)
    if how == "ray":
        require_extra("ray")
    elif address is not None:
        raise InputError("address", f"is that of a Ray cluster; with the executor '{how}' there is none")
    numbers = {"workers": workers, "threads": threads, "shard_rows": shard_rows, "shard_seconds": shard_seconds, "limit": limit}
    for name, value in numbers.items():
        if value is not None and not value >= 1:  # nor what is no number
            raise InputError(name, f"is {value}; it must be 1 or more")
    paths, tables = as_paths(paths), [name for name in running.TABLES if xlsx or not name.endswith("xlsx")]
    guard(paths, folders=[Path(out)])
    with ExitStack() as stack:
        reading = stack.enter_context(fetched(paths, reading or ReadOptions()))
        out, progress = stack.enter_context(mirrored(out, progress))
        inputs = stack.enter_context(kept(Inputs(paths, reading, unit, headings).suiting(model, progress)))
        inputs = inputs.suiting(model, progress)
        inputs.check()
        job = Job(model, inputs.reading.keep, headings=headings, lines=inputs.reading.lines, threads=threads)
        job.prepare()
        with pinned(), output_folder(out, running.LABELS, overwrite=overwrite, notice=progress) as folder:
            inputs, how_read, files, listings = inputs.held()
            settings = {"model": model.digest, "unit": unit, "preprocessing": PREPROCESSING, "rows": ROWS, "threads": threads}
            settings |= {"shard_rows": shard_rows, "limit": limit, **how_read}
            asked = Asked(settings, files, listings, retry_rejected, overwrite, progress)
            root, run = begin(folder, out, asked)
            labelling = LabelRun(folder, out, root, run, inputs, files, progress)
            if (done := labelling.finished(tables)) is not None:
                progress(f"{out}: already done, nothing to do")
                return Counts(done, 0, 0, done)
            stopping = partial(progress, "stopping when the shards in work are finished; the same again stops at once")
            with held_signals(stopping) as came:
                seconds = min(shard_seconds, LONGEST)
                work = Work(workers or (0 if address else processors()), seconds, progress, lambda: bool(came), address)
                labelled, rejected = labelling.label(partial(executor_class(how), job, work), work.stopping)
            return labelling.finish(labelled, rejected, tables, job)


def written_in(folder: Path) -> list[str]:
    """The files of labels that the finished run in a folder wrote; its folder of shards where there are too many rows for files."""
    success = read_ledger(folder / SUCCESS, Success)
    found = [name for name in running.TABLES if success is not None and name in success.files]
    return found or [FOLDER]


def processors() -> int:
    """Return how many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
