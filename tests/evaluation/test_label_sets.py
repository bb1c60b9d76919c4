"""Sets of labels: their distances by the definition, α by enumeration, and what one annotator gives instead of the other's."""

import math
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import from_scratch
from stancekit.evaluation import label_sets
from stancekit.evaluation.label_sets import masi_distances, number_sets, paired_masi, set_pair_counts, times_masi
from stancekit.evaluation.leave_out import leave_out
from stancekit.evaluation.metrics import Ints
from stancekit.evaluation.replicated import Replicated

SETS = st.frozensets(st.integers(0, 3))
RATINGS = st.tuples(st.integers(1, 6), st.integers(2, 4)).flatmap(lambda shape: arrays(np.int64, shape, elements=st.integers(-1, 3)))
ROWS = st.lists(st.lists(st.one_of(st.none(), SETS), min_size=3, max_size=3), min_size=1, max_size=5)


def masi(a: frozenset[int], b: frozenset[int]) -> float:
    _, members = number_sets([[a, b]], 4)
    one, two = members[:1], members[-1:]
    [[distance]] = masi_distances(one, two).tolist()
    assert paired_masi(one, two).tolist() == [distance]
    return float(distance)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({1, 2}, {1, 2}, 0),
        (set(), set(), 0),
        ({1}, {1, 2}, 1 - 1 / 2 * 2 / 3),
        ({1, 2}, {2, 3}, 1 - 1 / 3 * 1 / 3),
        ({1}, {2}, 1),
        (set(), {1}, 1),
    ],
)
def test_masi(a: set[int], b: set[int], expected: float) -> None:
    assert math.isclose(masi(frozenset(a), frozenset(b)), expected, abs_tol=1e-12)


@settings(deadline=None)
@given(SETS, SETS)
def test_masi_is_a_distance_between_sets(a: frozenset[int], b: frozenset[int]) -> None:
    assert masi(a, b) == masi(b, a) == from_scratch.masi(a, b)
    assert (masi(a, b) == 0) == (a == b)
    assert 0 <= masi(a, b) <= 1


def alpha(rows: Sequence[Sequence[frozenset[int] | None]]) -> float:
    numbers, members = number_sets(rows, 4)
    return float(Replicated(numbers, len(members), leave_out([None] * len(rows))).masi_alpha(members)[0])


@settings(deadline=None)
@given(RATINGS)
def test_alpha_of_sets_of_one_is_nominal_alpha(ratings: Ints) -> None:
    found = alpha([[None if v < 0 else frozenset([int(v)]) for v in row] for row in ratings])
    np.testing.assert_allclose(found, from_scratch.alpha(ratings), atol=1e-12)


@settings(deadline=None)
@given(ROWS)
def test_alpha_of_sets_is_what_enumerating_the_pairs_gives(rows: list[list[frozenset[int] | None]]) -> None:
    paired = [[s for s in row if s is not None] for row in rows]
    paired = [unit for unit in paired if len(unit) > 1]
    values = [s for unit in paired for s in unit]
    expected = [from_scratch.masi(a, b) for a, b in permutations(values, 2)]
    observed = [from_scratch.masi(a, b) / (len(unit) - 1) for unit in paired for a, b in permutations(unit, 2)]
    if not sum(expected):
        assert math.isnan(alpha(rows))
    else:
        assert math.isclose(alpha(rows), 1 - sum(observed) / len(values) / (sum(expected) / len(expected)), abs_tol=1e-9)


@pytest.mark.parametrize("block", [1, 7, 1_000_000])
def test_weighted_distances_are_those_of_the_table_whatever_the_blocks(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_sets, "BLOCK", block)
    random = np.random.default_rng(0)
    members, totals = random.random((9, 5)) < 0.4, random.random(9)
    np.testing.assert_allclose(times_masi(members, totals), masi_distances(members, members) @ totals, atol=1e-12)
    assert times_masi(members[:0], totals[:0]).shape == (0,)


@settings(deadline=None)
@given(ROWS)
def test_pairs_of_sets_are_those_of_every_two_annotators(rows: list[list[frozenset[int] | None]]) -> None:
    found = set_pair_counts(*number_sets(rows, 4), none=4)
    assert found == from_scratch.set_pairs(rows, 4)
    assert [*found] == sorted(found)


def test_pairs_of_sets_count_what_one_gives_against_what_the_other_gives_instead() -> None:
    rows: Sequence[Sequence[frozenset[int] | None]] = [
        [frozenset({0, 1}), frozenset({0, 2})],  # 0 by both; 1 against 2
        [frozenset({1}), frozenset()],  # 1 against nothing
        [frozenset(), frozenset({2})],  # nothing against 2
        [frozenset(), frozenset()],
        [None, frozenset({2})],
    ]
    assert set_pair_counts(*number_sets(rows, 3), none=3) == {(0, 0): 1, (1, 2): 1, (1, 3): 1, (3, 2): 1}
