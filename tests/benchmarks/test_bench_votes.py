"""The area under the curve by scikit-learn, its standard error by simulation."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from stancekit.data.splits import Fold


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    sys.modules.pop("bench_votes", None)
    return import_module("bench_votes")


def test_the_area_is_scikit_learn_s_ties_included(bench: ModuleType) -> None:
    random = np.random.default_rng(0)
    for _ in range(20):
        positive, negative = random.integers(0, 6, 9).tolist(), random.integers(-2, 4, 5).tolist()
        expected = roc_auc_score([1] * 9 + [0] * 5, positive + negative)
        assert bench.auc(positive, negative)[0] == pytest.approx(expected)


def test_the_error_is_the_spread_over_samples(bench: ModuleType) -> None:
    random = np.random.default_rng(1)
    found = np.array([bench.auc(random.normal(1, 1, 30), random.normal(0, 1, 12)) for _ in range(2000)])
    assert np.sqrt((found[:, 1] ** 2).mean()) == pytest.approx(found[:, 0].std(), rel=0.06)


def test_who_did_not_vote_is_left_out_and_a_perfect_ranking_has_no_interval(bench: ModuleType) -> None:
    votes = {"1": "for", "2": "for", "3": "against", "4": "against", "5": ""}
    found = bench.record("made", {"1": 0.9, "2": 0.4, "3": 0.1, "4": -0.3, "5": 0.0}, votes)
    assert (found["auc"], found["low"], found["n_for"], found["n_against"]) == (1.0, None, 2, 2)
    crossed = bench.record("made", {"1": 0.9, "2": 0.0, "3": 0.1, "4": -0.3}, votes)
    assert 0 < crossed["low"] < crossed["auc"] == 0.75 < crossed["high"] < 1


def test_a_constant_model_tells_nothing_once_the_shift_of_leaving_a_speech_out_is_taken_off(bench: ModuleType) -> None:
    """Each speech is of one side: what training says on average goes against the speech that is left out."""
    speeches = [f"s{i}" for i in range(10) for _ in range(4)]
    labels = (["favor"] * 3 + ["neutral"]) * 7 + (["against"] * 3 + ["neutral"]) * 3
    votes = {f"s{i}": "for" if i < 7 else "against" for i in range(10)}
    folds = [
        Fold(name, tuple(i for i, s in enumerate(speeches) if s != name), tuple(i for i, s in enumerate(speeches) if s == name))
        for name in votes
    ]
    shares = bench.priors(labels, folds)
    assert shares["s0"] == pytest.approx((6 * 3 - 3 * 3) / 36)
    constant = np.array([shares[speech] for speech in speeches])
    assert bench.record("constant", bench.by_speech(speeches, constant), votes)["auc"] == 0
    assert bench.record("constant", bench.by_speech(speeches, constant - constant), votes)["auc"] == 0.5
    assert bench.by_speech(["a", "b", "a"], [1.0, 0.5, 0.0]) == {"a": 0.5, "b": 0.5}
