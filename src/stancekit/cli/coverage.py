"""Commands over coverage: articles in, statements or labels out."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stancekit.cli.declared import Reads, Writes, command
from stancekit.cli.shared import (
    DEFAULT_ACTORS,
    DEFAULT_CODEBOOK,
    Actors,
    Columns,
    Encoding,
    Out,
    Overwrite,
    Paths,
    Repair,
    app,
    reading_of,
    say,
    tell,
)
from stancekit.errors import InputError

if TYPE_CHECKING:
    from stancekit.articles import ReadOptions
    from stancekit.labelling.inputs import Unit
    from stancekit.records import Article, Statement
    from stancekit.statements.clauses.parser import SpacyParser

Format = Annotated[
    str | None, typer.Option("--format", help="What standard input holds: txt, html, jsonl, csv, parquet, jsonl.gz …", show_default=False)
]


@command(app)
def statements(
    paths: Paths,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="JSON Lines file; standard output without it."), Writes()] = None,
    actors: Actors = None,
    column: Columns = None,
    encoding: Encoding = "utf-8",
    format: Format = None,
    repair: Repair = False,
    parser: Annotated[
        str | None, typer.Option("--parser", help="spacy: a dependency parse where the rules are not sure.", show_default=False)
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", help="Write a page with the statements marked by speaker.", show_default=False), Writes()
    ] = None,
    threshold: Annotated[float, typer.Option("--threshold", help="Confidence below which the page calls an attribution doubtful.")] = 0.75,
    suggest_actors: Annotated[
        bool, typer.Option("--suggest-actors", help="Print frequent speakers that the registry lacks, as YAML, instead of the statements.")
    ] = False,
) -> None:
    """Cut articles into statements and say who speaks, one JSON object a line."""
    from dataclasses import fields, replace

    from stancekit.actors import Actors as Registry
    from stancekit.actors import load_actors
    from stancekit.articles import Rejected, read_articles
    from stancekit.io.atomic import write_atomic
    from stancekit.io.files import to_jsonl
    from stancekit.pages.statements import statements_page
    from stancekit.records import Statement
    from stancekit.statements import extract_statements
    from stancekit.suggest.actors import render_suggestions
    from stancekit.suggest.actors import suggest_actors as suggestions

    if parser not in (None, "spacy"):
        raise typer.BadParameter("allowed: spacy", param_hint="--parser")
    reading = reading_of(column, encoding, format, repair=repair)
    if output is None:
        _refuse_redirection([path for path in paths if str(path) != "-"], replace(reading, format=None))
    parse = _parser() if parser else None
    registry_file, registry = actors, load_actors(actors) if actors else None
    if actors is None and DEFAULT_ACTORS.is_file():
        try:
            registry_file, registry = DEFAULT_ACTORS, load_actors(DEFAULT_ACTORS)
        except InputError as error:  # nobody pointed at it
            registry_file = None
            say(f"warning: {DEFAULT_ACTORS} is not used: {error}")
    say(f"actors: {registry_file}" if registry_file else "actors: no registry; people and organisations are told by their form")
    read = written = rejected = 0
    columns = [field.name for field in fields(Statement)]  # `asdict` copies every value, three times as slowly

    def extracted(write: Callable[[str], Any]) -> "Iterator[tuple[Article, list[Statement]]]":
        """Each article with its statements, once these are written and the article is counted."""
        nonlocal read, written, rejected
        for item in read_articles(paths, reading):
            if isinstance(item, Rejected):
                rejected += 1
                say(f"rejected: {item.reason}")
                continue
            found = extract_statements(item, registry, parser=parse)
            for statement in found:
                write(to_jsonl([{name: getattr(statement, name) for name in columns}]))
            read, written = read + 1, written + len(found)
            yield item, found
        if not read:
            raise InputError(paths[0], f"no article could be read, {rejected} rejected")

    content = suggested = None
    with _lines(output) if output or not (page or suggest_actors) else nullcontext(len) as write:
        pairs: Iterable[tuple[Article, list[Statement]]] = extracted(write)
        if page and suggest_actors:
            pairs = list(pairs)  # both read them
        if page:
            content = statements_page(pairs, threshold=threshold, notice=say)
        if suggest_actors:
            suggested = render_suggestions(suggestions((s for _, found in pairs for s in found), registry or Registry()))
        for _ in pairs:  # whatever nobody has asked for
            pass
    say(f"{read} articles, {written} statements, {rejected} rejected" + (f" → {output}" if output else ""))
    if page and content:
        write_atomic(page, content)
        say(f"page → {page}")
    if suggested:
        typer.echo(suggested, nl=False)


def _refuse_redirection(paths: list[Path], reading: "ReadOptions") -> None:
    """`stancekit statements . > here.jsonl` would read what it writes, without end."""
    import os
    import stat

    from stancekit.articles import article_files
    from stancekit.errors import RefusedError

    try:
        target = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no file
        return
    if not stat.S_ISREG(target.st_mode):
        return
    for file in article_files(paths, reading):
        if file.exists() and os.path.samestat(file.stat(), target):
            raise RefusedError(f"{file}: standard output goes into a file of the input; write somewhere else")


def _parser() -> "SpacyParser":
    from stancekit.statements.clauses.parser import load_parser

    return load_parser()


@contextmanager
def _lines(output: Path | None) -> Iterator[Callable[[str], Any]]:
    """What writes lines: to a file that is there when all are, else to standard output at once."""
    if output is None:
        yield partial(print, end="", flush=True)
        return
    from stancekit.io.atomic import writing

    with writing(output) as write:
        yield write


@command(app)
def label(
    paths: Paths,
    model: Annotated[Path, typer.Option("--model", help="A trained model's folder.", show_default=False), Reads()],
    out: Out,
    unit: Annotated[str, typer.Option("--unit", help="article: cut into statements first; statement: a row is a statement.")] = "article",
    column: Columns = None,
    encoding: Encoding = "utf-8",
    format: Format = None,
    repair: Repair = False,
    codebook: Annotated[
        Path | None, typer.Option("--codebook", help="Say which tasks of the model are stale by it."), Reads(default=DEFAULT_CODEBOOK)
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Label new coverage: a row a statement, with a probability for each label of each task."""
    if unit not in ("article", "statement"):
        raise typer.BadParameter("allowed: article, statement", param_hint="--unit")
    from stancekit.labelling import label_paths
    from stancekit.models.saved import load_model

    reading = reading_of(column, encoding, format, repair=repair)
    trained = load_model(model)
    _say_stale(trained, model, codebook)
    of: Unit = "statement" if unit == "statement" else "article"
    counts = label_paths(paths, trained, out, unit=of, reading=reading, overwrite=overwrite, progress=say)
    tell(f"{counts.rows_in} rows in = {counts.labelled} labelled + {counts.rejected} rejected + {counts.already_done} already done")
    table = out / "labels.csv"
    tell(f"labels       {table if table.is_file() else out / 'labels.parquet'}")
    if counts.rejected:
        tell(f"rejected     {out / 'rejected.jsonl'}")
    if counts.rows_in and counts.rows_in == counts.rejected:
        raise InputError(out / "rejected.jsonl", f"nothing was labelled: all {counts.rejected} rows were rejected; it says why")


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
