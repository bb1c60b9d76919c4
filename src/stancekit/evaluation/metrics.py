"""Classification metrics. What is undefined is `nan`, never 0, and never silently dropped from a mean."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def confusion(gold: Ints, predicted: Ints, n_classes: int) -> Ints:
    """(n_classes, n_classes) counts: rows are the annotated labels, columns the predicted ones."""
    flat = np.bincount(gold * n_classes + predicted, minlength=n_classes**2)
    return flat.reshape(n_classes, n_classes).astype(np.int64)


def precision(matrix: Ints) -> Floats:
    """(n_classes,); undefined for a class that was never predicted."""
    return _ratio(np.diag(matrix), matrix.sum(axis=0))


def recall(matrix: Ints) -> Floats:
    """(n_classes,); undefined for a class that does not occur."""
    return _ratio(np.diag(matrix), matrix.sum(axis=1))


def f1(matrix: Ints) -> Floats:
    """(n_classes,) `2 TP / (2 TP + FP + FN)`; undefined for a class that neither occurs nor is predicted."""
    return _ratio(2 * np.diag(matrix), matrix.sum(axis=0) + matrix.sum(axis=1))


def macro_f1(matrix: Ints, classes: NDArray[np.bool_] | None = None) -> float:
    """Mean F1 over the given classes, undefined as soon as one of them does not occur in the rows scored."""
    chosen = np.ones(len(matrix), dtype=bool) if classes is None else classes
    if not chosen.any() or (matrix.sum(axis=1)[chosen] == 0).any():
        return float("nan")
    return float(f1(matrix)[chosen].mean())


def log_loss(gold: Ints, proba: Floats, floor: float = 1e-6) -> tuple[float, int]:
    """Mean negative log probability of the annotated label, and how many were clipped from below at `floor`."""
    chosen = proba[np.arange(len(gold)), gold]
    return float(-np.log(np.maximum(chosen, floor)).mean()), int((chosen < floor).sum())


def _ratio(numerator: Ints, denominator: Ints) -> Floats:
    result = np.full(len(numerator), np.nan)
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result
