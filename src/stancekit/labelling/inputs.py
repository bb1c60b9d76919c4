"""What there is to label: the sentences of articles, or rows that are statements already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from stancekit.actors import Actors
from stancekit.articles import Rejected, article_files, read_articles
from stancekit.dataset import model_inputs
from stancekit.errors import InputError
from stancekit.files import decode, parse_object, read_bytes
from stancekit.records import ModelInput, Statement
from stancekit.statements import extract_statements

Unit = Literal["article", "statement"]
_KNOWN = ("speaker", "organisation", "holder", "context")


@dataclass(frozen=True, slots=True)
class Item:
    """A statement to label and what a model may read of it."""

    statement: Statement
    input: ModelInput


def input_files(paths: Sequence[Path], unit: Unit) -> list[Path]:
    """Every file that may be read. Raises `InputError` for a path that does not exist or has no reader."""
    for path in paths:
        if unit == "statement" and (path.is_dir() or path.suffix.lower() != ".jsonl"):
            raise InputError(path, "rows that are statements come as JSON Lines", [".jsonl"])
    return article_files(paths)


def items(paths: Sequence[Path], unit: Unit, actors: Actors, target: str) -> Iterator[Item | Rejected]:
    """Everything to label, in the order of the input; what can't be labelled comes as `Rejected`."""
    return _of_rows(paths, target) if unit == "statement" else _of_articles(paths, actors, target)


def _of_articles(paths: Iterable[Path], actors: Actors, target: str) -> Iterator[Item | Rejected]:
    for article in read_articles(paths):
        if isinstance(article, Rejected):
            yield article
            continue
        statements = extract_statements(article, actors)
        sentences = [s for s in statements if s.kind == "sentence"]
        if not sentences:
            yield Rejected(article.id, None, f"article '{article.id}': no sentence was found in it")
        for statement, found in zip(sentences, model_inputs(statements, target), strict=True):
            yield Item(statement, found)


def _of_rows(paths: Iterable[Path], target: str) -> Iterator[Item | Rejected]:
    """Rows of JSON Lines with `id`, `text` and, where known, speaker, organisation, holder and context."""
    seen: set[str] = set()
    for path in paths:
        for number, line in enumerate(read_bytes(path).split(b"\n"), start=1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            try:
                item = _row(parse_object(decode(line, where), where), where, target)
                if item.statement.id in seen:
                    raise InputError(where, f"the id '{item.statement.id}' has occurred before")
            except InputError as error:
                yield Rejected(str(path), number, str(error))
                continue
            seen.add(item.statement.id)
            yield item


def _row(row: dict[str, Any], where: str, target: str) -> Item:
    for key in ("id", "text"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise InputError(where, f"'{key}' is missing, empty or not text")
    for key in _KNOWN:
        if row.get(key) is not None and not isinstance(row[key], str):
            raise InputError(where, f"'{key}' is {row[key]!r}, not text")
    text = row["text"]
    statement = Statement(
        row["id"], row["id"], 0, len(text), text, speaker=row.get("speaker"), organisation=row.get("organisation"), holder=row.get("holder")
    )
    found = ModelInput(text, row.get("context") or "", row.get("speaker"), row.get("organisation"), row.get("holder"), target)
    return Item(statement, found)
