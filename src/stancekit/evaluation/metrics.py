"""Counts and ratios of labels. What is undefined is `nan`, never 0, and never silently dropped from a mean."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def confusion(gold: Ints, predicted: Ints, n_classes: int) -> Ints:
    """Return the (n_classes, n_classes) confusion matrix: rows are the annotated labels, columns the predicted ones."""
    flat = np.bincount(gold * n_classes + predicted, minlength=n_classes**2)
    return flat.reshape(n_classes, n_classes).astype(np.int64)


def log_loss(gold: Ints, proba: Floats, floor: float = 1e-6) -> tuple[float, int]:
    """Return the mean negative log probability of the annotated label, and how many were clipped from below at `floor`."""
    chosen = proba[np.arange(len(gold)), gold]
    return float(-np.log(np.maximum(chosen, floor)).mean()), int((chosen < floor).sum())


def ratio(part: Any, whole: Any) -> Floats:
    """Divide `part` by `whole`, elementwise; `nan` where there is nothing to divide by."""
    result = np.full(np.shape(part), np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result
