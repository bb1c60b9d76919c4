"""Calibration and thresholds, against simulation, scikit-learn and enumeration."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

import simulated
from stancekit.models.composite.calibration import Calibration, fit_calibration, fit_temperature, softened, threshold_for


def drawn(n: int, temperature: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and labels that would be drawn by them, were they softened by the temperature."""
    rng = np.random.default_rng(seed)
    proba = rng.dirichlet(np.full(3, 0.4), n)
    true = softened(proba, temperature)
    return proba, (true.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)


@pytest.mark.parametrize("planted", [0.5, 1.0, 3.0])
def test_a_planted_temperature_is_found(planted: float) -> None:
    proba, codes = drawn(20_000, planted)
    assert fit_temperature(proba, codes, np.ones(len(codes))) == pytest.approx(planted, rel=0.05)


def test_rows_whose_label_was_not_learnt_and_classes_at_zero_stay_out_of_it() -> None:
    proba, codes = drawn(500, 2.0)
    expected = fit_temperature(proba, codes, np.ones(500))
    wider = np.hstack([np.vstack([proba, proba[:50]]), np.zeros((550, 1))])
    assert fit_temperature(wider, np.append(codes, np.full(50, 3)), np.ones(550)) == pytest.approx(expected)
    assert (softened(wider, expected)[:, 3] == 0).all()
    assert fit_temperature(np.array([[1.0, 0.0]]), np.array([1]), np.ones(1)) == 1.0


def test_isotonic_curves_are_scikit_learns_but_for_one_row_of_what_was_said() -> None:
    proba, codes = drawn(300, 3.0)
    found = fit_calibration("isotonic", proba, codes)
    curves = [IsotonicRegression(out_of_bounds="clip").fit(proba[:, k], codes == k) for k in range(3)]
    raw = np.stack([curve.predict(proba[:, k]) for k, curve in enumerate(curves)], axis=1)
    mixed = (300 * raw + proba) / 301
    np.testing.assert_allclose(found.apply(proba), mixed / mixed.sum(axis=1, keepdims=True))
    assert found.apply(proba).min() > 0


def test_a_class_that_no_fold_had_keeps_its_probability_under_isotonic_curves() -> None:
    proba = np.array([[0.7, 0.3, 0.0], [0.4, 0.6, 0.0], [0.9, 0.1, 0.0]])
    found = fit_calibration("isotonic", proba, np.array([0, 1, 2]))
    assert found.curves[2] == ((0.0, 1.0), (0.0, 1.0))
    assert (found.apply(proba)[:, 2] == 0).all()


@pytest.mark.parametrize("method", ["temperature", "isotonic"])
def test_overconfidence_falls(method: str) -> None:
    fitted, test = drawn(2_000, 4.0), drawn(2_000, 4.0, seed=1)
    found = fit_calibration(method, *fitted)  # type: ignore[arg-type]
    before, after = (
        simulated.expected_calibration_error(proba, proba.argmax(axis=1) == test[1]) for proba in (test[0], found.apply(test[0]))
    )
    assert before > 0.15
    assert after < 0.05


@pytest.mark.parametrize("method", ["temperature", "isotonic", "none"])
def test_json_keeps_every_bit(method: str) -> None:
    proba, codes = drawn(100, 2.0)
    found = fit_calibration(method, proba, codes)  # type: ignore[arg-type]
    assert Calibration.model_validate(json.loads(json.dumps(found.model_dump()))) == found


rows = st.lists(st.tuples(st.sampled_from([0.2, 0.4, 0.5, 0.7, 0.9]), st.booleans(), st.sampled_from([0.5, 1.0])), min_size=1, max_size=12)


@given(rows, st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_the_threshold_is_the_lowest_of_all_that_will_do(drawn_rows: list[tuple[float, bool, float]], wanted: float) -> None:
    proba, right, weights = (np.array(column) for column in zip(*drawn_rows, strict=True))
    threshold, accuracy, kept = threshold_for(proba, right, wanted, weights)
    options = {}
    for t in [0.0, *set(proba.tolist())]:
        chosen = proba >= t
        options[t] = float((right * weights)[chosen].sum() / weights[chosen].sum())
    enough = [t for t, found in options.items() if found >= wanted - 1e-12]
    best = max(options.values())
    expected = min(enough) if enough else min(t for t, found in options.items() if found >= best - 1e-12)
    assert threshold == expected
    assert accuracy == pytest.approx(options[expected])
    assert kept == pytest.approx(weights[proba >= expected].sum() / weights.sum())
