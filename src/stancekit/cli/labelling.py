"""Commands that label new coverage: plan, label, status, export."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from stancekit.cli.coverage import DayFirst, Format, Sheet
from stancekit.cli.declared import Reads, Writes, command
from stancekit.cli.shared import (
    DEFAULT_CODEBOOK,
    HEADINGS,
    Columns,
    Encoding,
    Keep,
    Language,
    Lines,
    Out,
    Overwrite,
    Paths,
    Repair,
    app,
    one_of,
    option,
    reading_of,
    say,
    tell,
)
from stancekit.errors import InputError, counted

ModelFolder = Annotated[Path, option("--model", help="Folder of a trained model."), Reads()]
UnitOfRows = Annotated[str, typer.Option("--unit", help="article: segment into statements first; statement: each table row is one.")]
LabelsFolder = Annotated[Path, typer.Argument(help="A folder that `stancekit label` wrote.", show_default=False), Reads()]


@command(app)
def label(
    paths: Paths,
    model: ModelFolder,
    out: Out,
    unit: UnitOfRows = "article",
    column: Columns = None,
    keep: Keep = None,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="Write a spreadsheet, labels.xlsx, too.")] = False,
    encoding: Encoding = "utf-8",
    format: Format = None,
    day_first: DayFirst = None,
    sheet: Sheet = None,
    repair: Repair = False,
    lines: Lines = "auto",
    language: Language = None,
    codebook: Annotated[
        Path | None,
        typer.Option("--codebook", help=f"Warn of tasks that are stale by this codebook. Default: {DEFAULT_CODEBOOK} if it exists."),
        Reads(default=DEFAULT_CODEBOOK),
    ] = None,
    executor: Annotated[
        str | None, option("--executor", help="Where to label: local, process (several) or ray (several machines). The result is the same.")
    ] = None,
    address: Annotated[str | None, option("--address", help="A running Ray cluster: HOST:PORT or auto.")] = None,
    workers: Annotated[int | None, option("--workers", min=1, help="Shards labelled at once.")] = None,
    threads: Annotated[int, typer.Option("--threads", min=1, help="Threads of each worker.")] = 2,
    shard_rows: Annotated[int, typer.Option("--shard-rows", min=1, help="Rows of a shard, about.")] = 2_000,
    shard_seconds: Annotated[
        float, typer.Option("--shard-seconds", min=1, help="A worker process that takes longer for a shard is replaced.")
    ] = 1_800,
    limit: Annotated[int | None, option("--limit", min=1, help="Label the first N documents (or rows) alone.")] = None,
    retry_rejected: Annotated[
        bool, typer.Option("--retry-rejected", help="Label the rejected documents of a finished run again; their files may have changed.")
    ] = False,
    plan: Annotated[Path | None, option("--plan", help="Compare with the forecast that `stancekit plan -o` wrote."), Reads()] = None,
    overwrite: Overwrite = False,
) -> None:
    """Label new articles: one row per statement, with a probability for each label of each task. Run again to resume, or add new files."""
    of = one_of(unit, ["article", "statement"], "--unit")
    from stancekit.io.addresses import address_of
    from stancekit.labelling.executors.registry import EXECUTORS
    from stancekit.labelling.label import label_paths, processors, written_in

    one_of(executor or "local", EXECUTORS, "--executor")
    reading = reading_of(
        column, encoding, format, day_first=day_first, sheet=sheet, repair=repair, lines=lines, language=language, keep=keep
    )
    trained = _model(model)
    _say_stale(trained, model, codebook)
    how: dict[str, Any] = {"unit": of, "reading": reading, "headings": HEADINGS in (keep or []), "xlsx": xlsx}
    how |= {"executor": executor, "workers": workers, "address": address, "threads": threads, "shard_rows": shard_rows}
    how |= {"shard_seconds": shard_seconds, "limit": limit, "retry_rejected": retry_rejected, "overwrite": overwrite}
    forecast = _forecast(plan) if plan else None
    began = time.monotonic()
    counts = label_paths(paths, trained, out, **how, progress=say)
    rows = counted(counts.rows_in, "row")
    tell(f"{rows} in = {counts.labelled} labelled + {counts.rejected} rejected + {counts.already_done} already done")
    where = address_of(out) or out
    for name in written_in(out):
        tell(f"labels       {where}/{name}")
    if counts.rejected:
        tell(f"rejected     {where}/rejected.jsonl")
    if counts.rows_in > counts.rejected and where == out:
        _say_claims(out)
    if forecast and (counts.already_done or limit):
        tell("forecast     is of all the input at once, and is not compared with a part of it")
    elif forecast:
        at_once = workers or (1 if executor in (None, "local") else processors())
        tell(f"forecast     {forecast.compared(counts.labelled, time.monotonic() - began, at_once)}")
    if counts.rows_in and counts.rows_in == counts.rejected:
        raise InputError(f"{where}/rejected.jsonl", f"nothing was labelled: {counts.rejected} of {rows} rejected; it says why")


@command(app)
def plan(
    paths: Paths,
    model: ModelFolder,
    unit: UnitOfRows = "article",
    column: Columns = None,
    keep: Keep = None,
    encoding: Encoding = "utf-8",
    format: Format = None,
    day_first: DayFirst = None,
    sheet: Sheet = None,
    repair: Repair = False,
    lines: Lines = "auto",
    language: Language = None,
    workers: Annotated[list[int] | None, option("--workers", min=1, help="Workers to reckon with. Repeatable.")] = None,
    threads: Annotated[int, typer.Option("--threads", min=1, help="Threads of each worker.")] = 2,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="Seconds to read for, and to label for, at most.")] = 20,
    output: Annotated[Path | None, option("-o", "--output", help="Write the forecast, for `stancekit label --plan`."), Writes()] = None,
) -> None:
    """Forecast statements, near-duplicates, time, disk and memory of `stancekit label`, from a sample that is labelled on this machine."""
    of = one_of(unit, ["article", "statement"], "--unit")
    from stancekit.labelling.ledger import write_ledger
    from stancekit.labelling.plan import plan_paths

    reading = reading_of(
        column, encoding, format, day_first=day_first, sheet=sheet, repair=repair, lines=lines, language=language, keep=keep
    )
    how: dict[str, Any] = {"unit": of, "reading": reading, "headings": HEADINGS in (keep or []), "threads": threads}
    found = plan_paths(paths, _model(model), **how, seconds=seconds, say=say)
    for line in found.lines(sorted({1, *(workers or [])})):
        tell(line)
    if output:
        write_ledger(output, found)
        tell(f"forecast     {output}")


@command(app)
def status(folder: LabelsFolder) -> None:
    """Check a folder of labels: which shards are finished, missing or damaged. Exits with 3 where it is not whole."""
    from stancekit.labelling import status_of

    found = status_of(folder)
    tell(f"shards       {found.shards} finished, {len(found.missing)} missing, {len(found.damaged)} damaged files")
    tell(f"statements   {found.rows:,} labelled, {counted(found.rejected, 'document')} rejected")
    for line in (*found.damaged, *dict.fromkeys(f"shard {name} is missing" for name in found.missing)):
        tell(f"             {line}")
    if found.replaced:
        tell("             a run that will replace these labels has begun")
    if not found.ended or found.damaged or found.missing:
        raise InputError(folder, f"is {'damaged' if found.damaged else 'not finished'}: run the same `stancekit label` again")
    tell("run          finished")


@command(app)
def export(
    folder: LabelsFolder,
    format: Annotated[str, option("--format", help="csv, jsonl, parquet or xlsx.")],
    output: Annotated[Path, option("-o", "--output", help="The file to write."), Writes()],
) -> None:
    """Write the labels in a folder as one file."""
    one_of(format, ["csv", "jsonl", "parquet", "xlsx"], "--format")
    from stancekit.labelling import Labels

    labels = Labels(folder)
    labels.write(format, output, say)
    tell(f"{counted(len(labels), 'statement')} → {output}")


def _model(folder: Path) -> Any:
    from stancekit.models.saved import load_model

    if not folder.is_dir():
        raise InputError("--model", f"'{folder}' is no folder; pass one that `stancekit train` wrote, or models/RECIPE of a finished run")
    return load_model(folder)


def _say_claims(out: Path) -> None:
    """What the labels may be taken for, in short; `stancekit summarise` has it with the counts. Of many labels it would take minutes."""
    from stancekit.labelling import Labels
    from stancekit.labelling.run import SMALL
    from stancekit.summary import summarise

    if len(labels := Labels(out)) <= SMALL:
        claims = summarise(labels, ["holder"]).claims
        for line in (claims.first, *claims.lines):
            tell(line)
        tell(f"next         stancekit summarise {out} --out FOLDER")


def _forecast(path: Path) -> Any:
    from stancekit.labelling.ledger import read_ledger
    from stancekit.labelling.plan import Forecast

    if (found := read_ledger(path, Forecast)) is None:
        raise InputError(path, "is no forecast that `stancekit plan -o` wrote")
    return found


def _say_stale(model: Any, folder: Path, codebook: Path | None) -> None:
    """A model is its own codebook; one that is at hand may have moved on since the model was trained."""
    from stancekit.codebook import load_codebook

    at_hand = DEFAULT_CODEBOOK if codebook is None and DEFAULT_CODEBOOK.is_file() else codebook
    if at_hand is None:
        return
    try:
        book = load_codebook(at_hand)
    except InputError as error:
        if codebook is not None:
            raise
        say(f"warning: whether the model is stale is not known, since the codebook here is not sound: {error}")
        return
    if codebook is None and book.name != model.codebook["name"]:
        return  # another project's codebook lies here
    for task in model.stale_tasks(book):
        say(f"warning: {folder}: task '{task}' was trained under {model.codebook['version']} by other definitions than {at_hand} has now")
