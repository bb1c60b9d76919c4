"""Fit inside folds, predict outside them: every statement is predicted by a model that has not seen it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stancekit.dataset import Dataset, HolderSource
from stancekit.errors import InputError, StancekitError
from stancekit.models.per_task import all_tasks
from stancekit.models.registry import make_model
from stancekit.models.trained import align, top_labels
from stancekit.predictions import Predictions
from stancekit.splits import Fold, Reads, Scheme, clear_of, leaks, split
from stancekit.training_rows import training_rows


@dataclass(frozen=True)
class FoldFacts:
    """What a fold trained on. `missing`: task → labels that the training rows lack, which can't be learnt there."""

    name: str
    n_train: int
    n_test: int
    n_purged: int
    missing: Mapping[str, tuple[str, ...]]


def model_reads(kind: str, params: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of an input that a recipe reads."""
    return tuple(make_model(kind, **params).reads)


def read_texts(reads: Sequence[str]) -> list[Reads]:
    """Which texts of a statement must not repeat between training and test; a model that reads none is held to the text."""
    candidates: list[Reads] = ["text", "context"]
    return [field for field in candidates if field in reads] or ["text"]


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
) -> tuple[list[Predictions], list[FoldFacts]]:
    """Pooled out-of-fold predictions of all tasks, and what each fold trained on.

    A model that reads the holder is trained once on the annotated ones and gives predictions twice: shown the
    annotated holder, and shown the one that segmentation found, which is what new coverage will have. With `soft` it is
    trained on the shares that several annotators gave the labels; it is scored against the labels either way.
    """
    reads = model_reads(kind, params)
    texts = read_texts(reads)
    folds = split(dataset, scheme, texts, seed=split_seed)
    _refuse_leaks(dataset, folds, texts, scheme)
    tasks = list(dataset.codebook.tasks)
    y = np.array([dataset.labels(task) for task in tasks]).T
    shown: list[HolderSource] = ["annotated", "found"] if "holder" in reads else ["annotated"]
    inputs = {holder: dataset.inputs(holder) for holder in shown}
    arrays = {(holder, task): np.zeros((len(y), len(dataset.codebook.labels(task)))) for holder in shown for task in tasks}
    facts = []
    for fold in folds:
        progress(f"{name} · {scheme} · seed {seed} · {fold.name} ({len(fold.train)} train, {len(fold.test)} test)")
        model = all_tasks(kind, dataset.codebook.tasks, params).fit(
            *training_rows(dataset, fold.train, soft=soft, undecided=clear_of(dataset, fold, scheme, texts) if soft else ())
        )
        for holder in shown:
            probas = model.predict_proba([inputs[holder][i] for i in fold.test])
            for task, proba, classes in zip(tasks, probas, model.classes_, strict=True):
                arrays[holder, task][list(fold.test)] = align(proba, classes, dataset.codebook.labels(task))
        facts.append(_facts(dataset, fold, tasks, y))
    fold_of = {i: fold.name for fold in folds for i in fold.test}
    names = tuple(fold_of[i] for i in range(len(y)))
    return [
        Predictions(
            task, labels := dataset.codebook.labels(task), name, scheme, holder if "holder" in reads else "none", seed,
            tuple(dataset.ids), names, tuple(top_labels(proba, labels)), proba,
        )
        for (holder, task), proba in arrays.items()
    ], facts  # fmt: skip


def fit_on_all(dataset: Dataset, kind: str, params: Mapping[str, Any], *, soft: bool = False) -> Any:
    """The final model: all tasks, trained on every example with the annotated holder, `soft` as for `out_of_fold`."""
    return all_tasks(kind, dataset.codebook.tasks, params).fit(
        *training_rows(dataset, soft=soft, undecided=dataset.undecided if soft else ())
    )


def _facts(dataset: Dataset, fold: Fold, tasks: Sequence[str], y: Any) -> FoldFacts:
    missing = {
        task: tuple(label for label in dataset.codebook.labels(task) if label not in set(y[list(fold.train), k].tolist()))
        for k, task in enumerate(tasks)
    }
    return FoldFacts(fold.name, len(fold.train), len(fold.test), len(fold.purged), missing)


def _refuse_leaks(dataset: Dataset, folds: Sequence[Fold], texts: Sequence[Reads], scheme: Scheme) -> None:
    """A split that claims to be clean is checked before anything is trained on it."""
    allowed = {"purged": set(), "unpurged": {"LK003"}, "kfold": {"LK001"}}[scheme]
    for leak in leaks(dataset, folds, texts):
        if leak.code not in allowed:
            raise StancekitError(f"{leak.code} in scheme '{scheme}', {leak.fold}: {leak.message}")
    for fold in folds:
        if not fold.train:
            raise InputError(f"scheme '{scheme}', {fold.name}", "no statement is left to train on; more articles are needed")
