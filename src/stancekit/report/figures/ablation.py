"""The ablation: what a model reaches with the words alone, with who speaks alone, and with both."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from stancekit.report import view as rows
from stancekit.report.figures.style import BLUE, FAINT, GREY, LINE, VERMILLION, Picture, canvas, heading, legend, styled, unit_axis
from stancekit.report.view import AblationRow, Metrics
from stancekit.report.wording import DASH, number

STEP = 0.28
GAP = 0.08
HOLDERS = {"annotated": "annotated holder", "found": "found holder"}
_WHO: dict[str, Any] = {"marker": "s", "color": GREY, "markerfacecolor": "white", "markeredgewidth": 2, "markersize": 8}
_WORDS: dict[str, Any] = {"marker": "^", "color": VERMILLION, "markerfacecolor": "white", "markeredgewidth": 2, "markersize": 9}
_BOTH: dict[str, Any] = {"marker": "o", "color": BLUE, "markersize": 8}


def draw_ablation(result: Sequence[AblationRow], axes: Axes) -> None:
    """A line for each recipe and holder shown, from the least it reaches to the most: a square for who speaks, a triangle for the
    words, a filled circle for both."""
    y = 0.0
    for row in result:
        name = f"{row.recipe}, {HOLDERS[row.shown]}" if row.shown in HOLDERS else row.recipe
        heading(axes, y + LINE / 2, name, number(row.both, 2))
        middle = y + LINE + STEP / 2
        known = [(row.words, _WORDS), (row.both, _BOTH)] if row.who is None else [(row.who, _WHO), (row.words, _WORDS), (row.both, _BOTH)]
        axes.plot([min(v for v, _ in known), max(v for v, _ in known)], [middle, middle], color=FAINT, linewidth=2.2, zorder=2)
        for depth, (value, look) in enumerate(known):
            axes.plot([value], [middle], linestyle="", zorder=3 + depth, clip_on=False, **look)
        y += LINE + STEP + GAP


def ablation_pictures(metrics: Metrics) -> list[Picture]:
    """A picture for each task and scheme that has recipes which differ by who speaks alone."""
    found = []
    for task in metrics["tasks"]:
        for scheme in rows.main_schemes(metrics):
            if result := rows.ablation(metrics, task, scheme):
                title = f"{task}: words, who speaks, and both ({scheme})"
                keys = _handles(result)
                with styled():
                    figure, axes = canvas(title, len(result) * (LINE + STEP + GAP) + 0.05, keys=len(keys), foot=0.98)
                    unit_axis(axes, f"macro-F1 over all classes\n{rows.counted(metrics, scheme)}")
                    axes.tick_params(axis="x", color=FAINT)
                    draw_ablation(result, axes)
                    legend(axes, keys, 1)
                name = f"ablation_{task}{rows.suffix(metrics, scheme)}"
                found.append(Picture(name, title, _alt(title, result), figure, task, scheme=scheme))
    return found


def _handles(result: Sequence[AblationRow]) -> list[Line2D]:
    who = any(row.who is not None for row in result)
    looks = [("who speaks alone (actor)", _WHO)] if who else []
    looks += [("the words alone", _WORDS), ("both", _BOTH)]
    return [Line2D([], [], linestyle="", label=label, **look) for label, look in looks]


def _alt(title: str, result: Sequence[AblationRow]) -> str:
    parts = []
    for row in result:
        who = DASH if row.who is None else number(row.who, 2)
        name = f"{row.recipe}, {HOLDERS.get(row.shown, row.shown)}"
        parts.append(f"{name}: who speaks {who}, words {number(row.words, 2)}, both {number(row.both, 2)}")
    return f"{title}. Macro-F1: " + "; ".join(parts) + "."
