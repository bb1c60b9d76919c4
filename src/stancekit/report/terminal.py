"""The table that a run ends with."""

from collections.abc import Mapping
from typing import Any

from stancekit.predictions import is_official


def summary(metrics: Mapping[str, Any]) -> str:
    """Tabulate macro-F1 over all classes with its interval, a row a recipe, a column a task; purged where there is that scheme.

    Official test sets have a table each, with the data set's own metric where the run has it, in a column of its own. Below stands what
    a reader of the figures should know of the data.
    """
    schemes = list(metrics["schemes"])
    shown = ["purged"] if "purged" in schemes else [s for s in schemes if is_official(s)] or schemes[:1]
    notes = [f"Note: {note}." for note in metrics.get("notes") or ()]
    return "\n\n".join([*(_table(metrics, scheme) for scheme in shown), *(["\n".join(notes)] if notes else [])])


def _table(metrics: Mapping[str, Any], scheme: str) -> str:
    rows: dict[tuple[str, str], dict[str, str]] = {}
    seeds: dict[str, int] = {}
    scores = [s for s in metrics["scores"] if s["scheme"] == scheme]
    for s in scores:
        name = s["recipe"] if s["holder"] == "none" else f"{s['recipe']} ({s['holder']} holder)"
        cells = rows.setdefault((s["recipe"], name), {})
        cells[s["task"]] = _cell(s["macro_f1"])
        if s.get("official"):
            cells[f"{s['task']}, official"] = _cell(s["official"])
        seeds[name] = len(s["seeds"])
    columns = [c for task in metrics["tasks"] for c in (task, f"{task}, official") if any(c in cells for cells in rows.values())]
    width = max(len(name) for _, name in rows) + 2
    unit = f"{metrics.get('unit', 'article')}s"
    alone = unit == "statements" or is_official(scheme)  # of these the report says what the intervals are over
    where = "" if alone else f" of {len(metrics['articles'])} {unit}"
    over = "95 % interval" if alone else f"95 % jackknife interval over {unit}, t with one degree of freedom fewer than {unit}"
    lines = [
        f"Macro-F1 over all classes, n = {max(s['n'] for s in scores)} statements{where}; {metrics['schemes'][scheme]}.",
        f"In brackets: {over}.",
        "",
        " " * width + "".join(f"{column:<20}" for column in columns) + "seeds",
    ]
    lines += [
        f"{name:<{width}}" + "".join(f"{cells.get(column, '–'):<20}" for column in columns) + str(seeds[name])
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
