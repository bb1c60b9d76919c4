"""Early stopping: training rows held out by whole groups, with near-duplicates of them left out of the others."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.duplicates import groups as repeat_groups
from stancekit.duplicates import repeating
from stancekit.models.base import Inputs
from stancekit.models.composite.inner_folds import read_texts

Rows = NDArray[np.int64]


def held_out(X: Inputs, groups: Any, reads: Sequence[str], share: float, seed: int) -> tuple[Rows, Rows] | None:
    """(rows to train on, rows held out), or `None` where there is nothing to tell apart.

    Groups are drawn at random until they hold `share` of the rows. Without two groups, texts that repeat each other are one.
    Of the other rows, those that repeat what is held out, in any text that the model reads, are in neither part.
    """
    names = np.unique(groups, return_inverse=True)[1] if groups is not None else np.zeros(len(X), dtype=np.int64)
    if len(np.unique(names)) < 2:
        names = np.array(repeat_groups([x.text for x in X]))
    drawn = np.random.default_rng(seed).permutation(np.unique(names))
    sizes = np.cumsum([np.count_nonzero(names == name) for name in drawn])
    enough = int(np.searchsorted(sizes, share * len(X))) + 1
    out = np.isin(names, drawn[: min(enough, len(drawn) - 1)])
    texts = [(row, str(getattr(x, field))) for row, x in enumerate(X) for field in read_texts(reads)]
    alike = repeating([text for _, text in texts], [text for row, text in texts if out[row]])
    repeats = np.isin(np.arange(len(X)), [row for (row, _), again in zip(texts, alike, strict=True) if again])
    rest = np.flatnonzero(~out & ~repeats)
    return (rest, np.flatnonzero(out)) if len(rest) and out.any() else None
