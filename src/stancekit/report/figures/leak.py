"""The leak: what a model seems to gain when texts that repeat the test article stay in training."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from stancekit.report import view as rows
from stancekit.report.figures.style import BLUE, GREY, LINE, VERMILLION, Picture, canvas, heading, legend, styled, unit_axis
from stancekit.report.view import LeakRow, Metrics
from stancekit.report.wording import number

STEP = 0.28
GAP = 0.08


def draw_leak(result: Sequence[LeakRow], axes: Axes) -> None:
    """A dumbbell for each recipe: a filled circle with the purge, an open diamond without it."""
    y = 0.0
    for row in result:
        name = f"{row.recipe} (baseline)" if row.baseline else row.recipe
        heading(axes, y + LINE / 2, name, f"{number(row.purged, 2)} → {number(row.unpurged, 2)}")
        middle = y + LINE + STEP / 2
        axes.plot([row.purged, row.unpurged], [middle, middle], color=GREY, linewidth=2.2, zorder=2)
        axes.plot([row.unpurged], [middle], "D", color=VERMILLION, markerfacecolor="white", markeredgewidth=2, markersize=9, zorder=3)
        axes.plot([row.purged], [middle], "o", color=BLUE, markersize=7, zorder=4)
        y += LINE + STEP + GAP


def leak_pictures(metrics: Metrics) -> list[Picture]:
    """A picture for each task that ran with and without the purge."""
    found = []
    for task in metrics["tasks"]:
        result = rows.leak(metrics, task)
        if result:
            title = f"{task}: the leak"
            with styled():
                figure, axes = canvas(title, len(result) * (LINE + STEP + GAP) + 0.05, keys=2, foot=0.98)
                unit_axis(axes, f"macro-F1 over all classes\n{rows.counted(metrics, rows.clean_scheme(metrics))}")
                draw_leak(result, axes)
                legend(axes, _handles(), 1)
            found.append(Picture(f"leak_{task}", title, _alt(title, result), figure, task))
    return found


def _handles() -> list[Line2D]:
    return [
        Line2D([], [], marker="o", color=BLUE, markersize=7, linewidth=0, label="purged: repeats taken out"),
        Line2D([], [], marker="D", color=VERMILLION, markerfacecolor="white", markeredgewidth=2, markersize=9, linewidth=0,
               label="unpurged: repeats left in"),
    ]  # fmt: skip


def _alt(title: str, result: Sequence[LeakRow]) -> str:
    parts = [f"{r.recipe} {number(r.purged, 2)} purged, {number(r.unpurged, 2)} unpurged" for r in result]
    return f"{title}. Macro-F1: " + "; ".join(parts) + "."
