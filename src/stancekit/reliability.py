"""How far several annotators agree: for each task and the holder, every figure with its interval and what it rests on."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import combinations
from math import isnan
from typing import Any, get_args

import numpy as np

from stancekit.annotations.passes import HOLDER, Passes, Units, label_numbers, label_sets, side_by_side
from stancekit.codebook import Codebook
from stancekit.errors import InputError
from stancekit.evaluation import agreement
from stancekit.evaluation.agreement import MISSING, Ints, Scale
from stancekit.evaluation.intervals import jackknife
from stancekit.repeats import repeated_in

LEVEL = 0.95
METHOD = "delete-one-article jackknife with Student's t; what repeats a left-out article elsewhere is left out with it"
FEW = 10
"""A label given less often has no interval."""
MOST_COMPARED = 10
"""Up to so many annotators each pair is compared; the pairs of a crowd share too few statements to be told apart."""
MOST_HOLDERS = 20
"""So many holders have figures of their own, those named most often; all count towards the figures on the holder."""
NO_LABEL = "(none)"
"""Stands among the pairs of a multi-label task where the other annotator gives no label instead."""

Record = dict[str, Any]
Statistic = Callable[[Ints], float]


@dataclass(frozen=True)
class _Field:
    """What was asked. `ratings` are numbers of labels, or of whole sets in a multi-label task; `sets` where there are such."""

    name: str
    kind: str
    labels: tuple[str, ...]
    ratings: Ints
    sets: list[list[frozenset[int] | None]] | None = None

    def one_label(self, k: int) -> Ints:
        """1 where an annotator gave this label, 0 where another, -1 where none."""
        if self.kind == "multi":
            return np.array([[MISSING if s is None else k in s for s in row] for row in self.sets or []], dtype=np.int64)
        return np.where(self.ratings == MISSING, MISSING, self.ratings == k)


@dataclass(frozen=True)
class _Statements:
    """(n,) the article of each statement and those that hold a repeat of it."""

    articles: Sequence[str]
    repeats: Sequence[frozenset[Any]]


def reliability(passes: Passes, codebook: Codebook, scales: Mapping[str, Scale] | None = None) -> Record:
    """Agreement on each task of the codebook and on the holder, ready to be written as JSON.

    Parameters
    ----------
    scales : task → `ordinal` or `interval`: the codebook's order of its labels is a scale, and α by it is given too.

    Returns
    -------
    dict
        `annotators` (name → statements), `n`, `articles`, and `tasks`: a list of `task`, `kind`, `labels`, `n` (labelled
        by anyone), `n_pairable` (by two or more), `articles` (that hold such), `annotators`, `figures` (name → interval),
        `by_label`, `by_pair` and `pairs`: how often two annotators of a statement gave these two labels. With two
        annotators `first` is the label of the first; with more the order within a pair says nothing.
    """
    units = side_by_side(passes)
    known = [next(a for a in unit if a is not None) for unit in units]
    articles = [a.article_id for a in known]
    statements = _Statements(articles, repeated_in([a.text for a in known], articles))
    fields = [_task(task, units, codebook) for task in codebook.tasks] + [_holder(units)]
    return {
        "codebook": {"name": codebook.name, "version": codebook.version},
        "level": LEVEL,
        "interval": METHOD,
        "annotators": {name: len(rows) for name, rows in passes.items()},
        "n": len(units),
        "articles": len(set(articles)),
        "tasks": [_record(field, list(passes), statements, (scales or {}).get(field.name)) for field in fields],
    }


def parse_scales(values: Sequence[str], codebook: Codebook) -> dict[str, Scale]:
    """`ordinal` for every single-label task, `stance=ordinal` for one; `interval` likewise. Raises `InputError`."""
    single = [task for task, entry in codebook.tasks.items() if entry.kind == "single"]
    scales: dict[str, Scale] = {}
    for value in values:
        task, _, name = value.rpartition("=")
        scale: Scale | None = next((s for s in get_args(Scale) if s == name and s != "nominal"), None)
        if scale is None:
            raise InputError("--scale", f"'{name}' is no scale", ["ordinal", "interval"])
        if task and task not in single:
            raise InputError("--scale", f"'{task}' is no single-label task", single)
        scales |= dict.fromkeys([task] if task else single, scale)
    return scales


def _task(task: str, units: Units, codebook: Codebook) -> _Field:
    labels = codebook.labels(task)
    if codebook.tasks[task].kind == "multi":
        sets = label_sets(units, task, codebook)
        return _Field(task, "multi", labels, agreement.number_sets(sets)[0], sets)
    further = label_sets(units, task, codebook) if task == codebook.also_task else None
    return _Field(task, "single", labels, label_numbers(units, task, codebook), further)


def _holder(units: Units) -> _Field:
    """The holders are whom the annotators name, the most frequent first."""
    named = Counter(a.holder for unit in units for a in unit if a is not None and a.holder)
    labels = tuple(sorted(named, key=lambda holder: (-named[holder], holder)))
    number = {holder: k for k, holder in enumerate(labels)}
    ratings = [[MISSING if a is None else number.get(a.holder, MISSING) for a in unit] for unit in units]
    return _Field(HOLDER, "holder", labels, np.array(ratings, dtype=np.int64))


def _record(field: _Field, names: Sequence[str], statements: _Statements, scale: Scale | None) -> Record:
    ratings = field.ratings
    pairable = (ratings != MISSING).sum(axis=1) > 1
    # An article that one annotator alone labelled says nothing on agreement: to leave it out is no replicate.
    telling = {article for article, two in zip(statements.articles, pairable, strict=True) if two}
    groups = [article if article in telling else None for article in statements.articles]

    def interval(ratings: Ints, statistic: Statistic, low: float = -1.0) -> Record:
        found = jackknife(
            groups, lambda rows: statistic(ratings[np.flatnonzero(rows)]), level=LEVEL, bounds=(low, 1.0), repeats=statements.repeats
        )
        why = agreement.why_undefined(ratings) if found.point is None else ""
        return asdict(replace(found, note=why or found.note))

    figures = {"raw": interval(ratings, agreement.raw_agreement, 0.0)}
    figures |= {name: interval(ratings, statistic) for name, statistic in _beyond_chance(field, scale)}
    if field.sets is not None:
        numbers, apart = agreement.number_sets(field.sets)
        figures["alpha_masi"] = interval(numbers, partial(agreement.krippendorff_alpha, distance=apart))
    labels = field.labels[:MOST_HOLDERS] if field.kind == "holder" else field.labels
    return {
        "task": field.name,
        "kind": field.kind,
        "labels": list(field.labels),
        "n": int((ratings != MISSING).any(axis=1).sum()),
        "n_pairable": int(pairable.sum()),
        "articles": len(telling),
        "annotators": dict(zip(names, (ratings != MISSING).sum(axis=0).tolist(), strict=True)),
        "figures": figures,
        "by_label": [_label(label, field.one_label(k), statements, interval) for k, label in enumerate(labels)],
        "by_pair": list(_by_pair(field, names)),
        "pairs": _pairs(field),
    }


def _beyond_chance(field: _Field, scale: Scale | None) -> Iterator[tuple[str, Statistic]]:
    """The figures on labels; whole sets as labels would call sets apart that all but agree."""
    if field.kind == "multi":
        return
    if field.ratings.shape[1] == 2:
        yield "cohen", agreement.cohen_kappa
    yield "fleiss", agreement.fleiss_kappa
    yield "alpha", agreement.krippendorff_alpha
    if scale:
        yield f"alpha_{scale}", partial(agreement.krippendorff_alpha, distance=scale)
    yield "ac1", partial(agreement.gwet_ac1, n_labels=len(field.labels))


def _label(label: str, given: Ints, statements: _Statements, interval: Callable[[Ints, Statistic], Record]) -> Record:
    """One label against the rest: how many annotations have it, in how many articles."""
    found = {"alpha": interval(given, agreement.krippendorff_alpha)}
    if given.shape[1] == 2:
        found["cohen"] = interval(given, agreement.cohen_kappa)
    if (given == 1).sum() < FEW:  # a handful in a few articles hardly moves when one goes, and would look certain
        for figure in found.values():
            figure |= {"low": None, "high": None, "note": figure["note"] or f"no interval: given fewer than {FEW} times"}
    homes = {statements.articles[row] for row in np.flatnonzero((given == 1).any(axis=1)).tolist()}
    return {"label": label, "given": int((given == 1).sum()), "articles": len(homes)} | found


def _by_pair(field: _Field, names: Sequence[str]) -> Iterator[Record]:
    """Raw agreement and Cohen's κ of each two of three annotators or more."""
    if not 2 < len(names) <= MOST_COMPARED or field.kind == "multi":  # whole sets as labels would call apart what all but agrees
        return
    for i, j in combinations(range(len(names)), 2):
        two = field.ratings[:, [i, j]]
        n = int((two != MISSING).all(axis=1).sum())
        raw, cohen = agreement.raw_agreement(two), agreement.cohen_kappa(two)
        yield {"annotators": [names[i], names[j]], "n": n, "raw": _defined(raw), "cohen": _defined(cohen),
               "note": agreement.why_undefined(two)}  # fmt: skip


def _pairs(field: _Field) -> list[Record]:
    """The cells that are not empty, in the order of the labels."""
    if field.kind == "multi":
        labels, table = (*field.labels, NO_LABEL), agreement.set_pair_counts(field.sets or [], len(field.labels))
    else:
        labels, table = field.labels, agreement.pair_counts(field.ratings, len(field.labels))
    if field.ratings.shape[1] > 2:
        table = np.triu(table) + np.tril(table, -1).T
    return [{"first": labels[i], "second": labels[j], "n": int(table[i, j])} for i, j in np.argwhere(table).tolist()]


def _defined(value: float) -> float | None:
    return None if isnan(value) else value
