"""Output folders: one writer at a time, and a result that is there whole or as it was before.

A result is made in a hidden folder within the output folder and moved into place at the end: first a note of what is to be moved is
written, then files of the earlier result go, then the new ones come, what says that a result is there last. A command that is killed
before the note leaves the earlier result; one that is killed after it has its moves finished by the next command.
"""

import fcntl
import json
import os
import secrets
import shutil
import socket
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stancekit.errors import RefusedError
from stancekit.io.atomic import refused, sweep_below, sync_folder, write_atomic

PREFIX = ".stancekit."
"""What the names of files in progress begin with."""
LOCK, MOVES = f"{PREFIX}lock", f"{PREFIX}moves"
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store", ".directory"})
_LITTER_BEGINS = ("._", ".nfs")


@dataclass(frozen=True)
class Kind:
    """What a command writes into its output folder.

    `command` is for messages. `markers` are the files that say that a result is there, in the order in which they come; `made` gives
    the paths, relative to the folder, of all files of the result that it holds, none where there is none of this command. With `alone`
    nothing else may lie in the folder. `owns` says of a path whether any file of that name is the command's own, listed or not.
    """

    command: str
    markers: Sequence[str]
    made: Callable[[Path], Collection[str]]
    alone: bool = False
    owns: Callable[[str], bool] = lambda _: False


class OutputFolder:
    """A locked output folder. `new` is where the result is made; `earlier` whether the folder holds one of this command."""

    def __init__(self, path: Path, shown: Path, kind: Kind) -> None:
        self.path, self._shown, self._kind = path, shown, kind
        self.new = path / f"{PREFIX}{secrets.token_hex(8)}.new"
        self._made = {name for name in kind.made(path) if _is_below(name)}
        self.earlier = bool(self._made)

    def commit(self) -> None:
        """Put the result in `new` in the place of the earlier one, of which every file goes and nothing else does.

        Raises `RefusedError`, and changes nothing, where a file of the result would replace one that the command did not make.
        """
        files = sorted(p.relative_to(self.new).as_posix() for p in self.new.rglob("*") if not p.is_dir())
        made = self._made
        for name in files:
            if name not in made and not self._kind.owns(name) and os.path.lexists(self.path / name):
                raise RefusedError(f"{self._shown / name}: was not made by `{self._kind.command}`, and would be replaced; move it away")
            self._refuse_strange_folders(name)
        with refused(self._shown):
            for place, folders, names in os.walk(self.new):
                for name in [*folders, *names]:
                    sync_folder(Path(place) / name)
            sync_folder(self.new)
            moves = {"from": self.new.name, "files": files, "drop": sorted(made - set(files)), "last": list(self._kind.markers)}
            write_atomic(self.path / MOVES, json.dumps(moves))
            _move(self.path)

    def refuse_others(self, *, overwrite: bool) -> None:
        """Raise `RefusedError` where the folder holds what this command did not make: without `overwrite`, or at all with `alone`."""
        made = self._made
        if taken := [name for name in self._kind.markers if name not in made and os.path.lexists(self.path / name)]:
            raise RefusedError(f"{self._shown / taken[0]}: was not made by `{self._kind.command}`; choose another folder, or move it away")
        strangers = [name for name in _names(self.path) if name not in made and not any(m.startswith(f"{name}/") for m in made)]
        if strangers and not self.earlier and not overwrite:
            what = f"is not empty and was not made by `{self._kind.command}`: it holds '{strangers[0]}'"
            raise RefusedError(f"{self._shown}: {what}; choose another folder" + ("" if self._kind.alone else ", or --overwrite"))
        if self._kind.alone:
            found = (p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if not p.is_dir() and not is_litter(p.name))
            others = sorted(name for name in found if name not in made and not name.startswith(PREFIX))
            if others:
                what = f"'{others[0]}' in it was not made by `{self._kind.command}`, which writes into a folder of its own"
                raise RefusedError(f"{self._shown}: {what}; choose another, or move it away")

    def _refuse_strange_folders(self, name: str) -> None:
        """A link in the place of a folder would lead the result somewhere else, a file would be in its way."""
        for parent in list(Path(name).parents)[:-1]:
            place = self.path / parent
            if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
                raise RefusedError(f"{self._shown / parent}: is no folder of this command; move it away")


def is_litter(name: str) -> bool:
    """Whether operating systems leave files of this name in folders that somebody has looked into."""
    return name.casefold() in _LITTER or name.startswith(_LITTER_BEGINS)


@contextmanager
def output_folder(
    path: Path, kind: Kind, *, overwrite: bool = False, notice: Callable[[str], object] = lambda _: None
) -> Iterator[OutputFolder]:
    """Make or take an output folder, locked against other writers as long as the block lasts.

    Parameters
    ----------
    overwrite : whether the result may stand beside files that the command did not make. It never replaces these.
    notice : is told of a run that was killed in this folder, and of what became of it.

    Raises
    ------
    RefusedError
        Another command writes into it, it holds something else, or it cannot be written.
    """
    with refused(path):
        place = Path(os.path.realpath(path))
        place.mkdir(parents=True, exist_ok=True)
        if not os.access(place, os.W_OK | os.X_OK):
            raise PermissionError(13, "permission denied")
    with locked(path, kind.command, notice):
        with refused(path):
            if (place / MOVES).exists():
                _move(place)
                notice(f"{path}: a command was stopped while it put its result in place; the rest of it is in place now")
            for name in _leftovers(place):
                shutil.rmtree(place / name)
            sweep_below(place)
        folder = OutputFolder(place, path, kind)
        folder.refuse_others(overwrite=overwrite)
        with refused(path):
            folder.new.mkdir(mode=0o777)
        try:
            yield folder
        finally:
            shutil.rmtree(folder.new, ignore_errors=True)


@contextmanager
def locked(shown: Path, command: str, notice: Callable[[str], object] = lambda _: None) -> Iterator[None]:
    """Hold a folder's lock: its file says who holds it; the system lets go of it even when they are killed.

    Raises `RefusedError` where somebody else holds it.
    """
    path = Path(os.path.realpath(shown)) / LOCK
    with refused(shown):
        descriptor = _lock(path, shown)
    try:
        if before := _holder(descriptor):
            notice(f"{shown}: {before} was stopped before it had ended; what it left half-made is cleared away")
        about = {"command": command, "pid": os.getpid(), "host": socket.gethostname(), "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"}
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(about).encode(), 0)
        yield
    finally:
        try:
            path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)


def _lock(path: Path, shown: Path) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(descriptor) or "another command"
            os.close(descriptor)
            raise RefusedError(f"{shown}: {holder} is writing into it; wait for its end, or choose another folder") from None
        with suppress(FileNotFoundError):  # whoever held it removes it at the end, and another may have made a new one
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    """Who holds a lock, or held it, as its file says; empty where it says nothing."""
    try:
        about = json.loads(os.pread(descriptor, 4096, 0))
        return f"`{about['command']}` (process {int(about['pid'])} on {about['host']}, since {about['since']})"
    except (ValueError, TypeError, KeyError):
        return ""


def _names(folder: Path) -> list[str]:
    """What lies in a folder, but for files in progress and litter."""
    return sorted(name for name in os.listdir(folder) if not name.startswith(PREFIX) and not is_litter(name))  # noqa: PTH208


def _leftovers(folder: Path) -> list[str]:
    """Folders of results that were never finished; a link of such a name is none."""
    found = (p for p in folder.iterdir() if p.name.startswith(PREFIX) and p.name.endswith(".new"))
    return [p.name for p in found if stat.S_ISDIR(p.lstat().st_mode)]


def _move(folder: Path) -> None:
    """Do what the note says, as far as it is not done: begun anew it goes on where it was stopped."""
    path = folder / MOVES
    moves = json.loads(path.read_bytes())
    new, files, last = folder / moves["from"], [n for n in moves["files"] if _is_below(n)], moves["last"]
    ordered = [name for name in files if name not in last] + [name for name in last if name in files]
    if new.is_dir():
        # While its last file is still to come nothing has been moved, or it has been moved but for markers: they go first.
        for name in last:
            if os.path.lexists(new / name):
                (folder / name).unlink(missing_ok=True)
        for name in filter(_is_below, moves["drop"]):
            _drop(folder, name)
        for name in ordered:
            if os.path.lexists(new / name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).replace(folder / name)
        for place in {(folder / name).parent for name in files}:
            sync_folder(place)
        shutil.rmtree(new)
    path.unlink()
    sync_folder(folder)


def _drop(folder: Path, name: str) -> None:
    """Remove a file of an earlier result, and the folders that are empty then."""
    (folder / name).unlink(missing_ok=True)
    for parent in list(Path(name).parents)[:-1]:
        with suppress(OSError):
            (folder / parent).rmdir()


def _is_below(name: object) -> bool:
    """Whether a name that a file gave us is one of a file below the folder."""
    return isinstance(name, str) and bool(name) and "\0" not in name and not Path(name).is_absolute() and ".." not in Path(name).parts
