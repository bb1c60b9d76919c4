"""Each coefficient without each group against the same coefficient computed anew, in the items' order and by subtraction."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import from_scratch
from stancekit.evaluation import agreement, leave_out, replicated
from stancekit.evaluation.label_sets import number_sets
from stancekit.evaluation.metrics import Floats, Ints
from stancekit.evaluation.replicated import Replicated

LABELS = 4
SETS = [frozenset[int](), frozenset({0}), frozenset({0, 1}), frozenset({1, 2}), frozenset({3})]


@pytest.fixture(params=["in order", "subtracted"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "subtracted":
        monkeypatch.setattr(leave_out, "IN_ORDER", -1)
        monkeypatch.setattr(replicated, "FEW_SETS", 0)
    return str(request.param)


@st.composite
def cases(draw: st.DrawFn, annotators: int | None = None) -> tuple[Ints, list[Any], list[set[Any]]]:
    """Ratings, the group of each item, the groups that hold a repeat of it."""
    shape = (draw(st.integers(1, 12)), annotators or draw(st.integers(2, 5)))
    ratings = draw(arrays(np.int64, shape, elements=st.integers(-1, LABELS - 1)))
    homes = draw(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=shape[0], max_size=shape[0]))
    repeats = draw(st.lists(st.sets(st.sampled_from("abc"), max_size=2), min_size=shape[0], max_size=shape[0]))
    return ratings, homes, repeats


def check(case: tuple[Ints, list[Any], list[set[Any]]], found: Floats, statistic: Callable[[Ints], float], *, exact: bool) -> None:
    ratings, homes, repeats = case
    expected = from_scratch.without_each(homes, repeats, lambda rows: statistic(ratings[rows]))
    if exact:
        np.testing.assert_array_equal(found, expected)
    else:
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def of(case: tuple[Ints, list[Any], list[set[Any]]]) -> Replicated:
    return Replicated(case[0], LABELS, leave_out.leave_out(case[1], case[2]))


@pytest.mark.parametrize("seed", range(40))
def test_labels(way: str, seed: int) -> None:
    case, exact = drawn(seed), way == "in order"
    found = of(case)
    fleiss, ac1 = found.fleiss_and_ac1(5)
    check(case, found.raw, from_scratch.raw, exact=exact)
    check(case, found.alpha(), from_scratch.alpha, exact=exact)
    check(case, fleiss, from_scratch.fleiss, exact=exact)
    check(case, ac1, lambda r: from_scratch.ac1(r, 5), exact=exact)
    for scale in ("ordinal", "interval"):
        check(case, found.scale_alpha(scale), lambda r, s=scale: from_scratch.alpha(r, s), exact=exact)  # type: ignore[arg-type, misc]
    for k, values in enumerate(found.label_alpha(np.eye(LABELS, dtype=np.int64))):
        check(case, values, lambda r, k=k: from_scratch.alpha(np.where(r < 0, r, r == k)), exact=exact)  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(40))
def test_two_annotators(way: str, seed: int) -> None:
    case = drawn(seed, annotators=2)
    found = of(case)
    check(case, found.cohen(), from_scratch.cohen, exact=True)
    for k, values in enumerate(found.label_cohen(np.eye(LABELS, dtype=np.int64))):
        check(case, values, lambda r, k=k: from_scratch.cohen(np.where(r < 0, r, r == k)), exact=True)  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(40))
def test_sets(way: str, seed: int) -> None:
    ratings, homes, repeats = drawn(seed, labels=len(SETS))
    sets = [[None if k < 0 else SETS[k] for k in row] for row in ratings.tolist()]
    numbers, members = number_sets(sets, LABELS)
    distinct = [frozenset(np.flatnonzero(row).tolist()) for row in members]
    apart = np.array([[from_scratch.masi(a, b) for b in distinct] for a in distinct]).reshape(len(distinct), len(distinct))
    found = Replicated(numbers, len(members), leave_out.leave_out(homes, repeats))
    case = (numbers, homes, repeats)
    check(case, found.masi_alpha(members), lambda r: from_scratch.alpha(r, apart), exact=False)
    for k, values in enumerate(found.label_alpha(members.astype(np.int64))):
        has = np.vstack([members.astype(np.int64), np.full((1, LABELS), -1)])[:, k]
        check(case, values, lambda r, has=has: from_scratch.alpha(has[r]), exact=way == "in order")  # type: ignore[misc]


def drawn(seed: int, annotators: int | None = None, labels: int = LABELS) -> tuple[Ints, list[Any], list[set[Any]]]:
    """Of few items or many, with labels missing, one label alone, groups without a pairable item, rows of no group."""
    random = np.random.default_rng(seed)
    n, columns = int(random.integers(1, 60)), annotators or int(random.integers(2, 7))
    ratings = random.integers(0, labels if seed % 5 else 1, (n, columns))
    ratings[random.random(ratings.shape) < random.choice([0.0, 0.3, 0.8])] = -1
    names = ["a", "b", "c", "d", None][: int(random.integers(1, 6))]
    homes = [names[k] for k in random.integers(0, len(names), n).tolist()]
    repeats = [{names[int(random.integers(len(names)))]} - {None} if random.random() < 0.2 else set() for _ in homes]
    return ratings, homes, repeats


def test_no_item_no_label_no_group() -> None:
    nothing = Replicated(np.zeros((0, 2), dtype=np.int64), 0, leave_out.leave_out([]))
    values = [nothing.raw, nothing.alpha(), nothing.cohen(), *nothing.fleiss_and_ac1(2), nothing.masi_alpha(np.zeros((0, 3), dtype=bool))]
    assert all(np.isnan(v).all() and v.shape == (1,) for v in values)
    assert nothing.label_alpha(np.zeros((0, 0), dtype=np.int64)).shape == (0, 1)


@settings(deadline=None)
@given(cases())
def test_the_first_value_is_that_of_all_items(case: tuple[Ints, list[Any], list[set[Any]]]) -> None:
    ratings, found = case[0], of(case)
    fleiss, ac1 = found.fleiss_and_ac1(LABELS)
    expected = [from_scratch.raw(ratings), from_scratch.alpha(ratings), from_scratch.fleiss(ratings), from_scratch.ac1(ratings, LABELS)]
    np.testing.assert_array_equal([found.raw[0], found.alpha()[0], fleiss[0], ac1[0]], expected)


def test_labels_are_counted_once_however_many_groups_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for name in ("sparse_counts", "alike", "disagreement"):
        real = getattr(agreement, name)
        monkeypatch.setattr(agreement, name, lambda *a, name=name, real=real: calls.append(name) or real(*a))
    random = np.random.default_rng(0)
    ratings = random.integers(-1, 3, (300, 5))
    numbers = []
    for groups in (3, 100):
        calls.clear()
        found = Replicated(ratings, 3, leave_out.leave_out([i % groups for i in range(300)]))
        assert [found.alpha().size, found.fleiss_and_ac1(3)[0].size, found.label_alpha(np.eye(3, dtype=np.int64)).size] == [
            1 + groups, 1 + groups, 3 + 3 * groups
        ]  # fmt: skip
        numbers.append(sorted(calls))
    assert numbers[0] == numbers[1] == ["alike", "alike", "sparse_counts", "sparse_counts"]
