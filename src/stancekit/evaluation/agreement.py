"""How far annotators agree beyond chance. Numbers only: labels are whole numbers, -1 where an annotator gave none.

`ratings` is (n_items, n_annotators) throughout. An item is pairable where two annotators or more labelled it. What is
undefined is `nan`, never 0 or 1, and `why_undefined` says why.
"""

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Scale = Literal["nominal", "ordinal", "interval"]
MISSING = -1


def label_counts(ratings: Ints, n_labels: int | None = None) -> Ints:
    """(n_items, n_labels): how many annotators gave each item each label; without `n_labels`, up to the greatest label."""
    size = int(ratings.max(initial=0)) + 1 if n_labels is None else n_labels
    counts = np.zeros((len(ratings), size + 1), dtype=np.int64)  # what is missing, -1, falls into the last column
    items = np.arange(len(ratings))
    for column in ratings.T:
        counts[items, column] += 1
    return counts[:, :size]


def sparse_counts(ratings: Ints, n_labels: int | None = None) -> Any:
    """As `label_counts`, as a sparse matrix: an item has few of many labels, such as holders."""
    from scipy.sparse import csr_array

    size = int(ratings.max(initial=0)) + 1 if n_labels is None else n_labels
    items, annotators = np.nonzero(ratings != MISSING)
    cells, counts = np.unique(items * size + ratings[items, annotators], return_counts=True)
    rows, labels = np.divmod(cells, max(size, 1))
    ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(ratings)))])
    return csr_array((counts.astype(np.int64), labels, ends), shape=(len(ratings), size))


def pairable(ratings: Ints) -> Ints:
    """The numbers of the items that two annotators or more labelled."""
    return np.flatnonzero((ratings != MISSING).sum(axis=1) > 1)


def why_undefined(ratings: Ints) -> str:
    """Why agreement beyond chance is undefined on these ratings; empty where it is not."""
    paired = ratings[pairable(ratings)]
    if not len(paired):
        return "undefined: no statement is labelled by two annotators"
    used = paired[paired != MISSING]
    return "undefined: only one label is used, so agreement by chance is certain" if (used == used[0]).all() else ""


def raw_agreement(ratings: Ints) -> float:
    """Share of the pairs of annotators who agree, averaged over the pairable items."""
    paired = ratings[pairable(ratings)]
    given = (paired != MISSING).sum(axis=1)
    return float((alike(sparse_counts(paired)) / (given * (given - 1))).mean()) if len(paired) else float("nan")


def alike(counts: Any) -> Ints:
    """(n_items,) ordered pairs of annotators who agree, from the sparse counts of the labels."""
    pairs = counts.copy()
    pairs.data *= pairs.data - 1
    return np.asarray(pairs.sum(axis=1))


def cohen_kappa(ratings: Ints) -> float:
    """Cohen's κ of two annotators, (n_items, 2), on the items both labelled.

    Ref: Cohen (1960), Educational and Psychological Measurement 20:37-46.
    """
    if ratings.shape[1] != 2:
        raise ValueError(f"Cohen's kappa is of two annotators, not of {ratings.shape[1]}")
    both = ratings[pairable(ratings)]
    first, second = (np.bincount(column, minlength=int(both.max(initial=0)) + 1) for column in both.T)
    return kappa_of(len(both), int((both[:, 0] == both[:, 1]).sum()), first, second)


def kappa_of(n: int, equal: int, first: Ints, second: Ints) -> float:
    """Cohen's κ of `n` items, on `equal` of which the two agree; (n_labels,) how often each gave each label."""
    if not n:
        return float("nan")
    size = used(first + second)
    return beyond_chance(equal / n, float((first[:size] / n) @ (second[:size] / n)))


def fleiss_kappa(ratings: Ints) -> float:
    """Fleiss' κ of any number of annotators, generalised to missing labels.

    Chance is that of two labels drawn from the items' mean shares; an item labelled once counts towards these alone.
    Ref: Fleiss (1971), Psychological Bulletin 76:378-382; Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2.
    """
    shares = _mean_shares(ratings)
    return beyond_chance(raw_agreement(ratings), float(shares @ shares))


def gwet_ac1(ratings: Ints, n_labels: int | None = None) -> float:
    """Gwet's AC1, which holds up where nearly all items have one label and κ collapses.

    Parameters
    ----------
    n_labels : labels there are to choose from; without it, those used.

    Notes
    -----
    Where one label alone is used the formula gives 1 whatever the annotators can tell apart; here it is undefined.
    Ref: Gwet (2008), British Journal of Mathematical and Statistical Psychology 61:29-48.
    """
    return ac1_of(raw_agreement(ratings), _mean_shares(ratings), n_labels)


def ac1_of(raw: float, shares: Floats, n_labels: int | None = None) -> float:
    """Gwet's AC1 from raw agreement and (n_labels,) the mean shares of the labels."""
    taken = int((shares > 0).sum())
    if taken < 2:
        return float("nan")
    return beyond_chance(raw, float((shares * (1 - shares)).sum() / ((n_labels or taken) - 1)))


def krippendorff_alpha(ratings: Ints, distance: Scale | Floats = "nominal") -> float:
    """Krippendorff's α of any number of annotators, labels missing or not.

    Parameters
    ----------
    distance : how far apart two labels are. For `ordinal` and `interval` the labels' numbers are their ranks or values;
        an (n_labels, n_labels) matrix with zeros on its diagonal gives the distances themselves.

    Notes
    -----
    Ref: Krippendorff (2019), Content Analysis, 4th ed., ch. 12.
    """
    counts = label_counts(ratings, None if isinstance(distance, str) else len(distance)).astype(np.float64)
    return alpha_of(counts[pairable(ratings)], distance)


def alpha_of(counts: Floats, distance: Scale | Floats) -> float:
    """Krippendorff's α from (n_items, n_labels) the counts of pairable items."""
    totals = counts.sum(axis=0)
    apart = scale_distances(distance, totals) if isinstance(distance, str) else distance
    expected = totals @ apart @ totals
    return float(1 - (totals.sum() - 1) * disagreement(counts, apart).sum() / expected) if expected > 0 else float("nan")


def disagreement(counts: Floats, apart: Floats) -> Floats:
    """(n_items,) the distances between an item's labels, every ordered pair.

    Each item's pairs weigh as many labels as it has: over the pairs that a label can make, one fewer.
    """
    return _row_sums((counts @ apart) * counts) / (_row_sums(counts) - 1)


def scale_distances(scale: Scale, totals: Floats) -> Floats:
    """(n_labels, n_labels) squared distances; `totals` is how often each label was given, which ordinal ranks go by."""
    if scale == "nominal":
        return 1.0 - np.eye(len(totals))
    middle = np.cumsum(totals) - totals / 2 if scale == "ordinal" else np.arange(len(totals), dtype=np.float64)
    return (middle[:, None] - middle[None, :]) ** 2


def pair_counts(ratings: Ints) -> dict[tuple[int, int], int]:
    """Pairs of annotators on one item who gave these two labels, the earlier in the columns first → how often."""
    size = int(ratings.max(initial=0)) + 1
    met = [first * size + second for _, first, second in pairs_of_labels(ratings)]
    cells, counts = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *met]), return_counts=True)
    return {(cell // size, cell % size): n for cell, n in zip(cells.tolist(), counts.tolist(), strict=True)}


def pairs_of_labels(ratings: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Every pair of annotators on one item, in parts: the item, the label of the earlier in the columns, that of the later."""
    items, annotators = np.nonzero(ratings != MISSING)
    labels = ratings[items, annotators]
    # An item's labels stand together: each meets the one so many places on.
    for step in range(1, len(labels)):
        same = np.flatnonzero(items[step:] == items[:-step])
        if not len(same):
            return
        yield items[same], labels[same], labels[same + step]


def used(totals: Ints) -> int:
    """How many labels there are up to the last that is given; at least one."""
    given = np.flatnonzero(totals)
    return int(given[-1]) + 1 if len(given) else 1


def beyond_chance(observed: float, expected: float) -> float:
    """What the agreement has beyond chance, of what it could have; undefined where chance leaves nothing."""
    return (observed - expected) / (1 - expected) if expected < 1 else float("nan")


def _mean_shares(ratings: Ints) -> Floats:
    """(n_labels,) each label's share of an item's labels, averaged over the items that have any."""
    counts = label_counts(ratings).astype(np.float64)
    given = _row_sums(counts)
    rated = np.flatnonzero(given)
    return mean_shares(counts[rated], given[rated])


def mean_shares(counts: Floats, given: Floats) -> Floats:
    """(n_labels,) as above, from the counts of the items that have any label and how many each has."""
    shares: Floats = (1 / given) @ counts / max(len(counts), 1)
    return shares


def _row_sums(table: Floats) -> Floats:
    """As `table.sum(axis=1)`, several times as fast where the rows are short."""
    sums: Floats = np.einsum("ij->i", table)
    return sums
