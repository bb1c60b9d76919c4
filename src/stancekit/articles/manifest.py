"""A folder's manifest: which of its files are coverage, with their digests and what is known of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from stancekit import strict_yaml
from stancekit.articles.registry import READERS
from stancekit.articles.source import Source, ending_of, source_of
from stancekit.errors import InputError, nearest
from stancekit.files import sha256_of

MANIFEST = "manifest.yaml"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: str = Field(min_length=1)
    file: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    outlet: str | None = None
    published: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    notes: str | None = None


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    articles: list[_Entry] = Field(min_length=1)


def listed(path: Path) -> Iterator[Source]:
    """The files that a manifest lists, in its order, each after its digest was checked.

    An entry's id is that of the article that its file is; the rows of a table have their own. Raises `InputError`, with the
    manifest's line, for a file that is not there, has changed or has no reader.
    """
    document = strict_yaml.load(path)
    for index, entry in enumerate(strict_yaml.validate(document, _Manifest).articles):
        file = path.parent / entry.file
        if (source := source_of(file)) is None:
            where, ending = document.where(("articles", index, "file")), ending_of(file.name)[1]
            raise InputError(where, f"no reader for '{ending}' files{nearest(ending, READERS)}", READERS)
        if (found := sha256_of(file)) != entry.sha256:
            where = document.where(("articles", index, "sha256"))
            raise InputError(where, f"{entry.file} has changed: its sha256 is {found}", [entry.sha256])
        yield replace(source, id=entry.id, date=entry.published, outlet=entry.outlet, manifest=path)
