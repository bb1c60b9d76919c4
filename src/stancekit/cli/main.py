"""The command line: thin commands over the library. What is heavy is imported by the command that needs it."""

import io
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from stancekit.errors import InputError, StancekitError, missing_extra

app = typer.Typer(
    help="From a folder of press coverage to who stands where, on what. "
    "Exit codes: 0 done, 2 usage, 3 bad input, 4 refused, 5 missing extra, 130 and 143 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
codebook_app = typer.Typer(help="Check or show a codebook.", no_args_is_help=True)
annotations_app = typer.Typer(help="Check hand labels.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")
app.add_typer(annotations_app, name="annotations")

DEFAULT_ACTORS = Path("annotations/actors.yaml")
Paths = Annotated[list[Path], typer.Argument(help="Text or JSON Lines files, or folders of them.", show_default=False)]
Out = Annotated[Path, typer.Option("--out", "-o", help="Output folder.", show_default=False)]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what the output folder holds.")]
ExperimentFile = Annotated[Path, typer.Argument(help="The YAML config of an experiment.", show_default=False)]
Actors = Annotated[
    Path | None, typer.Option("--actors", help=f"Registry of actors; {DEFAULT_ACTORS} where it is there.", show_default=False)
]


def say(message: str) -> None:
    """Progress goes to standard error, so that standard output holds results only."""
    typer.echo(message, err=True)


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
def run(
    experiment: ExperimentFile,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Run folder; build/NAME without it.", show_default=False)] = None,
    overwrite: Overwrite = False,
) -> None:
    """Cross-validate the recipes of an experiment, score them, train them on everything, write the report."""
    from stancekit.experiment import load_experiment
    from stancekit.experiment import run as run_experiment

    loaded = load_experiment(experiment)
    folder = out or Path("build") / loaded.config.name
    metrics = run_experiment(loaded, folder, overwrite=overwrite, progress=say)
    page = _report(folder)
    from stancekit.summary import summary

    typer.echo(summary(metrics))
    typer.echo(f"metrics      {folder / 'metrics.json'}\npredictions  {folder / 'predictions'}\nmodels       {folder / 'models'}")
    if page:
        typer.echo(f"report       {page}")


@app.command()
def report(folder: Annotated[Path, typer.Argument(help="A finished run folder.", show_default=False)]) -> None:
    """Write the report of a finished run again."""
    from stancekit.report import write_report

    typer.echo(write_report(folder))


@app.command()
def train(
    experiment: ExperimentFile,
    out: Out,
    recipe: Annotated[
        str | None, typer.Option("--recipe", help="Which recipe; the config's default without it.", show_default=False)
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Train one recipe of an experiment on everything and save the model."""
    from stancekit.experiment import load_experiment
    from stancekit.experiment import train as train_recipe

    loaded = load_experiment(experiment)
    name = recipe or loaded.config.default
    say(f"training {name} on {len(loaded.dataset.examples)} statements")
    train_recipe(loaded, name, out, overwrite=overwrite)
    typer.echo(f"model        {out}")


@app.command()
def label(
    paths: Paths,
    model: Annotated[Path, typer.Option("--model", help="A trained model's folder.", show_default=False)],
    out: Out,
    unit: Annotated[str, typer.Option("--unit", help="article: cut into statements first; statement: a row is a statement.")] = "article",
    overwrite: Overwrite = False,
) -> None:
    """Label new coverage: a row a statement, with a probability for each label of each task."""
    if unit not in ("article", "statement"):
        raise typer.BadParameter("allowed: article, statement", param_hint="--unit")
    from stancekit.labelling import label_paths
    from stancekit.models.trained import load_model

    counts = label_paths(
        paths, load_model(model), out, unit="statement" if unit == "statement" else "article", overwrite=overwrite, progress=say
    )
    typer.echo(f"{counts.rows_in} rows in = {counts.labelled} labelled + {counts.rejected} rejected + {counts.already_done} already done")
    typer.echo(f"labels       {out / 'labels.csv'}")
    if counts.rejected:
        typer.echo(f"rejected     {out / 'rejected.jsonl'}")


@codebook_app.command("check")
def codebook_check(file: Annotated[Path, typer.Argument(show_default=False)]) -> None:
    """Check a codebook: strict YAML, known keys, labels that are text."""
    from stancekit.codebook import load_codebook

    book = load_codebook(file)
    typer.echo(f"{file}: {book.name} {book.version} is sound: {len(book.tasks)} tasks, digest {book.digest[:12]}")


@codebook_app.command("show")
def codebook_show(file: Annotated[Path, typer.Argument(show_default=False)]) -> None:
    """Print a codebook's tasks, labels and definitions."""
    from stancekit.codebook import load_codebook

    book = load_codebook(file)
    lines = [f"{book.name} {book.version}", f"target: {book.target}"]
    for name, task in book.tasks.items():
        lines += ["", f"{name}: {task.question}", *(f"  {label}: {entry.definition}" for label, entry in task.labels.items())]
        lines += [f"  tie: {tie}" for tie in task.ties]
    typer.echo("\n".join(lines))


@annotations_app.command("check")
def annotations_check(
    file: Annotated[Path, typer.Argument(show_default=False)],
    codebook: Annotated[Path, typer.Option(help="The codebook.")] = Path("annotations/codebook.yaml"),
    articles: Annotated[Path, typer.Option(help="The articles' file or folder.")] = Path("seeds"),
) -> None:
    """Check hand labels against the codebook and the articles: every fault with file and line."""
    from stancekit.codebook import load_codebook
    from stancekit.dataset import read_dataset

    dataset = read_dataset(articles, file, load_codebook(codebook), None)
    typer.echo(f"{file}: {len(dataset.examples)} annotations are sound")


def _report(folder: Path) -> Path | None:
    from importlib.util import find_spec

    if find_spec("matplotlib") is None:
        say("no report: it needs matplotlib: pip install 'stancekit[plots]'")
        return None
    from stancekit.report import write_report

    say("drawing the report")
    return write_report(folder)


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    say("terminated: no file is left half-written; run the same command again")
    sys.exit(143)


def main() -> None:
    """Run the command line; errors of the user's making end in one message and their exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale: the texts are full of curly quotes
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except StancekitError as error:
        say(f"error: {error}")
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code in (130, 1) and isinstance(end.__context__, KeyboardInterrupt):
            end = SystemExit(130)
        if end.code == 130:
            say("interrupted: no file is left half-written; run the same command again")
        raise end from None
    except KeyboardInterrupt:
        say("interrupted: no file is left half-written; run the same command again")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and (missing := missing_extra(error)):
            say(f"error: {missing}")
            sys.exit(missing.exit_code)
        if isinstance(error, OSError) and not os.environ.get("STANCEKIT_DEBUG"):
            say(f"error: {error.filename or 'a file'}: {error.strerror or error}")
            sys.exit(4)
        if os.environ.get("STANCEKIT_DEBUG"):
            raise
        say(f"error: unexpected {type(error).__name__}: {error} (set STANCEKIT_DEBUG=1 for the traceback)")
        sys.exit(1)


if __name__ == "__main__":
    main()
