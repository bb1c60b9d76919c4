"""Reading articles from text files, JSON Lines and folders. What can't be read is rejected with a reason, never dropped."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from stancekit import strict_yaml
from stancekit.errors import InputError, nearest
from stancekit.files import decode, parse_object, read_bytes, read_text, sha256
from stancekit.records import Article

MANIFEST = "manifest.yaml"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that can't be used: where it stands (`file` or `file:line`) and why."""

    file: str
    line: int | None
    reason: str


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


def read_articles(paths: Iterable[Path]) -> Iterator[Article | Rejected]:
    """Articles of files and folders, in order; a bad document yields `Rejected` and the reading goes on.

    A folder with a manifest yields its listed files only, their digests checked; another folder yields all files
    below it, sorted by name. Two articles with one id: the second is rejected.

    Raises
    ------
    InputError
        Where a path does not exist, has no reader, or a manifest is at fault: those are mistakes of the call.
    """
    seen: set[str] = set()
    for item in _read_all(paths):
        if isinstance(item, Rejected) or item[0].id not in seen:
            yield item if isinstance(item, Rejected) else item[0]
        else:
            yield Rejected(item[1], item[2], f"{item[1]}: the id '{item[0].id}' has occurred before")
        if not isinstance(item, Rejected):
            seen.add(item[0].id)


_Found = tuple[Article, str, int | None]


def article_files(paths: Iterable[Path]) -> list[Path]:
    """Every file that reading these paths opens, in order. Raises `InputError` as `read_articles` does."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir() and (path / MANIFEST).exists():
            files += [path / MANIFEST, *(path / entry.file for entry in _manifest(path / MANIFEST)[1].articles)]
        elif path.is_dir():
            files += [file for file in _folder(path) if file.suffix.lower() in READERS and file.is_file()]
        elif not path.exists():
            raise InputError(path, "no such file or folder")
        elif path.suffix.lower() not in READERS:
            raise InputError(path, f"no reader for '{path.suffix}' files{nearest(path.suffix, READERS)}", READERS)
        else:
            files.append(path)
    return files


def _read_all(paths: Iterable[Path]) -> Iterator[_Found | Rejected]:
    for path in paths:
        article_files([path])  # a mistake of the call is an error before anything is read
        if path.is_dir() and (path / MANIFEST).exists():
            yield from _read_manifest(path / MANIFEST)
        elif path.is_dir():
            for file in _folder(path):
                yield from _read_file(file)
        else:
            yield from READERS[path.suffix.lower()](path)


def _folder(folder: Path) -> list[Path]:
    """The files below a folder in order of their names; hidden ones and a README.md are no coverage."""
    below = sorted(p for p in folder.rglob("*") if not p.is_dir() and p.name.lower() != "readme.md")
    files = [p for p in below if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    if not any(p.suffix.lower() in READERS for p in files):
        raise InputError(folder, "holds no file that a reader knows", READERS)
    return files


def _read_file(file: Path) -> Iterator[_Found | Rejected]:
    if file.suffix.lower() not in READERS:
        yield Rejected(str(file), None, f"{file}: no reader for '{file.suffix}' files (allowed: {', '.join(READERS)})")
    elif not file.is_file():
        yield Rejected(str(file), None, f"{file}: is no file that can be opened")
    else:
        yield from READERS[file.suffix.lower()](file)


def _manifest(path: Path) -> tuple[strict_yaml.Document, _Manifest]:
    document = strict_yaml.load(path)
    return document, strict_yaml.validate(document, _Manifest)


def _read_manifest(path: Path) -> Iterator[_Found | Rejected]:
    document, manifest = _manifest(path)
    for index, entry in enumerate(manifest.articles):
        file = path.parent / entry.file
        data = read_bytes(file)
        if (found := sha256(data)) != entry.sha256:
            where = document.where(("articles", index, "sha256"))
            raise InputError(where, f"{entry.file} has changed: its sha256 is {found}", [entry.sha256])
        text = decode(data, file)
        if not text.strip():
            yield Rejected(str(file), None, f"{file}: is empty")
            continue
        yield Article(entry.id, text, date=entry.published, outlet=entry.outlet), str(file), None


def _read_txt(path: Path) -> Iterator[_Found | Rejected]:
    try:
        text = read_text(path)
    except InputError as error:
        yield Rejected(str(path), None, str(error))
        return
    if text.strip():
        yield Article(path.stem, text), str(path), None
    else:
        yield Rejected(str(path), None, f"{path}: is empty")


_OPTIONAL = ("title", "date", "outlet", "url")


def _read_jsonl(path: Path) -> Iterator[_Found | Rejected]:
    """Rows with `text`, and where known `id`, `title`, `date`, `outlet`, `url`; other keys are left alone."""
    data = read_bytes(path)
    if not data.strip():
        yield Rejected(str(path), None, f"{path}: is empty")
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = parse_object(decode(line, where), where)
            identity = row.get("id", f"{path.stem}-{number}")
            if not isinstance(identity, str) or not identity:
                raise InputError(where, f"'id' is {identity!r}, not text")
            if not isinstance(row.get("text"), str) or not row["text"].strip():
                raise InputError(where, "'text' is missing, empty or not text")
            extra = {key: row[key] for key in _OPTIONAL if row.get(key) is not None}
            if bad := [key for key, value in extra.items() if not isinstance(value, str)]:
                raise InputError(where, f"'{bad[0]}' is {extra[bad[0]]!r}, not text")
            yield Article(identity, row["text"], **extra), str(path), number
        except InputError as error:
            yield Rejected(str(path), number, str(error))


READERS: dict[str, Callable[[Path], Iterator[_Found | Rejected]]] = {".txt": _read_txt, ".md": _read_txt, ".jsonl": _read_jsonl}
"""File ending → reader."""
