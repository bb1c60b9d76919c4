"""Leaving out each group by subtraction gives what leaving it out by a mask does."""

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score

from stancekit.evaluation import jackknife
from stancekit.evaluation.scored import ScoredRows

ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2), st.integers(0, 3)), min_size=2, max_size=40)


def made(rows: list[tuple[int, int, int, int]]) -> ScoredRows:
    """Rows of annotated label, label of each of two seeds, group."""
    gold, first, second, group = np.array(rows).T
    names = list(dict.fromkeys(group.tolist()))
    codes = np.array([names.index(g) for g in group])
    return ScoredRows(("x", "y", "z"), gold, np.stack([first, second]), tuple(map(str, names)), codes)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_macro_f1_and_accuracy(rows: list[tuple[int, int, int, int]]) -> None:
    found = made(rows)
    labels = np.flatnonzero(found.occurs)

    def macro(mask: np.ndarray) -> float:
        if set(found.gold[mask]) != set(labels):
            return math.nan
        each = [f1_score(found.gold[mask], said[mask], labels=labels, average="macro", zero_division=0) for said in found.predicted]
        return float(np.mean(each))

    def accuracy(mask: np.ndarray) -> float:
        return float(np.mean([accuracy_score(found.gold[mask], said[mask]) for said in found.predicted]))

    groups = [found.groups[g] for g in found.group]
    for values, statistic in ((found.counts().mean_f1(found.occurs), macro), (found.counts().accuracy(), accuracy)):
        ours, theirs = found.interval(values), jackknife(groups, statistic)
        assert ours.note == theirs.note
        for a, b in ((ours.point, theirs.point), (ours.low, theirs.low), (ours.high, theirs.high)):
            assert a == (None if b is None else pytest.approx(b))


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_the_mean_f1_of_some_labels_is_the_benchmarks(rows: list[tuple[int, int, int, int]]) -> None:
    found = made(rows)
    chosen = np.array([True, False, True])
    (point, *_) = found.counts().mean_f1(chosen, occurring=False)
    each = [f1_score(found.gold, said, labels=[0, 2], average=None, zero_division=np.nan) for said in found.predicted]
    assert point == pytest.approx(np.mean(each), nan_ok=True)


def test_the_benchmarks_metric_by_hand() -> None:
    """The first: one right of two said and two there; the second: all right. The third is averaged in nowhere, and costs its errors."""
    rows = made([(0, 0, 0, 0), (0, 2, 2, 0), (1, 1, 1, 0), (2, 0, 0, 0), (1, 1, 1, 0)])
    assert rows.counts().mean_f1(np.array([True, True, False]), occurring=False)[0] == pytest.approx((0.5 + 1.0) / 2)


def test_rows_that_do_not_count_are_as_if_they_were_not_there() -> None:
    rows = [(0, 0, 1, 0), (1, 1, 1, 0), (1, 0, 1, 1), (0, 0, 0, 1), (2, 2, 2, 2), (1, 1, 0, 2)]
    kept = np.array([True, True, False, True, True, True])
    whole, part = made(rows).counts(kept[None, None]), made([r for r, k in zip(rows, kept, strict=True) if k]).counts()
    np.testing.assert_array_equal(whole.f1, part.f1)
    np.testing.assert_array_equal(whole.accuracy(), part.accuracy())


def test_a_label_is_undefined_where_it_was_only_predicted() -> None:
    counts = made([(0, 2, 2, 0), (0, 0, 0, 1), (0, 0, 0, 2)]).counts()
    assert math.isnan(counts.mean_f1(np.array([False, False, True]))[0])
    assert counts.mean_f1(np.array([False, False, True]), occurring=False)[0] == 0
    assert np.isnan(counts.mean_f1(np.array([False, False, False]))).all()


def test_ten_thousand_statements_by_themselves_take_no_time() -> None:
    random = np.random.default_rng(0)
    gold, said = random.integers(0, 3, 10_000), random.integers(0, 3, (3, 10_000))
    rows = ScoredRows(("x", "y", "z"), gold, said, tuple(map(str, range(10_000))), np.arange(10_000))
    started = time.perf_counter()
    found = rows.interval(rows.counts().mean_f1(rows.occurs))
    assert time.perf_counter() - started < 2
    assert found.low is not None
    assert found.high is not None
    spread = [f1_score(gold[i], said[0][i], average="macro") for i in (random.integers(0, 10_000, 10_000) for _ in range(60))]
    assert 2 * np.std(spread) / math.sqrt(3) < found.high - found.low < 8 * np.std(spread)
