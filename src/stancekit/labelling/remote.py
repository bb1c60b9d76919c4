"""Input and output at addresses that fsspec knows: copied here before they are read, and put there when they are finished."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from glob import has_magic
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from stancekit.errors import InputError, MissingError, RefusedError, StancekitError, require_extra
from stancekit.io.addresses import address_of
from stancekit.io.guard import fixed_part
from stancekit.io.moves import is_below
from stancekit.io.output_folder import LOCK
from stancekit.labelling.ledger import RUN, SUCCESS
from stancekit.sources.options import Copy, ReadOptions

Say = Callable[[str], object]


@contextmanager
def fetched(paths: Iterable[Path], reading: ReadOptions) -> Iterator[ReadOptions]:
    """The options with copies of all inputs that are elsewhere, for the time of the block. Raises `InputError` for what is not there."""
    remote = {str(path): address for path in paths if (address := address_of(path))}
    if not remote:
        yield reading
        return
    with TemporaryDirectory(prefix="stancekit-") as scratch:
        copies = {path: _copied(address, Path(scratch) / str(n)) for n, (path, address) in enumerate(remote.items())}
        yield replace(reading, copies=copies)


def _copied(address: str, here: Path) -> Copy:
    files, root = _opened(address)
    with _reached(address, InputError):
        if has_magic(root):
            base = str(fixed_part(Path(root)))
            hits = [name for hit in sorted(files.glob(root)) for name in (files.find(hit) if files.isdir(hit) else [hit])]
        elif files.isdir(root):
            base, hits = root, files.find(root)
        else:
            base, hits = posixpath.dirname(root), [root]
        if not hits or not files.exists(hits[0]):
            raise InputError(address, "no such file or folder")
        copy = here / (posixpath.basename(base) or "all")
        copy.mkdir(parents=True)
        for name in hits:
            below = posixpath.relpath(name, base)
            if not is_below(below):
                raise InputError(address, f"holds '{name}', which is no name of a file")
            (copy / below).parent.mkdir(parents=True, exist_ok=True)
            files.get_file(name, str(copy / below))
    tail = posixpath.relpath(root, base)
    shown = address[: -len(tail)].rstrip("/") if tail != "." else address
    return Copy(copy / tail, copy, shown)


@contextmanager
def mirrored(out: str | Path, say: Say) -> Iterator[tuple[Path, Say]]:
    """Where to write, and whom to tell; what is finished of an output that is elsewhere is put there with each message, and at the end.

    A receipt goes after its shard, `_SUCCESS.json` after all others, and away before any other file changes. Nothing locks it.
    """
    address = address_of(out)
    if address is None:
        yield Path(out), say
        return
    files, root = _opened(address)
    with TemporaryDirectory(prefix="stancekit-") as scratch:
        folder = Path(scratch) / "out"
        mirror = _Mirror(files, root, folder, address)

        def tell(message: str) -> None:
            mirror.put()
            say(message.replace(str(folder), address))

        try:
            try:
                yield folder, tell
            finally:
                mirror.put()
        except StancekitError as error:
            error.args = (str(error).replace(str(folder), address),)
            raise


class _Mirror:
    """A folder here, and the same elsewhere, of which it is made at first."""

    def __init__(self, files: Any, root: str, here: Path, address: str) -> None:
        self._files, self._root, self._here, self._address = files, root, here, address
        here.mkdir()
        with _reached(address):
            for name in files.find(root) if files.isdir(root) else ():
                below = posixpath.relpath(name, root)
                (here / below).parent.mkdir(parents=True, exist_ok=True)
                files.get_file(name, str(here / below))
        self._there = self._finished()

    def put(self) -> None:
        now = self._finished()
        gone, changed = self._there.keys() - now.keys(), [name for name in now if self._there.get(name) != now[name]]
        with _reached(self._address):
            if SUCCESS in self._there and self._there[SUCCESS] != now.get(SUCCESS):
                self._files.rm_file(f"{self._root}/{SUCCESS}")
            for name in sorted(changed, key=lambda name: (name == SUCCESS, name != RUN, PurePosixPath(name).suffix == ".json", name)):
                self._files.makedirs(posixpath.dirname(f"{self._root}/{name}"), exist_ok=True)
                self._files.put_file(str(self._here / name), f"{self._root}/{name}")
            for name in gone - {SUCCESS}:
                self._files.rm_file(f"{self._root}/{name}")
        self._there = now

    def _finished(self) -> Mapping[str, tuple[int, ...]]:
        """The files that are whole, each with what changes when it is replaced."""
        found = {}
        for path in sorted(self._here.rglob("*")):
            name = path.relative_to(self._here)
            if path.is_file() and not any(p == LOCK or p.endswith((".tmp", ".new")) for p in name.parts if p.startswith(".")):
                about = path.stat()
                found[name.as_posix()] = (about.st_ino, about.st_mtime_ns, about.st_size)
        return found


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    require_extra("fsspec")
    from fsspec.core import url_to_fs

    try:
        files, root = url_to_fs(address)
    except ImportError as error:
        raise MissingError(f"{address}: {error}") from None
    except ValueError as error:
        raise InputError(address, str(error)) from None
    return files, str(root).rstrip("/")


@contextmanager
def _reached(address: str, kind: type[InputError | RefusedError] = RefusedError) -> Iterator[None]:
    try:
        yield
    except StancekitError:
        raise
    except Exception as error:  # each file system has errors of its own
        what = f"{type(error).__name__}: {error}"
        raise (InputError(address, what) if kind is InputError else RefusedError(f"{address}: {what}")) from None
