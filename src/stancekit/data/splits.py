"""Splits into training and test folds. By default near-duplicates of the test rows are purged from training."""

import warnings
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from stancekit.data.dataset import Dataset, Example
from stancekit.duplicates import groups, repeating
from stancekit.errors import InputError

Scheme = Literal["purged", "unpurged", "kfold", "groups", "official"]
SCHEMES: dict[str, str] = {
    "purged": "leave one article out, minus its near-duplicates",
    "unpurged": "leave one article out, repeats left in (shows the leak)",
    "kfold": "duplicate-grouped stratified {folds}-fold, minus near-duplicates of the test fold",
    "groups": "whole groups left out in {folds} folds, minus near-duplicates",
    "official": "the official split: trained on its training rows, tested on its test rows, repeats left in",
}
LEFT_OUT = 50
"""Up to this many groups are left out one at a time; more are dealt to ten folds, each whole."""
Unit = Literal["article", "group", "statement"]
Reads = Literal["text", "context"]


@dataclass(frozen=True, slots=True)
class Fold:
    """Row numbers into the dataset. `purged` rows were taken from training because they repeat the test rows."""

    name: str
    train: tuple[int, ...]
    test: tuple[int, ...]
    purged: tuple[int, ...] = ()


def split(dataset: Dataset, scheme: Scheme, reads: Sequence[Reads] = ("text",), *, seed: int = 0) -> list[Fold]:
    """Return folds that test every row once; of an official split, one fold per test set, all with the same training rows.

    Parameters
    ----------
    reads : the texts of a statement that the model reads; a training row is purged when any of its texts repeats any
        of a test row's.
    seed : shuffles the k-fold; leave-one-article-out has nothing to shuffle.
    """
    if scheme == "official":
        return [Fold(name, dataset.training, rows) for name, rows in dataset.tests.items()]
    if scheme == "kfold" or (scheme == "groups" and len(set(dataset.article_ids)) > LEFT_OUT):
        repeated = groups([e.input.text for e in dataset.examples]) if scheme == "kfold" else None
        dealt = _stratified(dataset, repeated or dataset.article_ids, 5 if repeated else 10, seed)
        return [_fold(dataset, f"fold {i + 1}", test, reads, purge=True) for i, test in enumerate(dealt)]
    names = list(dict.fromkeys(dataset.article_ids))
    tests = [[i for i, a in enumerate(dataset.article_ids) if a == name] for name in names]
    return [_fold(dataset, name, test, reads, purge=scheme != "unpurged") for name, test in zip(names, tests, strict=True)]


def unit_of(dataset: Dataset) -> Unit:
    """Return what counts as independent: an article, a group of rows, or each statement by itself."""
    if dataset.segmented:
        return "article"
    return "statement" if len(set(dataset.article_ids)) == len(dataset.examples) else "group"


def scored_rows(dataset: Dataset, scheme: Scheme) -> dict[str, tuple[int, ...]]:
    """Return name → rows that are scored together: all of them, or those of each official test set (`official_rw`, `official_mt`)."""
    if scheme != "official":
        return {scheme: tuple(range(len(dataset.examples)))}
    several = len(dataset.tests) > 1
    return {f"official_{name}" if several else "official": rows for name, rows in dataset.tests.items()}


def scheme_text(name: str, folds: int | None = None) -> str:
    """Describe a scheme, or one of several official test sets; `folds` is how many there were: little data makes fewer than five."""
    scheme, _, test = name.partition("_")
    text = SCHEMES[scheme].format(folds=folds or "k")
    return f"{text}; test set '{test}'" if test else text


def clear_of(dataset: Dataset, fold: Fold, scheme: Scheme, reads: Sequence[Reads] = ("text",)) -> list[Example]:
    """Return the undecided statements that may train in a fold: by the same rules as the others, none of them is ever a test."""
    tested = {dataset.article_ids[i] for i in fold.test}
    seen = [text for i in fold.test for text in _texts(dataset.examples[i], reads)]
    kept = [e for e in dataset.undecided if scheme == "kfold" or e.article_id not in tested]
    if scheme == "unpurged":
        return kept
    return [e for e in kept if not any(repeating(_texts(e, reads), seen))]


def _texts(example: Example, reads: Sequence[Reads]) -> list[str]:
    return [getattr(example.input, field) for field in reads]


def _fold(dataset: Dataset, name: str, test: Sequence[int], reads: Sequence[Reads], *, purge: bool) -> Fold:
    inside = set(test)
    rest = [i for i in range(len(dataset.examples)) if i not in inside]
    purged = repeats_of(dataset, rest, test, reads) if purge else set()
    return Fold(name, tuple(i for i in rest if i not in purged), tuple(test), tuple(sorted(purged)))


def repeats_of(dataset: Dataset, rows: Sequence[int], test: Sequence[int], reads: Sequence[Reads]) -> set[int]:
    """Return the rows with a text that is a near-duplicate of a text of the test rows."""
    seen = [text for i in test for text in _texts(dataset.examples[i], reads)]
    texts = [(i, text) for i in rows for text in _texts(dataset.examples[i], reads)]
    flags = repeating([text for _, text in texts], seen)
    return {i for (i, _), flag in zip(texts, flags, strict=True) if flag}


def _stratified(dataset: Dataset, group: Sequence[Hashable], k: int, seed: int) -> list[list[int]]:
    """Test rows of at most k folds: rows of a group stay together, the first task's classes are spread evenly."""
    from sklearn.model_selection import StratifiedGroupKFold

    labels = dataset.labels(next(iter(dataset.codebook.tasks)))
    k = min(k, len(set(group)), max(labels.count(label) for label in set(labels)))
    if k < 2:
        raise InputError("scheme 'kfold'", "needs two groups of statements that do not repeat each other, and two of the commonest label")
    folds = StratifiedGroupKFold(n_splits=k, shuffle=True, random_state=seed)
    with warnings.catch_warnings():  # a class of fewer than k statements is said in the report, fold by fold
        warnings.filterwarnings("ignore", message="The least populated class", category=UserWarning)
        return [sorted(test.tolist()) for _, test in folds.split(np.zeros(len(labels)), np.array(labels), np.array(group))]
