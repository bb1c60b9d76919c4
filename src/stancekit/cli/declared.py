"""What commands do with the paths that they are given, declared beside each option, so that one guard stands before them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, wraps
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import typer

from stancekit.cli.examples import epilog_of
from stancekit.io.atomic import sweep
from stancekit.io.guard import guard


@dataclass(frozen=True)
class Use:
    """What a command does with a path.

    `reads` a file, folder or pattern, or where none is named the `default` if it exists; `writes` a file, and others of its name with
    the suffixes `besides`; `fills` a folder with a result; `renews` parts of a result's folder from the rest of it; takes files that are
    named elsewhere from `within` a folder.
    """

    how: Literal["reads", "writes", "fills", "renews", "within"]
    default: Path | None = None
    besides: tuple[str, ...] = ()


Reads, Writes, Fills, Renews, Within = (partial(Use, how) for how in get_args(Use.__annotations__["how"]))


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hang a command on an application, behind the guard over what it declares to read and write."""

    def hang(function: Callable[..., None]) -> Callable[..., None]:
        uses = declared(function)

        @wraps(function)
        def guarded(**arguments: Any) -> None:
            reads, writes, fills = _of_call(uses, arguments)
            guard(reads, writes, fills)
            for path in writes:
                sweep(path)
            function(**arguments)

        return app.command(name, epilog=epilog_of(function.__name__.replace("_", " ")))(guarded)

    return hang


def declared(function: Callable[..., Any]) -> dict[str, Use | None]:
    """Parameter → what is done with its paths, of every parameter that takes any; `None` where it does not say."""
    found: dict[str, Use | None] = {}
    for name, hint in get_type_hints(function, include_extras=True).items():
        if _has_path(hint):
            notes = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
            found[name] = next((note for note in notes if isinstance(note, Use)), None)
    return found


def _has_path(hint: Any) -> bool:
    return hint is Path or any(_has_path(part) for part in get_args(hint))


def _of_call(uses: dict[str, Use | None], arguments: dict[str, Any]) -> tuple[list[Path], list[Path], list[Path]]:
    """What a call reads, writes and fills."""
    reads: list[Path] = []
    writes: list[Path] = []
    fills: list[Path] = []
    for name, use in uses.items():
        if use is None:
            continue
        found = list(_paths(arguments.get(name)))
        if use.default is not None and not found and use.default.is_file():
            found = [use.default]
        if use.how == "reads":
            reads += found
        elif use.how == "writes":
            writes += [other for path in found for other in (path, *(path.with_suffix(s) for s in use.besides if path.name))]
        elif use.how == "fills":
            fills += found
    return reads, writes, fills


def _paths(value: Any) -> Iterator[Path]:
    for item in value if isinstance(value, list) else [value]:
        if item is not None:
            yield Path(item)
