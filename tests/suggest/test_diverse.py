"""Picks: few that stand for many, never a repeat, the same every time."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from stancekit.duplicates import repeats
from stancekit.suggest import diverse
from stancekit.suggest.diverse import pick

# Few words, so that many texts repeat each other; some have none.
TEXTS = st.lists(st.lists(st.sampled_from("abcd"), max_size=8).map(" ".join), min_size=1, max_size=12)


def rows(n: int, seed: int = 0, d: int = 5) -> NDArray[np.float64]:
    found = np.random.default_rng(seed).normal(size=(n, d))
    result: NDArray[np.float64] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return result


def distinct(n: int) -> list[str]:
    return [f"text {i}" for i in range(n)]


def coverage(features: NDArray[np.float64], chosen: list[int], weights: NDArray[np.float64] | None = None) -> float:
    """The objective, written out."""
    best = [max(0.0, *(float(row @ features[j]) for j in chosen)) for row in features]
    return float(np.dot(best, np.ones(len(best)) if weights is None else weights))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(1, 14), st.integers(0, 5), st.data())
def test_picks_are_of_the_pool_and_none_repeats(texts: list[str], n: int, seed: int, data: st.DataObject) -> None:
    labelled = data.draw(st.lists(st.integers(0, len(texts) - 1), unique=True))
    features = rows(len(texts), seed)
    picks = [p.row for p in pick(features, texts, n, labelled=labelled, seed=seed)]
    assert picks == [p.row for p in pick(features, texts, n, labelled=labelled, seed=seed)]
    assert len(picks) == len(set(picks)) <= n
    assert set(picks).isdisjoint(labelled)
    taken = [*labelled, *picks]
    assert not any(repeats(texts[a], texts[b]) for a in picks for b in taken if a != b)
    if len(picks) < n:  # nothing that could have been picked was left
        assert all(any(repeats(texts[i], texts[j]) for j in taken) for i in range(len(texts)) if i not in taken)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 9), st.integers(1, 4), st.integers(0, 1000))
def test_greedy_is_exact_step_by_step_and_near_the_best(size: int, n: int, seed: int) -> None:
    n = min(n, size)
    features, weights = rows(size, seed), np.random.default_rng(seed + 1).uniform(0.1, 2, size)
    picks = [p.row for p in pick(features, distinct(size), n, weights=weights)]
    for k in range(1, n + 1):
        others = [coverage(features, [*picks[: k - 1], i], weights) for i in range(size) if i not in picks[: k - 1]]
        assert coverage(features, picks[:k], weights) == pytest.approx(max(others))
    best = max(coverage(features, list(chosen), weights) for chosen in combinations(range(size), n))
    assert coverage(features, picks, weights) >= (1 - 1 / np.e) * best


def test_one_of_each_cluster_with_its_share() -> None:
    features = np.array([[1.0, 0.0]] * 6 + [[0.0, 1.0]] * 2)
    picks = pick(features, distinct(8), 2)
    assert [p.row < 6 for p in picks] == [True, False]
    assert [p.share for p in picks] == [0.75, 0.25]


def test_what_is_like_the_labelled_is_covered() -> None:
    features = np.array([[1.0, 0.0]] * 6 + [[0.0, 1.0]] * 2)
    [first] = pick(features, distinct(8), 1, labelled=[0])
    assert first.row >= 6


def test_weights_draw_the_picks() -> None:
    features = np.array([[1.0, 0.0]] * 6 + [[0.0, 1.0]] * 2)
    [first] = pick(features, distinct(8), 1, weights=np.array([0.1] * 6 + [5.0] * 2))
    assert first.row >= 6


def test_sparse_rows_give_the_same() -> None:
    features = np.maximum(rows(30), 0)
    assert pick(features, distinct(30), 9, labelled=[3]) == pick(csr_matrix(features), distinct(30), 9, labelled=[3])


def test_a_large_pool_is_covered_by_a_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diverse, "COVERED", 10)
    monkeypatch.setattr(diverse, "_CHUNK", 7)
    features = rows(60)
    draws = [[p.row for p in pick(features, distinct(60), 15, labelled=range(8), seed=seed)] for seed in (0, 0, 1)]
    assert draws[0] == draws[1] != draws[2]
    assert all(len(set(d)) == 15 and min(d) >= 8 for d in draws)


def test_texts_without_words_come_last() -> None:
    features = np.array([[0.0, 0.0], [1.0, 0.0], [0.6, 0.8]])
    assert [p.row for p in pick(features, ["…", "one", "two"], 3)] == [1, 2, 0]
