"""Figures of probabilities against scikit-learn, by hand, and by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from stancekit.evaluation.calibration import Bin, brier, calibration, ece, ece_if_calibrated, reliability_bins

TOPS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_brier_is_scikit_learns_of_several_classes() -> None:
    random = np.random.default_rng(0)
    proba, gold = random.dirichlet(np.ones(3), 50), random.integers(0, 3, 50)
    assert brier(gold, proba) == pytest.approx(brier_score_loss(gold, proba, labels=[0, 1, 2], scale_by_half=False))
    assert brier(np.array([0, 1]), np.array([[1.0, 0.0], [1.0, 0.0]])) == 1.0


def test_bins_by_hand() -> None:
    """An edge belongs to the bin below it; what is empty is left out."""
    top = np.array([0.6, 0.55, 0.61, 0.7, 1.0])
    right = np.array([True, False, True, False, True])
    bins = reliability_bins(top, right)
    assert [(b.low, b.high, b.n) for b in bins] == [(0.5, 0.6, 2), (0.6, 0.7, 2), (0.9, 1.0, 1)]
    assert [b.accuracy for b in bins] == [0.5, 0.5, 1.0]
    assert bins[0].confidence == pytest.approx(0.575)
    assert ece(bins) == pytest.approx((2 * 0.075 + 2 * 0.155) / 5)


@given(TOPS)
def test_every_prediction_is_in_one_bin(rows: list[tuple[float, bool]]) -> None:
    top, right = np.array([t for t, _ in rows]), np.array([r for _, r in rows])
    bins = reliability_bins(top, right)
    assert sum(b.n for b in bins) == len(rows)
    assert all(b.low - 1e-12 <= b.confidence <= b.high + 1e-12 for b in bins)
    assert sum(b.n * b.accuracy for b in bins) == pytest.approx(right.sum())
    assert 0 <= ece(bins) <= 1


def test_the_error_of_a_true_model_is_what_a_simulation_gives() -> None:
    random = np.random.default_rng(1)
    top = random.uniform(0.4, 1, 60)
    drawn = [ece(reliability_bins(top, random.random(60) < top)) for _ in range(4000)]
    assert ece_if_calibrated(top) == pytest.approx(np.mean(drawn), abs=4 * np.std(drawn) / np.sqrt(4000))
    assert ece_if_calibrated(np.ones(5)) == 0


def test_seeds_are_averaged_and_their_bins_added_up() -> None:
    gold = np.array([0, 1])
    sure, unsure = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.4, 0.6], [0.4, 0.6]])
    found = calibration(gold, np.array([[0, 1], [1, 1]]), [sure, unsure])
    assert found.brier == pytest.approx((0 + (0.72 + 0.32) / 2) / 2)
    assert found.ece == pytest.approx((0 + 0.1) / 2)
    assert found.bins == (Bin(0.5, 0.6, 2, pytest.approx(0.6), 0.5), Bin(0.9, 1.0, 2, 1.0, 1.0))  # type: ignore[arg-type]
