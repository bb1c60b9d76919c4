"""Move a finished result into its output folder by a note on disk, which is validated before any file is removed."""

import os
import re
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from stancekit.errors import RefusedError
from stancekit.io.atomic import sync_folder, write_atomic

PREFIX = ".stancekit."
"""What the names of files in progress begin with."""
MOVES = f"{PREFIX}moves"
NEW = re.compile(re.escape(PREFIX) + r"[0-9a-f]{16}\.new")
"""What a folder is called in which a result is made."""


def is_below(name: object) -> bool:
    """Tell whether a name read from a file is that of a file below the folder."""
    if not isinstance(name, str) or name in ("", ".") or "\0" in name:
        return False
    return not Path(name).is_absolute() and ".." not in Path(name).parts


def _below(name: str) -> str:
    if not is_below(name):
        raise ValueError("is no name of a file below the folder")
    return name


Names = list[Annotated[str, AfterValidator(_below)]]


class Moves(BaseModel):
    """`files` come from the folder `new`, those of `last` after the others; those of `drop` go."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    new: str = Field(pattern=rf"^{NEW.pattern}$")
    files: Names
    drop: Names
    last: Names

    def write(self, folder: Path) -> None:
        """Put the note into a folder: from now on the moves are decided."""
        write_atomic(folder / MOVES, self.model_dump_json())


def finish_moves(folder: Path, shown: Path) -> None:
    """Carry out the moves noted in a folder; a second call resumes where the first was stopped.

    Raises `RefusedError`, and moves nothing, where the note is none that `Moves.write` writes, or a link would be written through.
    """
    moves = _read(folder, shown)
    new, files, last = folder / moves.new, moves.files, moves.last
    ordered = [name for name in files if name not in last] + [name for name in last if name in files]
    if new.is_dir():
        for name in [*files, *moves.drop]:
            refuse_links(folder, name, shown)
        # While its last file is still to come nothing has been moved, or it has been moved but for markers: they go first.
        for name in last:
            if os.path.lexists(new / name):
                (folder / name).unlink(missing_ok=True)
        for name in moves.drop:
            _drop(folder, name)
        for name in ordered:
            if os.path.lexists(new / name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (new / name).replace(folder / name)
        for place in {(folder / name).parent for name in files}:
            sync_folder(place)
        shutil.rmtree(new)
    (folder / MOVES).unlink()
    sync_folder(folder)


def refuse_links(folder: Path, name: str, shown: Path) -> None:
    """Raise `RefusedError` where a file below a folder would be written somewhere else, or can't be: a link, no folder, no file."""
    for part in [*reversed(list(Path(name).parents)[:-1]), Path(name)]:
        place = folder / part
        if place.is_symlink():
            raise RefusedError(f"{shown / part}: is a link, which would be written through; move it away")
        if os.path.lexists(place) and not (place.is_file() if part == Path(name) else place.is_dir()):
            raise RefusedError(f"{shown / part}: is in the way of what is to be written; move it away")


def _read(folder: Path, shown: Path) -> Moves:
    path = folder / MOVES
    about = path.lstat()
    with suppress(ValidationError, UnicodeDecodeError):
        if stat.S_ISREG(about.st_mode) and about.st_nlink == 1:
            moves = Moves.model_validate_json(path.read_bytes())
            if not (folder / moves.new).is_symlink():
                return moves
    raise RefusedError(f"{shown / MOVES}: is no note of this program; remove it, and what it should have put in place is lost")


def _drop(folder: Path, name: str) -> None:
    """Remove a file of an earlier result, and the folders that are empty then."""
    (folder / name).unlink(missing_ok=True)
    for parent in list(Path(name).parents)[:-1]:
        with suppress(OSError):
            (folder / parent).rmdir()
