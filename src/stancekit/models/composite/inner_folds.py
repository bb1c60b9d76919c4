"""Inner folds: nested cross-validation inside the training rows, purged by the rule of the outer split."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.data.splits import Reads
from stancekit.duplicates import groups as repeat_groups
from stancekit.duplicates import repeated_in
from stancekit.models.base import Inputs, Weights

FEW = 10
"""At least this many rows are needed to choose by: a score of fewer is noise."""
MANY = 30
"""At most this many groups are held out one by one, more of them in `K` folds."""
K = 5

InnerFold = tuple[NDArray[np.int64], NDArray[np.int64]]


def read_texts(reads: Sequence[str]) -> list[Reads]:
    """Which texts of a statement must not repeat between training and test; a model that reads none is held to the text."""
    as_read: dict[Reads, set[str]] = {"text": {"text", "masked"}, "context": {"context"}}
    return [name for name, fields in as_read.items() if fields & set(reads)] or ["text"]


def inner_folds(X: Inputs, groups: Any, reads: Sequence[str], y: NDArray[np.str_]) -> list[InnerFold]:
    """(train, test) row numbers that test every row once, by the rule of the outer split.

    One group (article) is left out at a time, and training rows that repeat any of its texts which a model reads are
    purged. Where there are no groups, fewer than three, or a fold would have nothing to train on, the folds are a
    duplicate-grouped, stratified k-fold, purged as well; with more than `MANY` groups they are shared out over `K` folds.
    Nothing is random.

    Parameters
    ----------
    groups : (n,) names, or `None`. Rows that are pieces of one statement must share theirs.
    reads : the fields that the models read, of all of them that are compared.

    Returns an empty list where there is nothing to choose by: fewer than `FEW` rows, one class, or no sound folds.
    """
    if len(X) < FEW or len(np.unique(y)) < 2:
        return []
    texts = [[str(getattr(x, field)) for field in read_texts(reads)] for x in X]
    if groups is not None:
        names, codes = np.unique(np.asarray(groups), return_inverse=True)
        if len(names) >= 3:
            folds = _purged(texts, codes if len(names) <= MANY else _spread(y, codes))
            if folds:
                return folds
    return _purged(texts, _spread(y, np.array(repeat_groups([x.text for x in X]))))


def out_of_fold_proba(
    model: Any,
    folds: Sequence[InnerFold],
    X: Inputs,
    y: NDArray[np.str_],
    sample_weight: Weights,
    groups: Any,
    classes: NDArray[np.str_],
) -> NDArray[np.float64]:
    """(n, n_classes): each row's probabilities from a clone of `model` that has not seen it; 0 for a class its fold lacks."""
    proba = np.zeros((len(X), len(classes)))
    for train, test in folds:
        fitted = fit_rows(type(model)(**model.get_params()), X, y, sample_weight, groups, train)
        columns = np.searchsorted(classes, fitted.classes_)
        proba[np.ix_(test, columns)] = fitted.predict_proba([X[i] for i in test])
    return proba


def fit_rows(model: Any, X: Inputs, y: Any, sample_weight: Any, groups: Any, rows: NDArray[np.int64] | None = None) -> Any:
    """Fit on the given rows, or on all."""
    if rows is not None:
        X, y = [X[i] for i in rows], y[rows]
        sample_weight = None if sample_weight is None else sample_weight[rows]
        groups = None if groups is None else np.asarray(groups)[rows]
    return model.fit(X, y, sample_weight, groups)


def _purged(texts: Sequence[Sequence[str]], homes: NDArray[np.int64] | None) -> list[InnerFold]:
    """A fold for each home: it tests the rows at home there, and trains on those that neither are nor repeat one of them."""
    if homes is None:
        return []
    flat = [(row, text) for row, of_row in enumerate(texts) for text in of_row]
    touched = [set[int]() for _ in texts]
    for (row, _), found in zip(flat, repeated_in([text for _, text in flat], [int(homes[row]) for row, _ in flat]), strict=True):
        touched[row] |= found  # type: ignore[arg-type]  # a home is a number here
    folds = []
    for home in np.unique(homes).tolist():
        train = np.array([row for row, found in enumerate(touched) if home not in found], dtype=np.int64)
        folds.append((train, np.flatnonzero(homes == home)))
    return folds if len(folds) > 1 and all(len(train) for train, _ in folds) else []


def _spread(y: NDArray[np.str_], groups: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """(n,) the fold of each row: groups stay together, classes are spread evenly; `None` where two folds can't be made."""
    import warnings

    from sklearn.model_selection import StratifiedGroupKFold

    k = min(K, len(np.unique(groups)), int(np.unique(y, return_counts=True)[1].max()))
    if k < 2:
        return None
    homes = np.zeros(len(y), dtype=np.int64)
    with warnings.catch_warnings():  # a class of fewer than k rows is ordinary here
        warnings.filterwarnings("ignore", message="The least populated class", category=UserWarning)
        for fold, (_, test) in enumerate(StratifiedGroupKFold(n_splits=k).split(np.zeros(len(y)), y, groups)):
            homes[test] = fold
    return homes
