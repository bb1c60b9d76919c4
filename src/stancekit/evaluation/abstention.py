"""Selective prediction: accuracy when the least certain labels are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stancekit.evaluation.intervals import Interval
from stancekit.evaluation.scored import Mask, ScoredRows

STEPS = 20
"""Points of a curve."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the labels that a model stands by. `n` : how many, of each seed; `share` is their mean share of all."""

    n: tuple[int, ...]
    share: float
    accuracy: Interval
    macro_f1: Interval


@dataclass(frozen=True, slots=True)
class Coverage:
    """Accuracy of the n most certain labels, for growing n; the last is all. Means over the seeds.

    It is the risk-coverage curve with accuracy for one minus the risk.
    Ref: El-Yaniv and Wiener 2010, On the Foundations of Noise-free Selective Classification, JMLR 11:1605-1641.
    """

    n: tuple[int, ...]
    accuracy: tuple[float, ...]


def kept_scores(rows: ScoredRows, kept: Mask) -> Kept:
    """Score the labels that a model keeps. kept : (n_seeds, n) whether it does."""
    counts = rows.counts(kept[:, None, :])
    macro = rows.interval(counts.mean_f1(rows.occurs))
    if macro.point is None:
        lacking = [label for k, label in enumerate(rows.labels) if rows.occurs[k] and not all((rows.gold[own] == k).any() for own in kept)]
        macro = Interval(None, None, None, macro.level, f"undefined: no {', no '.join(lacking)} among the kept")
    return Kept(tuple(int(own.sum()) for own in kept), float(kept.mean()), rows.interval(counts.accuracy()), macro)


def coverage(right: Mask, tops: Sequence[NDArray[np.float64]], steps: int = STEPS) -> Coverage:
    """Return the risk-coverage curve. right : (n_seeds, n) whether the label is the annotated one; tops : (n,) its probability, by seed.

    Among labels of one probability none comes first: each counts with their mean.
    """
    size = right.shape[1]
    numbers = np.unique(np.ceil(np.arange(1, steps + 1) * size / steps).astype(int))
    curves = [_accuracies(own, top)[numbers - 1] for own, top in zip(right, tops, strict=True)]
    return Coverage(tuple(numbers.tolist()), tuple(np.mean(curves, axis=0).tolist()))


def _accuracies(right: Mask, top: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n,) the expected accuracy of the 1, 2, … n most certain labels, ties in random order."""
    _, tie, sizes = np.unique(-top, return_inverse=True, return_counts=True)
    means = np.bincount(tie, weights=right) / sizes
    return np.asarray(np.cumsum(means[np.sort(tie)]) / np.arange(1, len(top) + 1))
