"""Scores of out-of-fold predictions: every figure with its n, its interval, and the classes it could not cover."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.evaluation import metrics
from stancekit.evaluation.intervals import Interval, holm, jackknife, jackknife_error, student_p
from stancekit.predictions import Predictions

Mask = NDArray[np.bool_]
Missing = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One label over all seeds together. `None` is undefined: no such prediction, or no such statement."""

    label: str
    n: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one model on one task. With several seeds `macro_f1` is their mean and `by_seed` the spread.

    `unlearnable` names the (fold, label, n) that were scored but could not be learnt, because training had no such
    label; `macro_f1_learnable` is over the other classes, on the folds where each was learnable. `confusion` adds
    the seeds up: rows are annotated labels, columns predicted ones.
    """

    n: int
    labels: tuple[str, ...]
    macro_f1: Interval
    macro_f1_learnable: Interval
    accuracy: Interval
    by_seed: tuple[float | None, ...]
    classes: tuple[ClassScore, ...]
    unlearnable: tuple[tuple[str, str, int], ...]
    confusion: tuple[tuple[int, ...], ...]
    log_loss: float | None
    clipped: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Macro-F1 of a model minus that of a baseline on the same statements. `p` is two-sided, `p_holm` adjusted."""

    model: str
    baseline: str
    difference: Interval
    p: float | None
    p_holm: float | None = None


@dataclass(frozen=True)
class _Rows:
    """Gold and predictions as label numbers: `predicted` is (n_seeds, n)."""

    gold: NDArray[np.int64]
    predicted: NDArray[np.int64]
    occurs: Mask
    learnable: NDArray[np.bool_]  # (n_labels, n): may the label be learnt in the fold of the row


def score(
    seeds: Sequence[Predictions], gold: Mapping[str, str], groups: Mapping[str, str], missing: Mapping[str, Missing] | None = None
) -> Score:
    """Score one model on one task.

    Parameters
    ----------
    seeds : the predictions of the same statements, one for each seed.
    gold, groups : statement id → annotated label, and → article.
    missing : task → fold → labels that the fold's training rows lack; none where that is not known.
    """
    first = seeds[0]
    rows = _rows(seeds, gold, missing or {})
    articles = [groups[i] for i in first.ids]
    matrix = np.asarray(sum(metrics.confusion(rows.gold, p, len(first.labels)) for p in rows.predicted))
    p, r, f = metrics.precision(matrix), metrics.recall(matrix), metrics.f1(matrix)
    everything = np.ones(len(rows.gold), dtype=bool)
    losses = [metrics.log_loss(rows.gold, s.proba) for s in seeds if s.proba is not None]
    return Score(
        n=len(rows.gold),
        labels=first.labels,
        macro_f1=_named(jackknife(articles, lambda mask: _macro(rows, mask)), rows, articles, first.labels),
        macro_f1_learnable=jackknife(articles, _learnable(rows)),
        accuracy=jackknife(articles, lambda mask: float((rows.predicted == rows.gold)[:, mask].mean())),
        by_seed=tuple(_none(_macro_one(rows, k, everything)) for k in range(len(seeds))),
        classes=tuple(
            ClassScore(label, int((rows.gold == k).sum()), _none(p[k]), _none(r[k]), _none(f[k])) for k, label in enumerate(first.labels)
        ),
        unlearnable=_unlearnable(first, rows),
        confusion=tuple(tuple(int(v) for v in row) for row in matrix),
        log_loss=float(np.mean([loss for loss, _ in losses])) if losses else None,
        clipped=sum(clipped for _, clipped in losses),
    )


def compare(
    models: Mapping[str, Sequence[Predictions]], baselines: Sequence[str], gold: Mapping[str, str], groups: Mapping[str, str]
) -> list[Difference]:
    """Paired differences in macro-F1 from each baseline, by the same jackknife; Holm's adjustment over the baselines."""
    found: list[Difference] = []
    for name, seeds in models.items():
        own = [
            _difference(name, b, seeds, models[b], gold, groups) for b in baselines if b in models and b != name and name not in baselines
        ]
        known = [d.p for d in own if d.p is not None]
        adjusted = iter(holm(known))
        found += [Difference(d.model, d.baseline, d.difference, d.p, next(adjusted) if d.p is not None else None) for d in own]
    return found


def _difference(
    name: str, baseline: str, ours: Sequence[Predictions], theirs: Sequence[Predictions], gold: Mapping[str, str], groups: Mapping[str, str]
) -> Difference:
    if ours[0].ids != theirs[0].ids:
        raise InputError(f"'{name}' and '{baseline}'", "predict different statements, so they can't be paired")
    a, b = _rows(ours, gold, {}), _rows(theirs, gold, {})
    articles = [groups[i] for i in ours[0].ids]

    def statistic(mask: Mask) -> float:
        return _macro(a, mask) - _macro(b, mask)

    interval = jackknife(articles, statistic, bounds=(-1.0, 1.0))
    if interval.low is None:
        return Difference(name, baseline, interval, None)
    found = jackknife_error(articles, statistic)
    return Difference(name, baseline, interval, student_p(found.point / found.error, found.degrees))


def _rows(seeds: Sequence[Predictions], gold: Mapping[str, str], missing: Mapping[str, Missing]) -> _Rows:
    first = seeds[0]
    if any(s.ids != first.ids or s.labels != first.labels for s in seeds):
        raise InputError(f"model '{first.model}'", "its seeds predict different statements or labels")
    for identity in first.ids:
        if identity not in gold:
            raise InputError(f"model '{first.model}'", f"predicts statement '{identity}', which is not annotated")
    number = {label: k for k, label in enumerate(first.labels)}
    truth = np.array([number[gold[i]] for i in first.ids], dtype=np.int64)
    predicted = np.array([[number[label] for label in s.predicted] for s in seeds], dtype=np.int64)
    lacking = missing.get(first.task, {})
    learnable = np.array([[label not in lacking.get(fold, ()) for fold in first.folds] for label in first.labels], dtype=bool)
    return _Rows(truth, predicted, np.bincount(truth, minlength=len(number)) > 0, learnable)


def _macro_one(rows: _Rows, seed: int, mask: Mask) -> float:
    return metrics.macro_f1(metrics.confusion(rows.gold, rows.predicted[seed], len(rows.occurs), mask), rows.occurs)


def _macro(rows: _Rows, mask: Mask) -> float:
    """Mean over the seeds of macro-F1 over the classes that occur in the whole data: the set is held fixed."""
    return float(np.mean([_macro_one(rows, k, mask) for k in range(len(rows.predicted))]))


def _learnable(rows: _Rows) -> Callable[[Mask], float]:
    """Mean F1 of the classes that can be learnt somewhere, each on the rows of the folds where it can."""
    classes = [k for k in range(len(rows.occurs)) if (rows.learnable[k] & (rows.gold == k)).any()]

    def statistic(mask: Mask) -> float:
        values = []
        for predicted in rows.predicted:
            for k in classes:
                matrix = metrics.confusion(rows.gold, predicted, len(rows.occurs), mask & rows.learnable[k])
                values.append(metrics.f1(matrix)[k] if matrix[k].sum() else float("nan"))
        return float(np.mean(values)) if values else float("nan")

    return statistic


def _unlearnable(first: Predictions, rows: _Rows) -> tuple[tuple[str, str, int], ...]:
    found = []
    for fold in dict.fromkeys(first.folds):
        inside = np.array([f == fold for f in first.folds])
        for k, label in enumerate(first.labels):
            if n := int((inside & (rows.gold == k) & ~rows.learnable[k]).sum()):
                found.append((fold, label, n))
    return tuple(found)


def _named(interval: Interval, rows: _Rows, articles: Sequence[str], labels: Sequence[str]) -> Interval:
    """Say which class makes an interval undefined: the one that lives in a single article."""
    if interval.low is not None or interval.point is None:
        return interval
    single = []
    for k, label in enumerate(labels):
        homes = {articles[int(i)] for i in np.flatnonzero(rows.gold == k)}
        if len(homes) == 1:
            single.append(f"'{label}' occurs only in {homes.pop()}")
    return Interval(interval.point, None, None, interval.level, "no interval: " + "; ".join(single) if single else interval.note)


def _none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
