"""Rows of an export: statements with their context and their annotations so far."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from stancekit.annotations.items import Item
from stancekit.codebook import Codebook
from stancekit.errors import InputError
from stancekit.io.files import sha256
from stancekit.records import Annotation, Statement

FIXED = (
    "statement_id", "article_id", "start", "end", "text", "before", "after", "speaker", "organisation", "mode", "holder",
    "annotator", "codebook_version", "codebook_digest", "note", "text_digest", "joined",
)  # fmt: skip
"""What every tool is given beside the labels."""
NONE = "(none)"
"""Written where a multi-label task was answered with no label, in tools that would leave such an answer blank."""


def units(items: Sequence[Item], annotations: Sequence[Annotation]) -> list[tuple[Item, list[Annotation]]]:
    """Return the items in their order, then the annotated statements that are not among them, each with its annotations.

    Raises `InputError` where an annotation's text is not its item's, or an annotator annotated a statement twice.
    """
    found = {item.statement.id: item for item in items}
    of: dict[str, dict[str, Annotation]] = {}
    for a in annotations:
        bare = Statement(a.statement_id, a.article_id, a.start, a.end, a.text, holder=a.holder, joined=a.joined)
        item = found.setdefault(a.statement_id, Item(bare))
        if item.statement.text != a.text:
            raise InputError(f"statement '{a.statement_id}'", f"its annotation is of another text: {a.text!r}")
        if a.annotator in of.setdefault(a.statement_id, {}):
            raise InputError(f"statement '{a.statement_id}'", f"'{a.annotator}' annotated it twice")
        of[a.statement_id][a.annotator] = a
    return [(item, list(of.get(name, {}).values())) for name, item in found.items()]


def rows(
    items: Sequence[Item], annotations: Sequence[Annotation], codebook: Codebook
) -> Iterator[tuple[Item, Annotation | None, dict[str, Any]]]:
    """Yield a row for each annotation, and for each item without one, with its `fixed_fields`."""
    for item, given in units(items, annotations):
        for a in given or (None,):
            yield item, a, fixed_fields(item, a, codebook)


def fixed_fields(item: Item, annotation: Annotation | None, codebook: Codebook) -> dict[str, Any]:
    """Return the values of `FIXED`; without an annotation, the codebook is the one to annotate with."""
    s, a = item.statement, annotation
    return {
        "statement_id": s.id, "article_id": s.article_id, "start": s.start, "end": s.end, "text": s.text,
        "before": item.before, "after": item.after,
        "speaker": s.speaker or "", "organisation": s.organisation or "", "mode": s.mode or "",
        "holder": a.holder if a else s.holder or "", "annotator": a.annotator if a else "",
        "codebook_version": a.codebook_version if a else codebook.version,
        "codebook_digest": a.codebook_digest if a else codebook.meaning,
        "note": a.note if a else "", "text_digest": text_digest(s.id, s.text),
        "joined": json.dumps(s.joined, ensure_ascii=False) if s.joined else "",
    }  # fmt: skip


def text_digest(statement_id: str, text: str) -> str:
    """Return a digest that tells a changed text or id. The letter keeps spreadsheets from reading a number."""
    return "t" + sha256(f"{statement_id}\n{text}".encode())[:15]


def also_name(codebook: Codebook) -> str | None:
    """What the further labels of the task that allows them are called in a tool, such as `issue_also`."""
    return None if codebook.also_task is None else f"{codebook.also_task}_also"


def label_names(codebook: Codebook) -> list[str]:
    """Return the names of tasks and of further labels in a tool. Raises `InputError` where two share one."""
    names = [*codebook.tasks, *filter(None, [also_name(codebook)])]
    if twice := [name for name in names if name in FIXED or names.count(name) > 1]:
        raise InputError(f"codebook '{codebook.name}'", f"'{twice[0]}' has another meaning in what is exchanged; rename the task")
    return names
