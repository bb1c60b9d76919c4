"""Majority and Dawid-Skene: against plain loops, planted confusions, planted spammers and researchers' own codes."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stancekit.evaluation.aggregation import Floats, Ints, dawid_skene, decided, majority, vote_shares

COAL = Path(__file__).parents[3] / "shared" / "data" / "csta_coal_debate"
VOTES = st.tuples(st.integers(1, 8), st.integers(1, 4)).flatmap(lambda shape: arrays(np.int64, shape, elements=st.integers(-1, 2)))


def test_majority_leaves_ties_open() -> None:
    votes = np.array([[0, 0, 1], [0, 1, -1], [2, -1, -1], [-1, -1, -1], [0, 1, 2]])
    assert majority(votes, 3).tolist() == [0, -1, 2, -1, -1]
    np.testing.assert_allclose(vote_shares(votes, 3)[:3], [[2 / 3, 1 / 3, 0], [0.5, 0.5, 0], [0, 0, 1]])
    assert np.isnan(vote_shares(votes, 3)[3]).all()


def test_rounding_breaks_no_tie() -> None:
    assert decided(np.array([[0.1 + 0.2, 0.3, 0.4 - 1e-12], [0.3, 0.4, 0.4 - 1e-12]])).tolist() == [2, -1]
    assert decided(np.zeros((2, 0))).tolist() == [-1, -1]


def in_loops(votes: list[list[int]], classes: int, rounds: int, smoothing: float) -> Floats:
    """The posteriors after so many rounds, as the paper's equations read."""
    given = [[v for v in row if v >= 0] for row in votes]
    belief = [[row.count(k) / len(row) if row else 1 / classes for k in range(classes)] for row in given]
    for _ in range(rounds):
        voted = [b for b, row in zip(belief, given, strict=True) if row]
        total = sum(map(sum, voted)) + classes * smoothing
        prior = [(sum(b[k] for b in voted) + smoothing) / total for k in range(classes)]

        def says(annotator: int, k: int, label: int, belief: list[list[float]] = belief) -> float:
            weight = [smoothing + sum(b[k] for b, row in zip(belief, votes, strict=True) if row[annotator] == j) for j in range(classes)]
            return weight[label] / sum(weight)

        updated = []
        for row in votes:
            odds = [prior[k] * math.prod(says(a, k, v) for a, v in enumerate(row) if v >= 0) for k in range(classes)]
            updated.append([o / sum(odds) for o in odds])
        belief = updated
    return np.array(belief)


@settings(deadline=None)
@given(VOTES, st.integers(1, 4))
def test_dawid_skene_is_its_equations(votes: Ints, rounds: int) -> None:
    found = dawid_skene(votes, 3, smoothing=0.1, tolerance=0, max_rounds=rounds)
    if found.iterations == rounds:
        np.testing.assert_allclose(found.posteriors, in_loops(votes.tolist(), 3, rounds, 0.1), atol=1e-9)
    np.testing.assert_allclose(found.posteriors.sum(axis=1), 1)
    np.testing.assert_allclose(found.confusions.sum(axis=2), 1)
    assert math.isclose(found.prior.sum(), 1)


def simulated(random: np.random.Generator, confusions: Floats, prior: list[float], n: int) -> tuple[Ints, Ints]:
    truth = random.choice(len(prior), n, p=prior)
    heights = confusions.cumsum(axis=2)[:, truth]  # (annotators, items, classes)
    votes = (random.random((len(confusions), n, 1)) > heights).sum(axis=2).T
    return truth, np.where(random.random(votes.shape) < 0.2, -1, votes)


def test_it_recovers_planted_confusions() -> None:
    random = np.random.default_rng(3)
    planted = np.array([
        [[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.0, 0.1, 0.9]],
        [[0.7, 0.3, 0.0], [0.05, 0.9, 0.05], [0.1, 0.3, 0.6]],  # leans to the second
        [[0.8, 0.1, 0.1], [0.2, 0.6, 0.2], [0.1, 0.1, 0.8]],
        [[0.6, 0.2, 0.2], [0.2, 0.7, 0.1], [0.3, 0.0, 0.7]],
        [[0.85, 0.1, 0.05], [0.1, 0.85, 0.05], [0.05, 0.1, 0.85]],
    ])  # fmt: skip
    truth, votes = simulated(random, planted, [0.5, 0.3, 0.2], 10000)
    found = dawid_skene(votes, 3)
    assert found.converged
    np.testing.assert_allclose(found.confusions, planted, atol=0.05)
    np.testing.assert_allclose(found.prior, [0.5, 0.3, 0.2], atol=0.03)
    assert (decided(found.posteriors) == truth).mean() >= (majority(votes, 3) == truth).mean()


def test_it_sees_through_spammers() -> None:
    """Two who label well, one who always says the first label, two who draw lots: the majority follows the noise."""
    random = np.random.default_rng(4)
    good, always, lots = np.full((3, 3), 0.05) + 0.85 * np.eye(3), np.eye(3)[[0, 0, 0]], np.full((3, 3), 1 / 3)
    truth, votes = simulated(random, np.stack([good, good, always, lots, lots]), [0.4, 0.3, 0.3], 1000)
    found = dawid_skene(votes, 3)
    by_model, by_count = (decided(found.posteriors) == truth).mean(), (majority(votes, 3) == truth).mean()
    assert by_model > by_count + 0.05
    np.testing.assert_allclose(found.confusions[2], always, atol=0.05)


def test_without_votes_the_prior_is_what_is_known() -> None:
    found = dawid_skene(np.array([[0, 0], [1, 1], [0, 0], [-1, -1]]), 2)
    np.testing.assert_allclose(found.posteriors[3], found.prior, atol=1e-4)
    assert dawid_skene(np.zeros((0, 2), dtype=np.int64), 2).posteriors.shape == (0, 2)


def test_too_few_rounds_are_said() -> None:
    votes = np.array([[0, 1, 1], [0, 0, 1], [1, 1, 1], [0, 0, 0]])
    assert not dawid_skene(votes, 2, max_rounds=1).converged
    assert dawid_skene(votes, 2).converged


@pytest.mark.parametrize("whole", [False, True])
def test_the_coal_debate_against_the_researchers_codes(whole: bool) -> None:
    """The questions whose answer the researchers gave, alone or with the whole debate: both methods find 44 of 44."""
    if not COAL.is_dir():
        pytest.skip("the coal debate is not beside this checkout")
    rows = [json.loads(line) for line in (COAL / "gold_items.jsonl").read_text(encoding="utf-8").splitlines()]
    labels = ["against", "neutral", "favor"]
    gold = [labels.index(row["gold"]) for row in rows]
    if whole:
        rows += [json.loads(line) for line in (COAL / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    coders = {name: i for i, name in enumerate(dict.fromkeys(name for row in rows for name in row["annotators"]))}
    votes = np.full((len(rows), len(coders)), -1)
    for i, row in enumerate(rows):
        for name, label in zip(row["annotators"], row["annotations"], strict=True):
            votes[i, coders[name]] = labels.index(label)
    assert majority(votes, 3)[:44].tolist() == gold
    found = dawid_skene(votes, 3)
    assert found.converged
    assert decided(found.posteriors)[:44].tolist() == gold
