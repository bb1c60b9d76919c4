"""Paths → sources: files, folders to the bottom, globs, manifests, standard input."""
# ruff: noqa: PTH110, PTH112, PTH113, PTH114, PTH207, PTH208 - pathlib raises where a folder may not be entered

import glob
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from stancekit.errors import InputError, nearest
from stancekit.io.guard import STDIN, fits, fixed_part, is_pattern
from stancekit.sources.manifest import MANIFEST, listed
from stancekit.sources.options import Copy, ReadOptions
from stancekit.sources.source import CAME, WENT, Rejected, Source, ending_of, shown, source_of, standard_input


def as_paths(paths: str | Path | Iterable[str | Path]) -> list[Path]:
    """One path or several, as a list."""
    return list(map(Path, [paths] if isinstance(paths, str | Path) else paths))


def sources(paths: Iterable[Path | str], reading: ReadOptions, endings: Collection[str]) -> Iterator[Source | Rejected]:
    """Yield what the paths name, in order; what a folder or a glob holds and can't be read comes as `Rejected`.

    Raises
    ------
    InputError
        For a mistake of the call: a path that is not there, a file of another kind, a folder or a glob without a file to
        read, a manifest at fault, standard input of no known format.
    """
    found = _named(paths, reading, endings)
    if reading.only is None:
        yield from found
        return
    gone = dict.fromkeys(sorted(reading.only))
    for item in found:
        name = item.name if isinstance(item, Source) else item.file
        gone.pop(name, None)
        new = isinstance(item, Source) and item.path is not None and name not in reading.only
        yield Rejected(name, None, f"{name}: {CAME}; run the same command again") if new else item
    for name in gone:
        yield Rejected(name, None, f"{name}: {WENT}")


def _named(paths: Iterable[Path | str], reading: ReadOptions, endings: Collection[str]) -> Iterator[Source | Rejected]:
    piped = False
    for path in map(Path, paths):
        if str(path) == STDIN:
            yield _piped(reading, endings, again=piped)
            piped = True
        elif str(path) in reading.copies:
            yield from _copies(reading.copies[str(path)], reading, endings)
        elif os.path.isdir(path):
            yield from _some(_walk(path, endings), path, path, "holds", endings)
        elif is_pattern(path):
            yield from _some(_globbed(path, endings), path, fixed_part(path), "matches", endings)
        elif not os.path.exists(path):
            raise InputError(shown(path), "no such file or folder")
        elif (source := source_of(path)) is None or source.ending not in endings:
            ending = ending_of(path.name)[1]
            raise InputError(shown(path), f"no reader for '{ending}' files{nearest(ending, endings)}", endings)
        else:
            yield _file(path, endings)
    if reading.format is not None and reading.layout is None and not piped:
        raise InputError("format", f"says what standard input holds, which is not among the inputs: name it as {STDIN}")


def _copies(copy: Copy, reading: ReadOptions, endings: Collection[str]) -> Iterator[Source | Rejected]:
    """What a copy holds, by the names of what it is of."""
    try:
        for item in _named([copy.path], replace(reading, copies={}, format=None), endings):
            if isinstance(item, Source):
                yield replace(item, name=copy.renamed(item.name))
            else:
                yield Rejected(copy.renamed(item.file), item.line, copy.renamed(item.reason))
    except InputError as error:
        raise InputError(*copy.renamed(str(error)).split(": ", 1)) from None


def _piped(reading: ReadOptions, endings: Collection[str], *, again: bool) -> Source:
    formats = [ending[1:] for ending in endings]
    if again:
        raise InputError("standard input", "is named twice")
    if reading.format is None:
        raise InputError("standard input", "say what it holds: --format NAME", formats)
    source = standard_input(reading.format, reading.stdin)
    if source.ending not in endings:
        raise InputError("standard input", f"{reading.format} can't be read here", formats)
    return source


def _some(found: Iterator[Source | Rejected], path: Path, base: Path, what: str, endings: Collection[str]) -> Iterator[Source | Rejected]:
    """All that was found, each source with the folder below which it was; an error where no reader knows the kind of any."""
    strange: list[Rejected] = []
    known = False
    for item in found:
        known = known or isinstance(item, Source) or ending_of(item.file)[1] in endings
        if not known and isinstance(item, Rejected):
            strange.append(item)
            continue
        yield from strange
        strange.clear()
        yield replace(item, base=base) if isinstance(item, Source) else item
    if not known:
        raise InputError(shown(path), f"{what} no file that a reader knows", endings)


def _walk(root: Path, endings: Collection[str]) -> Iterator[Source | Rejected]:
    """The files below a folder in order of their names; hidden ones and a README.md are no coverage.

    A folder with a manifest gives its listed files only. A link to a folder is followed unless that is read anyway.
    """
    followed = [os.path.realpath(root)]
    stack: list[Iterator[Path | Source | Rejected]] = [_entries(root, endings)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif not isinstance(item, Path):
            yield item
        elif not os.path.isdir(item):
            yield _file(item, endings)
        elif os.path.islink(item) and any(_overlap(os.path.realpath(item), other) for other in followed):
            yield _rejected(item, f"links to {shown(Path(os.path.realpath(item)))}, which is read anyway or holds what is read")
        else:
            if os.path.islink(item):
                followed.append(os.path.realpath(item))
            stack.append(_entries(item, endings))


def _overlap(one: str, other: str) -> bool:
    return os.path.commonpath([one, other]) in (one, other)


def _entries(folder: Path, endings: Collection[str]) -> Iterator[Path | Source | Rejected]:
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith(".") and name.lower() != "readme.md")
    except OSError as error:
        yield _rejected(folder, f"cannot be read: {error.strerror}")
        return
    if MANIFEST in names:
        for source in listed(folder / MANIFEST):
            yield source if source.ending in endings else _strange(Path(source.name), endings)
    elif not names and ending_of(folder.name)[1] in endings:
        yield _rejected(folder, "is a folder, not a file")
    else:
        yield from (folder / name for name in names)


def _globbed(pattern: Path, endings: Collection[str]) -> Iterator[Source | Rejected]:
    """What a pattern matches, in order. A folder that it matches is read to the bottom; `**` is any number of folders."""
    parts = pattern.parts
    depth = parts.index("**") if "**" in parts else len(parts)
    for name in sorted(glob.iglob(str(Path(*parts[:depth])) if depth else os.curdir)):
        path = Path(name)
        if os.path.isdir(path):
            for item in _walk(path, endings):  # the library's own `**` goes round and round where a link points up
                where = Path(item.name if isinstance(item, Source) else item.file)
                if depth == len(parts) or fits(where.relative_to(path).parts, parts[depth:]) or os.path.isdir(where):
                    yield item
        elif depth == len(parts) and path.name.lower() != "readme.md":
            yield _file(path, endings)


def _file(path: Path, endings: Collection[str]) -> Source | Rejected:
    source = source_of(path)
    if source is None or source.ending not in endings:
        return _strange(path, endings)
    if not os.path.isfile(path):
        return _rejected(path, "is no file that can be opened")
    if source.name != str(path):
        return _rejected(path, "its name is not UTF-8: rename it")
    return source


def _strange(path: Path, endings: Collection[str]) -> Rejected:
    return _rejected(path, f"no reader for '{ending_of(path.name)[1]}' files (allowed: {', '.join(endings)})")


def _rejected(path: Path, what: str) -> Rejected:
    return Rejected(shown(path), None, f"{shown(path)}: {what}")
