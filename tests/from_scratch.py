"""Agreement computed anew without each article, by dense tables and loops: what the fast way must give."""

import math
from collections.abc import Callable, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
from scipy.stats import t

from stancekit.evaluation.metrics import Floats, Ints


def label_table(ratings: Ints, n_labels: int | None = None) -> Floats:
    size = int(ratings.max(initial=0)) + 1 if n_labels is None else n_labels
    counts = np.zeros((len(ratings), size))
    for item, row in enumerate(ratings.tolist()):
        for label in row:
            if label >= 0:
                counts[item, label] += 1
    return counts


def paired(counts: Floats) -> Floats:
    return counts[np.flatnonzero(counts.sum(axis=1) > 1)]


def raw(ratings: Ints) -> float:
    counts = paired(label_table(ratings))
    given = counts.sum(axis=1)
    return float(((counts * (counts - 1)).sum(axis=1) / (given * (given - 1))).mean()) if len(counts) else math.nan


def shares(ratings: Ints) -> Floats:
    counts = label_table(ratings)
    given = counts.sum(axis=1)
    rated = np.flatnonzero(given)
    return (1 / given[rated]) @ counts[rated] / max(len(rated), 1)


def beyond(observed: float, expected: float) -> float:
    return (observed - expected) / (1 - expected) if expected < 1 else math.nan


def fleiss(ratings: Ints) -> float:
    p = shares(ratings)
    return beyond(raw(ratings), float(p @ p))


def ac1(ratings: Ints, n_labels: int) -> float:
    p = shares(ratings)
    return beyond(raw(ratings), float((p * (1 - p)).sum() / (n_labels - 1))) if (p > 0).sum() > 1 else math.nan


def cohen(ratings: Ints) -> float:
    both = ratings[np.flatnonzero((ratings >= 0).all(axis=1))]
    if not len(both):
        return math.nan
    one, two = (np.bincount(column, minlength=int(both.max()) + 1) / len(both) for column in both.T)
    return beyond(float((both[:, 0] == both[:, 1]).mean()), float(one @ two))


def alpha(ratings: Ints, distance: str | Floats = "nominal") -> float:
    counts = paired(label_table(ratings, None if isinstance(distance, str) else len(distance)))
    totals = counts.sum(axis=0)
    apart = distances(distance, totals) if isinstance(distance, str) else distance
    expected = totals @ apart @ totals
    if not expected > 0:
        return math.nan
    observed = (((counts @ apart) * counts).sum(axis=1) / (counts.sum(axis=1) - 1)).sum()
    return float(1 - (totals.sum() - 1) * observed / expected)


def distances(scale: str, totals: Floats) -> Floats:
    if scale == "nominal":
        return 1.0 - np.eye(len(totals))
    middle = np.cumsum(totals) - totals / 2 if scale == "ordinal" else np.arange(len(totals), dtype=float)
    return (middle[:, None] - middle[None, :]) ** 2


def masi(a: frozenset[int], b: frozenset[int]) -> float:
    if a == b:
        return 0.0
    return 1 - len(a & b) / len(a | b) * (2 / 3 if a <= b or b <= a else 1 / 3)


def set_pairs(rows: Sequence[Sequence[frozenset[int] | None]], none: int) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for row in rows:
        for a, b in combinations([s for s in row if s is not None], 2):
            pairs = [(k, k) for k in a & b] + ([*product(a - b or {none}, b - a or {none})] if a != b else [])
            for pair in pairs:
                found[pair] = found.get(pair, 0) + 1
    return found


def without_each(homes: Sequence[Any], repeats: Sequence[Any], statistic: Callable[[Any], float]) -> list[float]:
    """The statistic on all rows, then without each group and what repeats it; it takes the numbers of the rows."""
    names = [name for name in dict.fromkeys(homes) if name is not None]
    stays = [[i for i, home in enumerate(homes) if name != home and name not in repeats[i]] for name in names]
    return [statistic(np.array(rows, dtype=np.int64)) for rows in [[*range(len(homes))], *stays]]


def interval(homes: Sequence[Any], repeats: Sequence[Any], values: Sequence[float], low: float) -> tuple[float, float] | None:
    """The bounds of 95 %; `None` where there are none."""
    names = [name for name in dict.fromkeys(homes) if name is not None]
    if len(names) < 2 or any(math.isnan(v) for v in values):
        return None
    going = [[name for name in names if name in {home, *more}] for home, more in zip(homes, repeats, strict=True)]
    count = len(names) * sum(map(bool, going)) / sum(map(len, going))
    left = np.array(values[1:])
    error = math.sqrt((count - 1) / len(names) * ((left - left.mean()) ** 2).sum())
    if count < 2 or error < 1e-12:
        return None
    margin = float(t.ppf(0.975, count - 1)) * error
    return max(low, values[0] - margin), min(1.0, values[0] + margin)
