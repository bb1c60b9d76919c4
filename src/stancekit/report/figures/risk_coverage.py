"""Accuracy against the share labelled, the least certain left out first (risk-coverage)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from stancekit.report import view
from stancekit.report.figures.style import BLUE, FAINT, GREEN, ORANGE, PURPLE, VERMILLION, Picture, canvas, legend, styled
from stancekit.report.view import Metrics, Score
from stancekit.report.wording import number, shortened

BODY = 2.7  # inches
FEW = 10  # statements: an accuracy of fewer is not drawn
_LOOKS = ((BLUE, "-"), (VERMILLION, "--"), (GREEN, "-."), (PURPLE, ":"), (ORANGE, (0, (6, 2, 1, 2))))


class CoverageLine(NamedTuple):
    """A model's accuracy among its most certain labels. `kept` is the (share, accuracy) that it stands by, where it abstains."""

    name: str
    share: tuple[float, ...]
    accuracy: tuple[float, ...]
    kept: tuple[float, float] | None


def coverage_line(score: Score) -> CoverageLine:
    curve, kept = score["coverage"], score.get("kept")
    points = [(n / score["n"], value) for n, value in zip(curve["n"], curve["accuracy"], strict=True) if n >= min(FEW, score["n"])]
    stands = (kept["share"], kept["accuracy"]["point"]) if kept and kept["accuracy"]["point"] is not None else None
    return CoverageLine(score["recipe"], tuple(share for share, _ in points), tuple(value for _, value in points), stands)


def draw_risk_coverage(result: Sequence[CoverageLine], axes: Axes) -> None:
    """Draw a line a model; an open diamond where a model that abstains stands by its labels."""
    for line, (color, dash) in zip(result, _LOOKS, strict=False):
        axes.plot(line.share, line.accuracy, linestyle=dash, color=color, linewidth=2.2, zorder=3, clip_on=False)
        if line.kept is not None:
            axes.plot(*([v] for v in line.kept), "D", color=color, markerfacecolor="white", markeredgewidth=2, markersize=8, zorder=4,
                      clip_on=False)  # fmt: skip


def risk_coverage_pictures(metrics: Metrics) -> list[Picture]:
    """Draw, for each task and scheme compared, the default model and the next by macro-F1."""
    found = []
    for task, scheme in view.pairs(metrics):
        if lines := [coverage_line(s) for s in view.ranked(metrics, task, scheme) if s.get("coverage")][: len(_LOOKS)]:
            found.append(_picture(metrics, task, scheme, lines))
    return found


def _picture(metrics: Metrics, task: str, scheme: str, result: Sequence[CoverageLine]) -> Picture:
    title = f"{task}: accuracy of the most certain labels ({scheme})"
    keys = _handles(result)
    with styled():
        figure, axes = canvas(title, BODY, keys=len(keys), foot=0.98, left=0.74, right=0.2)
        axes.set_xlim(0, 1)
        axes.set_ylim(*_limits(result))
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".5", ".75", "1"])
        axes.yaxis.set_major_locator(MaxNLocator(6))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.2f}".replace("0.", ".", 1)))
        axes.grid(color=FAINT, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.tick_params(color=FAINT)
        axes.set_ylabel("accuracy")
        axes.set_xlabel(f"share labelled, the most certain first\n{view.counted(metrics, scheme)}")
        draw_risk_coverage(result, axes)
        legend(axes, keys, 1, length=2.6)
    name = f"coverage_{task}{view.suffix(metrics, scheme)}"
    return Picture(name, title, _alt(title, result), figure, task, scheme=scheme)


def _limits(result: Sequence[CoverageLine]) -> tuple[float, float]:
    values = [v for line in result for v in (*line.accuracy, *(line.kept or ())[1:])]
    room = max(0.05 * (max(values) - min(values)), 0.02)
    return max(min(values) - room, 0.0), min(max(values) + room, 1.0)


def _handles(result: Sequence[CoverageLine]) -> list[Line2D]:
    keys = [
        Line2D([], [], color=color, linestyle=dash, linewidth=2.2, label=shortened(line.name, 34))
        for line, (color, dash) in zip(result, _LOOKS, strict=False)
    ]
    if any(line.kept for line in result):
        look: dict[str, Any] = {"markerfacecolor": "white", "markeredgewidth": 2, "markersize": 8}
        keys.append(Line2D([], [], color=BLUE, marker="D", linestyle="", label="what the model stands by", **look))
    return keys


def _alt(title: str, result: Sequence[CoverageLine]) -> str:
    parts = []
    for line in result:
        middle = min(range(len(line.share)), key=lambda i: abs(line.share[i] - 0.5))
        stands = f", {number(line.kept[1], 2)} of the {line.kept[0]:.0%} it stands by" if line.kept else ""
        parts.append(
            f"{line.name} {number(line.accuracy[-1], 2)} of all, {number(line.accuracy[middle], 2)} of the most certain "
            f"{line.share[middle]:.0%}{stands}"
        )
    return f"{title}. Accuracy: " + "; ".join(parts) + "."
