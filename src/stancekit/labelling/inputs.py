"""What there is to label: the sentences of articles, or rows that are statements already."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from stancekit.actors import Actors
from stancekit.articles import READERS, Reading, Rejected, read_articles
from stancekit.articles.reading import ARTICLE_FIELDS, Wanted
from stancekit.articles.registry import TABLES
from stancekit.articles.rows import Found, Once, check, read_rows
from stancekit.articles.source import Source, UnreadableError, ending_of
from stancekit.articles.sources import STDIN, sources
from stancekit.dataset import ROW_TARGETS, model_inputs, stated
from stancekit.errors import InputError
from stancekit.files import sha256_of
from stancekit.records import ModelInput, Statement
from stancekit.statements import extract_statements
from stancekit.statements.parse import Parser

Unit = Literal["article", "statement"]

STATEMENT_FIELDS = ("id", "text", "speaker", "organisation", "holder", "actor_kind", "context", "target")
"""What may be known of a row that is a statement."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement to label and what a model may read of it."""

    statement: Statement
    input: ModelInput


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the input lies, how it is read, and what a row of it is."""

    paths: Sequence[Path]
    reading: Reading
    unit: Unit = "article"

    def check(self) -> None:
        """Raises `InputError` for a mistake of the call, `MissingError` where an extra is not installed, before anything is read."""
        for path in self.paths:
            if self.unit == "statement" and path.is_file() and ending_of(path.name)[1] not in TABLES:
                raise InputError(path, "rows that are statements come in tables", TABLES)
        check(self.paths, self.reading, self._wanted(), self._endings())

    def key(self) -> dict[str, Any]:
        """What tells this input from another: how it is read, and [name, SHA-256] of every file in order."""
        found = [source for source in sources(self.paths, self.reading, self._endings()) if isinstance(source, Source)]
        listings = {source.manifest: None for source in found if source.manifest is not None}
        files = [(str(path), path) for path in listings] + [(source.name, source.path) for source in found if source.path is not None]
        how = {"columns": dict(self.reading.columns), "encoding": self.reading.encoding, "format": self.reading.format}
        return {"reading": how, "inputs": [[name, _digest(path)] for name, path in files]}

    def items(self, actors: Actors, target: str, parser: Parser | None = None) -> Iterator[Item | Rejected]:
        """Everything to label, in the order of the input; what can't be labelled comes as `Rejected`."""
        target = "" if target == ROW_TARGETS else target
        return self._rows(actors, target) if self.unit == "statement" else self._sentences(actors, target, parser)

    def _wanted(self) -> Wanted:
        if self.unit == "statement":
            return Wanted.of(self.reading.columns, STATEMENT_FIELDS, required=("id", "text"))
        return Wanted.of(self.reading.columns, ARTICLE_FIELDS)

    def _endings(self) -> tuple[str, ...]:
        return TABLES if self.unit == "statement" else tuple(READERS)

    def _sentences(self, actors: Actors, target: str, parser: Parser | None) -> Iterator[Item | Rejected]:
        for article in read_articles(self.paths, self.reading):
            if isinstance(article, Rejected):
                yield article
                continue
            statements = extract_statements(article, actors, parser=parser)
            sentences = [s for s in statements if s.kind == "sentence"]
            if not sentences:
                yield Rejected(article.id, None, f"article '{article.id}': no sentence was found in it")
            for statement, found in zip(sentences, model_inputs(statements, target, actors), strict=True):
                yield Item(statement, found)

    def _rows(self, actors: Actors, target: str) -> Iterator[Item | Rejected]:
        wanted, once = self._wanted(), Once()
        for found in read_rows(self.paths, self.reading, wanted, self._endings()):
            try:
                if isinstance(found, Rejected):
                    yield found
                    continue
                item = _item(found, wanted, actors, target)
                once.see(item.statement.id, found)
            except UnreadableError as error:
                yield error.rejected
            else:
                yield item


def _digest(path: Path) -> str:
    try:
        return sha256_of(path)
    except InputError:
        return "unreadable"  # one document, which will be rejected


@contextmanager
def kept(inputs: Inputs) -> Iterator[Inputs]:
    """The same inputs, with standard input, which can be read but once, kept in a file as long as the block lasts."""
    if Path(STDIN) not in inputs.paths:
        yield inputs
        return
    inputs.check()  # before it is waited for
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "stdin"
        with copy.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file, 2**20)
        yield replace(inputs, reading=replace(inputs.reading, stdin=copy))


def _item(found: Found, wanted: Wanted, actors: Actors, target: str) -> Item:
    known = {name: found.text(name, wanted.names[name]) for name in STATEMENT_FIELDS}
    identity, known["text"] = (_said(found, known, name, wanted) for name in ("id", "text"))
    return Item(*stated(identity, known, actors, target))


def _said(found: Found, known: Mapping[str, str | None], name: str, wanted: Wanted) -> str:
    value = known[name]
    if value is None or not value.strip():
        raise found.fault(f"'{wanted.names[name]}' is missing or empty")
    return value
