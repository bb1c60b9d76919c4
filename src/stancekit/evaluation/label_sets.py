"""Sets of labels as labels of their own, and the MASI distance between two sets."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from stancekit.evaluation.agreement import MISSING, pair_counts
from stancekit.evaluation.metrics import Floats, Ints

Members = NDArray[np.bool_]

BLOCK = 1_000_000
"""Distances between sets are computed at most this many at a time."""


def number_sets(rows: Sequence[Sequence[frozenset[int] | None]], n_labels: int) -> tuple[Ints, Members]:
    """Number the distinct sets: (n_items, n_annotators) numbers, -1 for none, and (n_sets, n_labels) their members."""
    numbers: dict[frozenset[int], int] = {}
    ratings = [[MISSING if s is None else numbers.setdefault(s, len(numbers)) for s in row] for row in rows]
    members = np.zeros((len(numbers), n_labels), dtype=np.bool_)
    for labels, number in numbers.items():
        members[number, list(labels)] = True
    return np.array(ratings, dtype=np.int64).reshape(len(rows), -1), members


def masi_distances(a: Members | Floats, b: Members | Floats) -> Floats:
    """Return (n_sets of a, n_sets of b) 1 - Jaccard × monotonicity of two sets of labels; two empty sets agree.

    Monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap.
    Ref: Passonneau (2006), LREC: Measuring Agreement on Set-valued Items.
    """
    a, b = a.astype(np.float64, copy=False), b.astype(np.float64, copy=False)
    return _masi(a.sum(axis=1)[:, None], b.sum(axis=1)[None, :], a @ b.T)


def paired_masi(a: Members, b: Members) -> Floats:
    """Return (n,) the distances of the sets of two columns, row by row."""
    return _masi(*(np.asarray(sets.sum(axis=1), dtype=np.float64) for sets in (a, b, a & b)))


def _masi(size: Floats, other: Floats, both: Floats) -> Floats:
    """Return distances from the sizes of two sets and of their intersection."""
    smaller = np.minimum(size, other)
    monotonicity = np.where(both == smaller, 2 / 3, 1 / 3)
    return np.where((size == other) & (both == smaller), 0.0, 1 - both / np.maximum(size + other - both, 1) * monotonicity)


def times_masi(members: Members, totals: Floats) -> Floats:
    """Return (n_sets,) each set's distances to all, weighted by `totals`, without the whole table of distances."""
    sets, step = members.astype(np.float64), max(1, BLOCK // max(len(members), 1))
    blocks = (sets[start : start + step] for start in range(0, len(sets), step))
    return np.concatenate([np.zeros(0), *(masi_distances(block, sets) @ totals for block in blocks)])


def set_pair_counts(ratings: Ints, members: Members, none: int) -> dict[tuple[int, int], int]:
    """Count pairs of labels from the numbers of sets: two labels → how often, `none` for "no label instead".

    A label that both give counts beside itself; one that only one of them gives, beside each that only the other gives.
    """
    sets = [frozenset(np.flatnonzero(row).tolist()) for row in members]
    table: dict[tuple[int, int], int] = {}
    for (i, j), n in pair_counts(ratings).items():
        a, b = sets[i], sets[j]
        pairs = [(label, label) for label in a & b]
        if a != b:
            pairs += product(a - b or {none}, b - a or {none})
        for pair in pairs:
            table[pair] = table.get(pair, 0) + n
    return dict(sorted(table.items()))
