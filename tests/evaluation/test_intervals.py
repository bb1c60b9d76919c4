"""The jackknife against its closed form, its coverage by simulation, and Holm's published procedure."""

import math

import numpy as np
import pytest
from scipy import stats

from stancekit.evaluation import holm, jackknife


def test_of_a_mean_over_groups_of_one_it_is_the_classical_interval() -> None:
    values = np.array([0.2, 0.9, 0.4, 0.7, 0.1])
    interval = jackknife(range(5), lambda mask: float(values[mask].mean()), bounds=(-9, 9))
    low, high = stats.t.interval(0.95, 4, loc=values.mean(), scale=stats.sem(values))
    assert math.isclose(interval.low or 0, low)
    assert math.isclose(interval.high or 0, high)


def test_it_is_cut_to_what_the_statistic_can_be() -> None:
    values = np.array([0.0, 0.0, 0.0, 0.0, 1.0])
    interval = jackknife(range(5), lambda mask: float(values[mask].mean()))
    assert (interval.low, interval.point) == (0.0, 0.2)


def test_where_a_group_is_needed_there_is_no_interval_and_it_is_named() -> None:
    groups = ["a", "a", "b"]
    interval = jackknife(groups, lambda mask: 0.5 if mask[2] else float("nan"))
    assert (interval.point, interval.low, interval.high) == (0.5, None, None)
    assert "undefined without b" in interval.note
    assert jackknife(["a", "a"], lambda mask: 0.5 if mask.any() else float("nan")).low is None
    assert jackknife(groups, lambda mask: float("nan")).point is None


def test_coverage_with_five_clusters_is_near_its_claim() -> None:
    random = np.random.default_rng(0)
    groups = np.repeat(np.arange(5), 20)
    covered = 0
    for _ in range(400):
        values = random.normal(size=5).repeat(20) * 0.1 + random.normal(size=100) * 0.2
        interval = jackknife(groups.tolist(), lambda mask, v=values: float(v[mask].mean()), bounds=(-9, 9))
        covered += (interval.low or 0) <= 0 <= (interval.high or 0)
    assert 0.92 <= covered / 400 <= 0.98


@pytest.mark.parametrize(
    ("p", "expected"),
    [([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]), ([], []), ([0.9, 0.8], [1.0, 1.0])],
)
def test_holm(p: list[float], expected: list[float]) -> None:
    np.testing.assert_allclose(holm(p), expected)


def test_articles_that_repeat_each_other_count_as_one() -> None:
    """Four articles twice over: the interval is that of the four."""
    values = np.random.default_rng(1).normal(size=20)
    groups = np.repeat(range(4), 5)
    once = jackknife(groups.tolist(), lambda mask: float(values[mask].mean()), bounds=(-9, 9))
    twice = np.concatenate([values, values])
    homes = [*groups.tolist(), *(groups + 4).tolist()]
    repeats = [{g % 4, g % 4 + 4} for g in homes]
    again = jackknife(homes, lambda mask: float(twice[mask].mean()), bounds=(-9, 9), repeats=repeats)
    assert once.low is not None
    np.testing.assert_allclose([again.low, again.point, again.high], [once.low, once.point, once.high])


def test_a_replicate_leaves_out_what_repeats_its_article() -> None:
    seen: list[list[bool]] = []

    def statistic(mask: np.ndarray) -> float:
        seen.append(mask.tolist())
        return float(mask.sum())

    jackknife(["a", "a", "b", "c"], statistic, repeats=[{"a"}, {"a", "b"}, {"b", "a"}, {"c"}])
    assert seen == [[True] * 4, [False, False, False, True], [True, False, False, True], [True, True, True, False]]


def test_rows_of_no_group_stay() -> None:
    values = np.array([0.2, 0.9, 0.4, 5.0])
    interval = jackknife(["a", "b", "c", None], lambda mask: float(values[mask[:3].nonzero()].mean() if mask[3] else 99), bounds=(-9, 9))
    alone = jackknife(["a", "b", "c"], lambda mask: float(values[:3][mask].mean()), bounds=(-9, 9))
    assert interval == alone
