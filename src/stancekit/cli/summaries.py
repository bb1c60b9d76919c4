"""The command that counts labels: summarise."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli.declared import Fills, Reads, command
from stancekit.cli.shared import Overwrite, app, argument, option, say, tell


@command(app)
def summarise(
    labels: Annotated[Path, argument(help="A folder that `stancekit label` wrote, or its labels.jsonl, .csv or .parquet."), Reads()],
    out: Annotated[Path, option("--out", "-o", help="Output folder."), Fills()],
    by: Annotated[
        str, typer.Option("--by", help="Columns to count by, separated by commas: holder, month, year, a task, outlet or any other.")
    ] = "holder,month,issue",
    of: Annotated[str | None, option("--of", help="The task to count. Default: the first with sides, else the first.")] = None,
    events: Annotated[Path | None, option("--events", help="Events for the timeline (YAML): a date and an event each."), Reads()] = None,
    codebook: Annotated[
        Path | None, option("--codebook", help="Codebook that names the sides of a task, for labels without their model's."), Reads()
    ] = None,
    title: Annotated[str, option("--title", help="Title of the page.")] = "",
    note: Annotated[str, option("--note", help="Note above the page, such as that the coverage is invented.")] = "",
    overwrite: Overwrite = False,
) -> None:
    """Count labels by actor, month and issue: tables, figures, and a page on which every figure opens its statements."""
    from stancekit.codebook import load_codebook
    from stancekit.summary import summarise as count
    from stancekit.summary.write import write_summary

    book = load_codebook(codebook) if codebook else None
    found = count(labels, [name.strip() for name in by.split(",") if name.strip()], of=of, events=events or (), codebook=book)
    paths = write_summary(found, out, title=title, note=note, overwrite=overwrite, say=say)
    tell(found.claims.first)
    for name, path in zip(("page", "tables", "statements"), paths, strict=True):
        tell(f"{name:<12} {path}")
