"""Pools of models: what weights they get, and what comes of them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize

import simulated
from stancekit.errors import InputError
from stancekit.models import make_model, registry
from stancekit.models.composite.ensemble import Ensemble, simplex_weights
from stancekit.models.linear.tfidf import Tfidf
from stancekit.models.templates import as_inputs
from toy import ROWS

X, Y, GROUPS = [row[1] for row in ROWS], [row[3] for row in ROWS], [row[0] for row in ROWS]
TFIDF: dict[str, Any] = {"model": "tfidf", "params": {"chars": None}}


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.MODELS, "said", "simulated:Said")


def test_the_average_is_the_mean_of_what_the_members_say() -> None:
    members = {"n-grams": TFIDF, "votes": {"model": "majority"}}
    model = make_model("ensemble", members=members, weights={"votes": 1, "n-grams": 3}).fit(X, Y)
    expected = 0.75 * Tfidf(chars=None).fit(X, Y).predict_proba(X) + 0.25 * np.tile([5 / 12, 4 / 12, 3 / 12], (12, 1))
    np.testing.assert_allclose(model.predict_proba(X), expected)
    assert model.weights_ == {"n-grams": 0.75, "votes": 0.25}
    assert model.chosen_ == {}  # weights that are given are no choice


def test_it_reads_what_its_members_read() -> None:
    members = {"a": {"model": "actor"}, "t": {"model": "tfidf", "params": {"template": "{context} {text}"}}, "u": TFIDF}
    assert make_model("ensemble", members=members).reads == ("holder", "context", "text")


@pytest.mark.usefixtures("said")
def test_weight_goes_to_the_better_member_and_the_pool_is_no_worse() -> None:
    texts, y = simulated.rows(400, (0.5, 3.0))
    members = {"good": {"model": "said", "params": {"voice": 0}}, "poor": {"model": "said", "params": {"voice": 1}}}
    stacked = make_model("ensemble", members=members, combine="stack").fit(texts[:200], y[:200])
    equal = make_model("ensemble", members=members).fit(texts[:200], y[:200])
    assert stacked.chosen_["weights"]["good"] > 0.8

    def loss(model: Any) -> float:
        return float(-np.log(model.predict_proba(texts[200:])[np.arange(200), np.searchsorted(simulated.CLASSES, y[200:])]).mean())

    assert loss(stacked) < loss(equal)


def test_weights_are_those_of_a_general_optimiser() -> None:
    rng = np.random.default_rng(3)
    said, rows = rng.uniform(0.05, 1, (80, 3)) * [0.9, 0.7, 1.0], rng.uniform(0.2, 1, 80)
    said[5] = 0.0

    def loss(weights: np.ndarray) -> float:
        kept = np.arange(80) != 5
        return float(-(rows[kept] @ np.log(said[kept] @ weights)) - 10 / 3 * np.log(np.maximum(weights, 1e-300)).sum())

    found = minimize(loss, np.full(3, 1 / 3), bounds=[(1e-9, 1)] * 3, constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, tol=1e-12)
    np.testing.assert_allclose(simplex_weights(said, rows), found.x, atol=1e-4)


def test_equal_members_have_equal_weights_and_few_rows_move_them_little() -> None:
    same = np.full((50, 4), 0.3)
    np.testing.assert_allclose(simplex_weights(same), 0.25)
    assert 0.5 < simplex_weights(np.array([[0.9, 0.1]] * 3))[0] < 0.65
    np.testing.assert_allclose(simplex_weights(np.zeros((5, 2))), 0.5)


def test_too_few_rows_give_equal_weights() -> None:
    model = make_model("ensemble", members={"a": TFIDF, "b": {"model": "majority"}}, combine="stack").fit(X[:6], Y[:6])
    assert model.chosen_ == {"weights": {"a": 0.5, "b": 0.5}}


def test_members_may_be_composites_and_say_what_they_chose(tmp_path: Path) -> None:
    tuned = {"model": "tuned", "params": {"model": "tfidf", "params": {"chars": None}, "grid": {"C": [0.1, 10.0]}}}
    inner = {"model": "ensemble", "params": {"members": {"x": {"model": "actor"}, "y": {"model": "majority"}}}}
    inputs = as_inputs(X)
    model = make_model("ensemble", members={"t": tuned, "e": inner}, combine="stack").fit(inputs, Y, groups=GROUPS)
    assert model.chosen_["members"]["t"]["params"]["C"] in (0.1, 10.0)
    assert "e" not in model.chosen_["members"]
    given = make_model("ensemble", members={"t": tuned, "e": inner}, weights={"t": 1, "e": 2}).fit(inputs, Y, groups=GROUPS)
    assert given.chosen_ == {"members": {"t": model.chosen_["members"]["t"]}}
    model.save(tmp_path / "model")
    loaded = type(model).load(tmp_path / "model")
    assert loaded.chosen_ == model.chosen_
    loaded.save(tmp_path / "again")
    assert {p.relative_to(tmp_path / "again"): p.read_bytes() for p in (tmp_path / "again").rglob("*.*")} == {
        p.relative_to(tmp_path / "model"): p.read_bytes() for p in (tmp_path / "model").rglob("*.*")
    }


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"members": {}}, "an ensemble of none says nothing"),
        ({"members": {"a": {"model": "tfdif"}}}, "member 'a': model type: unknown 'tfdif' - did you mean 'tfidf'"),
        ({"members": {"a": {"model": "tfidf", "params": {"c": 1}}}}, "member 'a': model type 'tfidf': unknown parameter 'c'"),
        ({"members": {"a": {"modle": "tfidf"}}}, "member 'a': unknown key 'modle' - did you mean 'model'"),
        ({"members": {"a": {"params": {}}}}, "member 'a': needs `model`"),
        ({"members": {"a": {"model": "tfidf", "params": [1]}}}, "member 'a': `params` is"),
        ({"members": {"a": TFIDF}, "weights": {"b": 1.0}}, r"weights: are of b; each member needs one \(allowed: a\)"),
        ({"members": {"a": TFIDF}, "weights": {"a": 0.0}}, "they can't all be 0"),
        ({"members": {"a": TFIDF}, "weights": {"a": 1.0}, "combine": "stack"}, "are chosen by `combine: stack`"),
    ],
)
def test_faults(params: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        make_model("ensemble", **params)
    with pytest.raises(InputError, match=message):
        Ensemble(**params).fit(X, Y)


def test_members_are_needed_and_are_mappings() -> None:
    with pytest.raises(InputError, match="model type 'ensemble': needs the parameter 'members'"):
        make_model("ensemble")
    with pytest.raises(InputError, match=r"parameter 'members' is .*name the type of a model within"):
        make_model("ensemble", members=["tfidf"])
