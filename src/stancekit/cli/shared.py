"""What the commands share: the applications they hang on, options that recur, and how they speak."""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stancekit.cli.declared import Fills, Reads

if TYPE_CHECKING:
    from stancekit.articles import ReadOptions

app = typer.Typer(
    help="From a folder of press coverage to who stands where, on what. "
    "Exit codes: 0 done, 2 usage, 3 bad input, 4 refused, 5 missing extra, 130 and 143 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
codebook_app = typer.Typer(help="Check, show or compare codebooks.", no_args_is_help=True)
annotations_app = typer.Typer(help="Check, compare, merge and exchange hand labels.", no_args_is_help=True)
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


DEFAULT_ACTORS = Path("annotations/actors.yaml")
DEFAULT_CODEBOOK = Path("annotations/codebook.yaml")
Paths = Annotated[
    list[Path], typer.Argument(help="Files, folders or globs of coverage; - for standard input.", show_default=False), Reads()
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Output folder.", show_default=False), Fills()]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace another result that this command made there; files of others are never touched.")
]
ExperimentFile = Annotated[Path, typer.Argument(help="The YAML config of an experiment.", show_default=False), Reads()]
Actors = Annotated[
    Path | None,
    typer.Option("--actors", help=f"Registry of actors; {DEFAULT_ACTORS} where it is there.", show_default=False),
    Reads(default=DEFAULT_ACTORS),
]

Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="The column, or JSON key, of a field; once a field.", show_default=False),
]
Encoding = Annotated[str, typer.Option("--encoding", help="How the text is encoded.")]
Repair = Annotated[bool, typer.Option("--repair", help="Repair damaged text: wrong decoding, markup in cells, ligatures, soft hyphens.")]
ArticleColumns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=NAME", help="The articles' column, or JSON key, of a field; once a field.", show_default=False),
]
ArticleEncoding = Annotated[str, typer.Option("--encoding", help="How the articles are encoded; the other files are UTF-8.")]


def reading_of(columns: list[str] | None, encoding: str, format: str | None = None, *, repair: bool = False) -> "ReadOptions":
    """How the options say that articles are to be read. Raises `InputError` for what is not known, a usage error for another form."""
    from stancekit.articles import ReadOptions

    named: dict[str, str] = {}
    for option in columns or []:
        field, separator, name = option.partition("=")
        if not separator or field in named:
            raise typer.BadParameter(f"'{option}': say FIELD=NAME, once a field", param_hint="--column")
        named[field] = name
    if repair:
        say("--repair: text is read as repaired; start and end count in that, not in the files")
    return ReadOptions(named, encoding, format, notice=say, repair=repair)


def say(message: str) -> None:
    """Progress goes to standard error, so that standard output holds results only. Where nobody reads it, the work goes on."""
    try:
        typer.echo(printable(message), err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def tell(result: str) -> None:
    """What a command ends with, on standard output."""
    typer.echo(printable(result))


def printable(message: str) -> str:
    """A message without what a terminal would obey, or show in another order: names of files may hold anything."""
    return _OBEYED.sub(lambda match: match[0].encode("unicode_escape").decode(), message)


_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and line feed, marks of writing direction, and what is no character."""
