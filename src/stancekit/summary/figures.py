"""The figures of a summary by matplotlib: bars of actors and outlets, months, and actors by month and issue."""

from collections.abc import Sequence
from math import ceil
from typing import Any

import numpy as np
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from stancekit.records import NARRATOR
from stancekit.report.figures.style import FAINT, FILLS, HATCHES, INK, LINE, Picture, canvas, heading, legend, styled
from stancekit.report.wording import plural, shortened, visible
from stancekit.summary.summarise import Summary, months_between

FEW = 15
"""Actors and outlets that are drawn; the rest is in the tables."""
MONTHS = 36
"""Months that are drawn in a grid, the last ones."""
BAR = 0.22
ROW = LINE + BAR + 0.14
CELL = 0.62
Counts = np.ndarray[Any, np.dtype[np.int64]]


def draw(summary: Summary) -> list[Picture]:
    """Draw every figure; statements that repeat an earlier one are left out, and each says so."""
    with styled():
        named = [("holder", "actor")] + ([("outlet", "outlet")] if summary.dimensions["outlet"].values else [])
        found = [_bars(summary, name, what) for name, what in named]
        if months := months_between(summary.dimensions["month"].values):
            found += [_timeline(summary, months), _grid(summary, "month", months[-MONTHS:])]
        if summary.issue and summary.dimensions[summary.issue].values:
            found.append(_grid(summary, summary.issue, summary.dimensions[summary.issue].values))
    return found


def counts(summary: Summary, *by: str) -> dict[tuple[Any, ...], Counts]:
    """Group → its counts of the labels, in the codebook's order, near-duplicates once."""
    found: dict[tuple[Any, ...], Counts] = {}
    for row in summary.table(*by):
        of = found.setdefault(tuple(row[name] for name in by), np.zeros(len(summary.labels), np.int64))
        of[summary.labels.index(row[summary.of])] = row["statements_once"] or 0
    return {key: of for key, of in found.items() if of.sum()}


def _order(summary: Summary) -> list[int]:
    """Labels as they are drawn: in favour, against, then the others; as they come where there are no sides."""
    place = {label: i for i, label in enumerate(summary.labels)}
    if summary.sides is None:
        return list(place.values())
    against, _, favour = (place[label] for label in summary.sides)
    return [against, favour, *(i for i in place.values() if i not in (against, favour))]


def _looks(summary: Summary) -> list[tuple[str, str]]:
    """The fill and hatch of each label: in grey that against is dark, that in favour hatched, the others light."""
    looks = [(FILLS[k % len(FILLS)], HATCHES[k % len(HATCHES)]) for k in range(len(summary.labels))]
    if summary.sides:
        for k, label in enumerate(summary.labels):
            side = summary.sides.index(label) if label in summary.sides else 1
            looks[k] = [(FILLS[0], ""), (FAINT, ""), (FILLS[2], "//")][side]
    return looks


def _picture(summary: Summary, what: str, body: float, *, across: float = 4.6, left: float = 0.15, foot: float = 0.75) -> Any:
    looks = _looks(summary)
    columns = max(1, min(3, 36 // (max(map(len, summary.labels)) + 4)))
    keys = [
        Patch(facecolor=looks[k][0], hatch=looks[k][1], edgecolor=INK, linewidth=0.7, label=visible(summary.labels[k]))
        for k in _order(summary)
    ]
    title = f"{summary.of} by {what}, near-duplicates once, raw machine labels"
    figure, axes = canvas(title, body, keys=ceil(len(keys) / columns), left=left, across=across, foot=foot)
    legend(axes, keys, columns)
    return title, figure, axes


def _bars(summary: Summary, name: str, what: str) -> Picture:
    """Diverging bars: that against to the left of zero, that in favour to the right, the others after it."""
    found = {str(key[0]): of for key, of in counts(summary, name).items() if key[0] is not None and key[0] != NARRATOR}
    most = sorted(found, key=lambda key: (-found[key].sum(), key))[:FEW]
    order, looks = _order(summary), _looks(summary)
    if summary.sides:
        most.sort(key=lambda key: (found[key][order[1]] - found[key][order[0]], key))
    title, figure, axes = _picture(summary, what, max(ROW * len(most), ROW))
    reach = [0.0, 1.0]
    for i, key in enumerate(most):
        y, at = i * ROW, 0.0
        heading(axes, y + LINE / 2, key, f"n = {found[key].sum()}")
        for k in order:
            n = int(found[key][k])
            start = -n if summary.sides and k == order[0] else at
            axes.barh(y + LINE + BAR / 2, n, BAR, left=start, color=looks[k][0], hatch=looks[k][1], edgecolor=INK, linewidth=0.7)
            at += 0 if start < 0 or (summary.sides and k == order[0]) else n
            reach = [min(reach[0], start), max(reach[1], at)]
    axes.set_xlim(*reach)
    axes.axvline(0, color=INK, linewidth=1)
    rest = len(found) - len(most)
    axes.set_xlabel("statements" + (f"; {plural(rest, f'more {what}')} in the tables" if rest else ""))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{abs(x):.0f}"))
    return Picture(f"{summary.of}_by_{name}", title, _alt(summary, title, [(key, found[key]) for key in most]), figure, summary.of)


def _timeline(summary: Summary, months: Sequence[str]) -> Picture:
    """Months: that in favour upwards, that against downwards, the others on top; one without statements is empty."""
    found = {str(key[0]): of for key, of in counts(summary, "month").items() if key[0] is not None}
    order, looks = _order(summary), _looks(summary)
    across = max(4.6, min(14, 0.9 + 0.3 * len(months)))
    title, figure, axes = _picture(summary, "month", 2.6, across=across, left=0.65, foot=1.0)
    top = bottom = 0
    for x, month in enumerate(months):
        at = 0
        for k in order:
            n = int(found[month][k]) if month in found else 0
            down = bool(summary.sides) and k == order[0]
            axes.bar(
                x,
                -n if down else n,
                0.8,
                bottom=0 if down else at,
                color=looks[k][0],
                hatch=looks[k][1],
                edgecolor=INK,
                linewidth=0.7 if n else 0,
            )
            at += 0 if down else n
            bottom = max(bottom, n if down else 0)
        top = max(top, at)
    axes.set_ylim(-bottom * 1.05, top * 1.1 or 1)
    axes.axhline(0, color=INK, linewidth=1)
    for number, event in enumerate(summary.events, 1):
        if event.date[:7] in months:
            x = months.index(event.date[:7])
            axes.axvline(x, color=INK, linewidth=1, linestyle=":")
            axes.text(x, top * 1.1 or 1, str(number), ha="center", va="top", backgroundcolor="white", fontsize=10)
    every = ceil(len(months) / 12)
    axes.set_xticks(range(0, len(months), every), months[::every], rotation=45, ha="right", fontsize=10)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{abs(y):.0f}"))
    axes.set_xlim(-0.6, len(months) - 0.4)
    events = "; ".join(f"{number}: {event.date} {visible(event.event)}" for number, event in enumerate(summary.events, 1))
    alt = _alt(summary, title, [(month, found[month]) for month in months if month in found]) + (f" Events: {events}." if events else "")
    return Picture(f"{summary.of}_by_month", title, alt, figure, summary.of)


def _grid(summary: Summary, kind: str, columns: Sequence[str]) -> Picture:
    """Actors by another column: n in every cell, under it the labels' shares as a strip; empty where nothing was said."""
    found = counts(summary, "holder", kind)
    sums: dict[str, int] = {}
    for (holder, column), of in found.items():
        if holder not in (None, NARRATOR) and column in columns:
            sums[str(holder)] = sums.get(str(holder), 0) + int(of.sum())
    actors = sorted(sums, key=lambda key: (-sums[key], key))[:FEW]
    order, looks, left, height = _order(summary), _looks(summary), 1.9, 0.42
    title, figure, axes = _picture(
        summary, f"actor and {kind}", max(height * len(actors), height), across=left + 0.2 + CELL * len(columns), left=left, foot=1.15
    )
    for y, actor in enumerate(actors):
        axes.text(-0.1, (y + 0.5) * height, shortened(actor, 20), ha="right", va="center", fontsize=10)
        for x, column in enumerate(columns):
            if (actor, column) not in found:
                continue
            of, at = found[actor, column], float(x) + 0.08
            axes.text(x + 0.5, (y + 0.36) * height, str(of.sum()), ha="center", va="center", fontsize=10)
            for k in order:
                wide = 0.84 * of[k] / of.sum()
                axes.barh((y + 0.8) * height, wide, 0.1, left=at, color=looks[k][0], hatch=looks[k][1], edgecolor=INK, linewidth=0.5)
                at += wide
    axes.set_xlim(0, len(columns))
    names = [shortened(str(column).replace("_", " "), 16) for column in columns]
    axes.set_xticks([x + 0.5 for x in range(len(columns))], names, rotation=45, ha="right", fontsize=10)
    for x in range(len(columns) + 1):
        axes.axvline(x, color=FAINT, linewidth=0.6, zorder=0)
    told = [(f"{actor}, {column}", found[actor, column]) for actor in actors for column in columns if (actor, column) in found]
    return Picture(f"{summary.of}_by_holder_and_{kind}", title, _alt(summary, title, told), figure, summary.of)


def _alt(summary: Summary, title: str, rows: Sequence[tuple[str, Counts]]) -> str:
    parts = [f"{visible(name)}: " + ", ".join(f"{n} {visible(k)}" for k, n in zip(summary.labels, of, strict=True)) for name, of in rows]
    return f"{title}. {'; '.join(parts)}."
