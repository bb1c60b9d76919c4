"""Commands over codebooks: check, show, diff."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli.declared import Reads, command
from stancekit.cli.shared import codebook_app, tell


@command(codebook_app, "check")
def codebook_check(file: Annotated[Path, typer.Argument(show_default=False), Reads()]) -> None:
    """Check a codebook: strict YAML, known keys, labels that are text."""
    from stancekit.codebook import load_codebook

    book = load_codebook(file)
    tell(f"{file}: {book.name} {book.version} is sound: {len(book.tasks)} tasks, digest {book.digest[:12]}")


@command(codebook_app, "show")
def codebook_show(
    file: Annotated[Path | None, typer.Argument(show_default=False), Reads()] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of codebooks instead, for editors.")] = False,
) -> None:
    """Print a codebook's tasks, labels and definitions."""
    from stancekit.codebook import json_schema, load_codebook
    from stancekit.io.files import to_json

    if schema:
        typer.echo(to_json(json_schema()), nl=False)
        return
    if file is None:
        raise typer.BadParameter("name a codebook, or ask for --schema", param_hint="FILE")
    book = load_codebook(file)
    lines = [f"{book.name} {book.version}", f"target: {book.target}"]
    for name, task in book.tasks.items():
        several = " (any number of labels)" if task.kind == "multi" else ""
        lines += ["", f"{name}: {task.question}{several}", *(f"  {label}: {entry.definition}" for label, entry in task.labels.items())]
        lines += [f"  tie: {tie}" for tie in task.ties]
    for name, view in book.views.items():
        merged = "; ".join(f"{label} = {' + '.join(labels)}" for label, labels in view.merge.items())
        lines += ["", f"view {name} of {view.of}: {merged}"]
    tell("\n".join(lines))


@command(codebook_app, "diff")
def codebook_diff(
    old: Annotated[Path, typer.Argument(show_default=False), Reads()],
    new: Annotated[Path, typer.Argument(show_default=False), Reads()],
) -> None:
    """Say what a new version changes, and which tasks' labels and models it makes stale."""
    from stancekit.codebook import load_codebook
    from stancekit.codebook.diff import describe

    tell(describe(load_codebook(old), load_codebook(new)))
