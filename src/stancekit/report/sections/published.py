"""Our figures beside those that others have published on the same data."""

from collections.abc import Mapping
from typing import Any

from stancekit.report import view
from stancekit.report.blocks import Block, Cell, Subheading, Table, Text
from stancekit.report.sections.tables import basis, official_name
from stancekit.report.view import Metrics, Score
from stancekit.report.wording import DASH, listed, number

UNDEFINED = Cell(DASH, "undefined")


def published_blocks(metrics: Metrics) -> list[Block]:
    """Tabulate each task and test set, the highest figure first; nothing where the config names none published."""
    blocks: list[Block] = []
    for task in metrics["tasks"] if metrics.get("published") else ():
        for scheme in view.main_schemes(metrics):
            test = scheme.partition("_")[2]
            theirs = [p for p in metrics["published"] if p["split"] in ("", test) or not test]
            ours = [s for s in view.plain(metrics, task, scheme).values() if _metric(metrics, s) is not None]
            if theirs and ours:
                if len(metrics["tasks"]) > 1:
                    blocks.append(Subheading(task))
                blocks += [_table(metrics, task, scheme, ours, theirs), Text(_in_words(metrics, ours, theirs))]
    return blocks


def _metric(metrics: Metrics, score: Score) -> Mapping[str, Any] | None:
    """The data set's own metric; `None` where it is another task's."""
    found: Mapping[str, Any] | None = score["official"] if metrics.get("official") else score["macro_f1"]
    return found


def _table(metrics: Metrics, task: str, scheme: str, ours: list[Score], theirs: list[Mapping[str, Any]]) -> Table:
    lines: list[tuple[float, tuple[Cell | str, ...]]] = []
    for s in ours:
        value = _metric(metrics, s) or {}
        point = value["point"]
        span = f"{_points(value['low'])} to {_points(value['high'])}" if value["low"] is not None else value["note"] or "no interval"
        figure = UNDEFINED if point is None else Cell(_points(point), span)
        lines.append((-100 * point if point is not None else 1.0, (Cell(s["recipe"], "this run"), figure, "this run")))
    for p in theirs:
        lines.append((-p["figure"], (Cell(p["method"], "published"), str(p["figure"]), p["source"])))
    lines.sort(key=lambda line: line[0])
    caption = f"{task}, {scheme}: {official_name(metrics)} in points of 100"
    return Table(caption, basis(metrics, scheme), ("method", "figure", "source"), tuple(line for _, line in lines))


def _in_words(metrics: Metrics, ours: list[Score], theirs: list[Mapping[str, Any]]) -> str:
    """Where the default stands, then the highest of ours, which was picked by this very figure."""
    known = {s["recipe"]: value for s in ours if (value := _metric(metrics, s)) and value["point"] is not None}
    if not known:
        return "No figure of this run is defined."
    default = metrics.get("default")
    best = max(known, key=lambda recipe: (known[recipe]["point"], recipe == default))
    said = []
    if default in known:
        said.append(f"The default reaches {_points(known[default]['point'])} ({default}), {_beside(known[default], theirs)}")
    if best == default:
        said.append("It is the highest of this run too.")
    else:
        said.append(
            f"The highest of this run, {_points(known[best]['point'])} ({best}), was chosen on the test, which flatters it; it is "
            f"{_beside(known[best], theirs)}"
        )
    return " ".join(said)


def _beside(value: Mapping[str, Any], theirs: list[Mapping[str, Any]]) -> str:
    """How many published figures it is above, and which of them its interval cannot tell from it."""
    text = f"above {sum(p['figure'] < 100 * value['point'] for p in theirs)} of {len(theirs)} published figures."
    if value["low"] is None:
        return text
    inside = [p["method"] for p in theirs if 100 * value["low"] <= p["figure"] <= 100 * value["high"]]
    return f"{text} Within its interval: {listed(inside)}." if inside else f"{text} None lies within its interval."


def _points(share: float) -> str:
    return number(100 * share, 1)
