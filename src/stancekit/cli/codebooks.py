"""Commands over codebooks: check, show, diff."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli.declared import Reads, command
from stancekit.cli.shared import argument, codebook_app, tell
from stancekit.errors import counted
from stancekit.io.files import to_json

Book = Annotated[Path, argument(help="Codebook (YAML)."), Reads()]


@command(codebook_app, "check")
def codebook_check(file: Book) -> None:
    """Validate a codebook: strict YAML, known keys, text labels."""
    from stancekit.codebook import load_codebook

    book = load_codebook(file)
    digests = f"digest {book.digest[:12]}, of the definitions alone {book.meaning[:12]}"
    tell(f"{file}: {book.name} {book.version} is sound: {counted(len(book.tasks), 'task')}, {digests}")


@command(codebook_app, "show")
def codebook_show(
    file: Annotated[Path | None, argument(help="Codebook (YAML)."), Reads()] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of codebooks instead, for editors.")] = False,
) -> None:
    """Print the tasks, labels and definitions of a codebook."""
    from stancekit.codebook import json_schema, load_codebook

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
    old: Book,
    new: Book,
) -> None:
    """Compare two versions of a codebook: what changed, and which labels and models are stale."""
    from stancekit.codebook import load_codebook
    from stancekit.codebook.diff import describe

    tell(describe(load_codebook(old), load_codebook(new)))
