"""A folder's manifest: its articles' files with digests and metadata."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from stancekit.errors import InputError, nearest
from stancekit.io import strict_yaml
from stancekit.io.files import sha256_of
from stancekit.sources import limits
from stancekit.sources.registry import READERS
from stancekit.sources.source import Source, ending_of, shown, source_of, unsound

MANIFEST = "manifest.yaml"


def _sound(text: str) -> str:
    if fault := unsound(text):
        raise ValueError(fault)
    return text


_Text = Annotated[str, AfterValidator(_sound)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: _Text = Field(min_length=1)
    file: _Text = Field(min_length=1)
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    outlet: _Text | None = None
    published: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    notes: str | None = None


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    articles: list[_Entry] = Field(min_length=1)


def listed(path: Path) -> Iterator[Source]:
    """Yield the files that a manifest lists, in its order, each after its digest was checked where it has one.

    An entry's id is that of the article that its file is; the rows of a table have their own. Raises `InputError`, with the
    manifest's line, for a file that is not there, is no file, lies elsewhere than below the manifest's folder, has changed or has no
    reader.
    """
    _refuse_strange(path)
    document = strict_yaml.load(path)
    for index, entry in enumerate(strict_yaml.validate(document, _Manifest).articles):
        where = document.where(("articles", index, "file"))
        file = path.parent / entry.file
        if fault := _misplaced(entry.file, path.parent):
            raise InputError(where, fault)
        if (source := source_of(file)) is None:
            raise InputError(where, f"no reader for '{ending_of(file.name)[1]}' files{nearest(ending_of(file.name)[1], READERS)}", READERS)
        try:
            found = sha256_of(file)
        except InputError as error:
            raise InputError(where, str(error)) from None
        if entry.sha256 not in (None, found):
            where = document.where(("articles", index, "sha256"))
            raise InputError(where, f"{entry.file} has changed: its sha256 is {found}", [str(entry.sha256)])
        yield replace(source, id=entry.id, date=entry.published, outlet=entry.outlet, manifest=path)


def _refuse_strange(path: Path) -> None:
    """A manifest is read as a whole, and what is no file may never end, or never begin."""
    try:
        fault = _too_much(path.stat(), limits.MAX_MANIFEST, "list tables rather than single articles")
    except OSError as error:
        fault = f"cannot be read: {error.strerror}"
    if fault:
        raise InputError(shown(path), fault)


def _misplaced(name: str, folder: Path) -> str | None:
    """Why a manifest may not list this file; `None` where it may."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return f"'{name}' leads out of the folder: a manifest lists files below its own"
    file = folder / name
    try:
        found = file.stat()
        if not file.resolve().is_relative_to(folder.resolve()):
            return f"'{name}' is a link that leads out of the folder: a manifest lists files below its own"
    except FileNotFoundError:
        return f"'{name}': no such file"
    except OSError as error:
        return f"'{name}' cannot be read: {error.strerror}"
    fault = _too_much(found, limits.MAX_LISTED, "make several of it")
    return fault and f"'{name}' {fault}"


def _too_much(found: os.stat_result, most: int, remedy: str) -> str | None:
    if not stat.S_ISREG(found.st_mode):
        return "is no file that can be opened"
    return f"has {found.st_size:,} bytes (at most {most:,}): {remedy}" if found.st_size > most else None
