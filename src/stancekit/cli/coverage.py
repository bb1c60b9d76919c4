"""Commands over coverage: articles in, statements or labels out."""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stancekit.cli.declared import Reads, Writes, command
from stancekit.cli.shared import (
    DEFAULT_ACTORS,
    HEADINGS,
    Actors,
    Columns,
    Encoding,
    Keep,
    Language,
    Lines,
    Paths,
    Repair,
    app,
    collected,
    one_of,
    option,
    reading_of,
    say,
)
from stancekit.errors import InputError, RefusedError, counted
from stancekit.io.atomic import write_atomic, writing
from stancekit.io.files import to_jsonl

if TYPE_CHECKING:
    from stancekit.articles import ReadOptions
    from stancekit.records import Article, Statement

Format = Annotated[
    str | None,
    option(
        "--format",
        help="Format of standard input: txt, html, docx, pdf, json, jsonl, csv, parquet or xlsx (add .gz if compressed), "
        "or the layout of all texts: nexis, factiva, proquest or plain.",
    ),
]
DayFirst = Annotated[
    bool | None,
    option("--day-first/--month-first", help="Order of day and month in dates like 03/04/2025. Default: such a date is left empty."),
]
Sheet = Annotated[str | None, option("--sheet", help="Sheet of a workbook that has several.")]


@command(app)
def statements(
    paths: Paths,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write JSON Lines to this file. Default: standard output."), Writes()
    ] = None,
    actors: Actors = None,
    column: Columns = None,
    keep: Keep = None,
    encoding: Encoding = "utf-8",
    format: Format = None,
    day_first: DayFirst = None,
    sheet: Sheet = None,
    repair: Repair = False,
    lines: Lines = "auto",
    language: Language = None,
    parser: Annotated[str | None, option("--parser", help="Use a dependency parse where the rules are unsure: spacy.")] = None,
    corrections: Annotated[
        list[Path] | None,
        option("--corrections", help="Apply corrections downloaded from the page (JSON Lines). Repeatable, in order."),
        Reads(),
    ] = None,
    page: Annotated[
        Path | None, option("--page", help="Write an HTML page that marks the statements by speaker, to check and correct."), Writes()
    ] = None,
    threshold: Annotated[
        float, typer.Option("--threshold", help="Mark attributions below this confidence as doubtful on the page.")
    ] = 0.75,
    suggest_actors: Annotated[
        bool, typer.Option("--suggest-actors", help="Print frequent speakers missing from the registry (YAML) instead of the statements.")
    ] = False,
) -> None:
    """Extract statements from articles and attribute each to its speaker (JSON Lines)."""
    from dataclasses import replace

    from stancekit.actors import Actors as Registry
    from stancekit.actors import load_actors
    from stancekit.articles import Rejected, read_articles
    from stancekit.articles.accounts import Accounts
    from stancekit.corrections import load_corrections
    from stancekit.pages.statements import statements_page
    from stancekit.statements import extract_statements
    from stancekit.statements.clauses.parser import load_parser
    from stancekit.statements.rows import Rows
    from stancekit.suggest.actors import render_suggestions
    from stancekit.suggest.actors import suggest_actors as suggestions

    one_of(parser or "spacy", ["spacy"], "--parser")
    reading = reading_of(
        column, encoding, format, day_first=day_first, sheet=sheet, repair=repair, lines=lines, language=language, keep=keep
    )
    if HEADINGS in (keep or []):
        say("--keep headings: every unit is in the output anyway")
    if output is None:
        _refuse_redirection([path for path in paths if str(path) != "-"], replace(reading, format=reading.layout))
    by_hand = [load_corrections(file) for file in corrections or []]
    parse = load_parser() if parser else None
    registry_file, registry = actors, load_actors(actors) if actors else None
    if actors is None and DEFAULT_ACTORS.is_file():
        try:
            registry_file, registry = DEFAULT_ACTORS, load_actors(DEFAULT_ACTORS)
        except InputError as error:  # nobody pointed at it
            registry_file = None
            say(f"warning: {DEFAULT_ACTORS} is not used: {error}")
    say(f"actors: {registry_file}" if registry_file else "actors: no registry; people and organisations are classified by name form")
    read = written = rejected = 0
    accounts, rows = Accounts(), Rows(registry, reading.keep)

    def extracted(write: Callable[[str], Any]) -> "Iterator[tuple[Article, list[Statement]]]":
        """Each article with its statements, once these are written and the article is counted."""
        nonlocal read, written, rejected
        for item in read_articles(paths, reading):
            if isinstance(item, Rejected):
                rejected += 1
                rejections.add(item.reason)
                accounts.see_rest(rejected=item.words)
                continue
            found = extract_statements(item, registry, parser=parse, lines=reading.lines)
            for correction in by_hand:
                found = correction.apply(item, found, registry)
            accounts.see(item, found)
            for statement in found:
                write(to_jsonl([rows.of(statement, item) | {"actor": rows.actor(statement.holder)}]))
            read, written = read + 1, written + len(found)
            yield item, found
        if not read:
            raise InputError(paths[0], f"no article could be read, {rejected} rejected")

    content = suggested = None
    printer = len if page or suggest_actors else partial(print, end="", flush=True)
    printed: AbstractContextManager[Callable[[str], Any]] = nullcontext(printer)
    with collected("rejected") as rejections, writing(output) if output else printed as write:
        pairs: Iterable[tuple[Article, list[Statement]]] = extracted(write)
        if page and suggest_actors:
            pairs = list(pairs)  # both read them
        if page:
            content = statements_page(pairs, threshold=threshold, actors=registry, notice=say)
        if suggest_actors:
            suggested = render_suggestions(suggestions((s for _, found in pairs for s in found), registry or Registry()))
        for _ in pairs:  # whatever nobody has asked for
            pass
    say(f"{counted(read, 'article')}, {counted(written, 'statement')}, {rejected} rejected" + (f" → {output}" if output else ""))
    for line in accounts.lines():
        say(line)
    for correction in by_hand:
        say(f"{correction.path}: {len(correction) - len(correction.not_applied)} of {counted(len(correction), 'correction')} applied")
        with collected("not applied") as left:
            for line in correction.not_applied:
                left.add(line)
    if page and content:
        write_atomic(page, content)
        say(f"page → {page}")
    if suggested:
        typer.echo(suggested, nl=False)


def _refuse_redirection(paths: list[Path], reading: "ReadOptions") -> None:
    """`stancekit statements . > here.jsonl` would read what it writes, without end."""
    from stancekit.articles import article_files

    try:
        target = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no file
        return
    if not stat.S_ISREG(target.st_mode):
        return
    for file in article_files(paths, reading):
        if file.exists() and os.path.samestat(file.stat(), target):
            raise RefusedError(f"{file}: standard output goes into a file of the input; write somewhere else")
