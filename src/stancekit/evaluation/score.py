"""Scores of out-of-fold predictions: every figure with its n, its interval, and the classes it could not cover."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from stancekit.errors import counted
from stancekit.evaluation import metrics
from stancekit.evaluation.abstention import Coverage, Kept, coverage, kept_scores
from stancekit.evaluation.calibration import Calibration, calibration
from stancekit.evaluation.intervals import Interval
from stancekit.evaluation.metrics import Floats, ratio
from stancekit.evaluation.scored import Mask, ScoredRows, scored_rows
from stancekit.predictions import Predictions
from stancekit.tables import Table

Missing = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One label over all seeds together. `None` is undefined: no such prediction, or no such statement."""

    label: str
    n: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True, repr=False)
class Score(Table):
    """The figures of one model on one task. With several seeds `macro_f1` is their mean and `by_seed` the spread.

    `groups` says how many groups (articles) the n statements are of. `unlearnable` names the (fold, label, n) that were scored
    but could not be learnt, because training had no such label; `macro_f1_learnable` is over the other classes, on the folds
    where each was learnable. `confusion` adds the seeds up: rows are annotated labels, columns predicted ones. `official` is
    the data set's own metric, where it is another than macro-F1; `accuracy` and `log_loss` are over all, with how many
    probabilities of 0 were `clipped`; `classes` holds the figures of each of the `labels`. `probabilities` and `coverage`
    are `None` where only labels are known, `kept` where the model never abstains.
    """

    n: int
    groups: int
    labels: tuple[str, ...]
    macro_f1: Interval
    macro_f1_learnable: Interval
    accuracy: Interval
    official: Interval | None
    by_seed: tuple[float | None, ...]
    classes: tuple[ClassScore, ...]
    unlearnable: tuple[tuple[str, str, int], ...]
    confusion: tuple[tuple[int, ...], ...]
    log_loss: float | None
    clipped: int
    probabilities: Calibration | None
    coverage: Coverage | None
    kept: Kept | None

    def about(self) -> str:
        low, high = self.macro_f1.low, self.macro_f1.high
        bounds = "no interval" if low is None or high is None else f"{low:.3f} to {high:.3f}"
        point = "undefined" if self.macro_f1.point is None else f"{self.macro_f1.point:.3f}"
        return f"macro-F1 {point} ({bounds}), {counted(self.n, 'statement')}"

    def rows(self) -> list[dict[str, Any]]:
        """A row a label: how many statements have it, precision, recall and F1."""
        return [asdict(entry) for entry in self.classes]


def score(
    seeds: Sequence[Predictions],
    gold: Mapping[str, str],
    groups: Mapping[str, str],
    missing: Mapping[str, Missing] | None = None,
    official: Sequence[str] | None = None,
    unit: str = "article",
) -> Score:
    """Score one model on one task: macro-F1, accuracy and more, with delete-one-group jackknife intervals.

    Ref: Efron and Tibshirani 1993, An Introduction to the Bootstrap, ch. 11.

    Parameters
    ----------
    seeds : the predictions of the same statements, one for each seed.
    gold, groups : statement id → annotated label, and → article. Where statements have no article each is its own, and counts
        as independent of the others.
    missing : task → fold → labels that the fold's training rows lack; none where that is not known.
    official : the labels whose mean F1 is the data set's own metric, over all predictions together.
    unit : what a group is called.

    Returns
    -------
    Score

    Raises
    ------
    InputError : The seeds are of different statements, or a statement has no annotated label.
    """
    first = seeds[0]
    rows = scored_rows(seeds, gold, groups, unit)
    counts = rows.counts()
    learnable = _learnable(first, (missing or {}).get(first.task, {}))
    matrix = np.asarray(sum(metrics.confusion(rows.gold, said, len(first.labels)) for said in rows.predicted))
    right, annotated, predicted = (of.sum(axis=0)[0] for of in (counts.right, counts.annotated, counts.predicted))
    p, r, f = ratio(right, predicted), ratio(right, annotated), ratio(2 * right, annotated + predicted)
    probas = [s.proba for s in seeds if s.proba is not None]
    kept = [s.kept for s in seeds if s.kept is not None]
    every = len(probas) == len(seeds)
    losses = [metrics.log_loss(rows.gold, proba) for proba in probas]
    tops = [proba[np.arange(len(rows.gold)), said] for said, proba in zip(rows.predicted, probas, strict=False)]
    return Score(
        n=len(rows.gold),
        groups=len(rows.groups),
        labels=first.labels,
        macro_f1=_named(rows.interval(counts.mean_f1(rows.occurs)), rows),
        macro_f1_learnable=rows.interval(_learnable_f1(rows, learnable)),
        accuracy=rows.interval(counts.accuracy()),
        official=_official(rows, official),
        by_seed=tuple(_none(own[0][rows.occurs].mean()) for own in counts.f1),
        classes=tuple(
            ClassScore(label, int((rows.gold == k).sum()), _none(p[k]), _none(r[k]), _none(f[k])) for k, label in enumerate(first.labels)
        ),
        unlearnable=_unlearnable(first, rows, learnable),
        confusion=tuple(tuple(int(v) for v in row) for row in matrix),
        log_loss=float(np.mean([loss for loss, _ in losses])) if every else None,
        clipped=sum(clipped for _, clipped in losses),
        probabilities=calibration(rows.gold, rows.predicted, probas) if every else None,
        coverage=coverage(rows.right, tops) if every else None,
        kept=kept_scores(rows, np.array(kept)) if len(kept) == len(seeds) else None,
    )


def _learnable(first: Predictions, missing: Missing) -> Mask:
    """Return (n_labels, n) whether the label can be learnt in the fold of the row."""
    of_fold = {fold: [label not in missing.get(fold, ()) for label in first.labels] for fold in dict.fromkeys(first.folds)}
    return np.array([of_fold[fold] for fold in first.folds], dtype=bool).T


def _learnable_f1(rows: ScoredRows, learnable: Mask) -> Floats:
    """Return the mean F1 of the classes that can be learnt in some fold, each on the rows of the folds where it can."""
    occurs = np.array([(own & (rows.gold == k)).any() for k, own in enumerate(learnable)])
    return rows.counts(learnable[None]).mean_f1(occurs)


def _official(rows: ScoredRows, labels: Sequence[str] | None) -> Interval | None:
    """Return the data set's own metric; `None` too where the task has other labels, so that it is another task's."""
    if labels is None or not set(labels) <= set(rows.labels):
        return None
    chosen = np.array([label in labels for label in rows.labels])
    return rows.interval(rows.counts().mean_f1(chosen, occurring=False))


def _unlearnable(first: Predictions, rows: ScoredRows, learnable: Mask) -> tuple[tuple[str, str, int], ...]:
    found = []
    for fold in dict.fromkeys(first.folds):
        inside = np.array([f == fold for f in first.folds])
        for k, label in enumerate(first.labels):
            if n := int((inside & (rows.gold == k) & ~learnable[k]).sum()):
                found.append((fold, label, n))
    return tuple(found)


def _named(interval: Interval, rows: ScoredRows) -> Interval:
    """Name the class that makes an interval undefined: the one that occurs in a single article."""
    if interval.low is not None or interval.point is None:
        return interval
    single = []
    for k, label in enumerate(rows.labels):
        homes = np.unique(rows.group[rows.gold == k])
        if len(homes) == 1:
            single.append(f"'{label}' occurs only in {rows.groups[int(homes[0])]}")
    return Interval(interval.point, None, None, interval.level, "no interval: " + "; ".join(single) if single else interval.note)


def _none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
