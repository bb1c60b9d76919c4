"""The annotated statements counted: one task by another, and one task by holder."""

from math import ceil

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from stancekit.report import view
from stancekit.report.figures.style import FILLS, HATCHES, INK, LINE, Picture, canvas, heading, legend, styled
from stancekit.report.view import Counts, Metrics
from stancekit.report.wording import visible

BAR = 0.2
ROW = LINE + BAR + 0.16
HOLDERS = 12


def draw_counts(result: Counts, axes: Axes) -> None:
    """Draw a stacked bar a row; the line above it names it and spells out the sum."""
    y = 0.0
    for name, counts in zip(result.names, result.counts, strict=True):
        heading(axes, y + LINE / 2, name, _sum(counts))
        left = 0
        for k, count in enumerate(counts):
            axes.barh(y + LINE + BAR / 2, count, BAR, left=left, color=FILLS[k % len(FILLS)], hatch=HATCHES[k % len(HATCHES)],
                      edgecolor=INK, linewidth=0.7)  # fmt: skip
            left += count
        y += ROW
    axes.set_xlim(0, max(sum(counts) for counts in result.counts) or 1)


def _sum(counts: tuple[int, ...]) -> str:
    if len(counts) > 4:
        return f"n = {sum(counts)}"
    return " + ".join(map(str, counts)) + f" = {sum(counts)}"


def crossed_pictures(metrics: Metrics) -> list[Picture]:
    """Draw the first task by the second; nothing where there is one task only, or the run does not hold every statement."""
    tasks = list(metrics["tasks"])
    if len(tasks) < 2 or not view.whole(metrics):
        return []
    task, by = tasks[:2]
    return [_picture(f"{task} by {by}", f"{task}_by_{by}", view.crossed(metrics, task, by), task)]


def holder_pictures(metrics: Metrics) -> list[Picture]:
    """Draw the first task by holder, the most quoted holders first; nothing where none is named, or not every statement is held."""
    task = next(iter(metrics["tasks"]))
    counts = view.folded(view.by_holder(metrics, task), HOLDERS)
    if not counts.names or not view.whole(metrics):
        return []
    return [_picture(f"{task} by holder", f"{task}_by_holder", counts, task)]


def _picture(what: str, name: str, counts: Counts, task: str) -> Picture:
    title = f"{what}, annotated statements"
    columns = max(1, min(3, 36 // (max(len(label) for label in counts.labels) + 4)))
    with styled():
        figure, axes = canvas(title, ROW * len(counts.names), keys=ceil(len(counts.labels) / columns))
        draw_counts(counts, axes)
        axes.set_xlabel(f"statements (n = {sum(map(sum, counts.counts))})")
        axes.xaxis.set_major_locator(MaxNLocator(nbins=7, integer=True))
        keys = [
            Patch(facecolor=FILLS[k % len(FILLS)], hatch=HATCHES[k % len(HATCHES)], edgecolor=INK, linewidth=0.7, label=visible(label))
            for k, label in enumerate(counts.labels)
        ]
        legend(axes, keys, columns)
    return Picture(name, title, _alt(title, counts), figure, task)


def _alt(title: str, counts: Counts) -> str:
    parts = [
        f"{visible(name)}: " + ", ".join(f"{n} {visible(label)}" for label, n in zip(counts.labels, row, strict=True))
        for name, row in zip(counts.names, counts.counts, strict=True)
    ]
    return f"{title}. " + "; ".join(parts) + "."
