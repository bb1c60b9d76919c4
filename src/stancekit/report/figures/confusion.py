"""Confusion matrices: counts and shares of each annotated label."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from stancekit.report import view
from stancekit.report.figures.style import FAINT, FONT, INK, LINE, WIDTH, Picture, canvas, styled
from stancekit.report.view import Metrics, Score
from stancekit.report.wording import plural, visible, wrapped

MOST = 14  # labels; more make a figure too large for any screen
SIDE = 10  # characters in a line of a label
LABELS = 1.18  # inches for the labels at the left and at the top
SMALLEST = 0.53  # inches of a cell that still holds its numbers
DEEPEST = "#338ec1"  # the blue of the palette, as light as dark numbers on it need
_SHADES = LinearSegmentedColormap.from_list("stancekit", ["#ffffff", DEEPEST])


def draw_confusion(matrix: Sequence[Sequence[int]], labels: Sequence[str], axes: Axes, body: float) -> None:
    """Draw a confusion matrix: rows are annotated labels, columns predicted ones; a cell is shaded by its share of the row."""
    size = len(labels)
    high = body / size
    for i, row in enumerate(matrix):
        total = sum(row)
        for j, count in enumerate(row):
            share = count / total if total else 0.0
            axes.fill_between([j, j + 1], i * high, (i + 1) * high, color=_SHADES(share), edgecolor=FAINT, linewidth=1)
            weight = "bold" if i == j else "normal"
            text = f"{count}\n{100 * share:.0f}%" if total else f"{count}\n–"
            axes.text(j + 0.5, (i + 0.5) * high, text, ha="center", va="center", color=INK, linespacing=1.25, weight=weight)
    axes.set_xlim(0, size)
    axes.set_xticks([j + 0.5 for j in range(size)], [wrapped(label, SIDE) for label in labels], rotation=90, linespacing=1.0)
    axes.set_yticks([(i + 0.5) * high for i in range(size)], [wrapped(label, SIDE) for label in labels], linespacing=1.0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def confusion_pictures(metrics: Metrics) -> list[Picture]:
    """Draw, for each task and scheme compared, the model with the highest figure and every fine-tuned transformer.

    None of a task with too many labels to be read; the tables have them.
    """
    return [
        _picture(task, score, view.suffix(metrics, scheme))
        for task, scheme in view.pairs(metrics)
        for score in view.of_interest(metrics, task, scheme)
        if len(metrics["tasks"][task]) <= MOST
    ]


def _picture(task: str, score: Score, suffix: str) -> Picture:
    labels, matrix = score["labels"], score["confusion"]
    recipe = str(score["recipe"])
    title = f"{task}: confusions of {recipe} ({score['scheme']})"
    cell = max(SMALLEST, (WIDTH - LABELS - 0.1) / len(labels))
    across = max(WIDTH, LABELS + 0.1 + cell * len(labels))
    body = max(0.56, min(cell, 0.7)) * len(labels)
    with styled():
        # The labels at the top stand where other figures have their legend.
        top = max(len(line) for label in labels for line in wrapped(label, SIDE).split("\n")) * FONT * 0.62 / 72 + 0.16
        figure, axes = canvas(
            title, body, keys=top / LINE, foot=0.52, left=LABELS, right=across - LABELS - cell * len(labels), across=across
        )
        draw_confusion(matrix, labels, axes, body)
        axes.set_xlabel("predicted →", labelpad=6, loc="left")
        axes.xaxis.set_label_position("top")
        figure.text(0.1 / across, 0.1 / figure.get_figheight(), _foot(score), va="bottom", ha="left")
    return Picture(f"confusion_{task}_{recipe}{suffix}", title, _alt(title, score), figure, task, recipe, str(score["scheme"]))


def _foot(score: Score) -> str:
    seeds = len(score["seeds"])
    return f"rows: annotated; n = {score['n']}" + (f", {seeds} seeds added up" if seeds > 1 else "")


def _alt(title: str, score: Score) -> str:
    labels = [visible(label) for label in score["labels"]]
    parts = [
        f"of {plural(sum(row), 'statement')} annotated {labels[i]}, {row[i]} predicted {labels[i]}"
        for i, row in enumerate(score["confusion"])
    ]
    return f"{title}: " + "; ".join(parts) + "."
