"""Metrics against scikit-learn's; the undefined is missing, never 0."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_score, recall_score
from sklearn.metrics import log_loss as reference_log_loss

from stancekit.evaluation import metrics

ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40)


@given(ROWS)
def test_equal_scikit_learn_where_defined(rows: list[tuple[int, int]]) -> None:
    gold, predicted = np.array(rows).T
    matrix = metrics.confusion(gold, predicted, 3)
    for ours, reference in [(metrics.precision, precision_score), (metrics.recall, recall_score), (metrics.f1, f1_score)]:
        expected = reference(gold, predicted, labels=[0, 1, 2], average=None, zero_division=np.nan)
        np.testing.assert_allclose(ours(matrix), expected)
    if len(set(gold)) == 3:
        assert math.isclose(metrics.macro_f1(matrix), f1_score(gold, predicted, average="macro", zero_division=0))
    else:
        assert math.isnan(metrics.macro_f1(matrix))


def test_macro_f1_over_some_classes() -> None:
    matrix = np.array([[2, 0, 0], [1, 1, 0], [0, 0, 0]])
    assert math.isnan(metrics.macro_f1(matrix))
    assert math.isclose(metrics.macro_f1(matrix, np.array([True, True, False])), (4 / 5 + 2 / 3) / 2)
    assert math.isnan(metrics.macro_f1(matrix, np.zeros(3, dtype=bool)))


def test_log_loss_counts_what_it_clips() -> None:
    proba = np.array([[0.7, 0.3], [1.0, 0.0], [0.2, 0.8]])
    loss, clipped = metrics.log_loss(np.array([0, 1, 1]), proba)
    assert clipped == 1
    assert math.isclose(loss, reference_log_loss([0, 1, 1], np.array([[0.7, 0.3], [1 - 1e-6, 1e-6], [0.2, 0.8]])), rel_tol=1e-6)
