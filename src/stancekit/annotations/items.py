"""Items to annotate: statements with their context and, where there is a model, its suggestions."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeGuard, get_args

from stancekit.annotations.check import span_fault
from stancekit.codebook import OWN, Codebook
from stancekit.errors import InputError, nearest, refuse_paths
from stancekit.io.files import read_jsonl
from stancekit.records import ROW_COLUMNS, Attribution, Kind, Mode, Statement
from stancekit.tables import Table

_STATEMENT = {f.name for f in fields(Statement)}
_EXTRA = ("before", "after", "suggested", "reason")
_ABOUT = ("title", "date", "outlet")
_TYPO = 0.85
"""A column that is not known is the user's own, but for one whose name is as near to a known one as this."""


@dataclass(frozen=True, slots=True)
class Item:
    """A statement to annotate, a line of a queue.

    `before` and `after` are the neighbouring sentences; `suggested` is task → label → probability, empty without a
    model; `reason` says why the item is in the queue; `about` is the article's title, date and outlet, where known.
    """

    statement: Statement
    before: str = ""
    after: str = ""
    suggested: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    reason: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


class Queue(Table, list[Item]):
    """Statements to annotate, in the order in which to do so."""

    def rows(self) -> list[dict[str, Any]]:
        """A row a statement: its id, why it is in the queue, and its text."""
        return [{"id": item.statement.id, "reason": item.reason, "text": item.statement.text} for item in self]


def items_of(statements: Sequence[Statement]) -> list[Item]:
    """Return the sentences among the statements, in order, each with its neighbours in its article."""
    sentences = [s for s in statements if s.kind == "sentence"]

    def text(index: int, article: str) -> str:
        return sentences[index].text if 0 <= index < len(sentences) and sentences[index].article_id == article else ""

    return [Item(s, text(i - 1, s.article_id), text(i + 1, s.article_id)) for i, s in enumerate(sentences)]


def to_row(item: Item) -> dict[str, Any]:
    """Return a queue's row: the statement's fields and the item's own."""
    return asdict(item.statement) | dict(item.about) | {name: getattr(item, name) for name in _EXTRA}


def read_items(path: str | Path, codebook: Codebook) -> Queue:
    """Read statements, a queue, or the labels that a model gave (`labels.jsonl`), in the file's order.

    The columns `<task>` and `<task>_<label>` of labels become suggestions. Rows that are no sentences are left out, and so are
    the user's own columns; `confidence` is what `attribution_confidence` was called once.

    Parameters
    ----------
    path : a JSON Lines file.
    codebook : whose tasks the suggestions are of.

    Returns
    -------
    Queue : a list of items, each a statement with what stands around it.

    Raises
    ------
    InputError
        A row lacks what a statement needs, has a value of another type, a span that can't be its text's, a column that is nearly
        called as a known one, or labels of a task that the codebook does not have; or it occurs twice.
    """
    refuse_paths(codebook=codebook)
    path = Path(path)
    columns = {f"{task}_{label}": (task, label) for task, entry in codebook.tasks.items() for label in entry.labels}
    allowed = _STATEMENT | columns.keys() | codebook.tasks.keys() | {*_EXTRA, *ROW_COLUMNS}
    allowed |= {f"{task}_{name}" for task in codebook.tasks for name in (OWN, "abstained")}
    read: dict[str, tuple[int, Statement, dict[str, Any]]] = {}
    for line, row in read_jsonl(path):
        where = f"{path}:{line}"
        if "confidence" in row:
            row.setdefault("attribution_confidence", row.pop("confidence"))
        for key in [key for key in row if key not in allowed]:
            if f"{key}_{OWN}" in row:
                raise InputError(where, f"the labels are of the task '{key}', which the codebook does not have", codebook.tasks)
            if any(key.startswith(f"{task}_") for task in codebook.tasks) or get_close_matches(key, allowed, 1, _TYPO):
                raise InputError(where, f"unknown column '{key}'{nearest(key, allowed)}", [*sorted(_STATEMENT), *_EXTRA])
            allowed.add(key)
        statement = _statement(row, where)
        if statement.id in read:
            raise InputError(where, f"statement '{statement.id}' already stands in line {read[statement.id][0]}")
        read[statement.id] = (line, statement, _extra(row, columns, codebook, where))
    if not read:
        raise InputError(path, "holds no statements")
    found = Queue()
    for near in items_of([statement for _, statement, _ in read.values()]):
        extra = read[near.statement.id][2]
        found.append(replace(near, **extra | {"before": extra["before"] or near.before, "after": extra["after"] or near.after}))
    if not found:
        raise InputError(path, "holds no sentence to annotate")
    return found


def _statement(row: Mapping[str, Any], where: str) -> Statement:
    for name in ("id", "article_id", "text"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise InputError(where, f"'{name}' must be text that is not empty; this is no row of `stancekit statements`")
    for name in ("start", "end"):
        if type(row.get(name)) is not int:
            raise InputError(where, f"'{name}' must be a whole number; this is no row of `stancekit statements`")
    if fault := span_fault(row):
        raise InputError(where, fault)
    for name in ("speaker", "organisation", "cue", "holder", "actor_kind"):
        if row.get(name) is not None and not isinstance(row[name], str):
            raise InputError(where, f"'{name}' must be text or null")
    for name, known in (("kind", get_args(Kind)), ("mode", (None, *get_args(Mode))), ("attribution", (None, *get_args(Attribution)))):
        if name in row and row[name] not in known:
            raise InputError(where, f"unknown {name} {row[name]!r}", filter(None, known))
    if (confidence := row.get("attribution_confidence")) is not None and not _is_probability(confidence):
        raise InputError(where, f"'attribution_confidence' is {confidence!r}, not between 0 and 1")
    joined = tuple((start, end, text) for start, end, text in row.get("joined", []))
    return Statement(**{name: row[name] for name in _STATEMENT if name in row} | {"quotes": _spans(row, where), "joined": joined})


def _spans(row: Mapping[str, Any], where: str) -> tuple[tuple[int, int], ...]:
    """JSON's lists as the tuples of a statement, each within it."""
    given = row.get("quotes", [])
    if not isinstance(given, list) or not all(isinstance(span, list) and [type(i) for i in span] == [int, int] for span in given):
        raise InputError(where, "'quotes' must be a list of [start, end]")
    if any(not row["start"] <= start < end <= row["end"] for start, end in given):
        raise InputError(where, "'quotes' holds a span that does not lie within the statement")
    return tuple((start, end) for start, end in given)


def _is_probability(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _extra(row: Mapping[str, Any], columns: Mapping[str, tuple[str, str]], codebook: Codebook, where: str) -> dict[str, Any]:
    for name in ("before", "after", "reason"):
        if not isinstance(row.get(name, ""), str):
            raise InputError(where, f"'{name}' must be text")
    suggested: dict[str, dict[str, float]] = {}
    given = row.get("suggested", {})
    if not isinstance(given, dict) or not all(isinstance(labels, dict) for labels in given.values()):
        raise InputError(where, "'suggested' must be an object of task → label → probability")
    pairs: list[tuple[object, object, object]] = [(*columns[key], value) for key, value in row.items() if key in columns]
    pairs += [(task, label, value) for task, labels in given.items() for label, value in labels.items()]
    for task, label, value in pairs:
        if task not in codebook.tasks or label not in codebook.labels(str(task)):
            raise InputError(where, f"'{task}: {label}' is not in the codebook", codebook.tasks)
        if not _is_probability(value):
            raise InputError(where, f"the probability of '{task}: {label}' is {value!r}, not between 0 and 1")
        suggested.setdefault(str(task), {})[str(label)] = float(value)
    about = {name: str(row[name]) for name in _ABOUT if row.get(name)}
    return {name: row.get(name, "") for name in ("before", "after", "reason")} | {"suggested": suggested, "about": about}
