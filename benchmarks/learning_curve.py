"""Learning curves: how a score grows with the labels that a model is given, for several ways to choose what is labelled."""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from stancekit.report.figures.style import BLUE, FAINT, GREEN, INK, ORANGE, PURPLE, VERMILLION, Picture, canvas, legend, styled
from stancekit.report.wording import listed, number

BODY = 2.9  # inches
_LINES: tuple[tuple[str, str, str], ...] = (
    (BLUE, "-", "o"), (VERMILLION, "--", "D"), (GREEN, "-.", "s"), (PURPLE, ":", "^"), (ORANGE, "-", "v"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Curve:
    """One way to choose: its mean score after each number of labels, and the band that holds the middle half of the seeds.

    `reached` is the number of labels at which the mean reaches the target, `None` where it does not.
    """

    name: str
    labels: tuple[int, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    reached: int | None = None


@dataclass(frozen=True, slots=True)
class LearningCurves:
    """Curves over the same pool. `full` is the score with all of it labelled; `target` a share of that."""

    title: str
    score: str
    seeds: int
    full: float
    target: float
    curves: tuple[Curve, ...]


def draw_learning_curve(result: LearningCurves, axes: Axes) -> None:
    """A line with its band for each way to choose, the target as a level, and a mark where a mean reaches it."""
    axes.axhline(result.target * result.full, color=INK, linewidth=1.2, zorder=2)
    for curve, (color, dash, marker) in zip(result.curves, _LINES, strict=False):
        axes.fill_between(curve.labels, curve.low, curve.high, color=color, alpha=0.14, linewidth=0, zorder=1)
        axes.plot(curve.labels, curve.mean, dash, color=color, linewidth=2.2, zorder=3)
        if curve.reached is not None:
            axes.plot([curve.reached], [curve.mean[curve.labels.index(curve.reached)]], marker, color=color, markerfacecolor="white",
                      markeredgewidth=2, markersize=8, zorder=4)  # fmt: skip


def _limits(result: LearningCurves) -> tuple[float, float]:
    lows = [low for curve in result.curves for low in curve.low]
    highs = [high for curve in result.curves for high in curve.high]
    room = 0.05 * (max(highs) - min(lows))
    return min(lows) - room, max(*highs, result.full) + room


def learning_picture(name: str, result: LearningCurves) -> Picture:
    """The figure of `draw_learning_curve` with its axes, keys and words."""
    with styled():
        figure, axes = canvas(result.title, BODY, keys=len(result.curves) + 1, foot=0.82, left=0.68)
        axes.set_ylim(_limits(result))
        axes.set_xlim(0, max(curve.labels[-1] for curve in result.curves))
        axes.yaxis.set_major_locator(MaxNLocator(6))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.2f}".removeprefix("0")))
        axes.grid(axis="y", color=FAINT, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.tick_params(color=FAINT)
        axes.set_xlabel(f"statements labelled\nband: middle half of {result.seeds} seeds")
        axes.set_ylabel(result.score)
        draw_learning_curve(result, axes)
        legend(axes, _handles(result), 1)
    return Picture(name, result.title, _alt(result), figure)


def _handles(result: LearningCurves) -> list[Line2D]:
    curves = [
        Line2D([], [], color=color, linestyle=dash, marker=marker, markerfacecolor="white", markeredgewidth=2, markersize=8, linewidth=2.2,
               label=curve.name if curve.reached is None else f"{curve.name}: there with {curve.reached}")
        for curve, (color, dash, marker) in zip(result.curves, _LINES, strict=False)
    ]  # fmt: skip
    level = f"{100 * result.target:.0f} % of what all labels give, {number(result.full, 2)}"
    return [*curves, Line2D([], [], color=INK, linewidth=1.2, label=level)]


def _alt(result: LearningCurves) -> str:
    parts = [
        f"{c.name} {number(c.mean[0], 2)} with {c.labels[0]} labels, {number(c.mean[-1], 2)} with {c.labels[-1]}" for c in result.curves
    ]
    reached = [f"{c.name} with {c.reached}" for c in result.curves if c.reached is not None]
    level = f"{100 * result.target:.0f} % of the {number(result.full, 2)} that all labels give"
    return f"{result.title}. Mean {result.score}: {'; '.join(parts)}. {level}: {listed(reached)}."
