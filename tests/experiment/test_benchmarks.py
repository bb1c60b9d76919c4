"""The shipped benchmarks: each says where its data come from, and runs on invented rows of their form."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from labelled import rows, write
from sklearn.metrics import f1_score
from transformers import BertModel

from stancekit.experiment import load_experiment, run
from stancekit.experiment.config import Recipe
from stancekit.labelling import label_paths
from stancekit.models.saved import load_model
from stancekit.predictions import load_predictions
from tiny import save_tiny

ROOT = Path(__file__).parents[2]
BENCHMARKS = sorted((ROOT / "experiments" / "benchmarks").glob("*.yaml"))
SPELT: Mapping[str, Callable[[str], Any]] = {
    "newsmtsc": lambda label: {"favor": "positive", "against": "negative", "none": "neutral"}[label],
    "vast": lambda label: {"favor": 1, "against": 0, "none": 2}[label],
    "gwsd": lambda label: {"favor": "agree", "against": "disagree", "none": "neutral"}[label],
    "coal_debate": lambda label: {"favor": "favor", "against": "against", "none": None}[label],
    "perspectrum": lambda label: {"favor": "support", "against": "undermine", "none": "undermine"}[label],
}


def shaped(name: str, folder: Path) -> Path:
    """Invented rows under the files' names and with the labels of a benchmark."""
    spell = SPELT.get(name, lambda label: label)
    for file, count, seed in [("train", 60, 1), ("all", 60, 1), ("test", 30, 2), ("test_rw", 30, 2), ("test_mt", 20, 3)]:
        made = [{**row, "label": spell(row["label"].lower()) if name in SPELT else row["label"]} for row in rows(count, seed)]
        if name == "coal_debate":
            made = [
                {**row, "speech": str(i % 9), "pre": None, "label": row["label"] or [None, "neutral"][i % 2]} for i, row in enumerate(made)
            ]
        write(folder / f"{file}.jsonl", made)
    return folder


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
def test_every_benchmark_is_sound_and_says_where_it_comes_from(path: Path, tmp_path: Path) -> None:
    experiment = load_experiment(path, shaped(path.stem, tmp_path))
    config = experiment.config
    assert config.name == path.stem
    assert config.source
    assert config.licence
    assert config.metric is not None
    assert {"majority", "tfidf", "embedding", "ensemble"} <= config.recipes.keys()
    assert bool(experiment.dataset.tests) == (config.schemes == ["official"])


def test_there_is_a_config_for_each() -> None:
    assert [path.stem for path in BENCHMARKS] == ["coal_debate", "gwsd", "newsmtsc", "perspectrum", "semeval2016_6a", "vast"]


def with_encoder(recipe: Any, encoder: str) -> Any:
    """A recipe, or an entry of an ensemble, with another encoder."""
    if isinstance(recipe, dict):
        own = {"encoder": encoder} if recipe.get("model") == "embedding" else {}
        return {
            **{key: with_encoder(value, encoder) for key, value in recipe.items()},
            **({"params": {**recipe.get("params", {}), **own}} if own else {}),
        }
    return recipe


@pytest.fixture(scope="module")
def semeval(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of the shipped config on invented rows, with a tiny encoder of random weights."""
    folder = tmp_path_factory.mktemp("semeval")
    encoder = save_tiny(tmp_path_factory.mktemp("encoder"), BertModel)
    path = ROOT / "experiments" / "benchmarks" / "semeval2016_6a.yaml"
    shipped = load_experiment(path, shaped(path.stem, folder))
    recipes = {name: Recipe.model_validate(with_encoder(recipe.model_dump(), encoder)) for name, recipe in shipped.config.recipes.items()}
    run(replace(shipped, config=shipped.config.model_copy(update={"recipes": recipes})), folder / "run")
    return folder


def test_the_official_split_is_scored_by_the_official_metric(semeval: Path) -> None:
    gold = {row["id"]: row["label"].lower() for row in rows(30, 2)}
    metrics = json.loads((semeval / "run" / "metrics.json").read_text())
    assert metrics["schemes"].keys() == {"official"}
    assert [entry["figure"] for entry in metrics["published"]] == [67.82, 68.98, 68.0, 71.2, 72.9]
    assert any("repeat a training row" in note for note in metrics["notes"])
    for recipe in ("tfidf", "tfidf_joint", "embedding", "ensemble"):
        found = load_predictions(semeval / "run" / "predictions" / recipe / "stance.official.none.seed0.jsonl")
        assert set(found.ids) == gold.keys()
        pooled = f1_score([gold[i] for i in found.ids], found.predicted, labels=["favor", "against"], average="macro", zero_division=0)
        assert next(s for s in metrics["scores"] if s["recipe"] == recipe)["official"]["point"] == pytest.approx(pooled)
        assert pooled > 0.9 or recipe == "embedding"  # the invented words tell the label, but not to random weights


def test_a_trained_model_labels_new_rows_by_their_own_targets(semeval: Path, tmp_path: Path) -> None:
    asked = rows(30, 4)
    model = load_model(semeval / "run" / "models" / "tfidf")
    write(tmp_path / "new.jsonl", [{key: row[key] for key in ("id", "text", "target")} for row in asked])
    label_paths([tmp_path / "new.jsonl"], model, tmp_path / "out", unit="statement")
    labelled = [json.loads(line) for line in (tmp_path / "out" / "labels.jsonl").read_text().splitlines()]
    assert [row["id"] for row in labelled] == [row["id"] for row in asked]
    never = [row["stance_none"] for row, new in zip(labelled, asked, strict=True) if new["target"] == "Invented Mayor"]
    assert never
    assert set(never) == {0.0}
    assert any(row["stance_none"] > 0 for row in labelled)


def test_several_test_sets_are_scored_apart_by_one_model(tmp_path: Path) -> None:
    path = ROOT / "experiments" / "benchmarks" / "newsmtsc.yaml"
    experiment = load_experiment(path, shaped("newsmtsc", tmp_path))
    recipes = {"majority": experiment.config.recipes["majority"], "tfidf": experiment.config.recipes["tfidf"]}
    quick = experiment.config.model_copy(update={"recipes": recipes, "default": "tfidf"})
    said: list[str] = []
    metrics = run(replace(experiment, config=quick), tmp_path / "run", progress=said.append)
    assert list(metrics["schemes"]) == ["official_rw", "official_mt"]
    assert metrics["schemes"]["official_mt"].endswith("test set 'mt'")
    sizes = {s["scheme"]: (s["n"], [f["name"] for f in s["folds"]]) for s in metrics["scores"] if s["recipe"] == "tfidf"}
    assert sizes == {"official_rw": (30, ["rw"]), "official_mt": (20, ["mt"])}
    # What was trained for the test sets is what is kept: nothing is trained a second time.
    assert not [step for step in said if "training on all" in step]
    found = load_predictions(tmp_path / "run" / "predictions" / "tfidf" / "sentiment.official_rw.none.seed0.jsonl")
    shown = [e.input for e in experiment.dataset.examples if e.id in found.ids]
    proba = load_model(tmp_path / "run" / "models" / "tfidf").predict_proba(shown)["sentiment"]
    np.testing.assert_allclose(proba, found.proba, atol=1e-9)
