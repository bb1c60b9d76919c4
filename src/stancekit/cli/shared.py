"""What the commands share: the applications they hang on, options that recur, and how they speak."""

import os
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stancekit.cli.declared import Fills, Reads
from stancekit.cli.examples import epilog_of
from stancekit.errors import Tally

if TYPE_CHECKING:
    from stancekit.articles import ReadOptions
    from stancekit.sources.dates import DateOrder

app = typer.Typer(
    help="From a folder of press coverage to who stands where, on what. "
    "Exit codes: 0 success, 2 usage error, 3 bad input, 4 refused to write, 5 missing extra, 130 and 143 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
codebook_app = typer.Typer(help="Validate, print or compare codebooks.", epilog=epilog_of("codebook check"), no_args_is_help=True)
annotations_app = typer.Typer(
    help="Validate, compare, merge, export and import annotations.", epilog=epilog_of("annotations agreement"), no_args_is_help=True
)
app.add_typer(codebook_app, name="codebook")
app.add_typer(annotations_app, name="annotations")


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"stancekit {version('stancekit')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")] = False,
) -> None:
    pass


option, argument = partial(typer.Option, show_default=False), partial(typer.Argument, show_default=False)
"""Those without a default to show."""
DEFAULT_ACTORS = Path("annotations/actors.yaml")
DEFAULT_CODEBOOK = Path("annotations/codebook.yaml")
Paths = Annotated[list[Path], argument(help="Files, folders or glob patterns of articles; - reads standard input."), Reads()]
Out = Annotated[Path, option("--out", "-o", help="Output folder."), Fills()]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace an earlier result of this command; other files are never touched.")]
ExperimentFile = Annotated[Path, argument(help="Experiment config (YAML)."), Reads()]
Actors = Annotated[
    Path | None,
    option("--actors", help=f"Registry of actors (YAML). Default: {DEFAULT_ACTORS} if it exists."),
    Reads(default=DEFAULT_ACTORS),
]

Columns = Annotated[
    list[str] | None,
    option("--column", metavar="FIELD=NAME", help="Map a field to a column or JSON key (FIELD=NAME). Repeatable."),
]
HEADINGS = "headings"
"""What `--keep` takes beside columns."""
Keep = Annotated[
    list[str] | None,
    option("--keep", metavar="COLUMN", help="Carry a column, or JSON key, to the output. Repeatable. 'headings' labels headings too."),
]
Encoding = Annotated[str, typer.Option("--encoding", help="Text encoding of the input.")]
Repair = Annotated[bool, typer.Option("--repair", help="Repair damaged text: wrong decoding, markup in cells, ligatures, soft hyphens.")]
ArticleColumns = Annotated[
    list[str] | None,
    option("--column", metavar="FIELD=NAME", help="Map a field of the articles to a column or JSON key (FIELD=NAME). Repeatable."),
]
ArticleEncoding = Annotated[str, typer.Option("--encoding", help="Text encoding of the articles; all other files are UTF-8.")]


def reading_of(
    columns: list[str] | None,
    encoding: str,
    format: str | None = None,
    *,
    day_first: bool | None = None,
    sheet: str | None = None,
    repair: bool = False,
    keep: list[str] | None = None,
) -> "ReadOptions":
    """Turn the options into `ReadOptions`. Raises `InputError` for an unknown name, a usage error for another form."""
    from stancekit.articles import ReadOptions

    named: dict[str, str] = {}
    for option in columns or []:
        field, separator, name = option.partition("=")
        if not separator or field in named:
            raise typer.BadParameter(f"'{option}': expected FIELD=NAME, each field once", param_hint="--column")
        named[field] = name
    kept = tuple(dict.fromkeys(name for name in keep or [] if name != HEADINGS))
    if repair:
        say("--repair: text is read as repaired; start and end count in that, not in the files")
    order: DateOrder | None = None if day_first is None else "day" if day_first else "month"
    return ReadOptions(named, encoding, format, notice=say, date_order=order, sheet=sheet, repair=repair, keep=kept)


def one_of(value: str, allowed: Collection[str], option: str) -> Any:
    """The value. Raises a usage error where it is none of those allowed."""
    if value not in allowed:
        raise typer.BadParameter(f"allowed: {', '.join(allowed)}", param_hint=option)
    return value


def say(message: str) -> None:
    """Progress goes to standard error, so that standard output holds results only. Where nobody reads it, the work goes on."""
    try:
        typer.echo(printable(message), err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


@contextmanager
def collected(what: str) -> Iterator[Tally]:
    """Collect messages and say them when the block ends, however it does: the same of many places once."""
    tally = Tally()
    try:
        yield tally
    finally:
        for line in tally.lines():
            say(f"{what}: {line}")


def tell(result: str) -> None:
    """What a command ends with, on standard output."""
    typer.echo(printable(result))


def printable(message: str) -> str:
    """A message without what a terminal would obey, or show in another order: names of files may hold anything."""
    return _OBEYED.sub(lambda match: match[0].encode("unicode_escape").decode(), message)


_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and line feed, marks of writing direction, and what is no character."""
