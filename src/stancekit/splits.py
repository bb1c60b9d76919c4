"""Which statements train and which test. Honest by default: what repeats the test article is purged from training."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from stancekit.dataset import Dataset, Example
from stancekit.errors import InputError
from stancekit.repeats import groups, repeating

Scheme = Literal["purged", "unpurged", "kfold"]
SCHEMES: dict[str, str] = {
    "purged": "leave one article out, minus what repeats it",
    "unpurged": "leave one article out, repeats left in (shows the leak)",
    "kfold": "duplicate-grouped stratified 5-fold, minus what repeats the test fold",
}
Reads = Literal["text", "context"]


@dataclass(frozen=True, slots=True)
class Fold:
    """Row numbers into the dataset. `purged` rows were taken from training because they repeat the test rows."""

    name: str
    train: tuple[int, ...]
    test: tuple[int, ...]
    purged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """A fault of a split: `LK001` same article, `LK002` same statement, `LK003` a repeat in train and test."""

    code: str
    fold: str
    message: str


def split(dataset: Dataset, scheme: Scheme, reads: Sequence[Reads] = ("text",), *, seed: int = 0) -> list[Fold]:
    """Folds that test every row once.

    Parameters
    ----------
    reads : the texts of a statement that the model reads; a training row is purged when any of its texts repeats any
        of a test row's.
    seed : shuffles the k-fold; leave-one-article-out has nothing to shuffle.
    """
    if scheme == "kfold":
        return [_fold(dataset, f"fold {i + 1}", test, reads, purge=True) for i, test in enumerate(_kfold(dataset, seed))]
    names = list(dict.fromkeys(dataset.article_ids))
    tests = [[i for i, a in enumerate(dataset.article_ids) if a == name] for name in names]
    return [_fold(dataset, name, test, reads, purge=scheme == "purged") for name, test in zip(names, tests, strict=True)]


def clear_of(dataset: Dataset, fold: Fold, scheme: Scheme, reads: Sequence[Reads] = ("text",)) -> list[Example]:
    """The undecided statements that may train in a fold: by the same rules as the others, none of them is ever a test."""
    tested = {dataset.article_ids[i] for i in fold.test}
    seen = [getattr(dataset.examples[i].input, field) for i in fold.test for field in reads]
    kept = [e for e in dataset.undecided if scheme == "kfold" or e.article_id not in tested]
    if scheme == "unpurged":
        return kept
    return [e for e in kept if not any(repeating([getattr(e.input, field) for field in reads], seen))]


def _fold(dataset: Dataset, name: str, test: Sequence[int], reads: Sequence[Reads], *, purge: bool) -> Fold:
    inside = set(test)
    rest = [i for i in range(len(dataset.examples)) if i not in inside]
    purged = _repeats_of(dataset, rest, test, reads) if purge else set()
    return Fold(name, tuple(i for i in rest if i not in purged), tuple(test), tuple(sorted(purged)))


def _repeats_of(dataset: Dataset, rows: Sequence[int], test: Sequence[int], reads: Sequence[Reads]) -> set[int]:
    """The rows any of whose texts repeats a text of the test rows."""
    seen = [getattr(dataset.examples[i].input, field) for i in test for field in reads]
    texts = [(i, getattr(dataset.examples[i].input, field)) for i in rows for field in reads]
    flags = repeating([text for _, text in texts], seen)
    return {i for (i, _), flag in zip(texts, flags, strict=True) if flag}


def _kfold(dataset: Dataset, seed: int, k: int = 5) -> list[list[int]]:
    """Test rows of each fold: repeats stay together, the first task's classes are spread evenly."""
    from sklearn.model_selection import StratifiedGroupKFold

    task = next(iter(dataset.codebook.tasks))
    group = groups([e.input.text for e in dataset.examples])
    labels = np.array(dataset.labels(task))
    k = min(k, len(set(group)), max(dataset.labels(task).count(label) for label in set(labels.tolist())))
    if k < 2:
        raise InputError("scheme 'kfold'", "needs two groups of statements that do not repeat each other, and two of the commonest label")
    folds = StratifiedGroupKFold(n_splits=k, shuffle=True, random_state=seed)
    with warnings.catch_warnings():  # a class of fewer than k statements is said in the report, fold by fold
        warnings.filterwarnings("ignore", message="The least populated class", category=UserWarning)
        return [sorted(test.tolist()) for _, test in folds.split(np.zeros(len(labels)), labels, group)]


def leaks(dataset: Dataset, folds: Sequence[Fold], reads: Sequence[Reads] = ("text",)) -> list[Leak]:
    """Every fault of the folds, by code. Leave-one-article-out, purged, has none; k-fold mixes articles (LK001)."""
    found: list[Leak] = []
    for fold in folds:
        both = set(fold.train) & set(fold.test)
        shared = {dataset.article_ids[i] for i in fold.train} & {dataset.article_ids[i] for i in fold.test}
        repeated = _repeats_of(dataset, fold.train, fold.test, reads)
        if both:
            found.append(Leak("LK002", fold.name, f"{len(both)} statements in train and test, such as {dataset.ids[min(both)]}"))
        if shared:
            found.append(Leak("LK001", fold.name, f"{len(shared)} articles in train and test, such as {min(shared)}"))
        if repeated:
            found.append(Leak("LK003", fold.name, f"{len(repeated)} training rows repeat test text, such as {dataset.ids[min(repeated)]}"))
    return sorted(found, key=lambda leak: leak.code)
