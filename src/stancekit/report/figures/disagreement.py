"""Confusions between annotators: how often two of them gave each pair of labels."""

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from stancekit.report.figures.style import FAINT, FONT, GREY, INK, LINE, WIDTH, Picture, canvas, styled
from stancekit.report.wording import plural, shortened, visible

Task = Mapping[str, Any]

MOST = 7
"""At most this many labels of a task are shown: those that the annotators disagree on most often."""
SIDE = 13  # characters in a line of a label; it has two lines at most
LABELS = 1.5  # inches for the labels at the left
HIGH = 0.5  # inches of a cell
ROOM = 0.14  # inches between the panels
MUTED = "#f2f2f2"
_SHADES = LinearSegmentedColormap.from_list("disagreement", ["#ffffff", "#f0a06a"])  # as deep as dark numbers on it allow


def draw_disagreement(result: Task, axes: Axes) -> None:
    """Draw a cell for each pair of labels, shaded by its count; where they agree it is grey.

    Parameters
    ----------
    result : a task of what `measure_agreement` found. Of two annotators the rows are the first one's labels, the columns the
        second's; of more the order says nothing, and a pair stands below the diagonal.
    """
    labels, directed = shown_labels(result), len(result["annotators"]) == 2
    counts = _counts(result)
    most = max((n for pair, n in counts.items() if pair[0] != pair[1]), default=0)
    for i, row in enumerate(labels):
        for j, column in enumerate(labels):
            if j > i and not directed:
                continue
            n = counts[row, column] if directed or i == j else counts[row, column] + counts[column, row]
            shade = MUTED if i == j else _SHADES(n / most if most else 0.0)
            axes.fill_between([j, j + 1], i, i + 1, color=shade, edgecolor=FAINT, linewidth=1)
            muted = i == j or not n
            axes.text(
                j + 0.5, i + 0.5, str(n), ha="center", va="center", color=GREY if muted else INK, weight="normal" if muted else "bold"
            )
    axes.set_xlim(0, len(labels))
    axes.set_ylim(len(labels), 0)
    names = ["\n".join(_lines(label)) for label in labels]
    axes.set_xticks([j + 0.5 for j in range(len(labels))], names, rotation=90, linespacing=1.0)
    axes.set_yticks([i + 0.5 for i in range(len(labels))], names, linespacing=1.0)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def disagreement_pictures(metrics: Mapping[str, Any]) -> list[Picture]:
    """Draw the picture of a run that has its annotators' passes."""
    return [disagreement_picture(metrics["agreement"])] if metrics.get("agreement") else []


def disagreement_picture(result: Mapping[str, Any]) -> Picture:
    """Draw a panel for each task on which annotators disagree, from what `measure_agreement` found; the others are named below."""
    title = "Who confuses what with what"
    panels = [task for task in result["tasks"] if any(p["first"] != p["second"] for p in task["pairs"])]
    agreed = [task["task"] for task in result["tasks"] if task["n_pairable"] and task not in panels]
    unpaired = [task["task"] for task in result["tasks"] if not task["n_pairable"]]
    foot = [line for what, names in (("No disagreement on", agreed), ("Labelled by one annotator at most:", unpaired))
            if names for line in textwrap.wrap(f"{what} {', '.join(names)}", 42)]  # fmt: skip
    with styled():
        heights = [_height(task) for task in panels]
        figure, whole = canvas(title, max(sum(heights), 0.1), foot=0.14 + LINE * len(foot))
        whole.set_axis_off()
        high = figure.get_figheight()
        top = 0.14 + LINE * len(foot) + max(sum(heights), 0.1)
        for task, height in zip(panels, heights, strict=True):
            body = HIGH * len(shown_labels(task))
            head = LINE * (2 + (len(_notes(task)) - 1))
            figure.text(0.1 / WIDTH, (top - 0.04) / high, shortened(task["task"], 40), va="top", weight="bold")
            figure.text(0.1 / WIDTH, (top - 0.04 - LINE) / high, "\n".join(_notes(task)), va="top", color=GREY, linespacing=1.3)
            across = WIDTH - LABELS - 0.15
            axes = figure.add_axes((LABELS / WIDTH, (top - head - 0.1 - body) / high, across / WIDTH, body / high))
            draw_disagreement(task, axes)
            top -= height
        figure.text(0.1 / WIDTH, 0.1 / high, "\n".join(foot), va="bottom", color=GREY, linespacing=1.3)
    return Picture("disagreement", title, _alt(title, panels, foot), figure)


def shown_labels(task: Task) -> list[str]:
    """Select all labels of a task that has few, else those in most disagreements, in the task's order."""
    labels = list(dict.fromkeys([*task["labels"], *(p[end] for p in task["pairs"] for end in ("first", "second"))]))
    involved: Counter[str] = Counter()
    for p in task["pairs"]:
        if p["first"] != p["second"]:
            involved += Counter({p["first"]: p["n"], p["second"]: p["n"]})
    chosen = labels if len(labels) <= MOST else [label for label, _ in involved.most_common(MOST)]
    return [label for label in labels if label in chosen]


def _counts(task: Task) -> Counter[tuple[str, str]]:
    return Counter({(p["first"], p["second"]): p["n"] for p in task["pairs"]})


def _height(task: Task) -> float:
    """Return the inches of a panel: its heading, its cells, the labels below them."""
    labels = shown_labels(task)
    below = max(len(line) for label in labels for line in _lines(label)) * FONT * 0.62 / 72
    return LINE * (1 + len(_notes(task))) + 0.1 + HIGH * len(labels) + below + ROOM


def _notes(task: Task) -> list[str]:
    apart = sum(p["n"] for p in task["pairs"] if p["first"] != p["second"])
    notes = [f"{apart} of {plural(sum(p['n'] for p in task['pairs']), 'pair')} of labels differ"]
    names = list(task["annotators"])
    if len(names) == 2:
        notes.append(shortened(f"rows: {names[0]}; columns: {names[1]}", 44))
    if hidden := len({*task["labels"]} - {*shown_labels(task)}):
        notes.append(f"{plural(hidden, 'label')} of fewer or no disagreements not shown")
    return notes


def _lines(label: str) -> list[str]:
    return textwrap.wrap(visible(label).replace("_", " "), SIDE, max_lines=2, placeholder="…") or [""]


def _alt(title: str, panels: Sequence[Task], foot: Sequence[str]) -> str:
    parts = []
    for task in panels:
        pairs = sorted((p for p in task["pairs"] if p["first"] != p["second"]), key=lambda p: -p["n"])[:MOST]
        parts.append(f"{task['task']}: " + ", ".join(f"{visible(p['first'])} and {visible(p['second'])} {p['n']}" for p in pairs))
    return f"{title}. " + "; ".join([*parts, " ".join(foot)]).removesuffix("; ") + "."
