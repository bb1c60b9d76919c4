"""Annotation page: one HTML file with the statements, the codebook and the scripts to label by keyboard."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from stancekit.annotations.adjudicate import Adjudication
from stancekit.annotations.items import Item
from stancekit.codebook import Codebook, Task
from stancekit.edits import slice_text
from stancekit.errors import InputError
from stancekit.pages.frame import web_page
from stancekit.records import Article

SCRIPTS = (
    "work.js", "rows.js", "tasks.js", "article.js", "statement.js", "overview.js", "files.js", "keys.js", "desk.js", "page.js",
)  # fmt: skip
"""Read in this order into one module."""


def annotation_page(
    items: Sequence[Item],
    codebook: Codebook,
    *,
    annotator: str = "",
    title: str = "",
    suggestions: bool = False,
    articles: Mapping[str, Article] | None = None,
    holders: Sequence[str] = (),
    assigned: Mapping[str, Sequence[int]] | None = None,
    adjudicated: Adjudication | None = None,
    blind: bool = False,
) -> str:
    """Write a self-contained page on which one person labels the items; the same arguments give the same bytes.

    Nothing on it can load or reach the network, and the work stays in the annotator's browser until it is downloaded.

    Parameters
    ----------
    items : what to label, in the order shown.
    annotator : stands in the field for the name, which is asked for first; empty for none.
    title : the page's; the codebook's name where it is empty.
    suggestions : show what a model says of each label, and why an item was queued; without it the page holds neither,
        so that who labels is blind to the model.
    articles : id → article, shown whole on a key; of others the page shows what it has of their statements.
    holders : names offered for the holder beside those of the items, such as a registry's.
    assigned : annotator → numbers of the items, from 0, that they label; nobody else can start then.
    adjudicated : the page is for settling what annotators differ on; `items` are its own. The file downloaded holds what they agree on too.
    blind : what each annotator gave is hidden at first.

    Raises
    ------
    InputError
        There is nothing to label, an item occurs twice, suggestions are asked for and no item has any, or a statement does not stand at its
        place in its article.
    """
    if not items:
        raise InputError("annotate", "there is no statement to label")
    ids = [item.statement.id for item in items]
    if len(set(ids)) < len(ids):
        raise InputError("annotate", f"statement '{next(i for i in ids if ids.count(i) > 1)}' occurs twice")
    if suggestions and not any(item.suggested for item in items):
        raise InputError("annotate", "suggestions are asked for, but no statement has any; give a queue or a model's labels")
    heading = title or codebook.name
    data: dict[str, Any] = {
        "title": heading,
        "annotator": annotator,
        "digest": _digest(items, assigned),
        "codebook": _codebook(codebook),
        "items": [_item(item, suggestions) for item in items],
        "articles": _articles(items, articles or {}),
        "holders": sorted({*holders, *(item.statement.holder for item in items if item.statement.holder), *_given_holders(adjudicated)}),
    }
    if assigned:
        data["assigned"] = {name: list(numbers) for name, numbers in assigned.items()}
    if adjudicated:
        data["adjudicated"] = {"blind": blind, "settled": list(adjudicated.settled.items())}
        for shown, identity in zip(data["items"], ids, strict=True):
            agreed, given = adjudicated.agreed[identity], adjudicated.given[identity]
            shown |= {"given": given, "place": adjudicated.places[identity], "agreed": {"also": [], **agreed}, "holder": agreed["holder"]}
    return web_page("stancekit.pages.annotate", title=heading, scripts=SCRIPTS, data=data)


def _given_holders(adjudicated: Adjudication | None) -> set[str]:
    return {given["holder"] for row in adjudicated.given.values() for given in row if given["holder"]} if adjudicated else set()


def _articles(items: Sequence[Item], articles: Mapping[str, Article]) -> dict[str, dict[str, str]]:
    """What is known of each article: title, date, outlet and text."""
    found: dict[str, dict[str, str]] = {}
    for item in items:
        s = item.statement
        article = articles.get(identity := s.article_id)
        if article and slice_text(article.text, s.start, s.end, s.joined) != s.text:
            raise InputError("articles", f"statement '{s.id}' does not stand at its place in its article: give those that it was found in")
        if identity not in found:
            own = {name: value for name in ("title", "date", "outlet", "text") if (value := getattr(article, name, None))}
            found[identity] = {**item.about, **own}
    return found


def _digest(items: Sequence[Item], assigned: Mapping[str, Sequence[int]] | None) -> str:
    """Digest of what is labelled, in order, 16 hexadecimal digits: work on other statements is other work."""
    content = json.dumps([*([item.statement.id, item.statement.text] for item in items), *([dict(assigned)] if assigned else [])])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _codebook(codebook: Codebook) -> dict[str, Any]:
    return {
        "name": codebook.name,
        "version": codebook.version,
        "accepts": codebook.accepts,
        "digest": codebook.meaning,
        "target": codebook.target,
        "unit": codebook.unit,
        "tasks": [_task(name, task) for name, task in codebook.tasks.items()],
    }


def _task(name: str, task: Task) -> dict[str, Any]:
    shown = {"definition", "examples", "counterexamples"}
    labels = [{"name": label, **entry.model_dump(include=shown)} for label, entry in task.labels.items()]
    return {"name": name, "question": task.question, "kind": task.kind, "also": task.also, "ties": task.ties, "labels": labels}


def _item(item: Item, suggestions: bool) -> dict[str, Any]:
    s = item.statement
    shown = {
        "id": s.id, "article": s.article_id, "start": s.start, "end": s.end, "text": s.text, "before": item.before, "after": item.after,
        "mode": s.mode, "speaker": s.speaker, "organisation": s.organisation, "holder": s.holder or "",
    }  # fmt: skip
    shown |= {"joined": s.joined} if s.joined else {}
    return shown | ({"suggested": item.suggested, "reason": item.reason} if suggestions else {})
