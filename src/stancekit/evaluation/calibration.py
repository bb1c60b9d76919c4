"""Calibration of probabilities: Brier score, expected calibration error, reliability diagram."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stancekit.evaluation.metrics import Floats, Ints

BINS = 10
"""Bins of a reliability diagram, of equal width from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The n predictions with a probability above `low` and at most `high`: its mean, and the share of them that are right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Figures of the probabilities, means over the seeds.

    `brier` is of all labels' probabilities, `ece` and `bins` of the predicted label's; a bin that nothing falls into is left
    out, and with several seeds each counts every statement. `ece_if_calibrated` is what a model with the same probabilities
    would be expected to have if they were true: few statements make an error of their own.
    """

    brier: float
    ece: float
    ece_if_calibrated: float
    bins: tuple[Bin, ...]


def calibration(gold: Ints, predicted: Ints, probas: Sequence[Floats]) -> Calibration:
    """Compute the calibration figures of one model on one task.

    Parameters
    ----------
    gold : (n,) label numbers. predicted : (n_seeds, n). probas : (n, n_labels) of each seed.
    """
    tops = [(proba[np.arange(len(gold)), said], said == gold) for said, proba in zip(predicted, probas, strict=True)]
    return Calibration(
        brier=float(np.mean([brier(gold, proba) for proba in probas])),
        ece=float(np.mean([ece(reliability_bins(*top)) for top in tops])),
        ece_if_calibrated=float(np.mean([ece_if_calibrated(top) for top, _ in tops])),
        bins=reliability_bins(np.concatenate([top for top, _ in tops]), np.concatenate([right for _, right in tops])),
    )


def brier(gold: Ints, proba: Floats) -> float:
    """Return the mean squared distance of the probabilities from the annotated label's indicator, summed over labels: from 0 to 2.

    Ref: Brier 1950, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78:1-3.
    """
    return float(((proba - np.eye(proba.shape[1])[gold]) ** 2).sum(axis=1).mean())


def reliability_bins(top: Floats, right: NDArray[np.bool_], count: int = BINS) -> tuple[Bin, ...]:
    """Return the bins that are not empty. top : (n,) probabilities of the predicted labels; right : (n,) whether they are correct."""
    numbers = _bin_of(top, count)
    return tuple(
        Bin(k / count, (k + 1) / count, int(inside.sum()), float(top[inside].mean()), float(right[inside].mean()))
        for k in range(count)
        if (inside := numbers == k).any()
    )


def ece(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error, the mean gap between confidence and accuracy, weighted by the bins' n.

    Ref: Guo, Pleiss, Sun and Weinberger 2017, On Calibration of Modern Neural Networks, arXiv:1706.04599.
    """
    return sum(b.n * abs(b.accuracy - b.confidence) for b in bins) / sum(b.n for b in bins)


def ece_if_calibrated(top: Floats, count: int = BINS) -> float:
    """Return the expectation of `ece` if each prediction were right with exactly the probability it has, independently.

    Exact: the number right in a bin is then Poisson-binomial. That a true model has an error too, and the larger the fewer
    its predictions, is shown by Bröcker and Smith 2007, doi:10.1175/WAF993.1, who draw it; here it needs no draws.
    """
    numbers = _bin_of(top, count)
    total = 0.0
    for k in range(count):
        inside = top[numbers == k]
        chances = np.ones(1)
        for p in inside:
            chances = np.convolve(chances, (1 - p, p))
        total += float(chances @ np.abs(np.arange(len(chances)) - inside.sum()))
    return total / len(top)


def _bin_of(top: Floats, count: int) -> Ints:
    """Return (n,) the bin of each probability; its upper edge belongs to it, as in the definition. Edges are the literals of tenths."""
    edges = np.arange(1, count) / count
    return np.searchsorted(edges, top, side="left").astype(np.int64)
