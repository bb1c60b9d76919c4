"""Leakage checks: what training and test rows share, by code."""

from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.data.dataset import Dataset
from stancekit.data.splits import Fold, Reads, repeats_of, split

ALLOWED_LEAKS: dict[str, frozenset[str]] = {
    "purged": frozenset(),
    "unpurged": frozenset({"LK003"}),
    "kfold": frozenset({"LK001"}),
    "groups": frozenset(),
    "official": frozenset({"LK001", "LK003"}),
}
"""Scheme → the codes of the leaks that it is known to have; figures published on an official split were made with its own."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A fault of a split: `LK001` same article, `LK002` same statement, `LK003` a repeat in train and test."""

    code: str
    fold: str
    message: str


def leaks(dataset: Dataset, folds: Sequence[Fold], reads: Sequence[Reads] = ("text",)) -> list[Leak]:
    """Return every fault of the folds, by code. Leave-one-article-out, purged, has none; k-fold mixes articles (LK001)."""
    found: list[Leak] = []
    for fold in folds:
        if both := set(fold.train) & set(fold.test):
            found.append(Leak("LK002", fold.name, f"{len(both)} statements in train and test, such as {dataset.ids[min(both)]}"))
        if shared := _shared(dataset, fold):
            found.append(Leak("LK001", fold.name, f"{len(shared)} articles in train and test, such as {min(shared)}"))
        if repeated := repeats_of(dataset, fold.train, fold.test, reads):
            found.append(Leak("LK003", fold.name, f"{len(repeated)} training rows repeat test text, such as {dataset.ids[min(repeated)]}"))
    return sorted(found, key=lambda leak: leak.code)


def repeated_tests(dataset: Dataset, reads: Sequence[Reads] = ("text",)) -> dict[str, int]:
    """Return name of each official test set → how many of its rows repeat a training row: they are equal, or share a run of six words."""
    return {fold.name: len(repeats_of(dataset, fold.test, fold.train, reads)) for fold in split(dataset, "official", reads)}


def official_notes(dataset: Dataset, reads: Sequence[Reads] = ("text",)) -> list[str]:
    """Describe what training and the official test sets share: groups, and rows of a test set that repeat training rows."""
    folds, repeated = split(dataset, "official", reads), repeated_tests(dataset, reads)
    found = []
    for fold in folds:
        if shared := _shared(dataset, fold):
            many = f"{len(shared)} groups have" if len(shared) > 1 else "1 group has"
            found.append(f"{many} rows both in training and in test set '{fold.name}', such as {min(shared)}")
    return found + [
        f"{repeated[fold.name]} of {len(fold.test)} rows of test set '{fold.name}' repeat a training row: they are equal, or share a "
        "run of six words. They are left in."
        for fold in folds
    ]


def _shared(dataset: Dataset, fold: Fold) -> set[str]:
    """The articles with rows in training and test."""
    return {dataset.article_ids[i] for i in fold.train} & {dataset.article_ids[i] for i in fold.test}
