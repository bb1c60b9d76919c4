"""What there is to label: the sentences of articles, or rows that are statements already."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from stancekit.actors import Actors
from stancekit.articles import READERS, ReadOptions, Rejected, read_located
from stancekit.articles.accounts import Account
from stancekit.data.inputs import ROW_TARGETS, model_inputs, statement_from_row
from stancekit.edits import Lines
from stancekit.errors import InputError
from stancekit.io.files import sha256_of
from stancekit.io.guard import STDIN
from stancekit.models.saved import TrainedModel
from stancekit.records import ARTICLE_COLUMNS, Article, Kind, ModelInput, Statement
from stancekit.sources.dates import Dates
from stancekit.sources.languages import code
from stancekit.sources.options import ARTICLE_FIELDS, Wanted
from stancekit.sources.paths import sources
from stancekit.sources.registry import TABLES
from stancekit.sources.rows import Found, Once, check, columns_of, read_rows
from stancekit.sources.source import Source, UnreadableError, ending_of, shown, standard_input
from stancekit.sources.stems import Stems
from stancekit.sources.streams import copy_all, opened
from stancekit.statements import extract_statements
from stancekit.statements.clauses.parser import Parser

Unit = Literal["article", "statement"]

MAX_TEXT = 4 * 2**20
"""Characters of a text that is labelled, of which each takes some 200 bytes of memory meanwhile."""
STATEMENT_FIELDS = ("id", "text", "speaker", "organisation", "holder", "actor_kind", "context", "target", *ARTICLE_COLUMNS)
"""What may be known of a row that is a statement."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement to label, what a model may read of it, and its article, of a row that is a statement without the text."""

    statement: Statement
    input: ModelInput
    article: Article


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A row that is a statement: what is known of it by field, and its article without the text."""

    known: Mapping[str, str | None]
    article: Article


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read, or why it can't be; `file` and `line` say where it stands, the line `None` for a whole file."""

    file: str
    line: int | None
    content: Article | StatementRow | Rejected

    def place(self) -> str:
        """File and line as messages have them."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def words(self) -> int:
        """The words of it, with those that are beside its text."""
        content = self.content
        text = content.known["text"] or "" if isinstance(content, StatementRow) else getattr(content, "text", "")
        return len(text.split()) + getattr(content, "furniture", 0)

    @property
    def size(self) -> int:
        """The characters of its text."""
        content = self.content
        if isinstance(content, StatementRow):
            return len(content.known["text"] or "")
        return len(content.text) if isinstance(content, Article) else 0


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of the input: `shown` is its path as in messages, `name` that below the folder that was named, and unique; its SHA-256."""

    name: str
    digest: str
    shown: str
    size: int


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
        given = {"text", "masked"} if model.target == ROW_TARGETS else {"text", "masked", "target"}
        reads = model.reads - given if self.unit == "statement" else frozenset[str]()
        if not trained and "actor_kind" not in reads:
            return replace(self, read=reads)
        probed = Wanted.of(dict(self.reading.columns) | trained, fields, required=("text", *reads))
        there = columns_of(self.paths, self.reading, probed, self._endings())
        if "actor_kind" in reads and probed.names["actor_kind"] not in there:
            reads = reads - {"actor_kind"} | {"holder"}  # the registry tells the kind
        if found := {name: column for name, column in trained.items() if column in there}:
            say(f"columns as in training: {', '.join(f'{name}={column}' for name, column in found.items())}")
        return replace(self, reading=replace(self.reading, columns={**self.reading.columns, **found}), read=reads)

    def held(self) -> tuple["Inputs", dict[str, Any], list[InputFile], dict[str, str]]:
        """The same, held to the files that there are; how they are read; which they are, in order; the manifests' digests by name.

        Within `files.pinned` what is read later is held to their digests. Another spelling of a path makes no other file.
        """
        found = [source for source in sources(self.paths, self.reading, self._endings()) if isinstance(source, Source)]
        how: dict[str, Any] = {"columns": dict(self.reading.columns), "encoding": self.reading.encoding, "format": self.reading.format}
        usual = ReadOptions()
        changed = ((name, getattr(self.reading, name)) for name in ("date_order", "sheet", "repair", "lines", "language"))
        how |= {"keep": [*self.reading.keep], "headings": self.headings}
        how |= {name: value for name, value in changed if value != getattr(usual, name)}
        listings = {source.manifest.name: _digest(source.manifest) for source in found if source.manifest is not None}
        files: dict[str, InputFile] = {}
        times: Counter[str] = Counter()
        for source in found:
            if source.path is not None and source.name not in files:
                below = source.base is not None and source.path.is_relative_to(source.base)
                name = source.path.relative_to(source.base or "").as_posix() if below else source.path.name
                name = shown(Path(STDIN if source.piped else name))
                times[name] += 1
                unique = name if times[name] == 1 else f"{name} ({times[name]})"
                files[source.name] = InputFile(unique, _digest(source.path), source.name, _size(source.path))
        return replace(self, reading=replace(self.reading, only=frozenset(files))), how, list(files.values()), listings

    def documents(self) -> Iterator[Document]:
        """Everything there is to label, in the order of the input; what can't be read comes as `Rejected`."""
        found = self._rows() if self.unit == "statement" else (Document(*one) for one in read_located(self.paths, self.reading))
        return map(_bounded, found)

    def _wanted(self) -> Wanted:
        if self.unit == "statement":
            return Wanted.of(self.reading.columns, STATEMENT_FIELDS, keep=self.reading.keep, read=self.read)
        return Wanted.of(self.reading.columns, ARTICLE_FIELDS, keep=self.reading.keep)

    def _endings(self) -> tuple[str, ...]:
        return TABLES if self.unit == "statement" else tuple(READERS)

    def _rows(self) -> Iterator[Document]:
        wanted, once, dates = self._wanted(), Once(), Dates(self.reading.date_order, self.reading.say)
        for found in read_rows(self.paths, self.reading, wanted, self._endings()):
            try:
                if isinstance(found, Rejected):
                    yield Document(found.file, found.line, found)
                    continue
                row = _row(found, wanted, dates, self.reading.language)
                once.see(row.article.id, found)
            except UnreadableError as error:
                yield Document(error.rejected.file, error.rejected.line, error.rejected)
            else:
                yield Document(found.source.name, found.row.line, row)
        dates.tell()


def items_of(
    document: Document, actors: Actors, target: str, parser: Parser | None, account: Account, *, headings: bool, lines: Lines = "auto"
) -> list[Item]:
    """Return the statements of a document that are to be labelled: its sentences, with `headings` its headings too; or the row itself.

    Wrapped `lines` are joined as `ReadOptions` has it. All is counted in `account`.
    """
    target = "" if target == ROW_TARGETS else target
    content = document.content
    if isinstance(content, StatementRow):
        article = content.article
        statement, given = statement_from_row(article.id, content.known, actors, target)
        account.see_rest(statement=statement.text)
        as_read = len(statement.text) + sum(end - start - len(new) for start, end, new in article.repairs)
        return [Item(replace(statement, end=as_read, joined=article.repairs), given, article)]
    assert isinstance(content, Article)
    kinds: tuple[Kind, ...] = ("sentence", "heading") if headings else ("sentence",)
    statements = extract_statements(content, actors, parser=parser, lines=lines)
    account.see(content, statements)
    units = [s for s in statements if s.kind in kinds]
    return [Item(*pair, content) for pair in zip(units, model_inputs(statements, target, actors, kinds), strict=True)]


def _bounded(document: Document) -> Document:
    if document.size <= MAX_TEXT:
        return document
    what = f"{document.place()}: has {document.size:,} characters; a text that is labelled has {MAX_TEXT:,} at most: cut it"
    return replace(document, content=Rejected(document.file, document.line, what, document.words))


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


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _row(found: Found, wanted: Wanted, dates: Dates, language: str | None) -> StatementRow:
    known = {name: found.text(name, wanted.names[name]) for name in STATEMENT_FIELDS}
    if not (known["id"] or "").strip() and ("id" in found.row.values or "id" in wanted.named):
        raise found.fault(f"'{wanted.names['id']}' is missing or empty")
    identity = known["id"] or f"{found.source.stem}-{found.row.line}"
    known["text"] = found.written(known["text"], wanted.names["text"])
    known |= {"date": dates.iso(known["date"], found.source.name), "language": code(language or known["language"])}
    about: dict[str, Any] = {name: known[name] for name in ARTICLE_COLUMNS}
    return StatementRow(known, Article(identity, "", **about, repairs=found.row.repairs, kept=found.kept()))
