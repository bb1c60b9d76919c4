"""Which baseline each model beats, in numbers and in words."""

from collections.abc import Mapping
from typing import Any

from stancekit.plots import rows
from stancekit.plots.rows import Metrics
from stancekit.plots.wording import DASH, listed, number, plural
from stancekit.report.blocks import Cell, Table
from stancekit.report.tables import basis, interval

ABOVE, BELOW, APART, UNKNOWN = "above", "below", "cannot be told apart", "cannot be tested"
Difference = Mapping[str, Any]


def verdict(difference: Difference) -> str:
    """What Holm's adjusted p-value supports at the interval's level."""
    value = difference["difference"]
    if difference["p_holm"] is None or value["low"] is None:
        return UNKNOWN
    if difference["p_holm"] >= 1 - value["level"]:
        return APART
    return ABOVE if value["point"] > 0 else BELOW


def differences(metrics: Metrics, task: str, shown: str) -> list[Difference]:
    return [d for d in metrics["differences"] if d["task"] == task and d["holder"] == shown]


def differences_table(metrics: Metrics, task: str, shown: str) -> Table:
    """Model minus baseline; those that read a holder are shown the annotated one, or the one found."""
    lines = tuple(
        (d["model"], d["baseline"], interval(d["difference"]), _p(d["p"]), _p(d["p_holm"]), verdict(d))
        for d in differences(metrics, task, shown)
    )
    columns = ("model", "baseline", "difference in macro-F1", "p", "p, Holm", "verdict")
    return Table(f"{task}: model minus baseline, purged, {shown} holder", basis(metrics), columns, lines)


def _p(value: float | None) -> Cell | str:
    if value is None:
        return Cell(DASH, "no interval")
    return "< 0.001" if value < 0.001 else number(value)


def in_words(metrics: Metrics, task: str, shown: str = "annotated") -> list[str]:
    """A sentence for each baseline."""
    articles = plural(len(metrics["articles"]), "article")
    found = []
    for baseline in metrics["baselines"]:
        groups: dict[str, list[str]] = {ABOVE: [], BELOW: [], APART: [], UNKNOWN: []}
        for d in differences(metrics, task, shown):
            if d["baseline"] == baseline:
                groups[verdict(d)].append(d["model"])
        parts = [f"{listed(groups[ABOVE])} beat{'s' if len(groups[ABOVE]) == 1 else ''} it" if groups[ABOVE] else "no model beats it"]
        if groups[BELOW]:
            parts.append(f"{listed(groups[BELOW])} {'is' if len(groups[BELOW]) == 1 else 'are'} below it")
        if groups[APART]:
            parts.append(f"{articles} cannot tell {listed(groups[APART])} from it")
        if groups[UNKNOWN]:
            parts.append(f"{listed(groups[UNKNOWN])} cannot be tested, for want of an interval")
        if any(groups.values()):
            found.append(f"Against {baseline}: {'; '.join(parts)}.")
    return found


def in_short(metrics: Metrics, task: str) -> str:
    """The highest figure of a model and those of the baselines, with the verdicts."""
    scheme = rows.main_scheme(metrics)
    found = rows.plain(metrics, task, scheme)
    known = {r: s["macro_f1"] for r, s in found.items() if s["macro_f1"]["point"] is not None}
    models = [r for r in known if r not in metrics["baselines"]]
    if not models:
        return "no model has a defined macro-F1."
    best = max(models, key=lambda r: known[r]["point"])
    baselines = listed([f"{number(known[r]['point'])} ({r})" for r in known if r in metrics["baselines"]])
    range_ = f", {number(known[best]['low'])} to {number(known[best]['high'])}" if known[best]["low"] is not None else ", no interval"
    text = f"the highest {scheme} macro-F1 of a model is {number(known[best]['point'])} ({best}{range_}); baselines: {baselines}."
    return " ".join([text, *in_words(metrics, task)])
