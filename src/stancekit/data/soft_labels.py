"""Training rows: a statement's label, or the shares that several annotators gave its labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.data.dataset import Dataset, Example
from stancekit.records import ModelInput

NEGLIGIBLE = 1e-9
"""Shares and gaps below this are rounding, not opinion."""


@dataclass(frozen=True)
class TrainingRows:
    """What `fit` is given: `y` is (n, n_tasks), `weights` (n,) or `None`, `groups` (n,) the article of each row."""

    inputs: list[ModelInput]
    y: NDArray[np.str_]
    weights: NDArray[np.float64] | None
    groups: NDArray[np.str_]


def training_rows(
    dataset: Dataset, rows: Sequence[int] | None = None, *, soft: bool = False, undecided: Sequence[Example] = ()
) -> TrainingRows:
    """Return the given rows, or all of them; weights are `None` unless `soft`.

    With `soft` a statement on which annotators differ is several rows, whose weights sum to 1 and give each label of each
    task its share. A statement without shares is one row of weight 1. `undecided` are examples to add, for `soft` only.
    """
    chosen = range(len(dataset.examples)) if rows is None else rows
    taken = [*(dataset.examples[i] for i in chosen), *(undecided if soft else ())]
    pieces = [(e, labels, weight) for e in taken for labels, weight in (_pieces(e, dataset) if soft else [_whole(e, dataset)])]
    return TrainingRows(
        [e.input for e, _, _ in pieces],
        np.array([labels for _, labels, _ in pieces]),
        np.array([weight for _, _, weight in pieces]) if soft else None,
        np.array([e.article_id for e, _, _ in pieces]),
    )


def _whole(example: Example, dataset: Dataset) -> tuple[list[str], float]:
    return [example.labels[task] for task in dataset.codebook.tasks], 1.0


def _pieces(example: Example, dataset: Dataset) -> list[tuple[list[str], float]]:
    """Label combinations and their weights. The tasks' shares are laid side by side and cut wherever one of them changes
    label: the fewest rows that keep every share."""
    laid: list[tuple[list[str], list[float]]] = []
    for task in dataset.codebook.tasks:
        shares: dict[str, Any] = dict(example.soft[task] if task in example.soft else {example.labels[task]: 1.0})
        kept = [label for label in dataset.codebook.labels(task) if shares.get(label, 0.0) > NEGLIGIBLE]
        total = sum(shares[label] for label in kept)
        laid.append((kept, list(accumulate(shares[label] / total for label in kept))))
    cuts = sorted({0.0, 1.0, *(end for _, ends in laid for end in ends[:-1])})
    return [([_at((low + high) / 2, *task) for task in laid], high - low) for low, high in pairwise(cuts) if high - low > NEGLIGIBLE]


def _at(position: float, labels: Sequence[str], ends: Sequence[float]) -> str:
    """The label whose stretch holds a position between 0 and 1."""
    return next((label for label, end in zip(labels, ends, strict=True) if end > position), labels[-1])
