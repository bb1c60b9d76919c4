"""Scores to choose by, against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import f1_score
from sklearn.metrics import log_loss as sklearn_log_loss

from stancekit.models.composite.scores import codes_of, log_loss, macro_f1


@pytest.mark.parametrize("weighted", [False, True])
def test_as_scikit_learn(weighted: bool) -> None:
    rng = np.random.default_rng(1)
    proba = rng.dirichlet(np.ones(4), 60)
    codes = np.append(rng.integers(0, 3, 59), 3)
    weights = rng.uniform(0.1, 1, 60) if weighted else None
    predicted = proba.argmax(axis=1)
    assert macro_f1(proba, codes, weights) == pytest.approx(f1_score(codes, predicted, average="macro", sample_weight=weights))
    assert log_loss(proba, codes, weights) == pytest.approx(sklearn_log_loss(codes, proba, sample_weight=weights, labels=range(4)))


def test_a_zero_is_clipped() -> None:
    assert log_loss(np.array([[1.0, 0.0]]), np.array([1])) == pytest.approx(-np.log(1e-6))


def test_codes_are_columns() -> None:
    assert codes_of(np.array(["c", "a"]), np.array(["a", "b", "c"])).tolist() == [2, 0]
