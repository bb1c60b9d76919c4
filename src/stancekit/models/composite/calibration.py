"""Post-hoc calibration by one temperature, or by a monotone curve for each class. Numbers only."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from stancekit.models.state import Number, Probability, State

Method = Literal["temperature", "isotonic", "none"]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SMALLEST, LARGEST = 0.05, 20.0
"""The range of temperatures."""
FLOOR = 1e-12
"""Positive probabilities are clipped to this before their logarithm is taken."""


def _rising(curve: tuple[tuple[float, ...], tuple[float, ...]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    x, y = curve
    if not x or len(x) != len(y) or list(x) != sorted(x):
        raise ValueError("is no curve: as many rising x as y are needed")
    return curve


Knots = Annotated[tuple[Number, ...], Field(strict=False)]
Shares = Annotated[tuple[Probability, ...], Field(strict=False)]
Curve = Annotated[tuple[Knots, Shares], Field(strict=False), AfterValidator(_rising)]


class Calibration(State):
    """A fitted map of probabilities. `curves`: for each class the knots (x, y) of its monotone curve; `rows` fitted them.

    A fitted temperature may end a rounding error outside its range.
    """

    method: Method
    temperature: Annotated[float, Field(ge=SMALLEST * 0.99, le=LARGEST * 1.01)] = 1.0
    curves: Annotated[tuple[Curve, ...], Field(strict=False)] = ()
    rows: Annotated[Number, Field(ge=0)] = 0.0

    def apply(self, proba: Floats) -> Floats:
        """(n, n_classes) → (n, n_classes), rows sum to 1. What is 0 stays 0."""
        if self.method == "temperature":
            return softened(proba, self.temperature)
        if self.method == "isotonic" and self.curves:
            # One row's worth of what the model said: a curve of few rows ends in 0 and 1, and nothing is that certain.
            mapped = np.stack([np.interp(proba[:, k], *curve) for k, curve in enumerate(self.curves)], axis=1)
            mixed = np.where(proba > 0, (self.rows * mapped + proba) / (self.rows + 1), 0.0)
            result: Floats = mixed / mixed.sum(axis=1, keepdims=True)
            return result
        return proba


def fit_calibration(method: Method, proba: Floats, codes: Ints, weights: Floats | None = None) -> Calibration:
    """A calibration for probabilities that were made outside their rows' folds.

    Parameters
    ----------
    proba : (n, n_classes). codes : (n,) the column of each row's label. weights : (n,), or `None`.

    A class that a fold did not train on has probability 0 there; that is no fault of the probabilities, so such rows
    don't count for the temperature, nor for that class's curve.
    """
    weights = np.ones(len(codes)) if weights is None else weights
    if method == "temperature":
        return Calibration(method=method, temperature=fit_temperature(proba, codes, weights))
    if method == "isotonic":
        curves = tuple(_curve(proba[:, k], codes == k, weights) for k in range(proba.shape[1]))
        return Calibration(method=method, curves=curves, rows=float(weights.sum()))
    return Calibration(method=method)


def fit_temperature(proba: Floats, codes: Ints, weights: Floats) -> float:
    """The temperature of least log-loss; above 1 it makes a sure model less sure. Ref: Guo et al. 2017, arXiv 1706.04599."""
    from scipy.optimize import minimize_scalar

    learnt = proba[np.arange(len(codes)), codes] > 0
    if not learnt.any():
        return 1.0
    proba, codes, weights = proba[learnt], codes[learnt], weights[learnt]

    def loss(log_temperature: float) -> float:
        said = softened(proba, float(np.exp(log_temperature)))[np.arange(len(codes)), codes]
        return float(-np.average(np.log(np.maximum(said, FLOOR)), weights=weights))

    found = minimize_scalar(loss, bounds=(np.log(SMALLEST), np.log(LARGEST)), method="bounded", options={"xatol": 1e-6})
    return float(np.exp(found.x))


def softened(proba: Floats, temperature: float) -> Floats:
    """`proba ** (1 / temperature)`, rows made to sum to 1; what is 0 stays 0."""
    scores = np.where(proba > 0, np.log(np.maximum(proba, FLOOR)) / temperature, -np.inf)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = scores / scores.sum(axis=1, keepdims=True)
    return result


def threshold_for(proba: Floats, right: NDArray[np.bool_], wanted: float, weights: Floats | None = None) -> tuple[float, float, float]:
    """(threshold, accuracy, share kept): the lowest top probability at or above which the share of right rows is as wanted.

    0 where all rows are good enough; where none will do, the threshold of the highest accuracy, the lowest of equals.

    Parameters
    ----------
    proba : (n,) of the most probable label. right : (n,) whether it is the annotated one.
    """
    weights = np.ones(len(proba)) if weights is None else weights
    order = np.argsort(-proba, kind="stable")
    kept = np.cumsum(weights[order])
    accuracy = np.cumsum((weights * right)[order]) / kept
    last = np.append(np.diff(proba[order]) != 0, True)  # rows of equal probability are kept together
    places = np.flatnonzero(last)
    good = places[accuracy[places] >= wanted - 1e-12]
    place = int(good[-1] if len(good) else places[len(places) - 1 - accuracy[places][::-1].argmax()])
    everything = place == len(proba) - 1
    return (0.0 if everything else float(proba[order][place])), float(accuracy[place]), float(kept[place] / kept[-1])


def _curve(proba: Floats, positive: NDArray[np.bool_], weights: Floats) -> Curve:
    """The knots of an increasing step-free curve from a class's probability to how often it holds; straight without rows."""
    from sklearn.isotonic import IsotonicRegression

    learnt = proba > 0
    if not learnt.any():
        return (0.0, 1.0), (0.0, 1.0)
    fitted = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(proba[learnt], positive[learnt], weights[learnt])
    return tuple(map(float, fitted.X_thresholds_)), tuple(map(float, fitted.y_thresholds_))
