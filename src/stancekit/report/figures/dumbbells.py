"""Dumbbell figures, a recipe a row: text against speaker (ablation), and the effect of duplicates in training (leak)."""

from collections.abc import Sequence
from itertools import accumulate, repeat
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from stancekit.report import view
from stancekit.report.figures.style import BLUE, FAINT, GREY, LINE, VERMILLION, Picture, canvas, heading, legend, styled, unit_axis
from stancekit.report.view import Metrics
from stancekit.report.wording import DASH, number

STEP = 0.28  # inches of the marks, below the name
ROW = LINE + STEP + 0.08
HOLDERS = {"annotated": "annotated holder", "found": "found holder"}
Marks = Sequence[tuple[str, float]]
"""What stands on a line, in the order drawn: the key of its look, the value."""
Look = dict[str, Any]

_OPEN: Look = {"markerfacecolor": "white", "markeredgewidth": 2}
_WHO, _WORDS, _BOTH = "who speaks alone (actor)", "the words alone", "both"
_ABLATION: dict[str, Look] = {
    _WHO: {"marker": "s", "color": GREY, **_OPEN, "markersize": 8, "linestyle": ""},
    _WORDS: {"marker": "^", "color": VERMILLION, **_OPEN, "markersize": 9, "linestyle": ""},
    _BOTH: {"marker": "o", "color": BLUE, "markersize": 8, "linestyle": ""},
}
_PURGED, _UNPURGED = "purged: repeats taken out", "unpurged: repeats left in"
_LEAK: dict[str, Look] = {
    _PURGED: {"marker": "o", "color": BLUE, "markersize": 7, "linewidth": 0},
    _UNPURGED: {"marker": "D", "color": VERMILLION, **_OPEN, "markersize": 9, "linewidth": 0},
}


def draw_dumbbell(axes: Axes, y: float, ends: tuple[float, float], marks: Marks, looks: dict[str, Look], bar: str, **how: Any) -> None:
    """Draw the marks of a recipe on a bar between its ends. y : inches from the top of the recipe's row; `how` : of the marks."""
    middle = y + LINE + STEP / 2
    axes.plot(ends, [middle, middle], color=bar, linewidth=2.2, zorder=2)
    for depth, (key, value) in enumerate(marks):
        axes.plot([value], [middle], zorder=3 + depth, **{"linestyle": "", **looks[key], **how})


def ablation_pictures(metrics: Metrics) -> list[Picture]:
    """Draw, for each task and scheme compared, the recipes that differ by who speaks alone: what each reaches, by what it reads."""
    found = []
    for task, scheme in view.pairs(metrics):
        if not (result := view.ablation(metrics, task, scheme)):
            continue
        title = f"{task}: words, who speaks, and both ({scheme})"
        looks = {key: look for key, look in _ABLATION.items() if key != _WHO or any(row.who is not None for row in result)}
        with styled():
            figure, axes = canvas(title, len(result) * ROW + 0.05, keys=len(looks), foot=0.98)
            unit_axis(axes, f"macro-F1 over all classes\n{view.counted(metrics, scheme)}")
            axes.tick_params(axis="x", color=FAINT)
            for y, row in zip(accumulate(repeat(ROW), initial=0.0), result, strict=False):
                name = f"{row.recipe}, {HOLDERS[row.shown]}" if row.shown in HOLDERS else row.recipe
                heading(axes, y + LINE / 2, name, number(row.both, 2))
                marks = [(key, v) for key, v in ((_WHO, row.who), (_WORDS, row.words), (_BOTH, row.both)) if v is not None]
                values = [v for _, v in marks]
                draw_dumbbell(axes, y, (min(values), max(values)), marks, _ABLATION, FAINT, clip_on=False)
            legend(axes, _handles(looks), 1)
        said = [
            f"{row.recipe}, {HOLDERS.get(row.shown, row.shown)}: who speaks {DASH if row.who is None else number(row.who, 2)}, "
            f"words {number(row.words, 2)}, both {number(row.both, 2)}"
            for row in result
        ]
        name = f"ablation_{task}{view.suffix(metrics, scheme)}"
        found.append(Picture(name, title, f"{title}. Macro-F1: {'; '.join(said)}.", figure, task, scheme=scheme))
    return found


def leak_pictures(metrics: Metrics) -> list[Picture]:
    """Draw a picture for each task that ran with and without the purge: a filled circle with it, an open diamond without."""
    found = []
    for task in metrics["tasks"]:
        if not (result := view.leak(metrics, task)):
            continue
        title = f"{task}: the leak"
        with styled():
            figure, axes = canvas(title, len(result) * ROW + 0.05, keys=len(_LEAK), foot=0.98)
            unit_axis(axes, f"macro-F1 over all classes\n{view.counted(metrics, view.clean_scheme(metrics))}")
            for y, (recipe, purged, unpurged) in zip(accumulate(repeat(ROW), initial=0.0), result, strict=False):
                name = f"{recipe} (baseline)" if recipe in metrics["baselines"] else recipe
                heading(axes, y + LINE / 2, name, f"{number(purged, 2)} → {number(unpurged, 2)}")
                draw_dumbbell(axes, y, (purged, unpurged), ((_UNPURGED, unpurged), (_PURGED, purged)), _LEAK, GREY)
            legend(axes, _handles(_LEAK), 1)
        said = [f"{recipe} {number(purged, 2)} purged, {number(unpurged, 2)} unpurged" for recipe, purged, unpurged in result]
        found.append(Picture(f"leak_{task}", title, f"{title}. Macro-F1: {'; '.join(said)}.", figure, task))
    return found


def _handles(looks: dict[str, Look]) -> list[Line2D]:
    return [Line2D([], [], label=label, **look) for label, look in looks.items()]
