"""Count labels by holder, month, issue or any other column: near-duplicates once, and as often as they were printed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.codebook import OWN, Codebook
from stancekit.errors import InputError, counted, nearest
from stancekit.labelling import Labels
from stancekit.models.profile import sides_of
from stancekit.summary.claims import Claims, Novelty, claims_of
from stancekit.summary.events import Event, load_events
from stancekit.summary.repeats import Groups
from stancekit.summary.source import Block, Source, number
from stancekit.tables import Table

BY = ("holder", "month", "issue")
EVEN = 0.5
"""A label of less probability counts as doubtful where the model has no threshold of its own."""
MONTHS = 1200
"""Over a century, months without statements are left out."""
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)")
Ints = NDArray[np.int64]


@dataclass
class Dimension:
    """A column to count by: `values` in the order of first seen, `codes` for each statement, -1 for none."""

    name: str
    values: list[str] = field(default_factory=list)
    codes: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    _known: dict[str, int] = field(default_factory=dict)
    _parts: list[Ints] = field(default_factory=list)

    def add(self, values: Iterable[Any]) -> None:
        codes = [-1 if v is None or v == "" else self._known.setdefault(str(v), len(self._known)) for v in values]
        self._parts.append(np.array(codes, np.int64))

    def end(self, order: Sequence[str] = ()) -> None:
        """Put the values in order: as given, else months and years by time, all others by their number of statements."""
        names, codes = list(self._known), np.concatenate([np.empty(0, np.int64), *self._parts])
        self._parts.clear()
        sizes = np.bincount(codes[codes >= 0], minlength=len(names))
        place = {name: i for i, name in enumerate(order)}
        by_time = self.name in ("month", "year")
        rank = sorted(range(len(names)), key=lambda i: (place.get(names[i], len(place)), 0 if by_time else -sizes[i], names[i]))
        moved = np.empty(len(names) + 1, np.int64)
        moved[-1] = -1
        moved[rank] = np.arange(len(names))
        self.values, self.codes = [names[i] for i in rank], moved[codes]


class Summary(Table):
    """Labels counted. `rows()` and `.to_frame()` are by all columns of `by` together, `table("month", "outlet")` by any of them.

    A row is of one group and one label: `statements`, of `n` of the group, as often as they were printed; `statements_once` of `n_once`,
    each group of near-duplicates by its first statement alone; the shares; the `mean_probability` of the label where it was given, and
    how many were `doubtful` (under the model's threshold, else 0.5). A group without statements has no row, and of a month in between its
    figures are empty: nothing said is not nobody opposed. `claims` is what the figures may be taken for; `source` are the labels, `of` the
    task, `sides` its labels against, neither and in favour where they are known, `events` what stands on the timeline.
    """

    def __init__(self, source: Source, by: Sequence[str], of: str, events: Sequence[Event], sides: Sequence[str] | None) -> None:
        self.source, self.by, self.of, self.events, self.sides = source, tuple(by), of, tuple(events), sides
        self.labels = source.tasks[of]
        others = [task for task in source.tasks if task != of]
        self.issue = next((name for name in by if name in others), next(iter(others), None))
        self.dimensions = {name: Dimension(name) for name in dict.fromkeys([*by, "holder", "month", "outlet", *others])}
        self._read()

    def _read(self) -> None:
        source, of = self.source, self.of
        flag = f"{of}_abstained" if f"{of}_abstained" in source.columns else None
        threshold = (source.about or {}).get("thresholds", {}).get(of)
        self.threshold: float = EVEN if threshold is None else threshold
        said, dates, groups, ids = Dimension(of), Dimension("date"), Groups(), 0
        probabilities: list[NDArray[np.float64]] = []
        doubtful: list[NDArray[np.bool_]] = []
        novelty = Novelty(source.profile)
        for block in source.blocks(self.needed):
            size = len(block["text"])
            for dimension in self.dimensions.values():
                dimension.add(values_of(block, dimension.name, size))
            said.add(block[of])
            dates.add(values_of(block, "date", size))
            groups.add(str(text or "") for text in block["text"])
            where = f"{source.where}, statements {ids + 1:,} to {ids + size:,}"
            own = np.array([number(value, where) for value in block[f"{of}_{OWN}"]])
            probabilities.append(own)
            below = own < self.threshold
            doubtful.append(np.array([str(value).lower() == "true" for value in block[flag]]) if flag else below)
            novelty.add(block)
            ids += size
        for dimension in self.dimensions.values():
            dimension.end(source.tasks.get(dimension.name, ()))
        said.end(self.labels)
        if unknown := set(said.values) - set(self.labels):
            raise InputError(source.where, f"'{min(unknown)}' is no label of '{of}'", self.labels)
        place = np.array([self.labels.index(name) for name in said.values] + [-1], np.int64)
        self.label, self.probability = place[said.codes], np.concatenate(probabilities)
        self.doubtful = np.concatenate(doubtful)
        dates.end()
        time = np.array([*np.argsort(np.argsort(dates.values)), len(dates.values)], np.int64)[dates.codes]
        # The first of each group: of those with a label the earliest, of those of one day the first of the input.
        roots = groups.roots()
        order = np.lexsort((time, self.label < 0, roots))
        head = np.flatnonzero(np.diff(roots[order], prepend=-1))
        self.first = np.repeat(order[head], np.diff([*head, len(order)]))[np.argsort(order, kind="stable")]
        self.once = self.first == np.arange(ids)
        self.dates, self.novelty = dates, novelty

    @property
    def needed(self) -> list[str]:
        """The columns of the labels that are read."""
        names = ["id", "article_id", "text", "kind", "date", "outlet", "title", "url", "language", "holder", "actor", "model"]
        names += [*self.source.tasks, f"{self.of}_{OWN}", f"{self.of}_abstained", *self.by]
        return [name for name in dict.fromkeys(names) if name in self.source.columns]

    def __len__(self) -> int:
        """The number of labelled statements."""
        return int((self.label >= 0).sum())

    def rows(self) -> list[dict[str, Any]]:
        return self._rows

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return self.table(*self.by)

    def about(self) -> str:
        return f"{self.of} by {', '.join(self.by)}: {counted(len(self), 'statement')}, {self.repeated:,} near-duplicates of earlier ones"

    @property
    def repeated(self) -> int:
        return int(((self.label >= 0) & ~self.once).sum())

    @cached_property
    def claims(self) -> Claims:
        return claims_of(self)

    @cached_property
    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Tables by every column of `by`, by each two of them, and by all together; `month_by_issue` is the name of one."""
        names = [*((name,) for name in self.by), *combinations(self.by, 2)]
        names += [self.by] if len(self.by) > 2 else []
        return {"_by_".join(found): self.rows() if found == self.by else self.table(*found) for found in names}

    def table(self, *by: str) -> list[dict[str, Any]]:
        """The rows by some of the columns that were counted. Raises `InputError` for another."""
        for name in by:
            if name not in self.dimensions:
                raise InputError("by", f"was not counted by '{name}'{nearest(name, self.dimensions)}", self.dimensions)
        dimensions = [self.dimensions[name] for name in by]
        keep, L = self.label >= 0, len(self.labels)
        shape = [len(d.values) + 1 for d in dimensions]
        key = np.zeros(int(keep.sum()), np.int64)
        for d, size in zip(dimensions, shape, strict=True):
            key = key * size + np.where(d.codes[keep] < 0, size - 1, d.codes[keep])
        groups, place = np.unique(key, return_inverse=True)
        cell = place * L + self.label[keep]

        def counts(weights: Any = None) -> Any:
            return np.bincount(cell, weights, minlength=len(groups) * L).reshape(-1, L)

        once = self.once[keep]
        printed, single = counts(), counts(once).astype(np.int64)
        sums, doubtful = counts(np.nan_to_num(self.probability[keep])), counts(self.doubtful[keep]).astype(np.int64)
        known = counts(~np.isnan(self.probability[keep]))
        values = [[*d.values, None] for d in dimensions]
        rows: list[dict[str, Any]] = []
        for g, codes in enumerate(np.column_stack(np.unravel_index(groups, shape)) if by else np.zeros((len(groups), 0), int)):
            named = {name: values[i][codes[i]] for i, name in enumerate(by)}
            n, n_once = int(printed[g].sum()), int(single[g].sum())
            for k, label in enumerate(self.labels):
                mean = float(sums[g, k] / known[g, k]) if known[g, k] else None
                rows.append(named | _figures(self.of, label, int(printed[g, k]), n, int(single[g, k]), n_once, mean, int(doubtful[g, k])))
        return self._with_gaps(rows) if by == ("month",) else rows

    def _with_gaps(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The months in between, of which there are no statements, among those by month."""
        there = {row["month"] for row in rows}
        for month in months_between(sorted(there - {None})):
            if month not in there:
                rows += [{"month": month} | _figures(self.of, label, None, 0, None, 0, None, None) for label in self.labels]
        return sorted(rows, key=lambda row: (row["month"] is None, row["month"] or ""))


def _figures(
    of: str, label: str, printed: int | None, n: int, once: int | None, n_once: int, mean: float | None, doubtful: int | None
) -> dict[str, Any]:
    return {
        of: label, "statements": printed, "n": n, "share": printed / n if printed is not None and n else None,
        "statements_once": once if n_once else None, "n_once": n_once, "share_once": once / n_once if once is not None and n_once else None,
        "mean_probability": mean, "doubtful": doubtful,
    }  # fmt: skip


def months_between(months: Sequence[str]) -> list[str]:
    """Every month from the first to the last of some in order; those alone where one far off, such as 0001-01, makes them `MONTHS`."""
    if not months:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (months[0], months[-1]))
    if last - first >= MONTHS:
        return list(months)
    return [f"{place // 12:04}-{place % 12 + 1:02}" for place in range(first, last + 1)]


def values_of(block: Block, name: str, size: int) -> Sequence[Any]:
    """The values of a column to count by. A holder is the registered actor, where the registry has it."""
    nothing: list[Any] = [None] * size
    if name == "holder":
        return [a or h for a, h in zip(block.get("actor", nothing), block.get("holder", nothing), strict=True)]
    if name in ("month", "year", "date") and "date" in block:
        length = {"month": 7, "year": 4, "date": 10}[name]
        return [str(date)[:length] if date and _DATE.match(str(date)) else None for date in block["date"]]
    found: Sequence[Any] = block.get(name, nothing)
    return found


def summarise(
    labels: "Labels | str | Path | Iterable[Mapping[str, Any]]",
    by: Sequence[str] = BY,
    *,
    of: str | None = None,
    events: str | Path | Sequence[Event] = (),
    codebook: Codebook | None = None,
) -> Summary:
    """Count the labels of one task, by holder, month, another task or any other column.

    Parameters
    ----------
    labels : a folder that `label` wrote, one of its files (`labels.jsonl`, `.csv`, `.parquet`), `Labels`, or rows of them.
    by : columns; `holder` is the actor by the registry, else the holder; `month` and `year` are of the article's date. Of the default
        ones those are left out that the labels do not have.
    of : the task; the first one whose codebook names its sides (`oppose`, `support`), else the first.
    events : a YAML file: `events:`, with a `date` and an `event` each. They stand on the timeline.
    codebook : names the sides, where the labels do not know those of their model.

    Returns
    -------
    Summary

    Raises
    ------
    InputError : The labels are none, or have no such task or column; the events are not sound.
    """
    source = Source(labels)
    sides = dict(source.profile.sides if source.profile else {}) | (sides_of(codebook) if codebook else {})
    sides = {task: named for task, named in sides.items() if set(named) <= set(source.tasks.get(task, ()))}
    task = of or next(iter(sides), next(iter(source.tasks)))
    if task not in source.tasks:
        raise InputError("of", f"'{task}' is no task of {source.where}{nearest(task, source.tasks)}", source.tasks)
    wanted = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    dated = ("month", "year") if "date" in source.columns else ()
    if tuple(wanted) == BY:
        wanted = ["holder", *dated[:1], *[name for name in ("issue", *source.tasks) if name in source.columns and name != task][:1]]
    if not wanted:
        raise InputError("by", f"names no column to count '{task}' by")
    for name in wanted:
        if name == task or (name not in ("holder", *dated) and name not in source.columns):
            why = f"'{name}' is what is counted" if name == task else f"there is no column '{name}' in {source.where} to count '{task}' by"
            allowed = ["holder", *dated, *(t for t in source.tasks if t != task), "outlet", "any other column"]
            raise InputError("by", why + ("" if name == task else nearest(name, source.columns)), allowed)
    known = load_events(events) if isinstance(events, str | Path) else events
    return Summary(source, wanted, task, known, sides.get(task))
