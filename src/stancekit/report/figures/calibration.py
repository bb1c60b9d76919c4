"""The reliability diagram: how often a label is right, by the probability that the model gave it."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes

from stancekit.report import view
from stancekit.report.figures.style import BLUE, FAINT, GREY, INK, SKY, Picture, canvas, styled
from stancekit.report.view import Metrics, Score
from stancekit.report.wording import number, plural

BODY = 2.6  # inches
TICKS = {0.0: "0", 0.2: ".2", 0.4: ".4", 0.6: ".6", 0.8: ".8", 1.0: "1"}
Bin = Mapping[str, Any]


def draw_calibration(bins: Sequence[Bin], axes: Axes) -> None:
    """Draw a bar a bin as high as its accuracy, a dot at its mean probability, its n above; the line is where they would be equal."""
    for b in bins:
        axes.bar((b["low"] + b["high"]) / 2, b["accuracy"], b["high"] - b["low"], color=SKY, alpha=0.45, edgecolor=GREY, linewidth=0.7)
        axes.plot([b["confidence"]] * 2, [b["confidence"], b["accuracy"]], color=INK, linewidth=1.2, zorder=3)
        axes.plot([b["confidence"]], [b["accuracy"]], "o", color=BLUE, markersize=6, zorder=4, clip_on=False)
        axes.text((b["low"] + b["high"]) / 2, 1.03, _short(b["n"]), ha="center", va="bottom", color=INK)
    low = bins[0]["low"]
    axes.plot([low, 1], [low, 1], color=GREY, linewidth=1.2, linestyle=(0, (4, 3)), zorder=2)
    axes.set_xlim(low, 1)
    axes.set_ylim(0, 1)


def calibration_pictures(metrics: Metrics) -> list[Picture]:
    """Draw, for each task and scheme compared, the default model, or the one with the highest macro-F1."""
    first = [score for task, scheme in view.pairs(metrics) for score in view.ranked(metrics, task, scheme)[:1]]
    return [_picture(metrics, score) for score in first if (score.get("probabilities") or {}).get("bins")]


def _picture(metrics: Metrics, score: Score) -> Picture:
    task, scheme, recipe, bins = score["task"], score["scheme"], score["recipe"], score["probabilities"]["bins"]
    title = f"{task}: probabilities of {recipe} ({scheme})"
    seeds = len(score["seeds"])
    with styled():
        figure, axes = canvas(title, BODY, keys=1.3, foot=1.24, left=0.62, right=0.2)
        axes.set_xticks(list(TICKS), list(TICKS.values()))
        axes.set_yticks(list(TICKS), list(TICKS.values()))
        draw_calibration(bins, axes)
        axes.tick_params(color=FAINT)
        axes.set_ylabel("share right")
        added = f", {seeds} seeds added up" if seeds > 1 else ""
        axes.set_xlabel(f"probability of the label\ndot: mean of the bin; above: its n\n{view.counted(metrics, scheme)}{added}")
    return Picture(f"reliability_{task}{view.suffix(metrics, scheme)}", title, _alt(title, bins), figure, task, recipe, scheme)


def _short(n: int) -> str:
    """A count in at most three signs, where bins are narrow."""
    return str(n) if n < 1000 else f"{n / 1000:.0f}k"


def _alt(title: str, bins: Sequence[Bin]) -> str:
    parts = [f"mean probability {number(b['confidence'], 2)}, {number(b['accuracy'], 2)} right of {plural(b['n'], 'label')}" for b in bins]
    return f"{title}. " + "; ".join(parts) + "."
