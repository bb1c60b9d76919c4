"""Agreement as text for the terminal: one block per task, each figure with its n and interval."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

FIGURES = {
    "raw": "raw agreement",
    "cohen": "Cohen's κ",
    "fleiss": "Fleiss' κ",
    "alpha": "Krippendorff's α",
    "alpha_ordinal": "  ordinal",
    "alpha_interval": "  interval",
    "alpha_masi": "  of sets (MASI)",
    "ac1": "Gwet's AC1",
}
"""Figure → how it is called, in the order shown."""
SHOWN = 8
"""At most this many annotators, labels and disagreements are listed."""
WIDTH = 20


def agreement_text(result: Record) -> str:
    """Format the result of `measure_agreement`."""
    names = [f"{name} ({n})" for name, n in result["annotators"].items()]
    lines = [
        f"Agreement of {len(names)} annotators on {result['n']} statements of {result['articles']} articles: {_listed(names, ', ')}",
        f"In brackets: {100 * result['level']:.0f} % interval, {result['interval']}.",
    ]
    for task in result["tasks"]:
        lines += ["", *_block(task)]
    return "\n".join(lines)


def _block(task: Record) -> Iterator[str]:
    yield f"{task['task']}: {task['n']} statements labelled, {task['n_pairable']} of them by two annotators or more"
    if not task["n_pairable"]:
        return
    shown = list(task["figures"].values())
    yield from (f"  {called:<{WIDTH}}{_cell(task['figures'][name])}" for name, called in FIGURES.items() if name in task["figures"])
    yield from _labels(task)
    for pair in task["by_pair"]:
        yield f"  {' – '.join(pair['annotators']):<{WIDTH}}n = {pair['n']}, raw {_short(pair['raw'])}, Cohen's κ {_short(pair['cohen'])}"
    shown += [row[name] for row in task["by_label"][:SHOWN] for name in ("alpha", "cohen") if name in row]
    yield from (f"  {note}" for note in dict.fromkeys(interval["note"] for interval in shown) if note)
    yield f"  disagreements, in pairs of annotators: {_disagreements(task)}"


def _labels(task: Record) -> Iterator[str]:
    rows = task["by_label"][:SHOWN]
    width = max(WIDTH, 2 + max(len(row["label"]) for row in rows))
    yield f"  {'label':<{width}}given  articles  {'α':<{WIDTH}}{'κ' if 'cohen' in rows[0] else ''}".rstrip()
    for row in rows:
        further = _cell(row["cohen"]) if "cohen" in row else ""
        yield f"  {row['label']:<{width}}{row['given']:>5}  {row['articles']:>8}  {_cell(row['alpha']):<{WIDTH}}{further}".rstrip()
    if len(task["by_label"]) > SHOWN:
        yield f"  and {len(task['by_label']) - SHOWN} more"


def _disagreements(task: Record) -> str:
    """The pairs of labels by count; with two annotators the first one's label stands first."""
    pairs = sorted((p for p in task["pairs"] if p["first"] != p["second"]), key=lambda p: -p["n"])
    return _listed([f"{p['first']} / {p['second']} {p['n']}" for p in pairs], ", ") if pairs else "none"


def _listed(names: Sequence[str], between: str) -> str:
    return between.join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


def _cell(interval: Record) -> str:
    if interval["point"] is None:
        return "–"
    if interval["low"] is None:
        return f"{_short(interval['point'])} [no interval]"
    return f"{_short(interval['point'])} [{_short(interval['low'])}, {_short(interval['high'])}]"


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("0.", ".", 1)
