"""Atomic writing: readers never see half a file; links, modes and devices are kept."""

import fcntl
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from stancekit.errors import RefusedError

_LEFT = re.compile(r"(?:[0-9a-f]{16}|[0-9]+)\.tmp")
"""What follows the name in that of a temporary file; versions before this one put the number of the process there."""
_OWN_STREAM = re.compile(r"/dev/(?:fd/|std)([0-9]+|in|out|err)")
_NUMBERS = {"in": 0, "out": 1, "err": 2}
_LONGEST = 200
"""A name of 255 bytes is the longest that file systems take; that of a temporary file needs some more than the file's."""


def write_atomic(path: Path, data: str | bytes) -> None:
    """Write a whole file: it is the old one or the new one, never half. Raises `RefusedError` as `replacing` does."""
    with replacing(path) as file, refused(path):
        file.write(data.encode() if isinstance(data, str) else data)


@contextmanager
def writing(path: Path) -> Iterator[Callable[[str], None]]:
    """Write a file piece by piece, atomically as `write_atomic`; yields a function that appends text."""
    with replacing(path) as file:

        def write(text: str) -> None:
            with refused(path):
                file.write(text.encode())

        yield write


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open the new content of `path`: it replaces the file when the block ends; where the block raises, the file stays.

    It is written beside the file under a name that nobody can guess, flushed to the disk and renamed. Of a link the file that it
    points to is replaced; an existing file keeps its mode and, where that may be, its owner; a device or a pipe is written to, since
    it cannot be replaced. Raises `RefusedError` where it can't be written.
    """
    with refused(path):
        stream = _stream(path)
    if stream is not None:
        try:
            yield stream
            with refused(path):
                stream.flush()
        finally:
            with suppress(OSError):  # what was raised before tells more
                stream.close()
        return
    with refused(path):
        target = Path(os.path.realpath(path))
        before = _stat_of(target)
        if before is not None and not os.access(target, os.W_OK):
            raise PermissionError(13, "the file is write-protected")
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary, file = _temporary(target)
    try:
        yield file
        with refused(path):
            file.flush()
            _keep_mode(file.fileno(), before)
            os.fsync(file.fileno())
            temporary.replace(target)
            sync_folder(target.parent)
    finally:
        with suppress(OSError):  # what was raised before tells more
            file.close()
        temporary.unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Remove temporary files that killed writers of this file left behind; one that is being written is locked."""
    target = Path(os.path.realpath(path))
    try:
        found = list(target.parent.iterdir())
    except OSError:  # a folder that can't be read is no matter here
        return
    begin = f".{_short(target.name)}."
    for left in found:
        if left.name.startswith(begin) and _LEFT.fullmatch(left.name[len(begin) :]):
            with suppress(OSError):
                _remove_unlocked(left)


def sync_folder(folder: Path) -> None:
    """Flush a folder to the disk, so that a renamed file survives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn a failed write into a `RefusedError`."""
    try:
        yield
    except OSError as error:
        raise RefusedError(f"{path}: cannot be written: {error.strerror or error}") from None


def _stat_of(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _stream(path: Path) -> IO[bytes] | None:
    """What writes to a device or a pipe; `None` for a regular file, or one that is not there yet."""
    if own := _OWN_STREAM.fullmatch(os.path.abspath(path)):  # noqa: PTH100 - not to be resolved
        number = _NUMBERS.get(own[1], -1) if own[1] in _NUMBERS else int(own[1][:9])
        return os.fdopen(os.dup(number), "wb")
    found = _stat_of(path)
    if found is None or stat.S_ISREG(found.st_mode):
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(21, "is a folder, not a file")
    # A pipe that nobody reads would hold the opening up for ever: without blocking it fails at once.
    descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "wb")


def _temporary(target: Path) -> tuple[Path, IO[bytes]]:
    """A new file beside the target, locked as long as it is open: no link is followed and no existing file taken."""
    path = target.with_name(f".{_short(target.name)}.{secrets.token_hex(8)}.tmp")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with suppress(OSError):  # a file system without locks: leftovers then stay
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return path, os.fdopen(descriptor, "wb")


def _short(name: str) -> str:
    return os.fsencode(name)[:_LONGEST].decode(errors="ignore")


def _keep_mode(descriptor: int, before: os.stat_result | None) -> None:
    if before is None:
        mask = os.umask(0o077)
        os.umask(mask)
        os.fchmod(descriptor, 0o666 & ~mask)
        return
    if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):  # another's file in a folder of ours
            os.fchown(descriptor, before.st_uid, before.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(before.st_mode))


def _remove_unlocked(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    finally:
        os.close(descriptor)
