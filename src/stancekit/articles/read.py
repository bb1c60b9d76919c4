"""Read articles; what can't be read is rejected with a reason, never dropped."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from stancekit.articles.clashes import Clashes
from stancekit.articles.ids import Ids
from stancekit.errors import counted
from stancekit.records import Article
from stancekit.sources.dates import Dates
from stancekit.sources.languages import Languages
from stancekit.sources.options import ARTICLE_FIELDS, ReadOptions, Wanted
from stancekit.sources.paths import as_paths, sources
from stancekit.sources.registry import READERS
from stancekit.sources.rows import Found, check, read_rows
from stancekit.sources.source import Rejected, Source, UnreadableError, ending_of, shown


def read_articles(paths: str | Path | Iterable[str | Path], reading: ReadOptions | None = None) -> Iterator[Article | Rejected]:
    """Yield the articles of files, folders, globs and standard input (`-`), in order; a bad document yields `Rejected`.

    A folder with a manifest yields its listed files only, their digests checked; another folder yields all files
    below it, sorted by name. An article's id is the manifest's, else the row's, else the file's stem, with the line behind it
    where a file holds several. Whatever the order they are read in, files that share a stem go by their paths below the folder,
    without suffix (`2024/budget`, see `Stems`), and all rows of a table that has an id of another table or file for another text
    are called `<table>/<id>` (see `Clashes`); of standard input, which comes by once, only the rows with such an id are. An id
    that occurs twice in one table, and an article that comes twice, with the same id and text: the second is rejected.

    No more than one article, or a few rows of Parquet, is in memory at a time; of each id read, and of each file's name, some
    hundred bytes are kept. Where a table is among several sources, all tables are read twice: for their ids, then for articles.

    Parameters
    ----------
    paths : one or several; `-` is standard input. reading : how they are read, where fields, encoding or format are not the usual ones.

    Yields
    ------
    Article | Rejected : each document in order; one that can't be read with file, line and reason.

    Raises
    ------
    InputError : Where a path does not exist or has no reader, a column or an encoding is not known, or a manifest is at fault: those
        are mistakes of the call, and met before anything is read.
    MissingError : Where a web page is among the files and the extra `html` is not installed.
    """
    for _, _, article in read_located(paths, reading or ReadOptions()):
        yield article


def read_located(paths: str | Path | Iterable[str | Path], reading: ReadOptions) -> Iterator[tuple[str, int | None, Article | Rejected]]:
    """Yield what `read_articles` does, each with the name of its file and its line; None for a document that is a file."""
    wanted = Wanted.of(reading.columns, ARTICLE_FIELDS, keep=reading.keep)
    paths = as_paths(paths)
    stems = check(paths, reading, wanted)
    clashes = Clashes.among(paths, reading, wanted, stems, lambda found: _article(found, wanted))
    ids = Ids(stems, clashes, reading.say)
    dates = Dates(reading.date_order, reading.say)
    languages = Languages(reading.language, reading.say)
    manifests: dict[Path, None] = {}
    for found in read_rows(paths, reading, wanted, stems=stems):
        if isinstance(found, Found) and found.source.manifest:
            manifests[found.source.manifest] = None
        try:
            if isinstance(found, Rejected):
                yield found.file, found.line, found
                continue
            article = _article(found, wanted)
            identity = ids.give(article.id, article.text, found)
            date = dates.iso(article.date, found.source.name)
            language = languages.of(article.text, found.row.values.get("language"), found.source.name)
            article = replace(article, id=identity, date=date, language=language)
        except UnreadableError as error:
            yield error.rejected.file, error.rejected.line, error.rejected
        else:
            yield found.source.name, found.row.line, article
    dates.tell()
    languages.tell()
    endings = tuple(READERS)
    read = {s.file if isinstance(s, Rejected) else s.name for s in sources(paths, reading, endings)} if manifests else set()
    for manifest in manifests:
        if left := [name for name in _files_below(manifest.parent) if shown(manifest.parent / name) not in read]:
            reading.say(manifest, f"does not list {counted(len(left), 'file')} of its folder, such as {shown(left[0])}: not read")


def _files_below(folder: Path) -> list[Path]:
    names = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if ending_of(path.name)[1] in READERS and path.is_file())
    return [name for name in names if name.name.lower() != "readme.md" and not any(part.startswith(".") for part in name.parts)]


def article_files(paths: Iterable[Path | str], reading: ReadOptions | None = None) -> list[Path]:
    """Return every file that reading these paths opens, in order, manifests too. Raises `InputError` as `read_articles` does for paths."""
    files: dict[Path, None] = {}
    for source in sources(paths, reading or ReadOptions(), tuple(READERS)):
        if isinstance(source, Source):
            files |= {path: None for path in (source.manifest, source.path) if path is not None}
    return list(files)


def _article(found: Found, wanted: Wanted) -> Article:
    values, source, line = found.row.values, found.source, found.row.line
    text = found.text("text", wanted.names["text"]) if isinstance(values.get("text"), str) else None
    found.written(text, wanted.names["text"], "is missing, empty or not text")
    text = values["text"]  # as it was read
    identity, title, date, outlet, url = (found.text(name, wanted.names[name]) for name in ("id", "title", "date", "outlet", "url"))
    more: dict[str, Any] = {name: found.text(name, name) for name in ("section", "byline")}
    more |= {"furniture": found.row.furniture, "repairs": found.row.repairs, "kept": found.kept()}
    if line is None:  # a document of its own: what the manifest says of it comes before what it says itself
        return Article(source.id or source.stem, text, title, source.date or date, source.outlet or outlet, url, **more)
    if identity is None and ("id" in values or "id" in wanted.named):
        raise found.fault(f"'{wanted.names['id']}' is missing or empty")
    return Article(identity or f"{source.stem}-{line}", text, title, date or source.date, outlet or source.outlet, url, **more)
