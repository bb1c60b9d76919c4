"""Output folders: one writer at a time, and results that are replaced as a whole or not at all.

A result is made in a hidden folder within the output folder and moved into place at the end: first a note of what is to be moved is
written, then files of the earlier result go, then the new ones come, what says that a result is there last. A command that is killed
before the note leaves the earlier result; one that is killed after it has its moves finished by the next command.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import socket
import stat
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stancekit.errors import RefusedError
from stancekit.io.atomic import refused, sweep, sync_folder
from stancekit.io.moves import MOVES, NEW, PREFIX, Moves, finish_moves, is_below, refuse_links
from stancekit.io.signals import held_signals

LOCK = f"{PREFIX}lock"
_LITTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store", ".directory"})
_LITTER_BEGINS = ("._", ".nfs")


@dataclass(frozen=True)
class Kind:
    """What a command writes into its output folder.

    `command` is for messages. `markers` are the files that say that a result is there, in the order in which they come; `made` gives
    the files of the result that a folder holds, by their paths below it, each with the SHA-256 that it had, `None` where that is not
    known; none where there is no result of this command. With `alone` nothing else may lie in the folder. `owns` says of a path whether
    in a folder with such a result any file of that name is the command's own, listed or not, and whatever it holds. With `resumes` an
    unfinished result that has its first marker stays for the next command.
    """

    command: str
    markers: Sequence[str]
    made: Callable[[Path], Mapping[str, str | None]]
    alone: bool = False
    owns: Callable[[str], bool] = lambda _: False
    resumes: bool = False


class OutputFolder:
    """A locked output folder. `new` is where the result is made; `earlier` whether the folder holds one of this command.

    `left` are unfinished results of commands that were stopped, where the kind resumes; `drop_left` removes them.
    """

    def __init__(self, path: Path, shown: Path, kind: Kind) -> None:
        self.path, self._shown, self._kind = path, shown, kind
        self.new = path / f"{PREFIX}{secrets.token_hex(8)}.new"
        self._made = {name: digest for name, digest in kind.made(path).items() if is_below(name) and os.path.lexists(path / name)}
        self.earlier = bool(self._made)
        self.left: list[Path] = []

    def commit(self, keep: Collection[str] = ()) -> None:
        """Replace the earlier result by the one in `new`; only files of the earlier result are removed, but for those to `keep`.

        Raises `RefusedError`, and changes nothing, where a file of the result would replace one that the command did not make.
        """
        files = sorted(p.relative_to(self.new).as_posix() for p in self.new.rglob("*") if not p.is_dir())
        made = self._made
        for name in files:
            if name not in made and not (self.earlier and self._kind.owns(name)) and os.path.lexists(self.path / name):
                raise RefusedError(f"{self._shown / name}: was not made by `{self._kind.command}`, and would be replaced; move it away")
            refuse_links(self.path, name, self._shown)
        with held_signals(), refused(self._shown):  # milliseconds, and half of it is no result
            for place, folders, names in os.walk(self.new):
                for name in [*folders, *names]:
                    sync_folder(Path(place) / name)
            sync_folder(self.new)
            drop = sorted(made.keys() - files - set(keep))
            Moves(new=self.new.name, files=files, drop=drop, last=list(self._kind.markers)).write(self.path)
            finish_moves(self.path, self._shown)

    def drop_left(self) -> None:
        """Remove what `left` names: it has been taken over."""
        while self.left:
            shutil.rmtree(self.left.pop(), ignore_errors=True)

    def sweep(self) -> None:
        """Remove temporary files that killed writers of the earlier result left behind."""
        for name in self._made:
            sweep(self.path / name)

    def refuse_others(self, *, overwrite: bool) -> None:
        """Raise `RefusedError` where the folder holds what this command did not make: without `overwrite`, or at all with `alone`."""
        made = self._made
        if taken := [name for name in self._kind.markers if name not in made and os.path.lexists(self.path / name)]:
            raise RefusedError(f"{self._shown / taken[0]}: was not made by `{self._kind.command}`; choose another folder, or move it away")
        names = sorted(p.name for p in self.path.iterdir() if not p.name.startswith(PREFIX) and not is_litter(p.name))
        strangers = [name for name in names if name not in made and not any(m.startswith(f"{name}/") for m in made)]
        if strangers and not self.earlier and not overwrite:
            what = f"is not empty and was not made by `{self._kind.command}`: it holds '{strangers[0]}'"
            raise RefusedError(f"{self._shown}: {what}; choose another folder" + ("" if self._kind.alone else ", or --overwrite"))
        for name in sorted(made):
            refuse_links(self.path, name, self._shown)
        if not overwrite:
            self._refuse_changed()
        if self._kind.alone:
            found = (p.relative_to(self.path).as_posix() for p in self.path.rglob("*") if not p.is_dir() and not is_litter(p.name))
            others = sorted(name for name in found if name not in made and not name.startswith(PREFIX))
            if others:
                what = f"'{others[0]}' in it was not made by `{self._kind.command}`, which writes into a folder of its own"
                raise RefusedError(f"{self._shown}: {what}; choose another, or move it away")

    def _refuse_changed(self) -> None:
        """Raise `RefusedError` for a file of the earlier result that somebody has changed: their work would be lost."""
        for name, digest in sorted(self._made.items()):
            if digest is not None and not self._kind.owns(name) and sha256_of_file(self.path / name) != digest:
                what = f"has been changed since `{self._kind.command}` made it"
                raise RefusedError(f"{self._shown / name}: {what}; move it away, or --overwrite")


def sha256_of_file(path: Path) -> str:
    """Return the digest of a file that is about to be replaced, without pinning it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_litter(name: str) -> bool:
    """Whether operating systems leave files of this name in folders that somebody has looked into."""
    return name.casefold() in _LITTER or name.startswith(_LITTER_BEGINS)


@contextmanager
def output_folder(
    path: Path, kind: Kind, *, overwrite: bool = False, notice: Callable[[str], object] = lambda _: None
) -> Iterator[OutputFolder]:
    """Create or open an output folder, locked against other writers while the block runs.

    Parameters
    ----------
    overwrite : whether the result may stand beside files that the command did not make. It never replaces these.
    notice : called with a message about a run that was killed in this folder.

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
            sweep(place / MOVES)
            if os.path.lexists(place / MOVES):
                finish_moves(place, path)
                notice(f"{path}: a command was stopped while it put its result in place; the rest of it is in place now")
        folder = OutputFolder(place, path, kind)
        folder.refuse_others(overwrite=overwrite)
        with refused(path):
            for left in [p for p in place.iterdir() if NEW.fullmatch(p.name)]:
                if stat.S_ISDIR(left.lstat().st_mode):  # a result that was never finished, and no link of such a name
                    folder.left.append(left)
            if not kind.resumes:
                folder.drop_left()
            folder.sweep()
            folder.new.mkdir(mode=0o777)
        done = False
        try:
            yield folder
            done = True
        finally:
            resumable = kind.resumes and not done and (folder.new / kind.markers[0]).exists()
            if not resumable and not os.path.lexists(place / MOVES):  # else it is decided: the next command finishes the moves
                shutil.rmtree(folder.new, ignore_errors=True)


@contextmanager
def locked(shown: Path, command: str, notice: Callable[[str], object] = lambda _: None) -> Iterator[None]:
    """Hold a folder's lock, whose file names the holder; the system releases it even when the holder is killed.

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
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_nlink > 1:  # somebody else's file under another name
            os.close(descriptor)
            raise RefusedError(f"{shown / LOCK}: is no lock of this program; remove it")
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
