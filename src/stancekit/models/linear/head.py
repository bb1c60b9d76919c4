"""A linear classification head: fitted by scikit-learn, kept as plain arrays, scored with numpy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, TextModel, Weights
from stancekit.models.state import Classes, State, read_state, read_tensors

Classifier = Literal["logistic", "svm"]
MANY_ROWS = 2_000
"""At most this many rows are fitted in their row space."""

Reduced = tuple[NDArray[np.float64], Callable[[NDArray[np.float64]], NDArray[np.float64]]]
"""Features to fit, and what turns the weights found for them into weights of the features given."""


class _Classes(State):
    """`classes.json`."""

    classes: Classes


@dataclass(frozen=True)
class LinearHead:
    """Scores `features @ coef.T + intercept` and their softmax. `coef` is (n_classes, n_features).

    `source` is the file that a loaded one comes from.
    """

    classes: tuple[Any, ...]
    coef: NDArray[np.float64]
    intercept: NDArray[np.float64]
    source: Path | None = None

    def proba(self, features: Any) -> NDArray[np.float64]:
        """(n, n_classes), rows sum to 1. Of a support vector machine: the softmax of its margins, not calibrated.

        Raises `InputError` for features of another number than the head has weights for.
        """
        if features.shape[1] != self.coef.shape[1]:
            raise InputError(self.source or "the linear head", f"weighs {self.coef.shape[1]} features, and is given {features.shape[1]}")
        # A dense product goes row by row: BLAS would move the last bits with the number of rows.
        dense = isinstance(features, np.ndarray)
        product = np.einsum("nd,kd->nk", features, self.coef) if dense else np.asarray(features @ self.coef.T)
        scores = product + self.intercept
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        result: NDArray[np.float64] = scores / scores.sum(axis=1, keepdims=True)
        return result

    def save(self, directory: Path) -> None:
        from safetensors.numpy import save

        write_atomic(directory / "classes.json", to_json({"classes": list(self.classes)}))
        write_atomic(directory / "head.safetensors", save({"coef": np.ascontiguousarray(self.coef), "intercept": self.intercept}))

    @classmethod
    def load(cls, directory: Path, width: int | None = None, classes: Sequence[Any] | None = None) -> "LinearHead":
        """`width` is the number of features, `classes` are those of the model, where either is known already."""
        known, path = classes, directory / "head.safetensors"
        classes = read_state(directory / "classes.json", _Classes).classes
        if known is not None and known != classes:
            said, allowed = map(str, classes), map(str, known)
            raise InputError(directory / "classes.json", f"`classes` are {', '.join(said)}; the model has others", allowed)
        tensors = read_tensors(path, {"coef": (len(classes), width), "intercept": (len(classes),)})
        return cls(tuple(classes), tensors["coef"], tensors["intercept"], path)


class Headed(TextModel):
    """A linear head over features of its own. Subclasses give `_features`, and learn in `_fit` what those need."""

    classifier: Classifier = "logistic"
    C: float
    class_weight: str | None
    head_: LinearHead

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        self._adopt(fit_head(self._features(X), y, self.classifier, self.C, self.class_weight, weights))

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        return self.head_.proba(self._features(X))

    def _features(self, X: Inputs) -> Any:
        """(n, n_features), dense or sparse."""
        raise NotImplementedError

    def _adopt(self, head: LinearHead) -> None:
        self.head_ = head
        self.classes_ = np.array(head.classes)


def fit_head(
    features: Any,
    labels: NDArray[np.str_],
    classifier: Classifier,
    C: float,
    class_weight: str | None,
    sample_weight: Weights = None,
) -> LinearHead:
    """Fit on (n, n_features), dense or sparse. One class alone gives a head that always says it.

    Where there is no feature, or all are 0, the intercept alone is learnt: the shares of the classes under their weights.
    With `sample_weight`, (n,), `balanced` balances the weights of the classes, not the numbers of their rows.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC
    from threadpoolctl import threadpool_limits

    classes = np.unique(labels)
    if len(classes) == 1:
        return LinearHead(tuple(classes.tolist()), np.zeros((1, features.shape[1])), np.zeros(1))
    if sample_weight is not None and class_weight == "balanced":
        codes = np.searchsorted(classes, labels)
        of_class = np.bincount(codes, sample_weight)
        sample_weight, class_weight = sample_weight * (of_class.sum() / (len(classes) * of_class))[codes], None
    if classifier == "svm":
        estimator = LinearSVC(C=C, class_weight=class_weight, random_state=0, max_iter=10_000)
    else:
        estimator = LogisticRegression(C=C, class_weight=class_weight, max_iter=10_000, tol=1e-8)
    # Matrices this small are faster on one thread, and the last bits then do not depend on how many there are.
    with threadpool_limits(limits=1, user_api="blas"):
        reduced, turned_back = _row_space(features)
        estimator.fit(reduced, labels, sample_weight=sample_weight)
        coef = np.ascontiguousarray(turned_back(estimator.coef_), dtype=np.float64)
    intercept = np.asarray(estimator.intercept_, dtype=np.float64)
    if len(classes) == 2:  # scikit-learn keeps one row, the second class's; softmax over [0, z] is its sigmoid
        coef, intercept = np.vstack([np.zeros_like(coef), coef]), np.array([0.0, intercept[0]])
    return LinearHead(tuple(classes.tolist()), coef, intercept)


def _row_space(features: Any) -> Reduced:
    """Coordinates of the rows in the space that they span, (n, at most n), and what turns weights of those back, (k, n_features).

    With an L2 penalty the weights lie in the span of the rows (the representer theorem), so fitting n rows of n
    coordinates and turning the weights back gives the same model as fitting tens of thousands of n-grams. Where there
    are fewer features than rows, or so many rows that their Gram matrix costs more than it saves, they are taken as they are.
    """
    rows, width = features.shape
    if not width:  # n-grams of texts that are all empty: scikit-learn wants one feature at the least
        return _intercept_alone(rows, width)
    if width <= rows or rows > MANY_ROWS:
        return features, np.asarray
    gram = features @ features.T
    values, vectors = np.linalg.eigh(gram.toarray() if hasattr(gram, "toarray") else gram)
    if values[-1] <= 0:  # every feature of every row is 0
        return _intercept_alone(rows, width)
    kept = values > values[-1] * 1e-12
    scale = np.sqrt(values[kept])
    turn = vectors[:, kept] / scale
    return vectors[:, kept] * scale, lambda weights: np.asarray((features.T @ (turn @ weights.T)).T)


def _intercept_alone(rows: int, width: int) -> Reduced:
    return np.zeros((rows, 1)), lambda weights: np.zeros((len(weights), width))
