"""What coefficients of agreement are made of. Numbers only: labels are whole numbers, -1 where an annotator gave none.

`ratings` is (n_items, n_annotators) throughout. An item is pairable where two annotators or more labelled it. What is
undefined is `nan`, never 0 or 1, and `why_undefined` says why.
"""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from stancekit.evaluation.metrics import Floats, Ints

Scale = Literal["ordinal", "interval"]
MISSING = -1


def sparse_counts(ratings: Ints, size: int) -> Any:
    """Count labels, (n_items, size) annotators who gave each item each label, sparse: an item has few of many labels, such as holders."""
    from scipy.sparse import csr_array

    items, annotators = np.nonzero(ratings != MISSING)
    cells, counts = np.unique(items * size + ratings[items, annotators], return_counts=True)
    rows, labels = np.divmod(cells, max(size, 1))
    ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(ratings)))])
    return csr_array((counts.astype(np.int64), labels, ends), shape=(len(ratings), size))


def why_undefined(ratings: Ints) -> str:
    """Say why agreement beyond chance is undefined on these ratings; empty where it is not."""
    paired = ratings[(ratings != MISSING).sum(axis=1) > 1]
    if not len(paired):
        return "undefined: no statement is labelled by two annotators"
    used = paired[paired != MISSING]
    return "undefined: only one label is used, so agreement by chance is certain" if (used == used[0]).all() else ""


def alike(counts: Any) -> Ints:
    """Count (n_items,) ordered pairs of annotators who agree, from the sparse counts of the labels."""
    pairs = counts.copy()
    pairs.data *= pairs.data - 1
    return np.asarray(pairs.sum(axis=1))


def kappa_of(n: int, equal: int, first: Ints, second: Ints) -> float:
    """Return Cohen's κ of `n` items, on `equal` of which the two agree; (n_labels,) how often each gave each label."""
    if not n:
        return float("nan")
    size = used(first + second)
    return beyond_chance(equal / n, float((first[:size] / n) @ (second[:size] / n)))


def ac1_of(raw: float, shares: Floats, n_labels: int) -> float:
    """Return Gwet's AC1 for a choice of `n_labels`, from raw agreement and (n_used,) the mean shares of the labels.

    Where one label alone is used the formula gives 1 whatever the annotators can tell apart; here it is undefined.
    """
    return beyond_chance(raw, float((shares * (1 - shares)).sum() / (n_labels - 1))) if (shares > 0).sum() > 1 else float("nan")


def alpha_of(counts: Floats, scale: Scale) -> float:
    """Return Krippendorff's α from (n_items, n_labels) the counts of pairable items."""
    totals = counts.sum(axis=0)
    apart = scale_distances(scale, totals)
    expected = totals @ apart @ totals
    return float(1 - (totals.sum() - 1) * disagreement(counts, apart).sum() / expected) if expected > 0 else float("nan")


def disagreement(counts: Floats, apart: Floats) -> Floats:
    """Return (n_items,) the summed distances between an item's labels, over ordered pairs.

    Each item's pairs weigh as many labels as it has: over the pairs that a label can make, one fewer.
    """
    return _row_sums((counts @ apart) * counts) / (_row_sums(counts) - 1)


def scale_distances(scale: Scale, totals: Floats) -> Floats:
    """Return (n_labels, n_labels) squared distances; `totals` is how often each label was given, which ordinal ranks go by."""
    middle = np.cumsum(totals) - totals / 2 if scale == "ordinal" else np.arange(len(totals), dtype=np.float64)
    return (middle[:, None] - middle[None, :]) ** 2


def pair_counts(ratings: Ints) -> dict[tuple[int, int], int]:
    """Count the pairs of labels that two annotators gave one item, the earlier annotator in the columns first."""
    size = int(ratings.max(initial=0)) + 1
    met = [first * size + second for _, first, second in pairs_of_labels(ratings)]
    cells, counts = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *met]), return_counts=True)
    return {(cell // size, cell % size): n for cell, n in zip(cells.tolist(), counts.tolist(), strict=True)}


def pairs_of_labels(ratings: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield every pair of annotators on one item, in parts: the item, the label of the earlier in the columns, that of the later."""
    items, annotators = np.nonzero(ratings != MISSING)
    labels = ratings[items, annotators]
    # An item's labels stand together: each meets the one `step` places on.
    for step in range(1, len(labels)):
        same = np.flatnonzero(items[step:] == items[:-step])
        if not len(same):
            return
        yield items[same], labels[same], labels[same + step]


def used(totals: Ints) -> int:
    """Return the number of labels up to the last that is given; at least one."""
    given = np.flatnonzero(totals)
    return int(given[-1]) + 1 if len(given) else 1


def beyond_chance(observed: float, expected: float) -> float:
    """Return chance-corrected agreement, (observed - expected) / (1 - expected); `nan` where chance leaves nothing."""
    return (observed - expected) / (1 - expected) if expected < 1 else float("nan")


def mean_shares(counts: Floats, given: Floats) -> Floats:
    """Return (n_labels,) each label's mean share of an item's labels, from the items' counts and how many labels each has."""
    shares: Floats = (1 / given) @ counts / max(len(counts), 1)
    return shares


def _row_sums(table: Floats) -> Floats:
    """Sum rows as `table.sum(axis=1)` does, several times as fast where the rows are short."""
    sums: Floats = np.einsum("ij->i", table)
    return sums
