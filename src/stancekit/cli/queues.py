"""Commands that make something to annotate: the page, and queues of what to label next or review."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stancekit.cli.annotating import Book, articles_of
from stancekit.cli.declared import Reads, Writes, command
from stancekit.cli.shared import (
    DEFAULT_ACTORS,
    DEFAULT_CODEBOOK,
    Actors,
    ArticleColumns,
    ArticleEncoding,
    app,
    argument,
    one_of,
    option,
    reading_of,
    say,
    tell,
)
from stancekit.errors import InputError, counted
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_jsonl

if TYPE_CHECKING:
    from stancekit.annotations.items import Item


@command(app)
def annotate(
    statements: Annotated[
        Path | None, argument(help="Statements (of `stancekit statements`) or a queue. Not needed with --adjudicate."), Reads()
    ] = None,
    *,
    output: Annotated[Path, option("-o", "--output", help="HTML page to write."), Writes()],
    codebook: Book = DEFAULT_CODEBOOK,
    articles: Annotated[Path | None, option("--articles", help="File or folder of the articles, shown whole on a key."), Reads()] = None,
    actors: Actors = None,
    assign: Annotated[
        str | None, option("--assign", metavar="NAME=FIRST-LAST,…", help="Statements of each annotator: A=1-200,B=150-350.")
    ] = None,
    adjudicate: Annotated[
        Path | None, option("--adjudicate", help="Merged annotations: settle what the annotators differ on."), Reads()
    ] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Hide at first what each annotator gave (with --adjudicate).")] = False,
    annotator: Annotated[str, typer.Option("--annotator", help="Annotator name; the page asks if omitted.")] = "",
    title: Annotated[str, typer.Option("--title", help="Page title.")] = "",
    suggestions: Annotated[bool, typer.Option("--suggestions", help="Show the labels that a model suggests.")] = False,
    column: ArticleColumns = None,
    encoding: ArticleEncoding = "utf-8",
) -> None:
    """Write an annotation page: one HTML file, no server; work is kept in the browser and downloaded as JSON Lines."""
    from stancekit.actors import Actors as Registry
    from stancekit.actors import load_actors
    from stancekit.annotations import load_annotations
    from stancekit.annotations.adjudicate import adjudication
    from stancekit.annotations.assign import assignments_text, parse_assignments
    from stancekit.annotations.items import read_items
    from stancekit.codebook import load_codebook
    from stancekit.pages.annotate import annotation_page

    if statements is None and adjudicate is None:
        raise typer.BadParameter("give the statements to annotate, or merged annotations: --adjudicate FILE", param_hint="STATEMENTS")
    if adjudicate and (assign or suggestions):
        raise typer.BadParameter("is one person's work, without a model", param_hint="--adjudicate")
    if blind and not adjudicate:
        raise typer.BadParameter("hides what annotators gave, which is on the page with --adjudicate alone", param_hint="--blind")
    book = load_codebook(codebook)
    registry = load_actors(actors) if actors else Registry()
    if actors is None and DEFAULT_ACTORS.is_file():
        try:
            registry = load_actors(DEFAULT_ACTORS)
        except InputError as error:  # nobody pointed at it
            say(f"warning: {DEFAULT_ACTORS} is not used: {error}")
    items: Sequence[Item] = read_items(statements, book) if statements else []
    decided = adjudication(load_annotations(adjudicate, book, partial=True), book, items) if adjudicate else None
    if decided and not decided.items:
        raise InputError(adjudicate, "holds nothing to settle: annotators agree on all of it, so it can be checked and trained on as it is")
    items = decided.items if decided else items
    assigned = parse_assignments(assign, len(items)) if assign is not None else None
    if assigned and annotator and annotator.lower() not in map(str.lower, assigned):
        raise InputError("--annotator", f"'{annotator}' has no statements by --assign", assigned)
    page = annotation_page(
        items, book, annotator=annotator, title=title, suggestions=suggestions,
        articles=articles_of(articles, reading_of(column, encoding)) if articles else {},
        holders=[actor.name for actor in registry.actors], assigned=assigned, adjudicated=decided, blind=blind,
    )  # fmt: skip
    write_atomic(output, page)
    settled = f", {len(decided.settled)} on which nothing is open" if decided else ""
    tell(f"{counted(len(items), 'statement')} to {'settle' if decided else 'annotate'}{settled} → {output}")
    if assigned:
        tell(f"assigned: {assignments_text(assigned, len(items))}")


@command(app)
def suggest(
    statements: Annotated[Path, argument(help="Statements (of `stancekit statements`)."), Reads()],
    output: Annotated[Path, option("-o", "--output", help="Queue to write, for `stancekit annotate`."), Writes()],
    labelled: Annotated[
        list[Path] | None, option("--labelled", help="Existing annotation file; repeat the option for several."), Reads()
    ] = None,
    codebook: Book = DEFAULT_CODEBOOK,
    n: Annotated[int, typer.Option("-n", help="Maximum number of statements.")] = 20,
    seed: Annotated[int, typer.Option("--seed", help="Random seed: samples a large pool; with --review, draws the folds.")] = 0,
    model: Annotated[str, typer.Option("--model", help="Model that ranks the statements: tfidf or embedding.")] = "tfidf",
    review: Annotated[bool, typer.Option("--review", help="Queue likely label errors instead.")] = False,
    run: Annotated[Path | None, option("--run", help="Run folder whose out-of-fold predictions to use (with --review)."), Reads()] = None,
    recipe: Annotated[str | None, option("--recipe", help="Recipe of that run. Default: the config's default recipe.")] = None,
) -> None:
    """Queue the next statements to label, or likely label errors to review; no label is ever set."""
    from stancekit.annotations import load_annotations
    from stancekit.annotations.items import read_items, to_row
    from stancekit.codebook import load_codebook
    from stancekit.suggest import next_to_label, review_queue
    from stancekit.suggest.out_of_fold import fresh_predictions, run_predictions

    reader = one_of(model, ("tfidf", "embedding"), "--model")
    if review and not labelled:
        raise typer.BadParameter("needs the labels to look at: --labelled FILE", param_hint="--review")
    if run and not review:
        raise typer.BadParameter("is for --review", param_hint="--run")
    book = load_codebook(codebook)
    items = read_items(statements, book)
    known = [a for file in labelled or [] for a in load_annotations(file, book, partial=True)]
    if review:
        predictions = run_predictions(run, recipe) if run else fresh_predictions(known, book, reader, seed=seed)
        queue = review_queue(known, predictions, book, n=n, items=items)
    else:
        queue = next_to_label(items, known, book, n=n, seed=seed, model=reader)
    if not queue and labelled:
        raise InputError(labelled[0], "holds no label that a model made without it doubts")
    write_atomic(output, to_jsonl(to_row(item) for item in queue))
    for item in queue[:5]:
        say(f"{item.statement.id}: {item.reason}")
    tell(f"{counted(len(queue), 'statement')} → {output}")
