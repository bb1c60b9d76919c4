"""The statements that models get wrong, with their context."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from stancekit.report import view
from stancekit.report.blocks import Block, Cell, Folded, Table, Text
from stancekit.report.load import Run
from stancekit.report.wording import plural

SHOWN = 40  # statements of a task
COLUMNS = ("statement", "context", "annotated", "predicted")


def mistakes(run: Run, task: str, scheme: str) -> Folded:
    """Tabulate the statements of a task that a model, baselines aside, gets wrong; most often mistaken first."""
    metrics = run.metrics
    said = _said(run, task, scheme)
    models = [recipe for recipe in said if recipe not in metrics["baselines"]]
    scored = [s for s in metrics["statements"] if any(s["id"] in labels for labels in said.values())]
    wrong = {s["id"]: sum(said[r].get(s["id"]) != s["labels"][task] for r in models) for s in scored}
    found = sorted((s for s in scored if wrong[s["id"]]), key=lambda s: -wrong[s["id"]])
    lines = tuple(
        (
            Cell(s["text"], _about(s)),
            s["context"] or Cell("–", "none: nothing stands before it"),
            s["labels"][task],
            Cell(_by_label(said, s["id"]), f"{wrong[s['id']]} of {plural(len(models), 'model')} wrong"),
        )
        for s in found[:SHOWN]
    )
    caption = f"{task}: statements that a model gets wrong, {scheme}, first seed"
    size = view.scores(metrics, task=task, scheme=scheme)[0]["n"]
    if not view.whole(metrics):
        n = f"n = {size} statements; {len(lines)} shown, of those that most models get wrong"
        return Folded(f"{task}, {scheme}: {len(lines)} of {size} statements", (Table(caption, n, COLUMNS, lines, stacked=True),))
    n = f"n = {size} statements, {len(found)} with a mistake, {len(lines)} shown"
    blocks: list[Block] = [Table(caption, n, COLUMNS, lines, stacked=True)]
    if len(found) > SHOWN:
        blocks.append(
            Text(f"{plural(len(found) - SHOWN, 'further statement')} with fewer mistakes not shown; all predictions are in predictions/.")
        )
    return Folded(f"{task}: {len(found)} of {size} statements", tuple(blocks))


def _about(statement: Mapping[str, Any]) -> str:
    """The id, and who or what it is held by and aimed at where that is known of the statement itself."""
    held = f"held by {statement['holder']}" if statement["holder"] is not None else ""
    aimed = f"target: {statement['target']}" if statement.get("target") else ""
    return ", ".join(part for part in (statement["id"], held, aimed) if part)


def _said(run: Run, task: str, scheme: str) -> dict[str, Mapping[str, str]]:
    """Recipe → statement → label, with the annotated holder where one is read."""
    found = view.plain(run.metrics, task, scheme)
    tables = {recipe: run.predictions(found[recipe]) for recipe in view.in_order(run.metrics) if recipe in found}
    return {recipe: dict(zip(p.ids, p.predicted, strict=True)) for recipe, p in tables.items()}


def _by_label(said: Mapping[str, Mapping[str, str]], identity: str) -> str:
    """`neutral: tfidf, embedding; oppose: actor`."""
    by: dict[str, list[str]] = defaultdict(list)
    for recipe, labels in said.items():
        if identity in labels:
            by[labels[identity]].append(recipe)
    return "; ".join(f"{label}: {', '.join(names)}" for label, names in by.items())
