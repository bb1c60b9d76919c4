"""Top TF-IDF features of each label."""

from collections.abc import Mapping, Sequence
from math import ceil

from matplotlib.axes import Axes

from stancekit.report.figures.style import FONT, GREY, INK, LINE, SKY, WIDTH, Picture, canvas, styled
from stancekit.report.view import Metrics
from stancekit.report.wording import number, shortened, visible

SHOWN = 8  # words of each label
STEP = 0.29
Weights = Mapping[str, Sequence[tuple[str, float]]]


def draw_words(words: Sequence[tuple[str, float]], axes: Axes, scale: float) -> None:
    """Draw a bar a word, the word written on it. `scale` is the greatest weight of the figure."""
    for i, (word, weight) in enumerate(words):
        y = LINE + (i + 0.5) * STEP
        axes.barh(y, weight, STEP * 0.82, color=SKY, alpha=0.55, edgecolor=GREY, linewidth=0.6)
        axes.text(scale * 0.03, y, shortened(word, 18), va="center", ha="left", color=INK)
    axes.set_xlim(0, scale)


def word_pictures(metrics: Metrics) -> list[Picture]:
    """Draw a picture a task, of the first recipe with known words; the tables have the others."""
    known: Mapping[str, Mapping[str, Weights]] = metrics.get("words") or {}
    for recipe, tasks in known.items():
        return [
            _picture(recipe, task, {label: words[label] for label in metrics["tasks"][task] if words.get(label)})
            for task, words in tasks.items()
            if any(words.values())
        ]
    return []


def _picture(recipe: str, task: str, words: Weights) -> Picture:
    title = f"{task}: words of greatest weight ({recipe})"
    labels = list(words)
    panel = LINE + SHOWN * STEP + 0.18
    scale = max(weight for pairs in words.values() for _, weight in pairs[:SHOWN])
    wide = (WIDTH - 0.36) / 2
    with styled():
        figure, whole = canvas(title, panel * ceil(len(labels) / 2), foot=0.42)
        whole.set_axis_off()
        foot, high = 0.42, figure.get_figheight()
        for i, label in enumerate(labels):
            bottom = foot + panel * (ceil(len(labels) / 2) - 1 - i // 2)
            axes = figure.add_axes(((0.12 + (wide + 0.12) * (i % 2)) / WIDTH, bottom / high, wide / WIDTH, (panel - 0.1) / high))
            axes.set_ylim(panel - 0.1, 0)
            axes.set_axis_off()
            axes.text(0, LINE / 2 - 0.02, shortened(label, 20), weight="bold", va="center", size=FONT)
            draw_words(words[label][:SHOWN], axes, scale)
        figure.text(0.12 / WIDTH, 0.12 / high, f"bar: weight, all on one scale (longest {number(scale, 2)})", va="bottom")
    return Picture(f"words_{task}", title, _alt(title, words), figure, task, recipe)


def _alt(title: str, words: Weights) -> str:
    parts = [f"{visible(label)}: " + ", ".join(visible(word) for word, _ in pairs[:SHOWN]) for label, pairs in words.items()]
    return f"{title}. " + "; ".join(parts) + "."
