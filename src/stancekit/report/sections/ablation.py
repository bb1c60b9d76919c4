"""Text against speaker: the ablation in numbers and in words."""

from collections.abc import Mapping
from typing import Any

from stancekit.report import view
from stancekit.report.blocks import Cell, Table
from stancekit.report.sections.tables import basis, interval, named
from stancekit.report.view import AblationRow, Metrics
from stancekit.report.wording import DASH, number

NO_ACTOR = Cell(DASH, "no such baseline ran")


def ablation_table(metrics: Metrics, task: str, scheme: str) -> Table:
    """Tabulate each recipe that reads the speaker, by holder shown: its figure, those of either alone, and the differences."""
    of = {(s["recipe"], s["holder"]): interval(s["macro_f1"]) for s in view.scores(metrics, task=task, scheme=scheme)}
    lines = []
    for row in view.ablation(metrics, task, scheme):
        record = row.record
        words = of[record["text"], "none"] if (record["text"], "none") in of else of[record["text"], row.shown]
        both = of.get((row.recipe, row.shown)) or of[row.recipe, "none"]  # one that reads the speaker is shown no holder
        who = of.get((record["actor"], row.shown), NO_ACTOR)
        minus_who = interval(record["over_actor"]["difference"]) if record["over_actor"] else NO_ACTOR
        lines.append((named(row.recipe, row.shown), both, words, who, interval(record["over_text"]["difference"]), minus_who))
    columns = ("model told who speaks", "both", "the words alone", "who speaks alone", "both minus words", "both minus who")
    return Table(f"{task}, {scheme}: macro-F1 of the words, of who speaks, and of both", basis(metrics, scheme), columns, tuple(lines))


def reads_table(metrics: Metrics) -> Table:
    """Tabulate the fields that each recipe reads."""
    lines = tuple(
        (recipe, ", ".join(fields).replace("_", " ") or Cell(DASH, "reads nothing")) for recipe, fields in metrics["reads"].items()
    )
    return Table("What each recipe reads", basis(metrics), ("model", "reads"), lines)


def ablation_in_words(metrics: Metrics, task: str, scheme: str) -> list[str]:
    """Say of each recipe that reads the speaker what it adds, by the annotated holder and by the one found."""
    by: dict[str, list[AblationRow]] = {}
    for row in view.ablation(metrics, task, scheme):
        by.setdefault(row.recipe, []).append(row)
    return [" ".join(_sentence(metrics, scheme, row) for row in several) for several in by.values()]


def _sentence(metrics: Metrics, scheme: str, row: AblationRow) -> str:
    record = row.record
    told = "annotated" if metrics.get("holders_found") else "named"
    holder = {
        "named": "With the holder that the data name",
        "annotated": "With the annotated holder",
        "found": "With the holder that segmentation found",
    }[row.shown if row.shown == "found" else told]
    both, words = number(row.both, 2), f"{number(row.words, 2)} by the words alone ({record['text']})"
    if row.who is None:
        parts = [f"of the {both} that {row.recipe} reaches, {words.replace(' by', ' is reached by', 1)}"]
    elif number(row.who, 2) < both:
        parts = [f"of the {both} that {row.recipe} reaches, {number(row.who, 2)} is reached by knowing only who speaks, and {words}"]
    else:
        parts = [f"{row.recipe} reaches {both}; {number(row.who, 2)} is reached by knowing only who speaks, and {words}"]
    alike = [
        name
        for name, key in ((f"the words alone ({record['text']})", "over_text"), (f"who speaks alone ({record['actor']})", "over_actor"))
        if record[key] is not None and _includes_0(record[key]["difference"])
    ]
    if alike:
        parts.append(f"{view.witnesses(metrics, scheme)} cannot tell {row.recipe} from {' or from '.join(alike)}")
    return f"{holder}, {'; '.join(parts)}."


def _includes_0(difference: Mapping[str, Any]) -> bool:
    """Also where there is no interval: then nothing tells them apart."""
    return difference["low"] is None or difference["low"] <= 0 <= difference["high"]
