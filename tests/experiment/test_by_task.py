"""A default that differs by task: its predictions, its saved model and its report are those of each task's recipe."""

import json
from pathlib import Path

import numpy as np
import pytest

from stancekit.errors import InputError
from stancekit.experiment import load_experiment, run, train
from stancekit.labelling import label_paths
from stancekit.models.saved import load_model
from stancekit.predictions import load_predictions
from stancekit.report import write_report
from stancekit.suggest.out_of_fold import run_predictions

ROOT = Path(__file__).parents[2]
BY_TASK = {"stance": "actor", "issue": "words", "sentiment": "words"}
HEAD = (ROOT / "tests" / "quick.yaml").read_text().replace("../", f"{ROOT}/").partition("baselines:")[0]
CONFIG = (
    HEAD.replace("[purged, unpurged, kfold]", "[purged, kfold]")
    + """\
baselines: [majority]
default: {stance: actor, issue: words, sentiment: words}
recipes:
  - majority
  - actor
  - words: {recipe: tfidf, params: {chars: null}, schemes: {purged: [0, 1]}}
"""
)


def experiment(folder: Path, text: str = CONFIG) -> Path:
    (folder / "by_task.yaml").write_text(text)
    return folder / "by_task.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("by_task")
    run(load_experiment(experiment(folder)), folder / "run")
    return folder / "run"


def test_its_predictions_are_those_of_each_task_s_recipe_under_what_all_share(made: Path) -> None:
    names = {path.name for path in (made / "predictions" / "default").iterdir()}
    assert names == {f"{task}.purged.{holder}.seed0.jsonl" for task in BY_TASK for holder in ("annotated", "found")}
    for name in names:
        task, _, holder, *_ = name.split(".")
        theirs = name if BY_TASK[task] == "actor" else name.replace(holder, "none")
        own, source = (load_predictions(made / "predictions" / r / n) for r, n in (("default", name), (BY_TASK[task], theirs)))
        assert own.predicted == source.predicted
        np.testing.assert_array_equal(own.proba, source.proba)
    assert {p.task for p in run_predictions(made)} == set(BY_TASK)


def test_its_model_labels_each_task_as_the_recipe_s_model_does(made: Path, tmp_path: Path) -> None:
    texts = ["Ofsted must change", "the reforms are a start", "teachers said no"]
    default = load_model(made / "models" / "default")
    assert (default.recipe, default.kind) == ("default", "by_task")
    for task, recipe in BY_TASK.items():
        np.testing.assert_array_equal(default.predict_proba(texts)[task], load_model(made / "models" / recipe).predict_proba(texts)[task])
    label_paths([ROOT / "examples" / "new_coverage"], default, tmp_path / "labels")
    assert (tmp_path / "labels" / "labels.csv").is_file()
    train(load_experiment(experiment(tmp_path)), "default", tmp_path / "model")
    np.testing.assert_array_equal(load_model(tmp_path / "model").predict_proba(texts)["issue"], default.predict_proba(texts)["issue"])


def test_its_scores_are_reported_as_the_default_s(made: Path) -> None:
    metrics = json.loads((made / "metrics.json").read_text())
    assert metrics["default"] == "default"
    found = {(s["recipe"], s["task"], s["holder"]): s["macro_f1"]["point"] for s in metrics["scores"] if s["scheme"] == "purged"}
    assert found["default", "stance", "found"] == found["actor", "stance", "found"]
    write_report(made)
    assert "The default is default" in (made / "report" / "report.md").read_text()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (", sentiment: words}", "}", r":14: `default` names no recipe for the task 'sentiment'"),
        ("purged: [0, 1]", "purged: [1]", r":14: the recipes of the tasks have no scheme and seed in common"),
        ("- majority\n", "- majority\n  - default\n", r":17: the name 'default' is kept"),
    ],
)
def test_what_cannot_be_put_together_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in CONFIG
    with pytest.raises(InputError, match=r"by_task\.yaml" + message):
        load_experiment(experiment(tmp_path, CONFIG.replace(old, new)))
