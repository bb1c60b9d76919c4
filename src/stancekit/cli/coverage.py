"""Commands over coverage: articles in, statements or labels out."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from stancekit.cli.shared import DEFAULT_ACTORS, DEFAULT_CODEBOOK, Actors, Out, Overwrite, Paths, app, say
from stancekit.errors import InputError


@app.command()
def statements(
    paths: Paths,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="JSON Lines file; standard output without it.")] = None,
    actors: Actors = None,
) -> None:
    """Cut articles into statements and say who speaks, one JSON object a line."""
    from dataclasses import asdict

    from stancekit.actors import load_actors
    from stancekit.articles import Rejected, read_articles
    from stancekit.files import refuse_inside, to_jsonl, write_atomic
    from stancekit.statements import extract_statements

    if output:
        refuse_inside(output, paths)
    registry_file = actors or (DEFAULT_ACTORS if DEFAULT_ACTORS.is_file() else None)
    registry = load_actors(registry_file) if registry_file else None
    say(f"actors: {registry_file}" if registry_file else "actors: no registry; people and organisations are told by their form")
    rows: list[dict[str, Any]] = []
    rejected = read = 0
    for item in read_articles(paths):
        if isinstance(item, Rejected):
            rejected += 1
            say(f"rejected: {item.reason}")
        else:
            read += 1
            rows += [asdict(s) for s in extract_statements(item, registry)]
    if not read:
        raise InputError(paths[0], f"no article could be read, {rejected} rejected")
    if output:
        write_atomic(output, to_jsonl(rows))
    else:
        sys.stdout.write(to_jsonl(rows))
    say(f"{read} articles, {len(rows)} statements, {rejected} rejected" + (f" → {output}" if output else ""))


@app.command()
def label(
    paths: Paths,
    model: Annotated[Path, typer.Option("--model", help="A trained model's folder.", show_default=False)],
    out: Out,
    unit: Annotated[str, typer.Option("--unit", help="article: cut into statements first; statement: a row is a statement.")] = "article",
    codebook: Annotated[Path | None, typer.Option("--codebook", help="Say which tasks of the model are stale by it.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Label new coverage: a row a statement, with a probability for each label of each task."""
    if unit not in ("article", "statement"):
        raise typer.BadParameter("allowed: article, statement", param_hint="--unit")
    from stancekit.labelling import label_paths
    from stancekit.models.trained import load_model

    trained = load_model(model)
    _say_stale(trained, model, codebook)
    counts = label_paths(paths, trained, out, unit="statement" if unit == "statement" else "article", overwrite=overwrite, progress=say)
    typer.echo(f"{counts.rows_in} rows in = {counts.labelled} labelled + {counts.rejected} rejected + {counts.already_done} already done")
    typer.echo(f"labels       {out / 'labels.csv'}")
    if counts.rejected:
        typer.echo(f"rejected     {out / 'rejected.jsonl'}")


def _say_stale(model: Any, folder: Path, codebook: Path | None) -> None:
    """A model is its own codebook; one that is at hand may have moved on since the model was trained."""
    from stancekit.codebook import load_codebook

    at_hand = DEFAULT_CODEBOOK if codebook is None and DEFAULT_CODEBOOK.is_file() else codebook
    if at_hand is None:
        return
    book = load_codebook(at_hand)
    if codebook is None and book.name != model.codebook["name"]:
        return  # another project's codebook lies here
    for task in model.stale_tasks(book):
        say(f"warning: {folder}: task '{task}' was trained under {model.codebook['version']} by other definitions than {at_hand} has now")
