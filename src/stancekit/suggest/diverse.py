"""Diverse sampling: a few statements that represent many.

Greedy facility location: each pick adds most to how well the pool is covered, where a statement is covered as well as it
is like the labelled or picked one nearest to it. The greedy choice is within 1 - 1/e of the best (Nemhauser, Wolsey and
Fisher 1978, doi:10.1007/BF01588971); gains are only computed again where they may matter (Minoux 1978, doi:10.1007/BFb0006528).
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.duplicates import shingles
from stancekit.suggest.features import alike

COVERED = 2_000
"""Of a larger pool this many statements, drawn by the seed, are the ones to cover; any may be picked."""

_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Pick:
    """A picked row. `share`, from 0 to 1, of the pool is more like it than like anything else labelled or picked."""

    row: int
    share: float


def pick(
    features: Any, texts: Sequence[str], n: int, *, labelled: Sequence[int] = (), weights: NDArray[np.float64] | None = None, seed: int = 0
) -> list[Pick]:
    """Pick up to n rows, the most useful first. None is labelled, or a near-duplicate of a labelled or queued statement.

    Parameters
    ----------
    features : (n_texts, n_features), dense or sparse, rows of unit length.
    labelled : rows that have labels: what is like them is covered already. All others are the pool.
    weights : (n_texts,), how much it matters that a statement is covered; without them all matter the same.
    seed : draws what is to be covered of a pool of more than `COVERED`; else nothing is left to chance.
    """
    known = set(labelled)
    pool = np.array([i for i in range(len(texts)) if i not in known], dtype=np.int64)
    covered = pool if len(pool) <= COVERED else np.sort(np.random.default_rng(seed).choice(pool, COVERED, replace=False))
    weight = np.ones(len(covered)) if weights is None else weights[covered]
    targets = features[covered]
    near = before = _nearest(targets, features, labelled)
    # A gain can only shrink as more is covered, so one computed earlier is an upper bound: where a fresh one beats the
    # bounds of all others, it is the greatest.
    bounds = [(-gain, int(row), 0) for row, gain in zip(pool, _gains(targets, features, pool, near, weight), strict=True)]
    heapq.heapify(bounds)
    said = frozenset().union(*(shingles(texts[i]) for i in labelled))
    picked: list[int] = []
    while bounds and len(picked) < n:
        bound, row, fresh = heapq.heappop(bounds)
        if not (own := shingles(texts[row])).isdisjoint(said):
            continue
        if fresh < len(picked):
            [gain] = _gains(targets, features, [row], near, weight)
            heapq.heappush(bounds, (max(bound, -gain), row, len(picked)))
            continue
        picked.append(row)
        said |= own
        near = np.maximum(near, alike(targets, features[[row]])[:, 0])
    if not picked:
        return []
    among = alike(targets, features[picked])
    closest = np.where(among.max(axis=1) > before, among.argmax(axis=1), -1)  # the pick that each target is most like, if any
    return [Pick(row, float((closest == k).mean())) for k, row in enumerate(picked)]


def _nearest(targets: Any, features: Any, others: Sequence[int]) -> NDArray[np.float64]:
    """How alike each target is to the nearest of the other rows, (n_targets,); 0 of none."""
    near = np.zeros(targets.shape[0])
    for start in range(0, len(others), _CHUNK):
        near = np.maximum(near, alike(targets, features[list(others[start : start + _CHUNK])]).max(axis=1))
    return near


def _gains(
    targets: Any, features: Any, rows: Sequence[int] | NDArray[np.int64], near: NDArray[np.float64], weight: NDArray[np.float64]
) -> list[float]:
    """What picking each of the rows would add to the coverage of the targets, (n_rows,)."""
    found: list[float] = []
    for start in range(0, len(rows), _CHUNK):
        better = np.maximum(alike(targets, features[rows[start : start + _CHUNK]]) - near[:, None], 0.0)
        found += (weight @ better).tolist()
    return found
