"""Models compared: macro-F1 with its interval, baselines apart."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from stancekit.report import view as rows
from stancekit.report.figures.style import BLUE, FAINT, GREY, INK, LINE, VERMILLION, Picture, canvas, heading, legend, styled, unit_axis
from stancekit.report.view import Metrics, Row, Variant
from stancekit.report.wording import number

STEP = 0.26  # inches a variant takes
GAP = 0.1
RULE = 0.34  # inches for the line that sets the baselines apart
_MARKS = {"none": ("o", BLUE, BLUE), "annotated": ("o", BLUE, BLUE), "found": ("s", "white", VERMILLION)}
_KEYS = {
    "none": "annotated holder, or none read",
    "annotated": "annotated holder, or none read",
    "found": "holder as segmentation found it",
}


def draw_comparison(result: Sequence[Row], axes: Axes) -> None:
    """A line for each variant of each recipe: marker, interval, small dots for seeds, the value at the end."""
    y = 0.0
    for i, row in enumerate(result):
        if row.baseline and (i == 0 or not result[i - 1].baseline):
            y = _rule(axes, y, first=i == 0)
        heading(axes, y + LINE / 2, row.recipe)
        y += LINE
        for variant in row.variants:
            _draw_variant(axes, y + STEP / 2, variant, row.baseline)
            y += STEP
        y += GAP


def height(result: Sequence[Row]) -> float:
    """Inches that `draw_comparison` needs."""
    baselines = any(row.baseline for row in result)
    return sum(LINE + STEP * len(row.variants) + GAP for row in result) + (RULE if baselines else 0) + 0.05


def _rule(axes: Axes, y: float, *, first: bool) -> float:
    if not first:
        axes.axhline(y, color=GREY, linewidth=1, linestyle=(0, (4, 3)))
    axes.text(1, y + RULE / 2, "baselines", transform=axes.get_yaxis_transform(), ha="right", va="center", color=GREY, style="italic")
    return y + RULE - 0.04


def _draw_variant(axes: Axes, y: float, variant: Variant, baseline: bool) -> None:
    marker, face, edge = _MARKS[variant.shown]
    if baseline:
        face, edge = (face if face == "white" else GREY), GREY
    if variant.point is None:
        axes.text(0.02, y, "undefined", va="center", color=GREY)
        return
    if variant.low is not None and variant.high is not None:
        axes.plot([variant.low, variant.high], [y, y], color=edge, linewidth=2.4, solid_capstyle="butt", zorder=2)
    else:
        left = variant.point > 0.55
        axes.text(variant.point + (-0.04 if left else 0.04), y, "no interval", va="center", ha="right" if left else "left", color=INK)
    if len(variant.seeds) > 1:
        dots = [seed for seed in variant.seeds if seed is not None]
        axes.plot(dots, [y + 0.1] * len(dots), ".", color=INK, markersize=5, zorder=4)
    axes.plot([variant.point], [y], marker, color=edge, markerfacecolor=face, markeredgewidth=2, markersize=8, zorder=3)
    axes.text(1.03, y, number(variant.point, 2), transform=axes.get_yaxis_transform(), va="center", ha="left")


def comparison_pictures(metrics: Metrics) -> list[Picture]:
    """A picture for each task and scheme that is compared."""
    found = []
    for task in metrics["tasks"]:
        for scheme in rows.main_schemes(metrics):
            if result := rows.comparison(metrics, task, scheme):
                found.append(_picture(metrics, task, scheme, result))
    return found


def _picture(metrics: Metrics, task: str, scheme: str, result: Sequence[Row]) -> Picture:
    level = rows.scores(metrics, task=task, scheme=scheme)[0]["macro_f1"]["level"]
    title = f"{task}: models compared ({scheme})"
    with styled():
        keys = _handles(result)
        figure, axes = canvas(title, height(result), keys=len(keys), foot=0.98, right=0.62)
        unit_axis(axes, f"macro-F1, {100 * level:.0f} % jackknife-t interval\n{rows.counted(metrics, scheme)}")
        axes.tick_params(axis="x", color=FAINT)
        draw_comparison(result, axes)
        legend(axes, keys, 1)
    name = f"comparison_{task}{rows.suffix(metrics, scheme)}"
    return Picture(name, title, _alt(title, result), figure, task, scheme=scheme)


def _handles(result: Sequence[Row]) -> list[Line2D]:
    shown = {v.shown for row in result for v in row.variants}
    keys = {_KEYS[s]: _MARKS[s] for s in ("none", "annotated", "found") if s in shown}
    if "found" not in shown:
        keys = {}
    handles = [
        Line2D([], [], marker=m, color=e, markerfacecolor=f, markeredgewidth=2, markersize=8, linewidth=2.4, label=t)
        for t, (m, f, e) in keys.items()
    ]
    if any(len(v.seeds) > 1 for row in result for v in row.variants):
        handles.append(Line2D([], [], marker=".", color=INK, markersize=6, linewidth=0, label="single seeds"))
    return handles


def _alt(title: str, result: Sequence[Row]) -> str:
    parts = []
    for row in result:
        for v in row.variants:
            name = row.recipe + {"found": " shown the holder found", "annotated": " shown the annotated holder"}.get(v.shown, "")
            interval = f"{number(v.low, 2)} to {number(v.high, 2)}" if v.low is not None else "no interval"
            parts.append(f"{name} {number(v.point, 2)} ({interval})")
    return f"{title}. Macro-F1: " + "; ".join(parts) + "."
