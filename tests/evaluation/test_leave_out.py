"""What goes out with a group, and that both ways to sum what stays are the sum of what stays."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from stancekit.evaluation import leave_out as module
from stancekit.evaluation.leave_out import LeaveOut, leave_out

HOMES = ["a", "a", "b", None, "c", "b"]
REPEATS = [{"a"}, {"a", "c"}, {"b"}, {"b", "unknown"}, set(), {"b"}]


@pytest.fixture
def leave() -> LeaveOut:
    return leave_out(HOMES, REPEATS)


def test_what_goes_out(leave: LeaveOut) -> None:
    assert leave.names == ("a", "b", "c")
    assert [leave.going(k).tolist() for k in range(3)] == [[0, 1], [2, 3, 5], [1, 4]]
    assert [np.flatnonzero(~mask).tolist() for mask in leave.staying()] == [[], [0, 1], [2, 3, 5], [1, 4]]
    assert leave.count == 3 * (6 / 7)  # six rows go out seven times


def test_without_repeats_the_count_is_that_of_the_groups() -> None:
    assert leave_out(["a", "b", "b", "c"]).count == 3
    assert leave_out([None, None]).count == 0


def test_fewer_groups_and_fewer_rows(leave: LeaveOut) -> None:
    fewer = leave.of_groups({"c", "b"}).of_rows(np.array([1, 3, 5]))
    assert fewer.names == ("b", "c")
    assert [fewer.going(k).tolist() for k in range(2)] == [[1, 2], [0]]
    assert leave.of_groups(set()).names == ()


@pytest.mark.parametrize("limit", [-1, 200_000_000])
def test_sums_of_what_stays(leave: LeaveOut, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IN_ORDER", limit)
    random = np.random.default_rng(0)
    terms, counts = random.random((2, 6)), random.integers(0, 3, (6, 4))
    expected = list(leave.staying())
    np.testing.assert_allclose(leave.sums(terms), np.array([[t[mask].sum() for mask in expected] for t in terms]), atol=1e-12)
    assert leave.counts(counts).tolist() == [counts[mask].sum(axis=0).tolist() for mask in expected]
    assert leave.counts(counts[:, 0]).tolist() == [counts[mask, 0].sum() for mask in expected]
    assert [table.tolist() for table in leave.tables(csr_array(counts))] == leave.counts(counts).tolist()


def test_in_their_order_sums_are_exactly_those_of_the_rows_that_stay() -> None:
    """A sum of floating-point numbers goes by their order; that of thousands, by their places as well."""
    random = np.random.default_rng(0)
    leave, terms = leave_out(random.integers(0, 30, 5000).tolist()), random.random((3, 5000))
    expected = [[term[np.flatnonzero(mask)].sum() for mask in leave.staying()] for term in terms]
    assert leave.sums(terms).tolist() == expected
