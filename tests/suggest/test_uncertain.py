"""Weights of statements: doubt and rarity, over tasks."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from stancekit.suggest.questions import Belief, Question
from stancekit.suggest.uncertain import Policy, closeness, doubt, entropy, rarity, worth


def belief(proba: list[list[float]], counts: list[int], task: str = "stance", label: str = "") -> Belief:
    labels = ("no", "yes") if label else ("oppose", "neutral", "support")
    answers = tuple(name for name, count in zip(labels, counts, strict=True) for _ in range(count))
    return Belief(Question(f"{task}_{label}" if label else task, task, label, labels, (), answers), np.array(proba, dtype=float))


def dirichlet(n: int, k: int) -> NDArray[np.float64]:
    return np.random.default_rng(0).dirichlet(np.ones(k), n)


def test_entropy_is_scipys_in_units_of_the_greatest() -> None:
    proba = np.vstack([dirichlet(20, 4), [[1, 0, 0, 0], [0.25] * 4]])
    np.testing.assert_allclose(entropy(proba), stats.entropy(proba, axis=1) / np.log(4), atol=1e-12)
    assert entropy(proba)[-2:].tolist() == [0, pytest.approx(1)]


def test_closeness_is_one_less_the_margin() -> None:
    np.testing.assert_allclose(closeness(np.array([[0.5, 0.4, 0.1], [0, 0, 1], [0.5, 0.5, 0]])), [0.9, 0, 1])


def test_rarity_is_the_expected_inverse_frequency() -> None:
    counts = np.array([79, 19, 0])  # with one more of each: 80, 20, 1; the mean is 101 / 3
    np.testing.assert_allclose(rarity(np.eye(3), counts), [101 / 240, 101 / 60, 101 / 3])
    np.testing.assert_allclose(rarity(dirichlet(5, 3), np.array([7, 7, 7])), 1)


def test_worth_grows_with_doubt_and_with_rarity() -> None:
    one = belief([[1, 0, 0], [0.6, 0.4, 0], [0.5, 0.5, 0], [0.5, 0, 0.5]], [30, 30, 3])
    weights = worth([one], Policy())
    assert weights.mean() == pytest.approx(1)
    assert weights.min() == 0.5
    assert list(np.argsort(weights)) == [0, 1, 2, 3]
    without = worth([one], Policy(rarity=0))
    assert without[2] == pytest.approx(without[3])


def test_no_trust_weighs_all_the_same() -> None:
    np.testing.assert_allclose(worth([belief([[1, 0, 0], [0.3, 0.3, 0.4]], [9, 9, 9])], Policy(trust=0)), 1)


def test_a_model_sure_of_everything_weighs_all_the_same() -> None:
    np.testing.assert_allclose(worth([belief([[1, 0, 0], [0, 1, 0]], [9, 9, 9])], Policy()), 1)


def test_tasks_count_the_same_however_many_labels_they_ask() -> None:
    policy = Policy(trust=1, rarity=0)
    stance = belief([[1 / 3] * 3, [1, 0, 0]], [9, 9, 9])
    frames = [belief([[1, 0], [0.5, 0.5]], [9, 9], "frames", name) for name in ("moral", "money", "order")]
    np.testing.assert_allclose(worth([stance, *frames], policy), 1)


def test_doubt_says_what_the_model_wavers_between() -> None:
    one = belief([[0.48, 0.41, 0.11], [0.9, 0.05, 0.05], [0.4, 0.25, 0.35]], [20, 20, 4])
    sure = belief([[1, 0], [1, 0], [0.7, 0.3]], [20, 2], "frames", "money")
    assert doubt([sure, one], 0) == "uncertain: oppose .48, neutral .41 (stance)"
    assert doubt([sure, one], 1) == ""
    assert doubt([sure, one], 2) == "probably rare: support .35 (stance)"
    assert doubt([sure], 2) == "probably rare: money .30 (frames)"
    assert doubt([belief([[0.5, 0.5]], [20, 20], "frames", "money")], 0) == "uncertain: money .50 (frames)"
    assert doubt([], 0) == ""


def test_a_label_not_given_is_no_rare_label() -> None:
    assert doubt([belief([[0.8, 0.2]], [2, 30], "frames", "money")], 0) == "uncertain: money .20 (frames)"
