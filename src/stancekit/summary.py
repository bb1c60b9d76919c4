"""The table that a run ends with."""

from collections.abc import Mapping
from typing import Any


def summary(metrics: Mapping[str, Any]) -> str:
    """Macro-F1 over all classes with its interval, a row a recipe, a column a task; purged where there is that scheme."""
    scheme = "purged" if "purged" in metrics["schemes"] else next(iter(metrics["schemes"]))
    tasks = list(metrics["tasks"])
    rows: dict[tuple[str, str], dict[str, str]] = {}
    seeds: dict[str, int] = {}
    for s in metrics["scores"]:
        if s["scheme"] == scheme:
            name = s["recipe"] if s["holder"] == "none" else f"{s['recipe']} ({s['holder']} holder)"
            rows.setdefault((s["recipe"], name), {})[s["task"]] = _cell(s["macro_f1"])
            seeds[name] = len(s["seeds"])
    width = max(len(name) for _, name in rows) + 2
    lines = [
        f"Macro-F1 over all classes, n = {metrics['n']} statements of {len(metrics['articles'])} articles; {metrics['schemes'][scheme]}.",
        "In brackets: 95 % jackknife interval over articles, t with one degree of freedom fewer than articles.",
        "",
        " " * width + "".join(f"{task:<20}" for task in tasks) + "seeds",
    ]
    lines += [
        f"{name:<{width}}" + "".join(f"{cells.get(task, '–'):<20}" for task in tasks) + str(seeds[name])
        for (_, name), cells in rows.items()
    ]
    return "\n".join(lines)


def _cell(interval: Mapping[str, Any]) -> str:
    if interval["point"] is None:
        return "–"
    if interval["low"] is None:
        return f"{_short(interval['point'])} [no interval]"
    return f"{_short(interval['point'])} [{_short(interval['low'])}, {_short(interval['high'])}]"


def _short(value: float) -> str:
    return f"{value:.2f}".replace("0.", ".", 1)
