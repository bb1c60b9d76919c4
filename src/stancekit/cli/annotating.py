"""Commands over annotations: validate, measure, merge and exchange them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stancekit.cli.declared import Reads, Within, Writes, command
from stancekit.cli.shared import (
    DEFAULT_CODEBOOK,
    Actors,
    ArticleColumns,
    ArticleEncoding,
    Language,
    Lines,
    Overwrite,
    Repair,
    annotations_app,
    argument,
    collected,
    one_of,
    option,
    reading_of,
    say,
    tell,
)
from stancekit.errors import InputError, RefusedError, counted
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json

if TYPE_CHECKING:
    from stancekit.articles import ReadOptions
    from stancekit.records import Article

Book = Annotated[Path, typer.Option("--codebook", help="Codebook (YAML)."), Reads()]
Files = Annotated[list[Path], argument(help="Annotation files, one per annotator."), Reads()]
Output = Annotated[Path, option("-o", "--output", help="File to write; replaced if it exists."), Writes()]
Exported = Annotated[Path, option("-o", "--output", help="File to write; replaced if it exists."), Writes(besides=(".xml", ".labels.json"))]


@command(annotations_app, "check")
def annotations_check(
    file: Annotated[Path, argument(help="Annotation file (JSON Lines)."), Reads()],
    codebook: Book = DEFAULT_CODEBOOK,
    articles: Annotated[Path, typer.Option(help="File or folder of the articles."), Reads()] = Path("seeds"),
    partial: Annotated[bool, typer.Option("--partial", help="Allow missing statements, tasks and holders (work in progress).")] = False,
    column: ArticleColumns = None,
    encoding: ArticleEncoding = "utf-8",
    repair: Repair = False,
    lines: Lines = "auto",
    language: Language = None,
) -> None:
    """Validate annotations against codebook and articles: every error with file and line."""
    from stancekit.annotations import load_annotations
    from stancekit.codebook import load_codebook
    from stancekit.statements import extract_statements

    book = load_codebook(codebook)
    reading = reading_of(column, encoding, repair=repair, lines=lines, language=language)
    found = articles_of(articles, reading)
    statements = [s for a in found.values() for s in extract_statements(a, lines=reading.lines)]
    rows = load_annotations(file, book, found, statements, partial=partial, complete=not partial)
    tell(f"{file}: {counted(len(rows), 'annotation')} by '{rows[0].annotator}', no errors")


def articles_of(path: Path, reading: "ReadOptions") -> "dict[str, Article]":
    """Id → article. Raises `InputError` for one that can't be read."""
    from stancekit.articles import Rejected, read_articles
    from stancekit.records import Article

    read = list(read_articles([path], reading))
    if rejected := [item for item in read if isinstance(item, Rejected)]:
        raise InputError(path, rejected[0].reason)
    return {a.id: a for a in read if isinstance(a, Article)}


@command(annotations_app, "agreement")
def annotations_agreement(
    files: Files,
    codebook: Book = DEFAULT_CODEBOOK,
    scale: Annotated[
        list[str] | None,
        typer.Option("--scale", help="Treat the codebook's label order as a scale: ordinal, interval or TASK=ordinal. Repeatable."),
    ] = None,
    output: Annotated[Path | None, option("-o", "--output", help="Write all figures as JSON."), Writes()] = None,
    plot: Annotated[Path | None, option("--plot", help="Draw the confusion between annotators (.png or .svg)."), Writes()] = None,
) -> None:
    """Measure inter-annotator agreement by task and label: raw agreement, κ, α, AC1, with intervals clustered by article."""
    from stancekit.annotations.agreement import measure_agreement, parse_scales
    from stancekit.annotations.agreement_text import agreement_text
    from stancekit.annotations.passes import load_passes
    from stancekit.codebook import load_codebook

    if plot and plot.suffix not in (".png", ".svg"):
        raise typer.BadParameter("must end in .png or .svg", param_hint="--plot")
    book = load_codebook(codebook)
    result = measure_agreement(load_passes(files, book, say), book, parse_scales(scale or [], book), say)
    tell(agreement_text(result))
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
    method: Annotated[str, typer.Option("--method", help="Aggregation method: majority or dawid-skene.")] = "majority",
    any_label: Annotated[bool, typer.Option("--any-label", help="Let dawid-skene give a label that no annotator gave.")] = False,
    codebook: Book = DEFAULT_CODEBOOK,
) -> None:
    """Merge several annotators' labels into one per statement, with label shares; ties stay open for `annotate --adjudicate`."""
    from stancekit.annotations import write_annotations
    from stancekit.annotations.adjudicate import differing
    from stancekit.annotations.merge import METHODS, merge_annotations
    from stancekit.annotations.passes import load_passes
    from stancekit.codebook import load_codebook

    chosen = one_of(method.replace("-", "_"), METHODS, "--method")
    book = load_codebook(codebook)
    passes = load_passes(files, book)
    if chosen == "dawid_skene" and len(passes) == 2:
        say("two annotators alone do not tell which of them errs; dawid_skene settles by what is frequent")
    merged = merge_annotations(passes, book, chosen, any_label=any_label)
    write_annotations(output, merged.annotations)
    for identity, what in merged.open:
        say(f"open: {identity}: {what}")
    for identity, task, named in merged.overruled:
        what = "is given, though no annotator gave it" if any_label else "is more probable, but no annotator gave it; the best given stands"
        say(f"{identity}: {task}: '{named}' {what}")
    for identity, task, labels in merged.outvoted:
        say(f"overruled: {identity}: {task}: {' and '.join(map(repr, labels))}, given by as many annotators as what stands, or more")
    kept = f", {counted(len(merged.overruled), 'label')} {'given by no annotator' if any_label else 'kept against the method'}"
    kept = (kept if merged.overruled else "") + (f", {counted(len(merged.outvoted), 'label')} overruled" if merged.outvoted else "")
    tell(f"{counted(len(merged.annotations), 'annotation')}, {counted(len(merged.open), 'label')} left open{kept} → {output}")
    if any(a.given and differing(a.given, book) for a in merged):
        tell(f"to settle what annotators differ on: stancekit annotate --adjudicate {output} -o PAGE")


@command(annotations_app, "export")
def annotations_export(
    file: Annotated[Path, argument(help="Statements, a queue, a model's labels.jsonl, or annotations."), Reads()],
    output: Exported,
    to: Annotated[str, option("--to", help="Target format: labelstudio, doccano, csv or huggingface.")],
    codebook: Book = DEFAULT_CODEBOOK,
    annotations: Annotated[
        Path | None, option("--annotations", help="Existing annotation file, exported with the statements."), Reads()
    ] = None,
    articles: Annotated[Path, typer.Option(help="File or folder of the articles (for huggingface)."), Within()] = Path("seeds"),
    actors: Actors = None,
    test_article: Annotated[
        str | None, option("--test-article", help="Id of the article whose statements form the test split (for huggingface).")
    ] = None,
    creators: Annotated[str, typer.Option("--creators", help="Origin of the labels for the data card, e.g. expert-generated.")] = "",
    language: Annotated[str, typer.Option("--language", help="Language of the texts for the data card.")] = "en",
    column: ArticleColumns = None,
    encoding: ArticleEncoding = "utf-8",
    overwrite: Overwrite = False,
) -> None:
    """Export statements or annotations to Label Studio, doccano, a spreadsheet (CSV) or a Hugging Face data set."""
    from stancekit.annotations.exchange import EXCHANGES, read_exportable
    from stancekit.codebook import load_codebook

    one_of(to, [*EXCHANGES, "huggingface"], "--to")
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
    tell(f"{counted(max(len(items), len(labelled)), 'statement')}, {len(labelled)} labelled → {output}")
    if content:
        write_atomic(setup, content)
        tell(f"set-up of the tool → {setup}")


@command(annotations_app, "import")
def annotations_import(
    file: Annotated[Path, argument(help="File that the tool exported."), Reads()],
    output: Output,
    source: Annotated[str, option("--from", help="Source format: labelstudio, doccano or csv.")],
    codebook: Book = DEFAULT_CODEBOOK,
    annotator: Annotated[str | None, option("--annotator", help="Annotator whose labels to import, or who made them.")] = None,
) -> None:
    """Import one annotator's labels from another tool; invalid records are reported with file and line."""
    from stancekit.annotations import write_annotations
    from stancekit.annotations.exchange import EXCHANGES
    from stancekit.codebook import load_codebook

    one_of(source, EXCHANGES, "--from")
    imported = EXCHANGES[source].parse(file, load_codebook(codebook), annotator)
    with collected("skipped") as skipped:
        for reason in imported.skipped:
            skipped.add(reason)
    if not imported.annotations:
        raise InputError(file, f"holds no labels; {counted(len(imported.skipped), 'record')} skipped")
    write_annotations(output, imported.annotations)
    tell(f"{counted(len(imported.annotations), 'annotation')}, {len(imported.skipped)} skipped → {output}")
