"""What there is to label: the sentences of articles, or rows that are statements already."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from stancekit.actors import Actors
from stancekit.articles import READERS, ReadOptions, Rejected, read_articles
from stancekit.data.inputs import ROW_TARGETS, model_inputs, statement_from_row
from stancekit.errors import InputError
from stancekit.io.files import sha256_of
from stancekit.io.guard import STDIN
from stancekit.models.saved import TrainedModel
from stancekit.records import ARTICLE_COLUMNS, Article, Kind, ModelInput, Statement
from stancekit.sources.dates import Dates
from stancekit.sources.options import ARTICLE_FIELDS, Wanted
from stancekit.sources.paths import sources
from stancekit.sources.registry import TABLES
from stancekit.sources.rows import Found, Once, check, columns_of, read_rows
from stancekit.sources.source import Source, UnreadableError, ending_of, standard_input
from stancekit.sources.stems import Stems
from stancekit.sources.streams import copy_all, opened
from stancekit.statements import extract_statements
from stancekit.statements.clauses.parser import Parser

Unit = Literal["article", "statement"]

STATEMENT_FIELDS = ("id", "text", "speaker", "organisation", "holder", "actor_kind", "context", "target", *ARTICLE_COLUMNS)
"""What may be known of a row that is a statement."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement to label, what a model may read of it, and its article, of a row that is a statement without the text."""

    statement: Statement
    input: ModelInput
    article: Article


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the input lies, how it is read, what a row of it is, and whether headings are labelled as sentences are.

    `read` are the fields that a row which is a statement must have a column for, since the model reads them.
    """

    paths: Sequence[Path]
    reading: ReadOptions
    unit: Unit = "article"
    headings: bool = False
    read: frozenset[str] = frozenset()

    def check(self) -> Stems:
        """The names that the files go by in ids.

        Raises `InputError` for a mistake of the call, `MissingError` where an extra is not installed, before anything is read.
        """
        if self.unit == "statement" and self.headings:
            raise InputError("--keep", "'headings' are of articles: with --unit statement every row is labelled")
        for path in self.paths:
            if self.unit == "statement" and path.is_file() and ending_of(path.name)[1] not in TABLES:
                raise InputError(path, "rows that are statements come in tables", TABLES)
        return check(self.paths, self.reading, self._wanted(), self._endings())

    def suiting(self, model: TrainedModel, say: Callable[[str], object]) -> "Inputs":
        """The same, with the columns that the model was trained on where a table has them, and held to the fields that it reads."""
        fields = STATEMENT_FIELDS if self.unit == "statement" else ARTICLE_FIELDS
        trained = {n: c for n, c in model.columns.items() if n in fields and n not in self.reading.columns and n != c}
        reads = model.reads & {"speaker", "organisation", "holder", "actor_kind"} if self.unit == "statement" else frozenset[str]()
        if "target" in model.reads and model.target == ROW_TARGETS and self.unit == "statement":
            reads |= {"target"}
        if not trained and "actor_kind" not in reads:
            return replace(self, read=reads)
        probed = Wanted.of(dict(self.reading.columns) | trained, fields, required=("text", *reads))
        there = columns_of(self.paths, self.reading, probed, self._endings())
        if "actor_kind" in reads and probed.names["actor_kind"] not in there:
            reads = reads - {"actor_kind"} | {"holder"}  # the registry tells the kind
        if found := {name: column for name, column in trained.items() if column in there}:
            say(f"columns as in training: {', '.join(f'{name}={column}' for name, column in found.items())}")
        return replace(self, reading=replace(self.reading, columns={**self.reading.columns, **found}), read=reads)

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
        how |= {name: value for name in ("date_order", "sheet", "repair") if (value := getattr(self.reading, name))}
        how |= ({"keep": list(self.reading.keep)} if self.reading.keep else {}) | ({"headings": True} if self.headings else {})
        only = frozenset(source.name for source in found if source.path is not None)
        key = {"reading": how, "inputs": [[name, _digest(path)] for name, path in files]}
        return replace(self, reading=replace(self.reading, only=only)), key

    def items(self, actors: Actors, target: str, parser: Parser | None = None) -> Iterator[Item | Rejected]:
        """Everything to label, in the order of the input; what can't be labelled comes as `Rejected`."""
        target = "" if target == ROW_TARGETS else target
        return self._rows(actors, target) if self.unit == "statement" else self._sentences(actors, target, parser)

    def _wanted(self) -> Wanted:
        if self.unit == "statement":
            return Wanted.of(self.reading.columns, STATEMENT_FIELDS, keep=self.reading.keep, read=self.read)
        return Wanted.of(self.reading.columns, ARTICLE_FIELDS, keep=self.reading.keep)

    def _endings(self) -> tuple[str, ...]:
        return TABLES if self.unit == "statement" else tuple(READERS)

    def _sentences(self, actors: Actors, target: str, parser: Parser | None) -> Iterator[Item | Rejected]:
        kinds: tuple[Kind, ...] = ("sentence", "heading") if self.headings else ("sentence",)
        for article in read_articles(self.paths, self.reading):
            if isinstance(article, Rejected):
                yield article
                continue
            statements = extract_statements(article, actors, parser=parser)
            units = [s for s in statements if s.kind in kinds]
            if not units:
                yield Rejected(article.id, None, f"article '{article.id}': no sentence was found in it")
            for statement, found in zip(units, model_inputs(statements, target, actors, kinds), strict=True):
                yield Item(statement, found, article)

    def _rows(self, actors: Actors, target: str) -> Iterator[Item | Rejected]:
        wanted, once, dates = self._wanted(), Once(), Dates(self.reading.date_order, self.reading.say)
        for found in read_rows(self.paths, self.reading, wanted, self._endings()):
            try:
                if isinstance(found, Rejected):
                    yield found
                    continue
                item = _item(found, wanted, actors, target, dates)
                once.see(item.statement.id, found)
            except UnreadableError as error:
                yield error.rejected
            else:
                yield item
        dates.tell()


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


def _item(found: Found, wanted: Wanted, actors: Actors, target: str, dates: Dates) -> Item:
    known = {name: found.text(name, wanted.names[name]) for name in STATEMENT_FIELDS}
    if not (known["id"] or "").strip() and ("id" in found.row.values or "id" in wanted.named):
        raise found.fault(f"'{wanted.names['id']}' is missing or empty")
    identity = known["id"] or f"{found.source.stem}-{found.row.line}"
    known["text"] = found.written(known["text"], wanted.names["text"])
    known["date"] = dates.iso(known["date"], found.source.name)
    about: dict[str, Any] = {name: known[name] for name in ARTICLE_COLUMNS}
    article = Article(identity, "", **about, kept=found.kept())
    return Item(*statement_from_row(identity, known, actors, target), article)
