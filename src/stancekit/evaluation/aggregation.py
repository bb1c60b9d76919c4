"""One label from several annotators. Numbers only: `votes` is (n_items, n_annotators) label numbers, -1 where there is none."""

from dataclasses import dataclass

import numpy as np

from stancekit.evaluation.agreement import MISSING, sparse_counts
from stancekit.evaluation.metrics import Floats, Ints, ratio

TIE = 1e-9
"""Shares and posteriors closer than this are tied: rounding must not decide a label."""


@dataclass(frozen=True, slots=True)
class DawidSkene:
    """What `dawid_skene` found.

    posteriors : (n_items, n_classes), rows sum to 1. prior : (n_classes,).
    confusions : (n_annotators, n_classes, n_classes): how an annotator labels (columns) an item of each class (rows).
    """

    posteriors: Floats
    confusions: Floats
    prior: Floats
    iterations: int
    converged: bool


def vote_shares(votes: Ints, n_classes: int) -> Floats:
    """Return each class's share of an item's votes, (n_items, n_classes), rows sum to 1; `nan` for an item without votes."""
    counts: Floats = sparse_counts(votes, n_classes).toarray().astype(np.float64)
    return ratio(counts, counts.sum(axis=1, keepdims=True))


def decided(shares: Floats) -> Ints:
    """Return (n_items,) the class of the greatest share, -1 where several tie or nothing is known."""
    if not shares.size:
        return np.full(len(shares), MISSING, dtype=np.int64)
    greatest = shares.max(axis=1, keepdims=True)
    alone = (shares >= greatest - TIE).sum(axis=1) == 1
    return np.where(alone, shares.argmax(axis=1), MISSING)


def majority(votes: Ints, n_classes: int) -> Ints:
    """Return (n_items,) the label with the most votes, -1 where several tie or nobody voted: a tie is left open."""
    return decided(vote_shares(votes, n_classes))


def dawid_skene(votes: Ints, n_classes: int, *, smoothing: float = 0.1, tolerance: float = 1e-6, max_rounds: int = 500) -> DawidSkene:
    """Estimate labels and annotators' confusions together, by expectation maximisation.

    It starts from the shares of the votes, so that classes keep their names as long as most annotators are mostly right.
    Two annotators alone do not tell which of them errs: there it settles by what is frequent.

    Parameters
    ----------
    smoothing : added to each cell of an annotator's confusion counts and of the class counts: a label that an annotator
        never gave is unlikely, not impossible.
    tolerance, max_rounds : it ends when no posterior moves by more than the tolerance, or after `max_rounds`.

    Notes
    -----
    An item without votes has the prior as its posterior.
    Ref: Dawid and Skene (1979), Applied Statistics 28:20-28.
    """
    n_items, n_annotators = votes.shape
    items, annotators = np.nonzero(votes != MISSING)
    cells = annotators * n_classes + votes[items, annotators]
    start = vote_shares(votes, n_classes)
    posteriors = np.where(np.isnan(start), 1 / n_classes, start)
    voted = ~np.isnan(start[:, 0])
    rounds, moved = 0, np.inf
    while True:
        weights = posteriors[items]
        counts = np.stack([np.bincount(cells, weights[:, k], n_annotators * n_classes) for k in range(n_classes)], axis=-1)
        smooth = counts.reshape(n_annotators, n_classes, n_classes).transpose(0, 2, 1).astype(np.float64) + smoothing
        confusions = smooth / smooth.sum(axis=2, keepdims=True)
        prior: Floats = posteriors[voted].sum(axis=0) + smoothing
        prior /= prior.sum()
        if moved <= tolerance or rounds == max_rounds:
            return DawidSkene(posteriors, confusions, prior, rounds, bool(moved <= tolerance))
        chance = np.log(confusions).transpose(0, 2, 1).reshape(-1, n_classes)[cells]
        logs = np.log(prior) + np.stack([np.bincount(items, chance[:, k], n_items) for k in range(n_classes)], axis=1)
        updated = np.exp(logs - logs.max(axis=1, keepdims=True))
        updated /= updated.sum(axis=1, keepdims=True)
        moved = float(np.abs(updated - posteriors).max(initial=0))
        posteriors, rounds = updated, rounds + 1
