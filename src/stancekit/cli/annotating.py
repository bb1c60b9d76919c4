"""Commands over hand labels: check them, measure, merge and exchange them, make more of them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from stancekit.cli.declared import Reads, Within, Writes, command
from stancekit.cli.shared import (
    DEFAULT_CODEBOOK,
    Actors,
    ArticleColumns,
    ArticleEncoding,
    Overwrite,
    annotations_app,
    app,
    reading_of,
    say,
    tell,
)
from stancekit.errors import InputError, RefusedError

Book = Annotated[Path, typer.Option("--codebook", help="The codebook."), Reads()]
Files = Annotated[list[Path], typer.Argument(help="Annotation files, one for each annotator.", show_default=False), Reads()]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write; it is replaced.", show_default=False), Writes()]
Exported = Annotated[
    Path, typer.Option("-o", "--output", help="The file to write; it is replaced.", show_default=False), Writes((".xml", ".labels.json"))
]


@command(annotations_app, "check")
def annotations_check(
    file: Annotated[Path, typer.Argument(show_default=False), Reads()],
    codebook: Book = DEFAULT_CODEBOOK,
    articles: Annotated[Path, typer.Option(help="The articles' file or folder."), Reads()] = Path("seeds"),
    partial: Annotated[bool, typer.Option("--partial", help="Work in progress: statements, tasks and holders may be missing.")] = False,
    column: ArticleColumns = None,
    encoding: ArticleEncoding = "utf-8",
) -> None:
    """Check hand labels against the codebook and the articles: every fault with file and line."""
    from stancekit.annotations import load_annotations
    from stancekit.articles import Rejected, read_articles
    from stancekit.codebook import load_codebook
    from stancekit.records import Article
    from stancekit.statements import extract_statements

    book = load_codebook(codebook)
    read = list(read_articles([articles], reading_of(column, encoding)))
    if rejected := [item for item in read if isinstance(item, Rejected)]:
        raise InputError(articles, rejected[0].reason)
    found = {a.id: a for a in read if isinstance(a, Article)}
    statements = [] if partial else [s for a in found.values() for s in extract_statements(a)]
    rows = load_annotations(file, book, found, statements, partial=partial)
    tell(f"{file}: {len(rows)} annotations by '{rows[0].annotator}' are sound")


@command(annotations_app, "agreement")
def annotations_agreement(
    files: Files,
    codebook: Book = DEFAULT_CODEBOOK,
    scale: Annotated[
        list[str] | None,
        typer.Option("--scale", help="ordinal or interval, or TASK=ordinal: the codebook's order of labels is a scale."),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write all figures as JSON.", show_default=False), Writes()] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw who confuses what with what: .png or .svg.", show_default=False), Writes()
    ] = None,
) -> None:
    """Measure how far annotators agree: raw, κ, α, AC1, by task and label, with intervals that respect articles."""
    from stancekit.annotations.agreement import parse_scales, reliability
    from stancekit.annotations.agreement_text import reliability_table
    from stancekit.annotations.passes import load_passes
    from stancekit.codebook import load_codebook
    from stancekit.io.atomic import write_atomic
    from stancekit.io.files import to_json

    if plot and plot.suffix not in (".png", ".svg"):
        raise typer.BadParameter("must end in .png or .svg", param_hint="--plot")
    book = load_codebook(codebook)
    result = reliability(load_passes(files, book, say), book, parse_scales(scale or [], book), say)
    tell(reliability_table(result))
    if output:
        write_atomic(output, to_json(result))
        say(f"figures → {output}")
    if plot:
        from stancekit.report.figures import pictures
        from stancekit.report.figures.style import to_png, to_svg

        [picture] = pictures("disagreement", {"agreement": result})
        write_atomic(plot, to_png(picture) if plot.suffix == ".png" else to_svg(picture))
        say(f"plot → {plot}")


@command(annotations_app, "merge")
def annotations_merge(
    files: Files,
    output: Output,
    method: Annotated[str, typer.Option("--method", help="majority or dawid_skene.")] = "majority",
    codebook: Book = DEFAULT_CODEBOOK,
) -> None:
    """Sum up several annotators into one label a statement, with the shares; what they tie on is left open."""
    from stancekit.annotations import write_annotations
    from stancekit.annotations.merge import METHODS, aggregate
    from stancekit.annotations.passes import load_passes
    from stancekit.codebook import load_codebook

    chosen = next((name for name in METHODS if name == method), None)
    if chosen is None:
        raise typer.BadParameter(f"allowed: {', '.join(METHODS)}", param_hint="--method")
    book = load_codebook(codebook)
    passes = load_passes(files, book)
    if chosen == "dawid_skene" and len(passes) == 2:
        say("two annotators alone do not tell which of them errs; dawid_skene settles by what is frequent")
    merged = aggregate(passes, book, chosen)
    write_annotations(output, merged.annotations)
    for identity, what in merged.open:
        say(f"open: {identity}: {what}")
    tell(f"{len(merged.annotations)} annotations, {len(merged.open)} labels left open → {output}")


@command(annotations_app, "export")
def annotations_export(
    file: Annotated[Path, typer.Argument(help="Statements, a queue, a model's labels.jsonl, or annotations.", show_default=False), Reads()],
    output: Exported,
    to: Annotated[str, typer.Option("--to", help="labelstudio, doccano, csv; huggingface for a data set.", show_default=False)],
    codebook: Book = DEFAULT_CODEBOOK,
    annotations: Annotated[
        Path | None, typer.Option("--annotations", help="Labels that are there already.", show_default=False), Reads()
    ] = None,
    articles: Annotated[Path, typer.Option(help="The articles; for huggingface."), Within()] = Path("seeds"),
    actors: Actors = None,
    test_article: Annotated[
        str | None, typer.Option("--test-article", help="Its statements are the test split; for huggingface.", show_default=False)
    ] = None,
    creators: Annotated[str, typer.Option("--creators", help="Who labelled, for the card: machine-generated, expert-generated, ...")] = "",
    language: Annotated[str, typer.Option("--language", help="The texts' language, for the card.")] = "en",
    column: ArticleColumns = None,
    encoding: ArticleEncoding = "utf-8",
    overwrite: Overwrite = False,
) -> None:
    """Take statements or labels to another tool: Label Studio, doccano, a spreadsheet, or a Hugging Face data set."""
    from stancekit.annotations.exchange import EXCHANGES, read_exportable
    from stancekit.codebook import load_codebook
    from stancekit.io.atomic import write_atomic

    _known_tool(to, [*EXCHANGES, "huggingface"], "--to")
    book = load_codebook(codebook)
    if to == "huggingface":
        from stancekit.huggingface import dataset_card, load_dataset, save_dataset
        from stancekit.io.guard import guard

        guard([file, codebook, articles, *([actors] if actors else [])], folders=[output])
        reading = reading_of(column, encoding)
        dataset = load_dataset(file, articles, codebook, actors=actors, test_article=test_article, reading=reading)
        save_dataset(dataset, dataset_card(dataset, book, creators=creators, language=language), output, overwrite=overwrite)
        tell(", ".join(f"{name} {len(part)}" for name, part in dataset.items()) + f" → {output}")
        return
    exchange = EXCHANGES[to]
    items, labelled = read_exportable(file, book, annotations)
    setup, content = output.with_suffix(exchange.config_suffix), exchange.config(book) if exchange.config else ""
    if content and setup.exists() and setup.read_bytes() != content.encode() and not overwrite:
        raise RefusedError(f"{setup}: would be replaced by the tool's set-up; move it away, or --overwrite")
    write_atomic(output, exchange.export(items, labelled, book))
    tell(f"{max(len(items), len(labelled))} statements, {len(labelled)} labelled → {output}")
    if content:
        write_atomic(setup, content)
        tell(f"set-up of the tool → {setup}")


@command(annotations_app, "import")
def annotations_import(
    file: Annotated[Path, typer.Argument(help="What the tool exported.", show_default=False), Reads()],
    output: Output,
    source: Annotated[str, typer.Option("--from", help="labelstudio, doccano or csv.", show_default=False)],
    codebook: Book = DEFAULT_CODEBOOK,
    annotator: Annotated[str | None, typer.Option("--annotator", help="Whose labels, or who made them.", show_default=False)] = None,
) -> None:
    """Bring one annotator's labels back from another tool; what is wrong in its file is said, line by line."""
    from stancekit.annotations import write_annotations
    from stancekit.annotations.exchange import EXCHANGES
    from stancekit.codebook import load_codebook

    _known_tool(source, EXCHANGES, "--from")
    imported = EXCHANGES[source].parse(file, load_codebook(codebook), annotator)
    for reason in imported.skipped:
        say(f"skipped: {reason}")
    if not imported.annotations:
        raise InputError(file, f"holds no labels; {len(imported.skipped)} records were skipped")
    write_annotations(output, imported.annotations)
    tell(f"{len(imported.annotations)} annotations, {len(imported.skipped)} skipped → {output}")


@command(app)
def annotate(
    statements: Annotated[Path, typer.Argument(help="What `stancekit statements` wrote, or a queue.", show_default=False), Reads()],
    output: Annotated[Path, typer.Option("-o", "--output", help="The page to write.", show_default=False), Writes()],
    codebook: Book = DEFAULT_CODEBOOK,
    annotator: Annotated[str, typer.Option("--annotator", help="Who annotates; the page asks without it.")] = "",
    title: Annotated[str, typer.Option("--title", help="The page's title.")] = "",
    suggestions: Annotated[bool, typer.Option("--suggestions", help="Show what a model suggests.")] = False,
) -> None:
    """Write a page to annotate on: one file, no server, work kept in the browser, labels downloaded as JSON Lines."""
    from stancekit.annotations.items import read_items
    from stancekit.codebook import load_codebook
    from stancekit.io.atomic import write_atomic
    from stancekit.pages.annotate import annotation_page

    book = load_codebook(codebook)
    items = read_items(statements, book)
    write_atomic(output, annotation_page(items, book, annotator=annotator, title=title, suggestions=suggestions))
    tell(f"{len(items)} statements to annotate → {output}")


@command(app)
def suggest(
    statements: Annotated[Path, typer.Argument(help="What `stancekit statements` wrote.", show_default=False), Reads()],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The queue to write, for `stancekit annotate`.", show_default=False), Writes()
    ],
    labelled: Annotated[
        list[Path] | None, typer.Option("--labelled", help="Annotations that are there; once a file.", show_default=False), Reads()
    ] = None,
    codebook: Book = DEFAULT_CODEBOOK,
    n: Annotated[int, typer.Option("-n", help="How many at most.")] = 20,
    seed: Annotated[int, typer.Option("--seed", help="Draws what stands for a large pool; with --review, the folds.")] = 0,
    model: Annotated[str, typer.Option("--model", help="What reads the statements: tfidf or embedding.")] = "tfidf",
    review: Annotated[bool, typer.Option("--review", help="Queue labels that a model finds unlikely, to look at again.")] = False,
    run: Annotated[
        Path | None,
        typer.Option("--run", help="With --review: the run whose out-of-fold predictions are asked.", show_default=False),
        Reads(),
    ] = None,
    recipe: Annotated[
        str | None, typer.Option("--recipe", help="With --run: which recipe; its default without it.", show_default=False)
    ] = None,
) -> None:
    """Queue what to label next, or which labels to look at again; neither ever sets a label."""
    from stancekit.annotations import load_annotations
    from stancekit.annotations.items import read_items, to_row
    from stancekit.codebook import load_codebook
    from stancekit.io.atomic import write_atomic
    from stancekit.io.files import to_jsonl
    from stancekit.suggest import next_to_label, review_queue
    from stancekit.suggest.out_of_fold import fresh_predictions, run_predictions

    reader = _known_tool(model, ("tfidf", "embedding"), "--model")
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
    tell(f"{len(queue)} statements → {output}")


def _known_tool(name: str, known: Any, option: str) -> Any:
    if name not in known:
        raise typer.BadParameter(f"allowed: {', '.join(known)}", param_hint=option)
    return name
