"""Verify a saved model: its files by name and digest, before any of them is parsed."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from stancekit.errors import InputError
from stancekit.io.files import read_text, sha256, sha256_of, to_json
from stancekit.io.moves import PREFIX
from stancekit.io.output_folder import is_litter
from stancekit.models.state import Digest, State, as_object, as_state

MANIFEST = "manifest.json"
FORMAT = 2

MAX_WEIGHTS = 32 * 2**30
"""Bytes of a safetensors file."""
MAX_OTHER = 512 * 2**20
"""Bytes of any other file of a model, the manifest included."""
DEEPEST = 32
"""Parts of a file's name: each model within another lies a folder deeper."""


def _below(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name or name in (".", MANIFEST) or "\\" in name or "\0" in name:
        raise ValueError("is no name of a file below the folder")
    if len(path.parts) > DEEPEST:
        raise ValueError(f"lies more than {DEEPEST} folders deep")
    return name


def _each_once(labels: list[str]) -> list[str]:
    if len(labels) != len(set(labels)):
        raise ValueError("a label is there twice")
    return labels


class ModelCodebook(State):
    """What a model keeps of the codebook it was trained under; `meanings` is by task."""

    name: str
    version: str
    digest: str
    meanings: dict[str, str]


class Manifest(State):
    """`manifest.json` without its own digest. `files` is name → SHA-256, `columns` field → column where training had others."""

    format: int
    stancekit: str
    preprocessing: int
    recipe: str
    model: str
    joint: bool
    tasks: Annotated[
        dict[str, Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1), AfterValidator(_each_once)]],
        Field(min_length=1),
    ]
    target: str
    parser: str
    codebook: ModelCodebook
    files: dict[Annotated[str, AfterValidator(_below)], Digest]
    columns: dict[str, str] = Field(default_factory=dict)


def sealed(manifest: dict[str, Any]) -> str:
    """The manifest with the digest of its own text as the last entry, so that a change anywhere in it shows."""
    return to_json({**manifest, "digest": sha256(to_json(manifest).encode())})


def files_of(directory: Path) -> Iterator[str]:
    """The names of all files of a folder that may be a model's, hidden ones, links and devices too, sorted; no folder is one.

    Passed over is what operating systems leave in a folder that somebody looks into, and the package's own work in progress.
    """
    found = []
    for place, folders, names in os.walk(directory):
        below = Path(place).relative_to(directory)
        if below == Path():
            folders[:] = [name for name in folders if not name.startswith(PREFIX)]
            names = [name for name in names if not name.startswith(PREFIX)]
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        found += [(below / name).as_posix() for name in [*links, *names] if not is_litter(name)]
    yield from sorted(found)


def checked_manifest(directory: Path, preprocessing: int) -> tuple[Manifest, str]:
    """(the manifest, its digest) of a folder whose files are those that it names, whole and unchanged.

    Raises
    ------
    InputError
        The folder is no model, or of another format or `preprocessing`; a name leads out of it; a file is lacking, no regular
        one, too large, changed, or not named.
    """
    path = directory / MANIFEST
    if not os.path.lexists(path):
        raise InputError(directory, f"is no trained model: it has no {MANIFEST}")
    _check_file(directory, MANIFEST)
    text = read_text(path)
    content = as_object(text, path)
    digest = content.pop("digest", None)
    if not _is_sealed(content, text):
        raise InputError(path, "has changed since the model was saved; train or copy it again")
    if content.get("format") != FORMAT or content.get("preprocessing") != preprocessing:
        raise InputError(path, f"was written by stancekit {content.get('stancekit')} in another format; train the model again")
    manifest = as_state(content, path, Manifest)
    if stray := [name for name in files_of(directory) if name not in manifest.files and name != MANIFEST]:
        raise InputError(directory / stray[0], "is no file of this model; remove it, or train the model again")
    for name, expected in manifest.files.items():
        _check_file(directory, name)
        if (found := sha256_of(directory / name)) != expected:
            raise InputError(directory / name, f"has changed since the model was saved: its sha256 is {found}", [expected])
    return manifest, str(digest)


def _is_sealed(content: dict[str, Any], text: str) -> bool:
    try:
        return sealed(content) == text
    except (ValueError, RecursionError):  # of what is never written: numbers beyond all bounds, bottomless lists
        return False


def _check_file(directory: Path, name: str) -> None:
    """Raise `InputError` where it is no regular file of bounded size within the folder. It is not opened."""
    path = directory / name
    try:
        place = path.resolve(strict=True)
        status = place.stat()
    except FileNotFoundError:
        raise InputError(path, "no such file") from None
    except (OSError, RuntimeError) as error:  # the latter is how a link to itself ends
        raise InputError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not place.is_relative_to(directory.resolve()):
        raise InputError(path, "leads out of the model's folder")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(path, "is no regular file")
    if status.st_size > (bound := MAX_WEIGHTS if place.suffix == ".safetensors" else MAX_OTHER):
        raise InputError(path, f"has {status.st_size:,} bytes, more than the {bound:,} that a file of a model may have")
