"""The predictions of a run, brought together by what they are of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stancekit.crossval import FoldFacts
from stancekit.data.dataset import Dataset
from stancekit.data.splits import unit_of
from stancekit.predictions import Predictions, is_official

Found = tuple[list[Predictions], list[FoldFacts]]
Key = tuple[str, str, str, str]
"""Recipe, scheme, holder shown, task."""


@dataclass(frozen=True)
class Pooled:
    """`seeds`: the predictions of each seed; `facts`: what the folds of each trained on.

    `gold`: task → statement → label. `unit` says what counts as independent: an `article`, a `group` of rows, or each `statement`
    by itself; `groups`: statement → its unit. Statements of the same text, asked of several targets, are one.
    """

    seeds: Mapping[Key, Sequence[Predictions]]
    facts: Mapping[Key, Sequence[Sequence[FoldFacts]]]
    gold: Mapping[str, Mapping[str, str]]
    unit: str
    groups: Mapping[str, str]

    @property
    def schemes(self) -> list[str]:
        return list(dict.fromkeys(scheme for _, scheme, _, _ in self.seeds))

    @property
    def main_schemes(self) -> list[str]:
        """The schemes compared: purged; else every official test set; else the first."""
        official = [scheme for scheme in self.schemes if is_official(scheme)]
        return ["purged"] if "purged" in self.schemes else official or self.schemes[:1]

    def folds(self, scheme: str) -> int:
        """Return how many folds a scheme had: little data makes fewer than were asked for."""
        return next(len(facts[0]) for key, facts in self.facts.items() if key[1] == scheme)

    def models(self, task: str, scheme: str, shown: str) -> dict[str, Sequence[Predictions]]:
        """Return recipe → its predictions, shown this holder or reading none."""
        return {key[0]: p for key, p in self.seeds.items() if key[1] == scheme and key[2] in (shown, "none") and key[3] == task}


def pooled(dataset: Dataset, found: Sequence[Found]) -> Pooled:
    """Group predictions by recipe, scheme, holder and task. found : of each recipe, scheme and seed, predictions and facts of folds."""
    seeds: dict[Key, list[Predictions]] = defaultdict(list)
    facts: dict[Key, list[list[FoldFacts]]] = defaultdict(list)
    for predictions, folds in found:
        for p in predictions:
            key = (p.model, p.scheme, p.holder, p.task)
            seeds[key].append(p)
            own = set(p.folds)  # several official test sets are folds of one run
            facts[key].append([fold for fold in folds if fold.name in own])
    gold = {task: dict(zip(dataset.ids, dataset.labels(task), strict=True)) for task in dataset.codebook.tasks}
    unit = unit_of(dataset)
    first: dict[str, str] = {}
    named = [first.setdefault(e.input.text, e.id) for e in dataset.examples] if unit == "statement" else dataset.article_ids
    return Pooled(seeds, facts, gold, unit, dict(zip(dataset.ids, named, strict=True)))
