"""What figures and tables show: chosen from the content of `metrics.json`, nothing estimated."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Metrics = Mapping[str, Any]
Score = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Variant:
    """A recipe's figure for one holder shown: `annotated`, `found`, or `none` where it reads no holder."""

    shown: str
    point: float | None
    low: float | None
    high: float | None
    note: str
    seeds: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A recipe in the comparison."""

    recipe: str
    baseline: bool
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class LeakRow:
    """A recipe with the repeats taken out of training, and with them left in."""

    recipe: str
    baseline: bool
    purged: float
    unpurged: float


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of `labels` (columns) in each of `names` (rows)."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def main_scheme(metrics: Metrics) -> str:
    """The scheme that the figures show: purged, unless the run has only others."""
    schemes = list(metrics["schemes"])
    return "purged" if "purged" in schemes else schemes[0]


def scores(metrics: Metrics, **wanted: str) -> list[Score]:
    """The scores with these values, such as `task="stance", scheme="purged"`."""
    return [s for s in metrics["scores"] if all(s[key] == value for key, value in wanted.items())]


def plain(metrics: Metrics, task: str, scheme: str) -> dict[str, Score]:
    """Recipe → its score with the annotated holder, or with none where it reads none."""
    return {s["recipe"]: s for s in scores(metrics, task=task, scheme=scheme) if s["holder"] != "found"}


def in_order(metrics: Metrics) -> list[str]:
    """Recipes as the config lists them, baselines last."""
    names = list(metrics["recipes"])
    return [r for r in names if r not in metrics["baselines"]] + [r for r in names if r in metrics["baselines"]]


def comparison(metrics: Metrics, task: str) -> list[Row]:
    """Models, then baselines, each with its variants."""
    rows = []
    for recipe in in_order(metrics):
        found = scores(metrics, task=task, scheme=main_scheme(metrics), recipe=recipe)
        if found:
            rows.append(Row(recipe, recipe in metrics["baselines"], tuple(_variant(s) for s in found)))
    return rows


def _variant(score: Score) -> Variant:
    interval = score["macro_f1"]
    return Variant(score["holder"], interval["point"], interval["low"], interval["high"], interval["note"], tuple(score["by_seed"]))


def leak(metrics: Metrics, task: str) -> list[LeakRow]:
    """The recipes that ran both with and without the purge, where both figures are defined."""
    purged, unpurged = plain(metrics, task, "purged"), plain(metrics, task, "unpurged")
    rows = []
    for recipe in in_order(metrics):
        if recipe in purged and recipe in unpurged:
            low, high = purged[recipe]["macro_f1"]["point"], unpurged[recipe]["macro_f1"]["point"]
            if low is not None and high is not None:
                rows.append(LeakRow(recipe, recipe in metrics["baselines"], low, high))
    return rows


def of_interest(metrics: Metrics, task: str) -> list[Score]:
    """The scores whose confusions are shown: the model with the highest macro-F1, and every fine-tuned transformer."""
    found = {r: s for r, s in plain(metrics, task, main_scheme(metrics)).items() if r not in metrics["baselines"]}
    defined = [r for r, s in found.items() if s["macro_f1"]["point"] is not None]
    best = max(defined, key=lambda r: found[r]["macro_f1"]["point"], default=None)
    return [s for r, s in found.items() if r == best or s["model"] == "transformer"]


def crossed(metrics: Metrics, task: str, by: str) -> Counts:
    """Labels of `task` in each label of `by`, over the annotated statements."""
    pairs = [(s["labels"][by], s["labels"][task]) for s in metrics["statements"]]
    return _counts(pairs, metrics["tasks"][by], tuple(metrics["tasks"][task]))


def by_holder(metrics: Metrics, task: str) -> Counts:
    """Labels of `task` for each holder, the most frequent holder first."""
    pairs = [(s["holder"], s["labels"][task]) for s in metrics["statements"]]
    totals = Counter(holder for holder, _ in pairs)
    return _counts(pairs, sorted(totals, key=lambda h: (-totals[h], h)), tuple(metrics["tasks"][task]))


def _counts(pairs: Sequence[tuple[str, str]], names: Iterable[str], labels: tuple[str, ...]) -> Counts:
    cells = Counter(pairs)
    order = tuple(names)
    return Counts(order, labels, tuple(tuple(cells[name, label] for label in labels) for name in order))


def folded(counts: Counts, keep: int, rest: str = "{} others") -> Counts:
    """The first `keep` rows, the others added up in one that says how many they are."""
    if len(counts.names) <= keep + 1:
        return counts
    others = tuple(sum(column) for column in zip(*counts.counts[keep:], strict=True))
    names = (*counts.names[:keep], rest.format(len(counts.names) - keep))
    return Counts(names, counts.labels, (*counts.counts[:keep], others))
