"""What the labels in a folder are of: the settings, and the files in the parts in which they came (`run.json`, `_SUCCESS.json`)."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from stancekit.errors import InputError
from stancekit.io.addresses import address_of
from stancekit.io.atomic import write_atomic
from stancekit.io.files import MAX_FILE, open_file, parse_object, sha256, to_json
from stancekit.labelling.inputs import Document, InputFile
from stancekit.labelling.job import Place
from stancekit.models.manifest import sealed

RUN = "run.json"
SUCCESS = "_SUCCESS.json"
_Model = TypeVar("_Model", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Part(_Strict):
    """Files that came together: name → SHA-256.

    Where documents that had been rejected are tried again, `unread` are those that could not be read before, and `unlabelled`
    those that could, but had no label: they are in their first part's shards too, which counted them.
    """

    files: Mapping[str, str]
    unread: tuple[Place, ...] = ()
    unlabelled: tuple[Place, ...] = ()


class Run(_Strict):
    """The settings, the parts in the order in which they came, and the manifests of folders by name.

    It is `unsteady` where a table changed while it was labelled: what was made of it can't be told from the rest.
    """

    format: Literal[1] = 1
    settings: Mapping[str, Any]
    parts: tuple[Part, ...]
    listings: Mapping[str, str] = {}
    unsteady: bool = False

    @property
    def digest(self) -> str:
        return sha256(to_json(self.model_dump(mode="json")).encode())

    @property
    def settings_digest(self) -> str:
        return sha256(to_json(self.settings).encode())

    def changed(self, settings: Mapping[str, Any]) -> list[str]:
        """What is set otherwise now, for a message."""
        names = dict.fromkeys([*self.settings, *settings])
        return [
            f"{n}: {_brief(self.settings.get(n))} → {_brief(settings.get(n))}" for n in names if self.settings.get(n) != settings.get(n)
        ]

    def missed(self, files: Iterable[InputFile], may_change: Iterable[str]) -> list[str]:
        """What has happened to files since they were labelled, for a message; those that `may_change` are passed over."""
        now = {file.name: file.digest for file in files}
        said, passed = [], set(may_change)
        for name, digest in ((name, digest) for part in self.parts for name, digest in part.files.items() if name not in passed):
            if name not in now:
                other = next((n for n, d in now.items() if d == digest and not any(n in part.files for part in self.parts)), None)
                said.append(f"{name} is gone" + (f" (or is it {other} now?)" if other else ""))
            elif now[name] != digest:
                said.append(f"{name} has changed")
        return said


class Success(_Strict):
    """What a finished run has made: rows in = labelled + rejected, over all parts.

    `words` has the numbers of words by where they end, with the doubtful articles, `languages` those of articles; `unused` are files of
    which nothing could be read, `run` is the digest of what it was of, `unsteady` counts documents that changed, came or went meanwhile.
    """

    rows_in: int
    labelled: int
    rejected: int
    documents: int
    shards: int
    run: str
    files: Mapping[str, str]
    words: Mapping[str, Any]
    languages: Mapping[str, int]
    unused: tuple[str, ...] = ()
    unsteady: int = 0


def write_ledger(path: Path, ledger: BaseModel) -> None:
    """Write one of these, with its digest. Raises `RefusedError` where that fails."""
    write_atomic(path, sealed(ledger.model_dump(mode="json")))


def read_ledger(path: Path, kind: type[_Model]) -> _Model | None:
    """Read one of these; `None` where it is not there, or not as it was written."""
    with suppress(InputError, ValidationError, OSError, UnicodeError):
        with open_file(path) as file:  # not `read_text`, which would pin what is to be written again
            text = file.read(MAX_FILE).decode()
        about = parse_object(text, path)
        about.pop("digest", None)
        if sealed(about) == text:
            return kind.model_validate_json(to_json(about))
    return None


def run_in(folder: Path) -> tuple[Run, Success | None]:
    """Return what the labels in a folder are of, and what they are where the run has finished. Raises `InputError` where it holds none."""
    if address := address_of(folder):
        raise InputError(address, "labels are read from folders of this machine: fetch them first")
    run, success = read_ledger(folder / RUN, Run), read_ledger(folder / SUCCESS, Success)
    if run is None and (folder / RUN).exists():
        raise InputError(folder / RUN, "is damaged, or was not made by `stancekit label`")
    if run is None:
        raise InputError(folder, "holds no labels: pass a folder that `stancekit label` wrote")
    return run, success if success is not None and success.run == run.digest else None


class Route:
    """To which parts a document belongs."""

    def __init__(self, run: Run, files: Iterable[InputFile]) -> None:
        shown = {file.name: file.shown for file in files}
        self._part = {shown[name]: number for number, part in enumerate(run.parts) for name in part.files if name in shown}
        self._moved = {place: number for number, part in enumerate(run.parts) for place in part.unread}
        self._also: dict[Place, list[int]] = {}
        for number, part in enumerate(run.parts):
            for place in part.unlabelled:
                self._also.setdefault(place, []).append(number)

    def __call__(self, document: Document) -> list[int]:
        place = (document.file, document.line)
        return [self._moved.get(place, self._part.get(document.file, 0)), *self._also.get(place, ())]


def _brief(value: object) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
