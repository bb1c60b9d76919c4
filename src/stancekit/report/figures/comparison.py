"""Models compared: macro-F1 with its interval, baselines apart."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from stancekit.report import view
from stancekit.report.figures.style import BLUE, FAINT, GREY, INK, LINE, VERMILLION, Picture, canvas, heading, legend, styled, unit_axis
from stancekit.report.view import Metrics, Score
from stancekit.report.wording import number

STEP = 0.26  # inches a score takes
GAP = 0.1
RULE = 0.34  # inches for the line that sets the baselines apart
_MARKS = {"none": ("o", BLUE, BLUE), "annotated": ("o", BLUE, BLUE), "found": ("s", "white", VERMILLION)}
_KEYS = {
    "none": "annotated holder, or none read",
    "annotated": "annotated holder, or none read",
    "found": "holder as segmentation found it",
}
Rows = Sequence[tuple[str, bool, Sequence[Score]]]
"""Recipe, whether it is a baseline, its scores by holder shown."""


def draw_comparison(result: Rows, axes: Axes) -> None:
    """Draw a line for each score of each recipe: marker, interval, small dots for seeds, the value at the end."""
    y = 0.0
    for i, (recipe, baseline, scores) in enumerate(result):
        if baseline and (i == 0 or not result[i - 1][1]):
            y = _rule(axes, y, first=i == 0)
        heading(axes, y + LINE / 2, recipe)
        y += LINE
        for score in scores:
            _draw_score(axes, y + STEP / 2, score, baseline)
            y += STEP
        y += GAP


def height(result: Rows) -> float:
    """Return the inches that `draw_comparison` needs."""
    baselines = any(baseline for _, baseline, _ in result)
    return sum(LINE + STEP * len(scores) + GAP for *_, scores in result) + (RULE if baselines else 0) + 0.05


def _rule(axes: Axes, y: float, *, first: bool) -> float:
    if not first:
        axes.axhline(y, color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    axes.text(1, y + RULE / 2, "baselines", transform=axes.get_yaxis_transform(), ha="right", va="center", color=GREY, style="italic")
    return y + RULE - 0.04


def _draw_score(axes: Axes, y: float, score: Score, baseline: bool) -> None:
    marker, face, edge = _MARKS[score["holder"]]
    point, low, high = (score["macro_f1"][key] for key in ("point", "low", "high"))
    if baseline:
        face, edge = (face if face == "white" else GREY), GREY
    if point is None:
        axes.text(0.02, y, "undefined", va="center", color=GREY)
        return
    if low is not None and high is not None:
        axes.plot([low, high], [y, y], color=edge, linewidth=2.4, solid_capstyle="butt", zorder=2)
    else:
        left = point > 0.55
        axes.text(point + (-0.04 if left else 0.04), y, "no interval", va="center", ha="right" if left else "left", color=INK)
    if len(score["by_seed"]) > 1:
        dots = [seed for seed in score["by_seed"] if seed is not None]
        axes.plot(dots, [y + 0.1] * len(dots), ".", color=INK, markersize=5, zorder=4)
    axes.plot([point], [y], marker, color=edge, markerfacecolor=face, markeredgewidth=2, markersize=8, zorder=3)
    axes.text(1.03, y, number(point, 2), transform=axes.get_yaxis_transform(), va="center", ha="left")


def comparison_pictures(metrics: Metrics) -> list[Picture]:
    """Draw a picture for each task and scheme that is compared."""
    found = []
    for task, scheme in view.pairs(metrics):
        scores = view.scores(metrics, task=task, scheme=scheme)
        result = [
            (recipe, recipe in metrics["baselines"], own)
            for recipe in view.in_order(metrics)
            if (own := [s for s in scores if s["recipe"] == recipe])
        ]
        if result:
            found.append(_picture(metrics, task, scheme, result))
    return found


def _picture(metrics: Metrics, task: str, scheme: str, result: Rows) -> Picture:
    level = view.scores(metrics, task=task, scheme=scheme)[0]["macro_f1"]["level"]
    title = f"{task}: models compared ({scheme})"
    with styled():
        keys = _handles([score for *_, scores in result for score in scores])
        figure, axes = canvas(title, height(result), keys=len(keys), foot=0.98, right=0.62)
        unit_axis(axes, f"macro-F1, {100 * level:.0f} % jackknife-t interval\n{view.counted(metrics, scheme)}")
        axes.tick_params(axis="x", color=FAINT)
        draw_comparison(result, axes)
        legend(axes, keys, 1)
    name = f"comparison_{task}{view.suffix(metrics, scheme)}"
    return Picture(name, title, _alt(title, result), figure, task, scheme=scheme)


def _handles(scores: Sequence[Score]) -> list[Line2D]:
    shown = {s["holder"] for s in scores}
    keys = {_KEYS[s]: _MARKS[s] for s in ("none", "annotated", "found") if s in shown} if "found" in shown else {}
    handles = [
        Line2D([], [], marker=m, color=e, markerfacecolor=f, markeredgewidth=2, markersize=8, linewidth=2.4, label=t)
        for t, (m, f, e) in keys.items()
    ]
    if any(len(s["by_seed"]) > 1 for s in scores):
        handles.append(Line2D([], [], marker=".", color=INK, markersize=6, linewidth=0, label="single seeds"))
    return handles


def _alt(title: str, result: Rows) -> str:
    parts = []
    for recipe, _, scores in result:
        for s in scores:
            name = recipe + {"found": " shown the holder found", "annotated": " shown the annotated holder"}.get(s["holder"], "")
            point, low, high = (s["macro_f1"][key] for key in ("point", "low", "high"))
            interval = f"{number(low, 2)} to {number(high, 2)}" if low is not None else "no interval"
            parts.append(f"{name} {number(point, 2)} ({interval})")
    return f"{title}. Macro-F1: " + "; ".join(parts) + "."
