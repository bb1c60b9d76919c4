"""The card of a trained model: sound for the Hub, true of the model, sealed with it."""

import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from huggingface_hub import ModelCard

from stancekit.actors import Actors
from stancekit.crossval import fit_on_all
from stancekit.data.dataset import Dataset
from stancekit.errors import InputError
from stancekit.huggingface import Trained, model_card
from stancekit.models.saved import load_model, save_model
from toy import ROWS, dataset


def score(**changed: Any) -> dict[str, Any]:
    interval = {"point": 0.61234567, "low": 0.5, "high": 0.7, "level": 0.95, "note": ""}
    base = {"recipe": "r", "task": "stance", "scheme": "purged", "holder": "none", "seeds": [0], "n": 12, "macro_f1": interval}
    return base | {"accuracy": {**interval, "point": 0.75, "low": None, "high": None}} | changed


def trained(data: Dataset, scores: Any = (), **changed: Any) -> Trained:
    facts: dict[str, Any] = {"experiment": "toy", "recipe": "r", "kind": "tfidf", "params": {}, "dataset": data, "scores": scores}
    return Trained(**(facts | changed))


def test_the_hub_reads_the_evaluation_out_of_the_card() -> None:
    scores = [score(), score(task="tone", holder="found", scheme="kfold"), score(scheme="unpurged")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        card = ModelCard(model_card(trained(dataset(), scores)))
    found = [(r.task_name, r.dataset_split, r.dataset_config, r.metric_type, r.metric_value) for r in card.data.eval_results]
    assert found == [
        ("stance", "purged", "not read", "f1", 0.6123),
        ("stance", "purged", "not read", "accuracy", 0.75),
        ("tone", "kfold", "as found by rule", "f1", 0.6123),
        ("tone", "kfold", "as found by rule", "accuracy", 0.75),
    ]  # what the leak makes of a score is in the table alone
    assert (card.data.model_name, card.data.pipeline_tag, card.data.library_name) == ("toy/r", "text-classification", "stancekit")
    assert "| stance | purged | not read | 12 | 1 | 0.61 [0.50, 0.70] | 0.75 - |" in card.text
    assert "- `unpurged`: leave one article out, repeats left in (shows the leak)." in card.text


def test_a_model_trained_outside_a_run_says_so() -> None:
    text = model_card(trained(dataset()))
    assert "Not evaluated: it was trained outside a run." in text
    assert "model-index" not in text


def test_counts_and_limits_are_those_of_the_training_rows() -> None:
    text = model_card(trained(dataset(), source="made up", licence="CC0"))
    assert "- 12 statements of 3 articles." in text
    assert "- Source: made up\n- Licence of the data: CC0." in text
    assert "| `support` | 3 | - |" in text
    assert "- `stance`: `support` was learnt from 3 statements of 3 articles." in text
    no_support = [(a, t, h, "neutral" if s == "support" else s, tone) for a, t, h, s, tone in ROWS]
    assert "- `stance`: it never says `support`, which its training data lack." in model_card(trained(dataset(no_support)))


def test_rows_without_groups_are_of_none() -> None:
    rows = replace(dataset(), segmented=False)
    assert "- 12 statements of 3 groups." in model_card(trained(rows))
    alone = replace(rows, examples=tuple(replace(e, article_id=e.id) for e in rows.examples))
    text = model_card(trained(alone))
    assert "- 12 statements.\n" in text
    assert "- `stance`: `support` was learnt from 3 statements.\n" in text


def test_the_metric_of_the_data_set_comes_first() -> None:
    own = {"official": {**score()["macro_f1"], "point": 0.71}, "official_labels": ["favor", "against"]}
    scores = [score(scheme="official", **own), score(task="tone", scheme="official", official=None, official_labels=[])]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        card = ModelCard(model_card(trained(dataset(), scores)))
    found = [(r.task_name, r.metric_name, r.metric_value) for r in card.data.eval_results]
    assert found[:2] == [("stance", "Mean F1 of favor, against", 0.71), ("stance", "Macro-F1", 0.6123)]
    assert [name for task, name, _ in found if task == "tone"] == ["Macro-F1", "Accuracy"]
    assert "| task | scheme | holder | n | seeds | Mean F1 of favor, against | macro-F1 | accuracy |" in card.text
    assert "| stance | official | not read | 12 | 1 | 0.71 [0.50, 0.70] | 0.61 [0.50, 0.70] | 0.75 - |" in card.text
    assert "| tone | official | not read | 12 | 1 | - | 0.61 [0.50, 0.70] | 0.75 - |" in card.text


def test_an_encoder_s_licence_and_name_are_its_own_and_not_the_model_s(tiny_encoder: str) -> None:
    text = model_card(trained(dataset(), encoders=["all-MiniLM-L6-v2"], licence="CC0"))
    packaged = yaml.safe_load(text.split("---\n")[1])
    assert ("license" in packaged, packaged["base_model"]) == (False, ["sentence-transformers/all-MiniLM-L6-v2"])
    assert "- `all-MiniLM-L6-v2`, licence apache-2.0; digest `" in text
    local = model_card(trained(dataset(), encoders=[tiny_encoder]))
    assert "license" not in yaml.safe_load(local.split("---\n")[1])
    assert tiny_encoder not in local
    assert "- a local folder, under its own licence, which this card does not know; digest `" in local


@pytest.mark.parametrize("n_seeds", [1, 2])
def test_it_names_the_folders_that_a_pipeline_loads_and_is_sealed(tiny_encoder: str, tmp_path: Path, n_seeds: int) -> None:
    params = {"encoder": tiny_encoder, "epochs": 1, "n_seeds": n_seeds, "template": "{holder}: {text}", "pair_template": "{context}"}
    model = fit_on_all(dataset(), "transformer", params)
    facts = trained(dataset(), kind="transformer", params=params, encoders=[tiny_encoder])

    def finish(directory: Path) -> None:
        (directory / "README.md").write_text(model_card(facts, directory))

    book = dataset().codebook
    save_model(tmp_path / "m", model, recipe="r", codebook=book, actors=Actors(actors=[]), finish=finish)
    card = (tmp_path / "m" / "README.md").read_text()
    rows = {
        1: ["| `stance` | `.` |", "| `tone` | `tone` |"],
        2: ["| `stance` | `seed0`, `seed1` |", "| `tone` | `seed0/tone`, `seed1/tone` |"],
    }
    assert all(row in card for row in rows[n_seeds])
    assert {1: 'model="THIS_FOLDER")\n', 2: 'model="THIS_FOLDER/seed0")  # one of 2 networks\n'}[n_seeds] in card
    assert "as in training: `{holder}: {text}`, and as second text (`text_pair`) `{context}`" in card
    assert yaml.safe_load(card.split("---\n")[1])["library_name"] == "transformers"
    load_model(tmp_path / "m")
    (tmp_path / "m" / "README.md").write_text(card.replace("toy", "another"))
    with pytest.raises(InputError, match=r"README\.md: has changed since"):
        load_model(tmp_path / "m")
