"""The content of `metrics.json`: every score, comparison and count that the report shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from stancekit.crossval import FoldFacts
from stancekit.dataset import Dataset
from stancekit.evaluation import compare, score
from stancekit.predictions import Predictions
from stancekit.splits import SCHEMES

Found = tuple[list[Predictions], list[FoldFacts]]
Key = tuple[str, str, str, str]


def metrics_of(dataset: Dataset, name: str, baselines: Sequence[str], kinds: Mapping[str, str], found: Sequence[Found]) -> dict[str, Any]:
    """Score predictions.

    Parameters
    ----------
    kinds : recipe → model type. found : of each recipe, scheme and seed, the predictions and what the folds trained on.
    """
    seeds: dict[Key, list[Predictions]] = defaultdict(list)
    facts: dict[Key, list[FoldFacts]] = {}
    for predictions, folds in found:
        for p in predictions:
            key = (p.model, p.scheme, p.holder, p.task)
            seeds[key].append(p)
            facts[key] = folds
    groups = dict(zip(dataset.ids, dataset.article_ids, strict=True))
    gold = {task: dict(zip(dataset.ids, dataset.labels(task), strict=True)) for task in dataset.codebook.tasks}
    scores = []
    for (recipe, scheme, holder, task), of_seeds in seeds.items():
        folds = facts[recipe, scheme, holder, task]
        missing = {task: {fold.name: fold.missing[task] for fold in folds}}
        scores.append(
            {
                "recipe": recipe,
                "model": kinds[recipe],
                "task": task,
                "scheme": scheme,
                "holder": holder,
                "seeds": [p.seed for p in of_seeds],
            }
            | asdict(score(of_seeds, gold[task], groups, missing))
            | {"folds": [{"name": f.name, "n_train": f.n_train, "n_test": f.n_test, "n_purged": f.n_purged} for f in folds]}
        )
    return {
        "experiment": name,
        "n": len(dataset.examples),
        "articles": {article: dataset.article_ids.count(article) for article in dict.fromkeys(dataset.article_ids)},
        "tasks": {
            task: {label: dataset.labels(task).count(label) for label in dataset.codebook.labels(task)} for task in dataset.codebook.tasks
        },
        "homes": {task: _homes(dataset, task) for task in dataset.codebook.tasks},
        "schemes": {scheme: text for scheme, text in SCHEMES.items() if any(key[1] == scheme for key in seeds)},
        "recipes": dict(kinds),
        "baselines": list(baselines),
        "scores": scores,
        "differences": _differences(seeds, baselines, gold, groups),
        "holders_found": _holders_found(dataset),
        "statements": _statements(dataset),
    }


def _homes(dataset: Dataset, task: str) -> dict[str, dict[str, int]]:
    """Label → article → number of statements."""
    table: dict[str, dict[str, int]] = {label: {} for label in dataset.codebook.labels(task)}
    for article, label in zip(dataset.article_ids, dataset.labels(task), strict=True):
        table[label][article] = table[label].get(article, 0) + 1
    return table


def _differences(seeds: Mapping[Key, list[Predictions]], baselines: Sequence[str], gold: Any, groups: Any) -> list[dict[str, Any]]:
    rows = []
    for task in gold:
        for shown in ("annotated", "found"):
            models = {k[0]: p for k, p in seeds.items() if k[1] == "purged" and k[3] == task and k[2] in (shown, "none")}
            rows += [
                {"task": task, "scheme": "purged", "holder": shown} | asdict(d) for d in compare(models, baselines, gold[task], groups)
            ]
    return rows


def _holders_found(dataset: Dataset) -> dict[str, int]:
    """How often segmentation's guess of the holder is the annotated one."""
    return {"n": len(dataset.examples), "equal": sum(e.found_holder == e.input.holder for e in dataset.examples)}


def _statements(dataset: Dataset) -> list[dict[str, Any]]:
    """What the report counts and quotes of each annotated statement."""
    return [
        {"id": e.id, "article": e.article_id, "text": e.input.text, "context": e.input.context, "holder": e.input.holder,
         "found_holder": e.found_holder, "labels": dict(e.labels)}
        for e in dataset.examples
    ]  # fmt: skip
