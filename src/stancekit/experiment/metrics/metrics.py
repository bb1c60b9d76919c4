"""The content of `metrics.json`: every score, comparison and count that the report shows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from stancekit.crossval import FoldFacts, model_reads
from stancekit.data.dataset import Dataset
from stancekit.data.leaks import repeated_tests
from stancekit.data.splits import scheme_text, scored_rows
from stancekit.evaluation import score
from stancekit.experiment.metrics.ablation import Made, ablation
from stancekit.experiment.metrics.differences import baseline_differences, default_differences
from stancekit.experiment.metrics.pooled import Found, Key, Pooled, pooled
from stancekit.experiment.metrics.quoted import quoted
from stancekit.predictions import is_official


def metrics_of(
    dataset: Dataset,
    name: str,
    baselines: Sequence[str],
    kinds: Mapping[str, str],
    found: Sequence[Found],
    *,
    default: str = "",
    models: Mapping[str, Made] | None = None,
    official: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Score predictions.

    Parameters
    ----------
    kinds : recipe → model type. found : of each recipe, scheme and seed, the predictions and what the folds trained on.
    default : the recipe that is compared with every other model.
    models : recipe → the type and parameters that `make_model` takes; without them it is not known what a recipe reads.
    official : the labels whose mean F1 is the data set's own metric, where it has one.

    Nothing in it depends on the clock: two runs give the same bytes.
    """
    pool = pooled(dataset, found)
    tasks = dataset.codebook.tasks
    unit = pool.unit
    return {
        "experiment": name,
        "n": len(dataset.examples),
        "n_train": len(dataset.training) + len(dataset.undecided),  # of the final models; undecided ones are read with soft labels alone
        "unit": unit,
        "articles": {} if unit == "statement" else {a: dataset.article_ids.count(a) for a in dict.fromkeys(dataset.article_ids)},
        "tasks": {task: {label: dataset.labels(task).count(label) for label in dataset.codebook.labels(task)} for task in tasks},
        "homes": {task: {} if unit == "statement" else _homes(dataset, task) for task in tasks},
        "schemes": {scheme: scheme_text(scheme, pool.folds(scheme)) for scheme in pool.schemes},
        "main_schemes": pool.main_schemes,
        "repeated": _repeated(dataset, pool.schemes),
        "recipes": dict(kinds),
        "reads": {recipe: list(model_reads(*made)) for recipe, made in (models or {}).items()},
        "baselines": list(baselines),
        "default": default,
        "official": list(official) if official is not None else None,
        "scores": [_score(pool, key, kinds, official) for key in pool.seeds],
        "differences": baseline_differences(pool, baselines, _shown(dataset)),
        "default_differences": default_differences(pool, default, baselines, _shown(dataset)),
        "ablation": ablation(pool, kinds, models or {}, _shown(dataset)),
        "holders_found": _holders_found(dataset),
        "statements": quoted(dataset, pool, baselines),
    }


def _shown(dataset: Dataset) -> list[str]:
    """The holders that a model that reads one was shown."""
    return ["annotated", "found"] if dataset.segmented else ["annotated"]


def _score(pool: Pooled, key: Key, kinds: Mapping[str, str], official: Sequence[str] | None) -> dict[str, Any]:
    recipe, scheme, holder, task = key
    seeds, facts = pool.seeds[key], pool.facts[key]
    missing = {task: {fold.name: fold.missing[task] for fold in facts[-1]}}
    head = {"recipe": recipe, "model": kinds[recipe], "task": task, "scheme": scheme, "holder": holder, "seeds": [p.seed for p in seeds]}
    figures = asdict(score(seeds, pool.gold[task], pool.groups, missing, official, pool.unit))
    if scheme not in pool.main_schemes:  # of the others the report draws no curves
        figures["coverage"] = None
        if figures["probabilities"] is not None:
            figures["probabilities"]["bins"] = []
    # The same model is shown both holders: what it chose is said once.
    chosen = [] if holder == "found" else [c for p, folds in zip(seeds, facts, strict=True) for c in _chosen(p.seed, folds, task)]
    folds = [{"name": f.name, "n_train": f.n_train, "n_test": f.n_test, "n_purged": f.n_purged} for f in facts[-1]]
    own = list(official or ()) if figures["official"] is not None else []
    return head | figures | {"official_labels": own, "folds": folds, "chosen": chosen}


def _repeated(dataset: Dataset, schemes: Sequence[str]) -> dict[str, dict[str, int]]:
    """Official test set, as a scheme is called → its n, and how many of them repeat a training row."""
    if not dataset.tests or not any(map(is_official, schemes)):
        return {}
    counts = repeated_tests(dataset).values()
    tests = scored_rows(dataset, "official").items()
    return {scheme: {"n": len(rows), "repeated": n} for (scheme, rows), n in zip(tests, counts, strict=True)}


def _chosen(seed: int, folds: Sequence[FoldFacts], task: str) -> list[dict[str, Any]]:
    """List what was chosen inside the training rows of each fold that chose anything."""
    return [{"seed": seed, "fold": fold.name, "chosen": dict(fold.chosen[task])} for fold in folds if fold.chosen.get(task)]


def _homes(dataset: Dataset, task: str) -> dict[str, dict[str, int]]:
    """Label → article → number of statements."""
    table: dict[str, dict[str, int]] = {label: {} for label in dataset.codebook.labels(task)}
    for article, label in zip(dataset.article_ids, dataset.labels(task), strict=True):
        table[label][article] = table[label].get(article, 0) + 1
    return table


def _holders_found(dataset: Dataset) -> dict[str, int] | None:
    """How often segmentation's guess of the holder is the annotated one; `None` where it made none."""
    if not dataset.segmented:
        return None
    return {"n": len(dataset.examples), "equal": sum(e.found_holder == e.input.holder for e in dataset.examples)}
