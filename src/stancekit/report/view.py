"""Select what figures and tables show from the content of `metrics.json`; nothing is estimated."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stancekit.predictions import is_official
from stancekit.report.wording import plural

Metrics = Mapping[str, Any]
Score = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AblationRow:
    """Macro-F1 of a model that reads the speaker, of the same model with the words alone, and of knowing who speaks alone.

    `shown` is the holder it was given, `record` the entry of `metrics.json` with the paired differences.
    """

    recipe: str
    shown: str
    both: float
    words: float
    who: float | None
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of `labels` (columns) in each of `names` (rows)."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def main_scheme(metrics: Metrics) -> str:
    """Return the scheme that the figures show: purged, unless the run has only others."""
    return main_schemes(metrics)[0]


def main_schemes(metrics: Metrics) -> list[str]:
    """Return the schemes of equal rank, several where there are several official test sets."""
    if found := metrics.get("main_schemes"):
        return list(found)
    schemes = list(metrics["schemes"])
    return ["purged"] if "purged" in schemes else schemes[:1]


def pairs(metrics: Metrics) -> list[tuple[str, str]]:
    """List every task with every scheme that is compared."""
    return [(task, scheme) for task in metrics["tasks"] for scheme in main_schemes(metrics)]


def clean_scheme(metrics: Metrics) -> str:
    """Return the scheme that the effect of duplicates is measured against."""
    return "groups" if "groups" in metrics["schemes"] and "purged" not in metrics["schemes"] else "purged"


def suffix(metrics: Metrics, scheme: str) -> str:
    """Return the ending of the names of a scheme's figures, where it is not the first."""
    return "" if scheme == main_scheme(metrics) else f"_{scheme}"


def unit(metrics: Metrics) -> str:
    """Return what is taken as independent: `article`, `group`, or `statement`."""
    return str(metrics.get("unit", "article"))


def witnesses(metrics: Metrics, scheme: str) -> str:
    """Count what the figures of a scheme rest on: `5 articles`."""
    first = next(iter(scores(metrics, scheme=scheme)), {"n": metrics["n"]})
    count = first["n"] if unit(metrics) == "statement" else first.get("groups", len(metrics["articles"]))
    return plural(count, unit(metrics))


def counted(metrics: Metrics, scheme: str) -> str:
    """Count what the scores of a scheme rest on: `n = 130, 5 articles`."""
    found = scores(metrics, scheme=scheme)
    n = f"n = {found[0]['n'] if found else metrics['n']}"
    return n if unit(metrics) == "statement" else f"{n}, {witnesses(metrics, scheme)}"


def trained(metrics: Metrics) -> int:
    """Return how many statements the final models were trained on: under an official split none of its test rows."""
    if (known := metrics.get("n_train")) is not None:
        return int(known)
    folds = [f["n_train"] for s in metrics["scores"] if is_official(s["scheme"]) for f in s["folds"]]
    return int(folds[0] if folds else metrics["n"])


def whole(metrics: Metrics) -> bool:
    """Whether the run holds every statement that it counts; of large data it holds those most often mistaken."""
    return bool(len(metrics["statements"]) == metrics["n"])


def scores(metrics: Metrics, **wanted: str) -> list[Score]:
    """Select the scores with these values, such as `task="stance", scheme="purged"`."""
    return [s for s in metrics["scores"] if all(s[key] == value for key, value in wanted.items())]


def plain(metrics: Metrics, task: str, scheme: str) -> dict[str, Score]:
    """Return recipe → its score with the annotated holder, or with none where it reads none."""
    return {s["recipe"]: s for s in scores(metrics, task=task, scheme=scheme) if s["holder"] != "found"}


def in_order(metrics: Metrics) -> list[str]:
    """Order recipes as the config lists them, baselines last."""
    names = list(metrics["recipes"])
    return [r for r in names if r not in metrics["baselines"]] + [r for r in names if r in metrics["baselines"]]


def leak(metrics: Metrics, task: str) -> list[tuple[str, float, float]]:
    """Return (recipe, macro-F1 with the purge, without it) of those that ran both ways, where both figures are defined."""
    clean, unpurged = plain(metrics, task, clean_scheme(metrics)), plain(metrics, task, "unpurged")
    both = [(r, clean[r]["macro_f1"]["point"], unpurged[r]["macro_f1"]["point"]) for r in in_order(metrics) if r in clean and r in unpurged]
    return [(recipe, low, high) for recipe, low, high in both if low is not None and high is not None]


def ranked(metrics: Metrics, task: str, scheme: str) -> list[Score]:
    """Rank the scores of the models, baselines aside: the default first, then from the highest macro-F1; of holders the annotated one."""
    found = [s for r, s in plain(metrics, task, scheme).items() if r not in metrics["baselines"] and s["macro_f1"]["point"] is not None]
    return sorted(found, key=lambda s: (s["recipe"] != metrics.get("default"), -s["macro_f1"]["point"]))


def of_interest(metrics: Metrics, task: str, scheme: str) -> list[Score]:
    """Select the scores to show confusions of: the model with the highest macro-F1, and every fine-tuned transformer."""
    found = {r: s for r, s in plain(metrics, task, scheme).items() if r not in metrics["baselines"]}
    defined = [r for r, s in found.items() if s["macro_f1"]["point"] is not None]
    best = max(defined, key=lambda r: found[r]["macro_f1"]["point"], default=None)
    return [s for r, s in found.items() if r == best or s["model"] == "transformer"]


def ablation(metrics: Metrics, task: str, scheme: str) -> list[AblationRow]:
    """Return the pairs of recipes that differ by who speaks alone, where both figures are defined."""
    rows = []
    for record in metrics.get("ablation", ()):
        if record["task"] == task and record["scheme"] == scheme:
            names = (record["with_holder"], record["text"], record["actor"])
            both, words, who = (_point(metrics, task, scheme, name, record["holder"]) for name in names)
            if both is not None and words is not None:
                rows.append(AblationRow(record["with_holder"], record["holder"], both, words, who, record))
    return rows


def _point(metrics: Metrics, task: str, scheme: str, recipe: str | None, shown: str) -> float | None:
    """Macro-F1 of a recipe shown this holder, or reading none."""
    found = [s for s in scores(metrics, task=task, scheme=scheme) if s["recipe"] == recipe and s["holder"] in (shown, "none")]
    return found[0]["macro_f1"]["point"] if found else None


def crossed(metrics: Metrics, task: str, by: str) -> Counts:
    """Count labels of `task` in each label of `by`, over the annotated statements."""
    pairs = [(s["labels"][by], s["labels"][task]) for s in metrics["statements"]]
    return _counts(pairs, metrics["tasks"][by], tuple(metrics["tasks"][task]))


def by_holder(metrics: Metrics, task: str) -> Counts:
    """Count labels of `task` for each holder, the most frequent holder first."""
    pairs = [(s["holder"], s["labels"][task]) for s in metrics["statements"] if s["holder"] is not None]
    totals = Counter(holder for holder, _ in pairs)
    return _counts(pairs, sorted(totals, key=lambda h: (-totals[h], h)), tuple(metrics["tasks"][task]))


def _counts(pairs: Sequence[tuple[str, str]], names: Iterable[str], labels: tuple[str, ...]) -> Counts:
    cells = Counter(pairs)
    order = tuple(names)
    return Counts(order, labels, tuple(tuple(cells[name, label] for label in labels) for name in order))


def folded(counts: Counts, keep: int, rest: str = "{} others") -> Counts:
    """Keep the first `keep` rows and add up the others in one that says how many they are."""
    if len(counts.names) <= keep + 1:
        return counts
    others = tuple(sum(column) for column in zip(*counts.counts[keep:], strict=True))
    names = (*counts.names[:keep], rest.format(len(counts.names) - keep))
    return Counts(names, counts.labels, (*counts.counts[:keep], others))
