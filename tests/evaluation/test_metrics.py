"""Metrics against scikit-learn's; the undefined is missing, never 0."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix, f1_score, precision_score, recall_score
from sklearn.metrics import log_loss as reference_log_loss

from stancekit.evaluation import metrics, score
from stancekit.predictions import Predictions

ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40)


@given(ROWS)
@settings(deadline=None)
def test_equal_scikit_learn_where_defined(rows: list[tuple[int, int]]) -> None:
    gold, predicted = np.array(rows).T
    assert metrics.confusion(gold, predicted, 3).tolist() == confusion_matrix(gold, predicted, labels=[0, 1, 2]).tolist()
    ids = tuple(map(str, range(len(rows))))
    said = Predictions("t", ("x", "y", "z"), "m", "kfold", "none", 0, ids, ids, tuple("xyz"[k] for k in predicted))
    found = score([said], {i: "xyz"[k] for i, k in zip(ids, gold, strict=True)}, dict.fromkeys(ids, "g"))
    for figure, reference in [("precision", precision_score), ("recall", recall_score), ("f1", f1_score)]:
        expected = reference(gold, predicted, labels=[0, 1, 2], average=None, zero_division=np.nan)
        ours = [getattr(c, figure) for c in found.classes]
        np.testing.assert_allclose([math.nan if v is None else v for v in ours], expected)
    assert found.by_seed == pytest.approx([f1_score(gold, predicted, labels=np.unique(gold), average="macro")])


def test_log_loss_counts_what_it_clips() -> None:
    proba = np.array([[0.7, 0.3], [1.0, 0.0], [0.2, 0.8]])
    loss, clipped = metrics.log_loss(np.array([0, 1, 1]), proba)
    assert clipped == 1
    assert math.isclose(loss, reference_log_loss([0, 1, 1], np.array([[0.7, 0.3], [1 - 1e-6, 1e-6], [0.2, 0.8]])), rel_tol=1e-6)
