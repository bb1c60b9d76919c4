"""Check all paths that a command reads and writes: no output may replace an input, under any name."""

import glob
import json
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from itertools import combinations
from pathlib import Path

from stancekit.errors import RefusedError
from stancekit.io.addresses import LOCAL, address_of

STDIN = "-"
"""Names standard input where a path is asked for."""
_LARGE_MANIFEST = 2**26
"""Bytes of a `manifest.json` that is looked into."""


def guard(reads: Iterable[Path], writes: Iterable[Path] = (), folders: Iterable[Path] = ()) -> None:
    """Raise `RefusedError` where writing would change, or later become, what is read.

    Parameters
    ----------
    reads : files, folders, patterns and `-` for standard input. writes : files that are replaced. folders : those that are filled.

    An output may not be an input, through links and under any other name either, nor lie in an input folder or match an input
    pattern: it would be read the next time. A folder that is filled may not hold an input, no two outputs may be one, and none may lie
    within a saved model.
    """
    inputs, files, filled = list(reads), list(writes), list(folders)
    if elsewhere := [address for out in files if (address := address_of(out))]:
        raise RefusedError(f"{elsewhere[0]}: files are written to this machine alone; name a path of it")
    for out in [*files, *filled]:
        _refuse_in_sealed(out)
        for path in inputs:
            _refuse(out, path)
    for folder in filled:
        for path in inputs:
            if str(path) != STDIN and not is_pattern(path) and _real(path).is_relative_to(_real(folder)):
                raise RefusedError(f"{folder}: holds the input {path}; write into another folder")
    for one, other in combinations([*files, *filled], 2):
        if _same(one, other):
            raise RefusedError(f"{one} and {other}: are one and the same; give each output a place of its own")
    _refuse_redirected(inputs)


def is_pattern(path: Path) -> bool:
    """Tell whether a path is a glob pattern; the name of an existing file is none."""
    return glob.has_magic(str(path)) and not os.path.lexists(path)


def fixed_part(pattern: Path) -> Path:
    """Return the leading part of a pattern, before the first wildcard."""
    return Path(*pattern.parts[: next(i for i, part in enumerate(pattern.parts) if glob.has_magic(part))])


def fits(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether the parts of a path match those of a pattern; `**` is any number of folders."""
    if not pattern or pattern == ("**",):
        return bool(pattern) or not names
    if pattern[0] == "**":
        return any(fits(names[start:], pattern[1:]) for start in range(len(names)))
    return bool(names) and fnmatchcase(names[0], pattern[0]) and fits(names[1:], pattern[1:])


def _refuse(out: Path, path: Path) -> None:
    if str(path) == STDIN:
        if _is_open_as(0, out):
            raise RefusedError(f"{out}: is the file that standard input comes from; write somewhere else")
    elif is_pattern(path):
        if _matched(out, path):
            raise RefusedError(f"{out}: is among the inputs {path}; write somewhere else")
    elif _same(out, path):
        raise RefusedError(f"{out}: is the input {path}; write somewhere else")
    elif (path.is_dir() or address_of(path)) and _real(out).is_relative_to(_real(path)):
        raise RefusedError(f"{out}: lies within the input {path}; write somewhere else")


def _matched(out: Path, path: Path) -> bool:
    """Whether a file, or any that a folder may come to hold, is matched by a pattern, or lies in a folder that is."""
    base, place = _real(fixed_part(path)), _real(out)
    pattern = base / path.relative_to(fixed_part(path))
    if "**" in pattern.parts:
        return place.is_relative_to(base)
    return any(fits(folder.parts, pattern.parts) for folder in (place, *place.parents))


def _real(path: Path) -> Path:
    scheme, _, rest = (address_of(path) or f"file://{path}").partition("://")
    return Path(os.path.realpath(rest)) if scheme in LOCAL else Path("//", str(path))


def _same(one: Path, other: Path) -> bool:
    """Whether two paths name one file: by their spelling, through links, or as two names of one file. Streams may be shared."""
    try:
        a, b = one.stat(), other.stat()
    except (OSError, ValueError):
        return _real(one) == _real(other)
    return os.path.samestat(a, b) and (stat.S_ISREG(a.st_mode) or stat.S_ISDIR(a.st_mode))


def _refuse_redirected(inputs: Iterable[Path]) -> None:
    """`stancekit … FILE >> FILE` would read what it writes, without end."""
    for path in inputs:
        for stream, name in ((1, "output"), (2, "error")):
            if _is_open_as(stream, 0 if str(path) == STDIN else path):
                raise RefusedError(f"{path}: standard {name} goes into this input; write somewhere else")


def _refuse_in_sealed(out: Path) -> None:
    """Raise `RefusedError` for an output within a saved model, whose manifest lists all its files."""
    for folder in _real(out).parents:
        with suppress(OSError, ValueError, RecursionError):
            path = folder / "manifest.json"
            if path.is_file() and path.stat().st_size < _LARGE_MANIFEST:
                about = json.loads(path.read_bytes())
                if isinstance(about, dict) and {"recipe", "files", "digest"} <= about.keys():
                    raise RefusedError(f"{out}: lies within the model {folder}; write somewhere else")


def _is_open_as(descriptor: int, other: int | Path) -> bool:
    """Whether a stream of this process is a file of this path, or that of another stream."""
    with suppress(OSError, ValueError):
        found = os.fstat(descriptor)
        return stat.S_ISREG(found.st_mode) and os.path.samestat(found, os.stat(other))  # noqa: PTH116 - it may be a number
    return False
