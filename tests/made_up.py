"""A run directory whose predictions are made up: several seeds, both holders, a label that lives in one article, hostile text."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import toy
from stancekit.annotations.agreement import measure_agreement
from stancekit.crossval import FoldFacts
from stancekit.data.dataset import Dataset
from stancekit.experiment.metrics import fold_seconds, metrics_of
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.predictions import Predictions, save_predictions
from stancekit.records import Annotation

HOSTILE = "He said <script>alert(1)</script> & \u202eevil\u202c $x_1$ | *done*."
RECIPES = {
    "majority": "majority", "actor": "actor", "words_only": "tfidf", "words_holder": "tfidf", "tuned": "transformer",
    "labels_only": "lexicon",
}  # fmt: skip
BOTH = ("annotated", "found")
HOLDERS = {"majority": ("none",), "actor": BOTH, "words_only": ("none",), "words_holder": BOTH, "tuned": BOTH, "labels_only": ("none",)}
MODELS: dict[str, tuple[str, dict[str, Any]]] = {
    "majority": ("majority", {}), "actor": ("actor", {}),
    "words_only": ("tfidf", {"template": "{text}"}), "words_holder": ("tfidf", {"template": "{holder}: {text}"}),
    "tuned": ("tuned", {"model": "tfidf", "params": {"template": "{holder} {text}"}, "grid": {"C": [1.0, 10.0]}}),
    "labels_only": ("majority", {}),
}  # fmt: skip
# `tuned` ran with three seeds purged, one unpurged and no k-fold.
SEEDS = {("tuned", "purged"): (0, 1, 2), ("tuned", "kfold"): ()}


def dataset() -> Dataset:
    """The toy data with a hostile statement; `good` in tone lives in one article once `a2` and `a3` are bad."""
    rows = [(a, t, h, s, tone if a == "a1" else "bad") for a, t, h, s, tone in toy.ROWS]
    return toy.dataset([*rows, ("a3", HOSTILE, "Union <b>Mi</b>; $y$", "oppose", "bad")])


def metrics(data: Dataset, found: Sequence[tuple[list[Predictions], list[FoldFacts]]]) -> dict[str, Any]:
    content = metrics_of(data, "made_up", ["majority", "actor"], RECIPES, found, default="words_holder", models=MODELS)
    words = {label: [(f"{label} w{i}", 1 / (i + 1)) for i in range(12)] for label in ("oppose", "neutral", "support")}
    tones = {label: [("<i>word</i>", 0.5), ("$z_2$", 0.25)] for label in ("bad", "good")}
    return content | {
        "words": {"words_only": {"stance": words, "tone": tones}},
        "agreement": measure_agreement(passes(data), data.codebook),
    }


def passes(data: Dataset) -> dict[str, list[Annotation]]:
    """Two annotators: the second takes every fourth statement for neutral, and knows other holders."""
    found: dict[str, list[Annotation]] = {"first": [], "second <b>": []}
    for i, e in enumerate(data.examples):
        for name, rows in found.items():
            changed = name != "first" and i % 4 == 0
            labels = {**e.labels, "stance": "neutral"} if changed else dict(e.labels)
            holder = str(e.found_holder if changed else e.input.holder)
            rows.append(Annotation(e.id, e.article_id, i, i + 1, e.input.text, holder, labels, name, "1.0.0"))
    return found


def predictions(data: Dataset) -> list[tuple[list[Predictions], list[FoldFacts]]]:
    random = np.random.default_rng(0)
    found = []
    for recipe in RECIPES:
        for scheme in ("purged", "unpurged", "kfold"):
            for seed in SEEDS.get((recipe, scheme), (0,)):
                several = [_one(data, task, recipe, scheme, h, seed, random) for h in HOLDERS[recipe] for task in data.codebook.tasks]
                found.append((several, [_facts(data, article, recipe, i) for i, article in enumerate(("a1", "a2", "a3"))]))
    return found


def _facts(data: Dataset, article: str, recipe: str, i: int) -> FoldFacts:
    """`tuned` says what it chose: a value of a grid, and a threshold."""
    missing = {"stance": (), "tone": ("good",) if article == "a1" else ()}
    inside = {"params": {"C": (1.0, 10.0)[i % 2]}, "score": 0.5 + i / 10, "log_loss": 1.0, "tried": 2}
    chosen = {task: {"method": "none", "threshold": 0.45, "inside": inside} if recipe == "tuned" else {} for task in missing}
    seconds = {"train": 1.5, "label": 0.25} | ({"choose": 1.0} if recipe == "tuned" else {})
    return FoldFacts(article, 8, data.article_ids.count(article), 1, missing, chosen, seconds)


def _one(data: Dataset, task: str, recipe: str, scheme: str, holder: str, seed: int, random: np.random.Generator) -> Predictions:
    labels = tuple(data.codebook.labels(task))
    proba = random.dirichlet(np.ones(len(labels)), len(data.ids))
    if recipe != "majority":
        proba += 0.8 * np.array([[label == other for other in labels] for label in data.labels(task)])
    if recipe == "words_only":
        proba[-1] = [label != data.labels(task)[-1] for label in labels]  # the hostile statement is among the mistakes
    if recipe == "majority":
        proba[:] = np.eye(len(labels))[0]
    proba /= proba.sum(axis=1, keepdims=True)
    said = tuple(labels[k] for k in proba.argmax(axis=1))
    kept = tuple((proba.max(axis=1) >= 0.45).tolist()) if recipe == "tuned" else None
    shown = None if recipe == "labels_only" else proba
    return Predictions(task, labels, recipe, scheme, holder, seed, tuple(data.ids), tuple(data.article_ids), said, shown, kept)


def write_run(folder: Path) -> Path:
    data = dataset()
    found = predictions(data)
    for p in (p for several, _ in found for p in several):
        save_predictions(p, folder / "predictions" / p.model / p.name)
    write_atomic(folder / "metrics.json", to_json(metrics(data, found)))
    about = {
        "experiment": "made_up", "stancekit": "0.1.0", "python": "3", "packages": {"numpy": "2"}, "code": "00", "status": "done",
        "config": {"file": "made_up.yaml", "sha256": "11", "content": {"title": "Made up <title>", "schemes": ["purged"]}},
        "codebook": {"name": "toy", "version": "1.0.0", "digest": "22"}, "data": {"a1": "33"}, "timings_seconds": {"tuned: folds": 1.5},
        "seconds": fold_seconds(found),
    }  # fmt: skip
    write_atomic(folder / "run.json", to_json(about))
    return folder
