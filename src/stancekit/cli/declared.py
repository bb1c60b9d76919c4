"""What commands do with the paths that they are given, declared beside each option, so that one guard stands before them all."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer

from stancekit.io.atomic import sweep
from stancekit.io.guard import guard


@dataclass(frozen=True)
class Reads:
    """A file, folder or pattern that is read; `default` is read where nothing is named and it is there."""

    default: Path | None = None


@dataclass(frozen=True)
class Writes:
    """A file that is written. `besides`: what else is, of its name with another suffix."""

    besides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fills:
    """A folder that a result is put into."""


@dataclass(frozen=True)
class Renews:
    """A result's folder whose parts are made again from the rest of it."""


@dataclass(frozen=True)
class Within:
    """A folder in which files that are named elsewhere lie; the folder itself is not read."""


Use = Reads | Writes | Fills | Renews | Within


def command(app: typer.Typer, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hang a command on an application, behind the guard over what it declares to read and write."""

    def hang(function: Callable[..., None]) -> Callable[..., None]:
        uses = declared(function)

        @functools.wraps(function)
        def guarded(**arguments: Any) -> None:
            reads, writes, fills = _of_call(uses, arguments)
            guard(reads, writes, fills)
            for path in writes:
                sweep(path)
            function(**arguments)

        return app.command(name)(guarded)

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
        for path in _paths(arguments.get(name)):
            if isinstance(use, Reads):
                reads.append(path)
            elif isinstance(use, Writes):
                writes += [path, *(path.with_suffix(suffix) for suffix in use.besides if path.name)]
            elif isinstance(use, Fills):
                fills.append(path)
        if isinstance(use, Reads) and use.default is not None and arguments.get(name) is None and use.default.is_file():
            reads.append(use.default)
    return reads, writes, fills


def _paths(value: Any) -> Iterator[Path]:
    for item in value if isinstance(value, list) else [value]:
        if item is not None:
            yield Path(item)
