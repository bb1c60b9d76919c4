"""How far annotators agree beyond chance. Numbers only: labels are whole numbers, -1 where an annotator gave none.

`ratings` is (n_items, n_annotators) throughout. An item is pairable where two annotators or more labelled it. What is
undefined is `nan`, never 0 or 1, and `why_undefined` says why.
"""

from collections.abc import Sequence
from itertools import combinations, product
from typing import Literal

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


def why_undefined(ratings: Ints) -> str:
    """Why agreement beyond chance is undefined on these ratings; empty where it is not."""
    paired = _paired_counts(ratings)
    if not len(paired):
        return "undefined: no statement is labelled by two annotators"
    return "undefined: only one label is used, so agreement by chance is certain" if (paired.sum(axis=0) > 0).sum() < 2 else ""


def raw_agreement(ratings: Ints) -> float:
    """Share of the pairs of annotators who agree, averaged over the pairable items."""
    counts = _paired_counts(ratings)
    given = _row_sums(counts)
    return float((_row_sums(counts * (counts - 1)) / (given * (given - 1))).mean()) if len(counts) else float("nan")


def cohen_kappa(ratings: Ints) -> float:
    """Cohen's κ of two annotators, (n_items, 2), on the items both labelled.

    Ref: Cohen (1960), Educational and Psychological Measurement 20:37-46.
    """
    if ratings.shape[1] != 2:
        raise ValueError(f"Cohen's kappa is of two annotators, not of {ratings.shape[1]}")
    both = ratings[np.flatnonzero((ratings[:, 0] != MISSING) & (ratings[:, 1] != MISSING))]
    if not len(both):
        return float("nan")
    shares = [np.bincount(column, minlength=int(both.max()) + 1) / len(both) for column in both.T]
    return _beyond_chance(float((both[:, 0] == both[:, 1]).mean()), float(shares[0] @ shares[1]))


def fleiss_kappa(ratings: Ints) -> float:
    """Fleiss' κ of any number of annotators, generalised to missing labels.

    Chance is that of two labels drawn from the items' mean shares; an item labelled once counts towards these alone.
    Ref: Fleiss (1971), Psychological Bulletin 76:378-382; Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2.
    """
    shares = _mean_shares(ratings)
    return _beyond_chance(raw_agreement(ratings), float(shares @ shares))


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
    shares = _mean_shares(ratings)
    used = int((shares > 0).sum())
    if used < 2:
        return float("nan")
    return _beyond_chance(raw_agreement(ratings), float((shares * (1 - shares)).sum() / ((n_labels or used) - 1)))


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
    counts = _paired_counts(ratings, None if isinstance(distance, str) else len(distance))
    totals = counts.sum(axis=0)
    apart = scale_distances(distance, totals) if isinstance(distance, str) else distance
    expected = totals @ apart @ totals
    if not expected > 0:
        return float("nan")
    # Each item's pairs weigh as many labels as it has: over the pairs that a label can make, one fewer.
    observed = (_row_sums((counts @ apart) * counts) / (_row_sums(counts) - 1)).sum()
    return float(1 - (totals.sum() - 1) * observed / expected)


def scale_distances(scale: Scale, totals: Floats) -> Floats:
    """(n_labels, n_labels) squared distances; `totals` is how often each label was given, which ordinal ranks go by."""
    if scale == "nominal":
        return 1.0 - np.eye(len(totals))
    middle = np.cumsum(totals) - totals / 2 if scale == "ordinal" else np.arange(len(totals), dtype=np.float64)
    return (middle[:, None] - middle[None, :]) ** 2


def masi_distance(a: frozenset[int], b: frozenset[int]) -> float:
    """1 - Jaccard × monotonicity of two sets of labels; two empty sets agree.

    Monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap.
    Ref: Passonneau (2006), LREC: Measuring Agreement on Set-valued Items.
    """
    if a == b:
        return 0.0
    both = len(a & b)
    return 1 - both / len(a | b) * (2 / 3 if a <= b or b <= a else 1 / 3)


def number_sets(rows: Sequence[Sequence[frozenset[int] | None]]) -> tuple[Ints, Floats]:
    """Sets as labels: (n_items, n_annotators) numbers of the distinct sets, and the (n_sets, n_sets) MASI distances."""
    numbers: dict[frozenset[int], int] = {}
    ratings = [[MISSING if s is None else numbers.setdefault(s, len(numbers)) for s in row] for row in rows]
    apart = np.array([[masi_distance(a, b) for b in numbers] for a in numbers]).reshape(len(numbers), len(numbers))
    return np.array(ratings, dtype=np.int64).reshape(len(rows), -1), apart


def pair_counts(ratings: Ints, n_labels: int) -> Ints:
    """(n_labels, n_labels) pairs of annotators on one item: the earlier in the columns gave the row's label, the later the column's.

    The diagonal holds the pairs who agree.
    """
    earlier = np.zeros((len(ratings), n_labels), dtype=np.int64)
    table = np.zeros((n_labels, n_labels), dtype=np.int64)
    for column in ratings.T:
        own = label_counts(column[:, None], n_labels)
        table += earlier.T @ own
        earlier += own
    return table


def set_pair_counts(rows: Sequence[Sequence[frozenset[int] | None]], n_labels: int) -> Ints:
    """As `pair_counts`, for sets: (n_labels + 1, n_labels + 1), the last row and column for "no label instead".

    A label that both give counts on the diagonal; one that only one of them gives, against each that only the other gives.
    """
    table = np.zeros((n_labels + 1, n_labels + 1), dtype=np.int64)
    for row in rows:
        for a, b in combinations([s for s in row if s is not None], 2):
            pairs = [(label, label) for label in a & b]
            if a != b:
                pairs += product(a - b or {n_labels}, b - a or {n_labels})
            for pair in pairs:
                table[pair] += 1
    return table


def _paired_counts(ratings: Ints, n_labels: int | None = None) -> Floats:
    """The counts of the pairable items alone."""
    counts = label_counts(ratings, n_labels).astype(np.float64)
    return counts[np.flatnonzero(_row_sums(counts) > 1)]


def _mean_shares(ratings: Ints) -> Floats:
    """(n_labels,) each label's share of an item's labels, averaged over the items that have any."""
    counts = label_counts(ratings).astype(np.float64)
    given = _row_sums(counts)
    rated = np.flatnonzero(given)
    return (1 / given[rated]) @ counts[rated] / max(len(rated), 1)


def _row_sums(table: Floats) -> Floats:
    """As `table.sum(axis=1)`, several times as fast where the rows are short."""
    sums: Floats = np.einsum("ij->i", table)
    return sums


def _beyond_chance(observed: float, expected: float) -> float:
    return (observed - expected) / (1 - expected) if expected < 1 else float("nan")
