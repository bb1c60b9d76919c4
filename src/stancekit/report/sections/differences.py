"""Significance of differences, in numbers and in words: from each baseline, and of the default from the best of the others."""

from collections.abc import Mapping
from typing import Any

from stancekit.report import view
from stancekit.report.blocks import Cell, Table
from stancekit.report.sections.tables import basis, interval, official_name
from stancekit.report.view import Metrics
from stancekit.report.wording import DASH, listed, number

ABOVE, BELOW, APART, UNKNOWN = "above", "below", "cannot be told apart", "cannot be tested"
Difference = Mapping[str, Any]


def verdict(difference: Difference) -> str:
    """Return what Holm's adjusted p-value supports at the interval's level."""
    value = difference["difference"]
    if difference["p_holm"] is None or value["low"] is None:
        return UNKNOWN
    if difference["p_holm"] >= 1 - value["level"]:
        return APART
    return ABOVE if value["point"] > 0 else BELOW


def differences(metrics: Metrics, task: str, shown: str, scheme: str, key: str = "differences") -> list[Difference]:
    return [d for d in metrics.get(key, ()) if d["task"] == task and d["holder"] == shown and d["scheme"] == scheme]


def differences_table(metrics: Metrics, task: str, shown: str, scheme: str, key: str = "differences") -> Table:
    """Tabulate model minus baseline; those that read a holder are shown the annotated one, or the one found."""
    lines = tuple(
        (d["model"], d["baseline"], interval(d["difference"]), _p(d["p"]), _p(d["p_holm"]), verdict(d))
        for d in differences(metrics, task, shown, scheme, key)
    )
    other = "baseline" if key == "differences" else "other model"
    columns = ("model", other, "difference in macro-F1", "p", "p, Holm", "verdict")
    holder = f", {shown} holder" if metrics.get("holders_found") else ""
    return Table(f"{task}: model minus {other}, {scheme}{holder}", basis(metrics, scheme), columns, lines)


def _p(value: float | None) -> Cell | str:
    if value is None:
        return Cell(DASH, "no interval")
    return "< 0.001" if value < 0.001 else number(value)


def in_words(metrics: Metrics, task: str, scheme: str, shown: str = "annotated") -> list[str]:
    """Write a sentence for each baseline."""
    found = []
    for baseline in metrics["baselines"]:
        groups: dict[str, list[str]] = {ABOVE: [], BELOW: [], APART: [], UNKNOWN: []}
        for d in differences(metrics, task, shown, scheme):
            if d["baseline"] == baseline:
                groups[verdict(d)].append(d["model"])
        parts = [f"{listed(groups[ABOVE])} beat{'s' if len(groups[ABOVE]) == 1 else ''} it" if groups[ABOVE] else "no model beats it"]
        if groups[BELOW]:
            parts.append(f"{listed(groups[BELOW])} {'is' if len(groups[BELOW]) == 1 else 'are'} below it")
        if groups[APART]:
            parts.append(f"{view.witnesses(metrics, scheme)} cannot tell {listed(groups[APART])} from it")
        if groups[UNKNOWN]:
            parts.append(f"{listed(groups[UNKNOWN])} cannot be tested, for want of an interval")
        if any(groups.values()):
            found.append(f"Against {baseline}: {'; '.join(parts)}.")
    return found


def default_in_words(metrics: Metrics, task: str, scheme: str, shown: str = "annotated") -> str:
    """Say whether the default differs significantly from the best of the others; empty where nothing is known."""
    default = metrics.get("default")
    points = {r: s["macro_f1"]["point"] for r, s in view.plain(metrics, task, scheme).items() if s["macro_f1"]["point"] is not None}
    found = {d["baseline"]: d for d in differences(metrics, task, shown, scheme, "default_differences") if d["baseline"] in points}
    if default not in points or not found:
        return ""
    other = max(found, key=lambda name: points[name])
    told, value = verdict(found[other]), found[other]["difference"]
    text = f"The default is {default} ({number(points[default])}); the highest of the others is {other} ({number(points[other])})"
    said = {
        ABOVE: f"{default} is above it",
        BELOW: f"{default} is below it",
        APART: f"{view.witnesses(metrics, scheme)} cannot tell {default} from {other}",
        UNKNOWN: "whether they differ cannot be tested, for want of an interval",
    }[told]
    return f"{text}: {said} (difference {number(value['point'])}{_range(value)})."


def in_short(metrics: Metrics, task: str, scheme: str) -> str:
    """Write the highest figure of a model and those of the baselines, with the verdicts; of the data set's own metric first."""
    found = view.plain(metrics, task, scheme)
    known = {r: s["macro_f1"] for r, s in found.items() if s["macro_f1"]["point"] is not None}
    models = [r for r in known if r not in metrics["baselines"]]
    if not models:
        return "no model has a defined macro-F1."
    best = max(models, key=lambda r: known[r]["point"])
    baselines = listed([f"{number(known[r]['point'])} ({r})" for r in known if r in metrics["baselines"]])
    highest = f"{number(known[best]['point'])} ({best}{_range(known[best])})"
    text = f"{scheme}: the highest macro-F1 of a model is {highest}; baselines: {baselines}."
    said = (_official_in_short(metrics, task, scheme), text, *in_words(metrics, task, scheme), default_in_words(metrics, task, scheme))
    return " ".join(part for part in said if part)


def _official_in_short(metrics: Metrics, task: str, scheme: str) -> str:
    """The figures of the data set's own metric: of the default, of the highest model and of the baselines; empty where it has none."""
    found = {r: s["official"] for r, s in view.plain(metrics, task, scheme).items() if s.get("official")}
    known = {r: value for r, value in found.items() if value["point"] is not None}
    models = [r for r in known if r not in metrics["baselines"]]
    if not models:
        return ""
    default = metrics.get("default")
    best = max(models, key=lambda r: (known[r]["point"], r == default))
    named = {recipe: what for recipe, what in ((default, "the default's"), (best, "the highest of a model")) if recipe in known}
    if best == default:
        named = {best: "the default's, the highest of a model,"}
    figures = [f"{what} is {number(known[r]['point'])} ({r}{_range(known[r])})" for r, what in named.items()]
    baselines = listed([f"{number(known[r]['point'])} ({r})" for r in known if r in metrics["baselines"]])
    return (
        f"by the data set's own metric, {official_name(metrics)}, {' and '.join(figures)}; baselines: {baselines}. "
        "Verdicts of difference are on macro-F1, not on it."
    )


def _range(value: Mapping[str, Any]) -> str:
    return f", {number(value['low'])} to {number(value['high'])}" if value["low"] is not None else ", no interval"
