"""Selection scores on weighted rows: macro-F1 and log-loss over the classes that occur."""

import numpy as np
from numpy.typing import NDArray

FLOOR = 1e-6
"""Probabilities are clipped from below, so that one row can't decide a choice."""


def codes_of(y: NDArray[np.str_], classes: NDArray[np.str_]) -> NDArray[np.int64]:
    """(n,) the column of each label among the sorted classes."""
    return np.searchsorted(classes, y).astype(np.int64)


def macro_f1(proba: NDArray[np.float64], codes: NDArray[np.int64], weights: NDArray[np.float64] | None = None) -> float:
    """Mean over the classes of `2 TP / (2 TP + FP + FN)`, of the most probable labels. Every class must occur in `codes`."""
    predicted, n_classes = proba.argmax(axis=1), proba.shape[1]
    flat = np.bincount(codes * n_classes + predicted, weights, minlength=n_classes**2)
    matrix = flat.reshape(n_classes, n_classes)
    return float((2 * np.diag(matrix) / (matrix.sum(axis=0) + matrix.sum(axis=1))).mean())


def log_loss(proba: NDArray[np.float64], codes: NDArray[np.int64], weights: NDArray[np.float64] | None = None) -> float:
    """Mean negative log probability of the label, in nats."""
    losses = -np.log(np.maximum(proba[np.arange(len(codes)), codes], FLOOR))
    return float(np.average(losses, weights=weights))
