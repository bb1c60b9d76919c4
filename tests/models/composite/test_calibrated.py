"""Calibrated models: probabilities that mean something, and labels that are held back."""

from pathlib import Path

import numpy as np
import pytest

import simulated
from stancekit.errors import InputError
from stancekit.models import make_model, registry


@pytest.fixture(autouse=True)
def said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.MODELS, "said", "simulated:Said")


def test_a_loud_model_is_turned_down() -> None:
    X, y = simulated.rows(3_000, (0.0,))
    codes = np.searchsorted(simulated.CLASSES, y)
    loud = make_model("said", loud=3.0).fit(X[:1000], y[:1000])
    model = make_model("calibrated", model="said", params={"loud": 3.0}).fit(X[:1000], y[:1000])
    assert model.chosen_["temperature"] == pytest.approx(3.0, rel=0.15)
    errors = [simulated.expected_calibration_error(p := m.predict_proba(X[1000:]), p.argmax(axis=1) == codes[1000:]) for m in (loud, model)]
    assert errors[0] > 0.15
    assert errors[1] < 0.04
    assert model.predict(X).tolist() == loud.predict(X).tolist()


@pytest.mark.parametrize("method", ["temperature", "isotonic", "none"])
def test_what_is_kept_is_as_accurate_as_wanted(method: str) -> None:
    X, y = simulated.rows(4_000, (0.5,))
    model = make_model("calibrated", model="said", method=method, abstain=0.85).fit(X[:1500], y[:1500])
    proba = model.predict_proba(X[1500:])
    kept = proba.max(axis=1) >= model.threshold_
    right = model.classes_[proba.argmax(axis=1)] == np.array(y[1500:])
    assert right.mean() < 0.75
    assert right[kept].mean() == pytest.approx(0.85, abs=0.03)
    assert kept.mean() == pytest.approx(model.chosen_["kept"], abs=0.05)
    assert (model.chosen_["threshold"], model.chosen_["wanted"]) == (model.threshold_, 0.85)


def test_out_of_reach_it_keeps_the_most_accurate_and_says_so() -> None:
    X, y = simulated.rows(300, (50.0,))
    model = make_model("calibrated", model="said", abstain=0.99).fit(X, y)
    assert model.chosen_["accuracy"] < 0.99
    assert model.threshold_ > 0


def test_easy_wishes_keep_everything_and_no_wish_never_abstains() -> None:
    X, y = simulated.rows(200, (0.0,))
    assert make_model("calibrated", model="said", abstain=0.2).fit(X, y).threshold_ == 0.0
    assert make_model("calibrated", model="said").fit(X, y).threshold_ is None


def test_too_few_rows_change_nothing() -> None:
    X, y = simulated.rows(8, (0.0,))
    model = make_model("calibrated", model="said", params={"loud": 2.0}, abstain=0.9).fit(X, y)
    assert model.chosen_ == {"method": "temperature", "temperature": 1.0, "rows": 0}
    assert model.threshold_ == 0.0
    plain = make_model("said", loud=2.0).fit(X, y)
    np.testing.assert_allclose(model.predict_proba(X), plain.predict_proba(X))


def test_a_class_in_one_article_alone_is_no_hindrance() -> None:
    X, y = simulated.rows(60, (0.5,))
    groups = ["one" if label == "c" else f"{i % 3}" for i, label in enumerate(y)]
    for method in ("temperature", "isotonic"):
        model = make_model("calibrated", model="said", method=method, abstain=0.8).fit(X, y, groups=groups)
        assert np.isfinite(model.predict_proba(X)).all()
        assert model.classes_.tolist() == simulated.CLASSES


def test_the_threshold_of_what_was_tuned_is_kept(tmp_path: Path) -> None:
    X = [f"{'good' if i % 2 else 'bad'} n{i} m{i}" for i in range(24)]
    y = ["x" if i % 2 else "y" for i in range(24)]
    inside = {"model": "tfidf", "params": {"chars": None}, "abstain": 0.9}
    model = make_model("tuned", model="calibrated", params=inside, grid={"method": ["temperature", "none"]}).fit(X, y)
    assert model.threshold_ is not None
    assert model.chosen_["inside"]["wanted"] == 0.9
    model.save(tmp_path / "m")
    assert registry.load_saved("tuned", tmp_path / "m").threshold_ == model.threshold_


def test_faults() -> None:
    with pytest.raises(InputError, match="the model calibrated: model type: unknown 'tfdif'"):
        assert make_model("calibrated", model="tfdif").reads
    with pytest.raises(InputError, match=r"parameter 'abstain' is 1.5: .*less than or equal to 1"):
        make_model("calibrated", model="tfidf", abstain=1.5)
    with pytest.raises(InputError, match="parameter 'method' is 'platt'"):
        make_model("calibrated", model="tfidf", method="platt")
