"""How far annotators agree with each other: what the scores of models stand beside."""

from collections.abc import Mapping
from typing import Any

from stancekit.report.blocks import Block, Cell, Folded, Table, Text
from stancekit.report.sections.tables import interval
from stancekit.report.view import Metrics
from stancekit.report.wording import listed, number, percent, plural

FIGURES = {
    "raw": "raw agreement",
    "cohen": "Cohen's κ",
    "fleiss": "Fleiss' κ",
    "alpha": "Krippendorff's α",
    "alpha_masi": "α of sets (MASI)",
    "ac1": "Gwet's AC1",
}
"""Figure → how it is called, in the order shown."""
NONE = Cell("–", "not defined for this task")
TEXT = (
    "Each annotator's own labels, before they were settled. Read the scores of models beside these figures: where annotators part, so may "
    "a model. It is a yardstick and no ceiling, since labels that several have settled are steadier than any one annotator. What kind of "
    "annotators they were, and what their agreement is worth, is told in the data card of the annotations."
)

Task = Mapping[str, Any]


def agreement_blocks(metrics: Metrics) -> list[Block]:
    """Tabulate the figures of each task with their intervals, then label by label; nothing where a run has no passes."""
    found = metrics.get("agreement")
    if not found:
        return []
    names = listed([f"{name} ({n})" for name, n in found["annotators"].items()])
    basis = f"n = {plural(found['n'], 'statement')}, {plural(found['articles'], 'article')}; annotators: {names}"
    shown = [name for name in FIGURES if any(name in task["figures"] for task in found["tasks"])]
    lines = tuple((task["task"], *(_figure(task, name) for name in shown), str(task["n_pairable"])) for task in found["tasks"])
    columns = ("task", *(FIGURES[name] for name in shown), "n by two or more")
    caption = f"Agreement between annotators: points with {percent(round(100 * found['level']), 100)} intervals ({found['interval']})"
    folded = [Folded(f"{task['task']}: agreement label by label", (_labels(task, basis),)) for task in found["tasks"]]
    return [Text(TEXT), Table(caption, basis, columns, lines), *folded]


def agreement_in_words(metrics: Metrics, task: str) -> str:
    """Write one sentence on a task, to stand beside the scores of models; empty where nothing is known."""
    for known in (metrics.get("agreement") or {"tasks": []})["tasks"]:
        if known["task"] == task and (alpha := known["figures"].get("alpha")) and alpha["point"] is not None:
            raw = known["figures"]["raw"]
            span = f" ({number(alpha['low'])} to {number(alpha['high'])})" if alpha["low"] is not None else ", without an interval"
            return (
                f"{plural(len(known['annotators']), 'annotator')} agree on {task} in {number(raw['point'])} of their pairs of labels; "
                f"Krippendorff's α {number(alpha['point'])}{span}."
            )
    return ""


def _figure(task: Task, name: str) -> Cell:
    return interval(task["figures"][name]) if name in task["figures"] else NONE


def _labels(task: Task, basis: str) -> Table:
    kappa = "cohen" in task["by_label"][0] if task["by_label"] else False
    lines = tuple(
        (row["label"], str(row["given"]), str(row["articles"]), interval(row["alpha"]), *([interval(row["cohen"])] if kappa else []))
        for row in task["by_label"]
    )
    columns = ("label", "times given", "articles", "α against the rest", *(["κ against the rest"] if kappa else []))
    return Table(f"{task['task']}: each label against the rest", basis, columns, lines)
