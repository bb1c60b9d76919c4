"""Fit inside folds, predict outside them: every statement is predicted by a model that has not seen it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np

from stancekit.data.dataset import Dataset, HolderSource
from stancekit.data.leaks import ALLOWED_LEAKS, leaks
from stancekit.data.soft_labels import TrainingRows, training_rows
from stancekit.data.splits import Fold, Reads, Scheme, clear_of, scored_rows, split
from stancekit.errors import InputError, StancekitError
from stancekit.models.composite.inner_folds import read_texts
from stancekit.models.per_task import all_tasks, of_each_task
from stancekit.models.registry import make_model
from stancekit.models.saved import align, top_labels
from stancekit.predictions import Predictions


@dataclass(frozen=True)
class FoldFacts:
    """What a fold trained on, and what came of it.

    `missing`: task → labels that the training rows lack, which can't be learnt there. `chosen`: task → what the model chose
    inside its training rows, empty where it chooses nothing. `seconds`: of the wall clock, to `train` (of which to `choose`)
    and to `label`; they alone differ between two runs.
    """

    name: str
    n_train: int
    n_test: int
    n_purged: int
    missing: Mapping[str, tuple[str, ...]]
    chosen: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict, compare=False)


def model_reads(kind: str, params: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of an input that a recipe reads."""
    return tuple(make_model(kind, **params).reads)


def shows_holder(reads: Sequence[str]) -> bool:
    """Whether a model is shown whose position a statement conveys, by name or by kind."""
    return "holder" in reads or "actor_kind" in reads


def out_of_fold(
    dataset: Dataset,
    name: str,
    kind: str,
    params: Mapping[str, Any],
    scheme: Scheme,
    *,
    soft: bool = False,
    seed: int = 0,
    split_seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
    on_fit: Callable[[Fold, Any], None] = lambda _, __: None,
) -> tuple[list[Predictions], list[FoldFacts]]:
    """Pooled out-of-fold predictions of all tasks, and what each fold trained on.

    A model that reads the holder is trained once on the annotated ones and gives predictions twice: shown the
    annotated holder, and shown the one that segmentation found, which is what new coverage will have. With `soft` it is
    trained on the shares that several annotators gave the labels; it is scored against the labels either way. Folds that
    train on the same rows, as several official test sets do, share one model and have predictions of their own. `on_fit` is
    given each fold with its fitted model.
    """
    reads = model_reads(kind, params)
    texts = read_texts(reads)
    folds = split(dataset, scheme, texts, seed=split_seed)
    _refuse_leaks(dataset, folds, texts, scheme)
    tasks = list(dataset.codebook.tasks)
    y = np.array([dataset.labels(task) for task in tasks]).T
    shown: list[HolderSource] = ["annotated", "found"] if shows_holder(reads) and dataset.segmented else ["annotated"]
    inputs = {holder: dataset.inputs(holder) for holder in shown}
    arrays = {(holder, task): np.zeros((len(y), len(dataset.codebook.labels(task)))) for holder in shown for task in tasks}
    kept = {pair: np.ones(len(y), dtype=bool) for pair in arrays}
    abstaining: set[str] = set()
    facts: list[FoldFacts] = []
    model: Any = None
    trained_on: tuple[int, ...] | None = None
    for fold in folds:
        progress(f"{name} · {scheme} · seed {seed} · {fold.name} ({len(fold.train)} train, {len(fold.test)} test)")
        started = perf_counter()
        if fold.train != trained_on:
            undecided = clear_of(dataset, fold, scheme, texts) if soft else ()
            model = _fit(
                all_tasks(kind, dataset.codebook.tasks, params), training_rows(dataset, fold.train, soft=soft, undecided=undecided)
            )
        fitted = perf_counter()
        on_fit(fold, model)
        thresholds = of_each_task(model, "threshold_", len(tasks))
        for holder in shown:
            probas = model.predict_proba([inputs[holder][i] for i in fold.test])
            for task, proba, classes, threshold in zip(tasks, probas, model.classes_, thresholds, strict=True):
                arrays[holder, task][list(fold.test)] = align(proba, classes, dataset.codebook.labels(task))
                if threshold is not None:
                    abstaining.add(task)
                    kept[holder, task][list(fold.test)] = proba.max(axis=1) >= threshold
        seconds = {"train": fitted - started, "label": perf_counter() - fitted}
        if fold.train != trained_on:
            seconds["choose"] = getattr(model, "seconds_", 0.0)
        facts.append(_facts(dataset, fold, tasks, y, of_each_task(model, "chosen_", len(tasks), {}), seconds))
        trained_on = fold.train
    fold_of = {i: fold.name for fold in folds for i in fold.test}
    found = []
    for part, rows in scored_rows(dataset, scheme).items():
        chosen = list(rows)
        ids, names = tuple(dataset.ids[i] for i in rows), tuple(fold_of[i] for i in rows)
        for (holder, task), every in arrays.items():
            labels, proba = dataset.codebook.labels(task), every[chosen]
            stands = tuple(kept[holder, task][chosen].tolist()) if task in abstaining else None
            as_shown = holder if shows_holder(reads) else "none"
            said = tuple(top_labels(proba, labels))
            found.append(Predictions(task, labels, name, part, as_shown, seed, ids, names, said, proba, stands))
    return found, facts


def fit_on_all(dataset: Dataset, kind: str, params: Mapping[str, Any], *, soft: bool = False) -> Any:
    """Fit a model type on every example that is in no official test set, with the annotated holder; `soft` as in `out_of_fold`."""
    model = all_tasks(kind, dataset.codebook.tasks, params)
    return _fit(model, training_rows(dataset, dataset.training, soft=soft, undecided=dataset.undecided if soft else ()))


def _fit(model: Any, rows: TrainingRows) -> Any:
    return model.fit(rows.inputs, rows.y, rows.weights, rows.groups)


def _facts(dataset: Dataset, fold: Fold, tasks: Sequence[str], y: Any, chosen: Sequence[Any], seconds: Mapping[str, float]) -> FoldFacts:
    missing = {
        task: tuple(label for label in dataset.codebook.labels(task) if label not in set(y[list(fold.train), k].tolist()))
        for k, task in enumerate(tasks)
    }
    return FoldFacts(fold.name, len(fold.train), len(fold.test), len(fold.purged), missing, dict(zip(tasks, chosen, strict=True)), seconds)


def _refuse_leaks(dataset: Dataset, folds: Sequence[Fold], texts: Sequence[Reads], scheme: Scheme) -> None:
    """A split that claims to be clean is checked before anything is trained on it."""
    for leak in leaks(dataset, folds, texts):
        if leak.code not in ALLOWED_LEAKS[scheme]:
            raise StancekitError(f"{leak.code} in scheme '{scheme}', {leak.fold}: {leak.message}")
    for fold in folds:
        if not fold.train:
            raise InputError(f"scheme '{scheme}', {fold.name}", "no statement is left to train on; more articles are needed")
