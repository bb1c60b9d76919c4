"""Predictions beside the annotated labels as numbers, counted once so that every group can be left out cheaply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.evaluation.intervals import Interval, interval_of, replicates
from stancekit.evaluation.metrics import Floats, Ints, ratio
from stancekit.predictions import Predictions

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Counts:
    """How many rows of each label are right, annotated so and predicted so.

    Each is (n_seeds, 1 + n_groups, n_labels): of all rows, then without each group.
    """

    right: Floats
    annotated: Floats
    predicted: Floats

    @cached_property
    def f1(self) -> Floats:
        """`2 TP / (2 TP + FP + FN)`; `nan` for a label that neither occurs nor is predicted."""
        return ratio(2 * self.right, self.annotated + self.predicted)

    def mean_f1(self, labels: Mask, *, occurring: bool = True) -> Floats:
        """Return (1 + n_groups,) the mean over the seeds of the mean F1 of the labels; `nan` where one of them is undefined.

        With `occurring` it is so too where one does not occur among the annotated, though it be predicted. Without it, over
        `favor` and `against`, it is F_avg of SemEval-2016 task 6: predictions for all targets are pooled before F1 is taken
        (Mohammad et al. 2016, aclanthology.org/S16-1003).
        """
        values = np.where(self.annotated > 0, self.f1, np.nan) if occurring else self.f1
        return np.asarray(values[:, :, labels].mean(axis=2).mean(axis=0)) if labels.any() else np.full(values.shape[1], np.nan)

    def accuracy(self) -> Floats:
        """Return (1 + n_groups,) the mean over the seeds of the share that is right; `nan` of nothing."""
        return np.asarray(ratio(self.right.sum(axis=2), self.annotated.sum(axis=2)).mean(axis=0))


@dataclass(frozen=True)
class ScoredRows:
    """Annotated and predicted labels of n statements as label numbers: `gold` (n,), `predicted` (n_seeds, n).

    `group` (n,) is the number of each row's group in `groups`; `unit` is what a group is called.
    """

    labels: tuple[str, ...]
    gold: Ints
    predicted: Ints
    groups: tuple[str, ...]
    group: Ints
    unit: str = "article"

    @cached_property
    def occurs(self) -> Mask:
        """(n_labels,) which labels anything is annotated with."""
        return np.bincount(self.gold, minlength=len(self.labels)) > 0

    @property
    def right(self) -> Mask:
        """(n_seeds, n)"""
        return np.asarray(self.predicted == self.gold)

    def counts(self, counted: Mask | None = None) -> Counts:
        """Count over the rows that count; `counted` broadcasts to (n_seeds, n_labels, n): for which label a row counts."""
        size, rows = len(self.labels), np.arange(len(self.gold))
        shape = (len(self.predicted), size, len(rows))
        found: list[list[Floats]] = []
        for said, counts in zip(self.predicted, np.broadcast_to(True if counted is None else counted, shape), strict=True):
            annotated, predicted = counts[self.gold, rows], counts[said, rows]
            pairs = [(self.gold, annotated & (said == self.gold)), (self.gold, annotated), (said, predicted)]
            found.append([self._without_each(labels, weights) for labels, weights in pairs])
        return Counts(*(np.stack(parts) for parts in zip(*found, strict=True)))

    def interval(self, values: Floats, *, bounds: tuple[float, float] = (0.0, 1.0)) -> Interval:
        """Return the interval of a figure, given as (1 + n_groups,) of all rows and without each group."""
        return interval_of(replicates(values, self.groups), bounds=bounds, unit=self.unit)

    def _without_each(self, labels: Ints, weights: Mask) -> Floats:
        """Return (1 + n_groups, n_labels) how many rows have each label: all, then without each group."""
        size = len(self.labels)
        cells = np.bincount(self.group * size + labels, weights=weights, minlength=len(self.groups) * size)
        of_each = cells.reshape(len(self.groups), size)
        total = of_each.sum(axis=0)
        return np.vstack([total, total - of_each])


def scored_rows(seeds: Sequence[Predictions], gold: Mapping[str, str], groups: Mapping[str, str], unit: str = "article") -> ScoredRows:
    """Number the rows of one model on one task; parameters as for `score`. Raises `InputError` where they don't fit together."""
    first = seeds[0]
    if any(s.ids != first.ids or s.labels != first.labels for s in seeds):
        raise InputError(f"model '{first.model}'", "its seeds predict different statements or labels")
    for identity in first.ids:
        if identity not in gold:
            raise InputError(f"model '{first.model}'", f"predicts statement '{identity}', which is not annotated")
    number = {label: k for k, label in enumerate(first.labels)}
    truth = np.array([number[gold[i]] for i in first.ids], dtype=np.int64)
    predicted = np.array([[number[label] for label in s.predicted] for s in seeds], dtype=np.int64)
    names = {name: k for k, name in enumerate(dict.fromkeys(groups[i] for i in first.ids))}
    group = np.array([names[groups[i]] for i in first.ids], dtype=np.int64)
    return ScoredRows(first.labels, truth, predicted, tuple(names), group, unit)
