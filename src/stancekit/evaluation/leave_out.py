"""Leave-one-group-out: which rows leave with each group, and sums over the rows that stay."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.evaluation.metrics import Floats, Ints

Mask = NDArray[np.bool_]

IN_ORDER = 200_000_000
"""At most this many cells, over all groups, are summed row by row; beyond, what leaves is subtracted."""


@dataclass(frozen=True)
class LeaveOut:
    """The rows that go out with each group.

    `out` is a sparse (n_groups, n_rows) matrix of ones where a row goes out; groups stand in the order of `names`.
    """

    names: tuple[Hashable, ...]
    out: Any

    @property
    def n_rows(self) -> int:
        return int(self.out.shape[1])

    @cached_property
    def count(self) -> float:
        """The effective number of disjoint groups: that of the groups, unless rows leave with several.

        Such rows make the replicates overlap, and the same spread would be counted more than once.
        """
        return len(self.names) * (len(np.unique(self.out.indices)) / self.out.nnz) if self.out.nnz else 0.0

    def in_order(self, width: int = 1) -> bool:
        """Whether a table of `width` columns is small enough to sum the rows that stay for each group anew.

        The two ways differ in the last digit where the terms are not whole numbers.
        """
        return (1 + len(self.names)) * self.n_rows * width <= IN_ORDER

    def of_groups(self, chosen: Collection[Hashable]) -> "LeaveOut":
        """Keep only these groups; the rows are the same."""
        kept = [i for i, name in enumerate(self.names) if name in chosen]
        return LeaveOut(tuple(self.names[i] for i in kept), self.out[kept])

    def of_rows(self, chosen: Ints) -> "LeaveOut":
        """Keep only these rows, by number; the groups are the same."""
        return LeaveOut(self.names, self.out[:, chosen])

    def going(self, group: int) -> Ints:
        """Return the numbers of the rows that leave with a group."""
        rows: Ints = self.out.indices[self.out.indptr[group] : self.out.indptr[group + 1]]
        return rows

    def staying(self) -> Iterator[Mask]:
        """Yield (n_rows,) masks of the rows that stay: all, then those without each group."""
        yield np.ones(self.n_rows, dtype=bool)
        for group in range(len(self.names)):
            mask = np.ones(self.n_rows, dtype=bool)
            mask[self.going(group)] = False
            yield mask

    def sums(self, terms: Floats) -> Floats:
        """Return (n_terms, 1 + n_groups) sums of (n_terms, n_rows) terms: over all rows, then without each group."""
        if self.in_order(len(terms)):  # take, not an index: it keeps each term's values together, which is how they are summed
            return np.stack([terms.take(np.flatnonzero(mask), axis=1).sum(axis=1) for mask in self.staying()], axis=1)
        total = terms.sum(axis=1, keepdims=True)
        return np.concatenate([total, total - (self.out @ terms.T).T], axis=1)

    def counts(self, counts: Ints) -> Ints:
        """Return (1 + n_groups, ...) sums of whole numbers, (n_rows, ...): over all rows, then without each group."""
        total = counts.sum(axis=0)
        return np.concatenate([total[None], total - self.out @ counts])

    def tables(self, counts: Any) -> Iterator[NDArray[Any]]:
        """Yield the column sums of a sparse (n_rows, n_columns) matrix: of all rows, then without each group, one at a time."""
        total = np.asarray(counts.sum(axis=0))
        yield total
        going = self.out @ counts
        for start, end in pairwise(going.indptr):
            left = total.copy()
            left[going.indices[start:end]] -= going.data[start:end]
            yield left


def leave_out(groups: Sequence[Hashable], repeats: Sequence[Collection[Hashable]] = ()) -> LeaveOut:
    """Return the rows that leave with each group; parameters as for `stancekit.evaluation.intervals.jackknife`."""
    from scipy.sparse import csr_array

    names = tuple(dict.fromkeys(name for name in groups if name is not None))
    number = {name: i for i, name in enumerate(names)}
    known: dict[tuple[Hashable, int], Ints] = {}  # repeats are often one object for many rows
    others = list(repeats) or [()] * len(groups)
    homes: list[Ints] = []
    for group, more in zip(groups, others, strict=True):
        key = (group, id(more))
        if key not in known:
            known[key] = np.array(sorted({number[name] for name in (group, *more) if name in number}), dtype=np.int64)
        homes.append(known[key])
    sizes = np.array([len(home) for home in homes], dtype=np.int64)
    rows, columns = np.concatenate([*homes, np.zeros(0, np.int64)]), np.repeat(np.arange(len(groups)), sizes)
    return LeaveOut(names, csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(len(names), len(groups))))
