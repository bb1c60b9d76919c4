"""What there is to label: the sentences of articles, or rows that are statements already."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from stancekit.actors import Actors
from stancekit.articles import READERS, ReadOptions, Rejected, read_articles
from stancekit.articles.accounts import Accounts
from stancekit.data.inputs import ROW_TARGETS, model_inputs, statement_from_row
from stancekit.errors import InputError
from stancekit.io.files import sha256_of
from stancekit.io.guard import STDIN
from stancekit.records import ModelInput, Statement
from stancekit.sources.languages import UNKNOWN
from stancekit.sources.options import ARTICLE_FIELDS, Wanted
from stancekit.sources.paths import sources
from stancekit.sources.registry import TABLES
from stancekit.sources.rows import Found, Once, check, read_rows
from stancekit.sources.source import Source, UnreadableError, ending_of, standard_input
from stancekit.sources.stems import Stems
from stancekit.sources.streams import copy_all, opened
from stancekit.statements import extract_statements
from stancekit.statements.clauses.parser import Parser
from stancekit.statements.segmentation.wrapped import Joined

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
    """Where the input lies, how it is read, and what a row of it is. `languages` counts the articles read so far by language."""

    paths: Sequence[Path]
    reading: ReadOptions
    unit: Unit = "article"
    languages: Counter[str] = field(default_factory=Counter, compare=False)

    def check(self) -> Stems:
        """The names that the files go by in ids.

        Raises `InputError` for a mistake of the call, `MissingError` where an extra is not installed, before anything is read.
        """
        for path in self.paths:
            if self.unit == "statement" and path.is_file() and ending_of(path.name)[1] not in TABLES:
                raise InputError(path, "rows that are statements come in tables", TABLES)
        return check(self.paths, self.reading, self._wanted(), self._endings())

    def held(self) -> tuple["Inputs", dict[str, Any]]:
        """The same, held to the files that there are, and what tells this input from another: how it is read, and its files.

        Of every file, in order, the key has the name that it goes by in ids and its SHA-256, so that another spelling of a path makes
        no other input. Within `files.pinned` what is read later is held to these digests.
        """
        stems = self.check()
        found = [source for source in sources(self.paths, self.reading, self._endings()) if isinstance(source, Source)]
        listings = {source.manifest: None for source in found if source.manifest is not None}
        files = [(path.name, path) for path in listings]
        files += [(f"{stems.of(source)}{source.path.suffix}", source.path) for source in found if source.path is not None]
        how: dict[str, Any] = {"columns": dict(self.reading.columns), "encoding": self.reading.encoding, "format": self.reading.format}
        usual = ReadOptions()
        changed = ((name, getattr(self.reading, name)) for name in ("date_order", "sheet", "repair", "lines", "language"))
        how |= {name: value for name, value in changed if value != getattr(usual, name)}
        only = frozenset(source.name for source in found if source.path is not None)
        key = {"reading": how, "inputs": [[name, _digest(path)] for name, path in files]}
        return replace(self, reading=replace(self.reading, only=only)), key

    def items(
        self, actors: Actors, target: str, parser: Parser | None = None, accounts: Accounts | None = None
    ) -> Iterator[Item | Rejected]:
        """Everything to label, in the order of the input; what can't be labelled comes as `Rejected`. All is counted in `accounts`."""
        target, accounts = "" if target == ROW_TARGETS else target, accounts or Accounts()
        if self.unit == "statement":
            return self._rows(actors, target, accounts)
        return self._sentences(actors, target, parser, accounts)

    def _wanted(self) -> Wanted:
        if self.unit == "statement":
            return Wanted.of(self.reading.columns, STATEMENT_FIELDS, required=("id", "text"))
        return Wanted.of(self.reading.columns, ARTICLE_FIELDS)

    def _endings(self) -> tuple[str, ...]:
        return TABLES if self.unit == "statement" else tuple(READERS)

    def _sentences(self, actors: Actors, target: str, parser: Parser | None, accounts: Accounts) -> Iterator[Item | Rejected]:
        joined = Joined()
        for article in read_articles(self.paths, self.reading):
            if isinstance(article, Rejected):
                accounts.see_rest(rejected=article)
                yield article
                continue
            self.languages[article.language or UNKNOWN] += 1
            statements = extract_statements(article, actors, parser=parser, lines=self.reading.lines)
            joined.see(article.text, statements)
            accounts.see(article, statements)
            sentences = [s for s in statements if s.kind == "sentence"]
            if not sentences:
                yield Rejected(article.id, None, f"article '{article.id}': no sentence was found in it")
            for statement, found in zip(sentences, model_inputs(statements, target, actors), strict=True):
                yield Item(statement, found)
        self.reading.say("lines", joined.told())

    def _rows(self, actors: Actors, target: str, accounts: Accounts) -> Iterator[Item | Rejected]:
        wanted, once = self._wanted(), Once()
        for found in read_rows(self.paths, self.reading, wanted, self._endings()):
            try:
                if isinstance(found, Rejected):
                    accounts.see_rest(rejected=found)
                    yield found
                    continue
                item = _item(found, wanted, actors, target)
                once.see(item.statement.id, found)
            except UnreadableError as error:
                accounts.see_rest(rejected=error.rejected)
                yield error.rejected
            else:
                accounts.see_rest(statement=item.statement.text)
                yield item


def _digest(path: Path) -> str:
    try:
        return sha256_of(path)
    except InputError:
        return "unreadable"  # one document, which will be rejected


@contextmanager
def kept(inputs: Inputs) -> Iterator[Inputs]:
    """The same inputs, with standard input, which can be read but once, kept in a file as long as the block lasts.

    Raises `InputError` where it is longer than the disk should take.
    """
    if Path(STDIN) not in inputs.paths:
        yield inputs
        return
    inputs.check()  # before it is waited for
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "stdin"
        source = replace(standard_input(inputs.reading.format or "", None), gzipped=False)  # as it comes: what reads the copy unpacks it
        with copy.open("wb") as file, opened(source) as stream:
            copy_all(source, stream, file)
        yield replace(inputs, reading=replace(inputs.reading, stdin=copy))


def _item(found: Found, wanted: Wanted, actors: Actors, target: str) -> Item:
    known = {name: found.text(name, wanted.names[name]) for name in STATEMENT_FIELDS}
    if not (identity := known["id"] or "").strip():
        raise found.fault(f"'{wanted.names['id']}' is missing or empty")
    known["text"] = found.written(known["text"], wanted.names["text"])
    statement, given = statement_from_row(identity, known, actors, target)
    if repairs := found.row.repairs:
        statement = replace(statement, end=len(found.row.values["text"]), joined=repairs)
    return Item(statement, given)
