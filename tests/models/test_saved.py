"""A trained model's directory: the same probabilities again, and no changed byte accepted."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from stancekit.actors import Actor, Actors
from stancekit.crossval import fit_on_all
from stancekit.errors import InputError
from stancekit.models import Tfidf
from stancekit.models.encoders import encode as encoder
from stancekit.models.per_task import PerTask
from stancekit.models.saved import load_model, save_model
from toy import codebook, dataset

ACTORS = Actors(actors=[Actor(name="Union Ka", kind="union")])


COMPOSITE = {
    "model": "tuned",
    "params": {
        "model": "ensemble",
        "params": {"members": {"n-grams": {"model": "tfidf", "params": {"chars": None}}, "who": {"model": "actor"}}},
        "grid": {"combine": ["average", "stack"]},
    },
    "abstain": 0.8,
}


@pytest.fixture(params=["tfidf", "transformer", "calibrated"])
def saved(request: pytest.FixtureRequest, tmp_path: Path, tiny_encoder: str) -> Path:
    params = {"transformer": {"encoder": tiny_encoder, "epochs": 1}, "tfidf": {"template": "{holder}: {text}"}, "calibrated": COMPOSITE}[
        request.param
    ]
    model = fit_on_all(dataset(), request.param, params)
    save_model(tmp_path / "model", model, recipe="r", codebook=codebook(), actors=ACTORS)
    return tmp_path / "model"


def test_it_labels_every_task_with_the_codebooks_labels(saved: Path) -> None:
    model = load_model(saved)
    proba = model.predict_proba(["The plan must wait."])
    assert {task: array.shape for task, array in proba.items()} == {"stance": (1, 3), "tone": (1, 2)}
    assert set(model.predict(["The plan must wait."])[0]) == {"stance", "tone"}
    assert (model.recipe, model.target, model.actors, model.codebook["version"]) == ("r", "the plan", ACTORS, "1.0.0")


def test_a_table_is_labelled_as_its_texts_are_and_the_model_says_what_it_is(tmp_path: Path) -> None:
    save_model(tmp_path / "m", fit_on_all(dataset(), "tfidf", {}), recipe="<r>", codebook=codebook(), actors=ACTORS)
    model = load_model(tmp_path / "m")
    texts = ["The plan must wait.", "Good."]
    assert model.predict(pd.DataFrame({"text": texts})) == model.predict(texts)
    with pytest.raises(InputError, match="pass a list"):
        model.predict("The plan must wait.")
    assert repr(model).startswith("TrainedModel(recipe='<r>', model='tfidf', tasks={'stance': ['oppose', ")
    assert "<td>&lt;r&gt;</td>" in model._repr_html_()
    code = f"import sys, stancekit; stancekit.load_model({str(tmp_path / 'm')!r}).predict(['Good.']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"sklearn", "pandas", "torch", "transformers"} & set(loaded)


def test_a_model_that_would_not_load_replaces_none(tmp_path: Path) -> None:
    about: Any = {"recipe": "r", "codebook": codebook(), "actors": ACTORS}
    save_model(tmp_path / "m", fit_on_all(dataset(), "majority", {}), **about)
    before = load_model(tmp_path / "m").digest
    texts, good = ["Good.", "Bad."], ["good", "bad"]
    for model, message in [
        (Tfidf().fit(texts, ["support", "oppose"]), r"model: is of one task; the codebook has 2, .*\(allowed: stance, tone\)"),
        (PerTask([Tfidf()]).fit(texts, [["support"], ["oppose"]]), "codebook 'toy': has 2 tasks; the model is of others"),
        (PerTask([Tfidf(), Tfidf()]).fit(texts, [["support", "good"], ["hostile", "bad"]]), "task 'stance' has no label 'hostile'"),
        (PerTask([Tfidf(), Tfidf()]).fit(texts, [[1, 0], [0, 1]]), "task 'stance' has no label 0, which"),
        (PerTask([Tfidf(), Tfidf()]), "model: is PerTask, unfitted"),
    ]:
        with pytest.raises(InputError, match=message):
            save_model(tmp_path / "m", model, **about)
    assert load_model(tmp_path / "m").digest == before

    book = codebook()
    one = book.model_copy(update={"tasks": {"tone": book.tasks["tone"]}})
    save_model(tmp_path / "one", Tfidf().fit(texts, good), **about | {"codebook": one})
    assert load_model(tmp_path / "one").predict(texts) == [{"tone": label} for label in good]


def test_it_knows_its_thresholds(tmp_path: Path) -> None:
    fitted = fit_on_all(dataset(), "calibrated", COMPOSITE)
    save_model(tmp_path / "model", fitted, recipe="r", codebook=codebook(), actors=ACTORS)
    assert load_model(tmp_path / "model").thresholds == {"stance": fitted.models[0].threshold_, "tone": fitted.models[1].threshold_}
    save_model(tmp_path / "plain", fit_on_all(dataset(), "actor", {}), recipe="r", codebook=codebook(), actors=ACTORS)
    assert load_model(tmp_path / "plain").thresholds == {}


def test_the_tasks_share_what_is_encoded(tmp_path: Path, tiny_encoder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[str] = []
    original = encoder._forward
    monkeypatch.setattr(encoder, "_forward", lambda texts, *rest: encoded.extend(texts) or original(texts, *rest))
    member = {"model": "embedding", "params": {"encoder": tiny_encoder}}
    params = {"members": {"a": member, "b": {"model": "tuned", "params": {**member, "grid": {"C": [1.0, 10.0]}}}}, "combine": "stack"}
    fitted = fit_on_all(dataset(), "ensemble", params)
    texts = {e.input.text for e in dataset().examples}
    assert sorted(encoded) == sorted(texts)
    save_model(tmp_path / "model", fitted, recipe="r", codebook=codebook(), actors=ACTORS)
    encoded.clear()
    load_model(tmp_path / "model").predict_proba(dataset().inputs())
    assert sorted(encoded) == sorted(texts)


def test_loading_twice_gives_the_same_bytes(saved: Path) -> None:
    inputs = dataset().inputs()
    first, second = load_model(saved).predict_proba(inputs), load_model(saved).predict_proba(inputs)
    assert all(first[task].tobytes() == second[task].tobytes() for task in first)


def test_one_changed_byte_in_any_file_is_refused(saved: Path, tmp_path: Path) -> None:
    files = [p for p in saved.rglob("*") if p.is_file()]
    assert len(files) > 4
    for file in files:
        copy = tmp_path / "copy"
        shutil.copytree(saved, copy)
        target = copy / file.relative_to(saved)
        data = bytearray(target.read_bytes())
        data[len(data) // 2] ^= 1
        target.write_bytes(bytes(data))
        with pytest.raises(InputError, match=r"has changed since|not UTF-8|not a JSON object|NUL"):
            load_model(copy)
        shutil.rmtree(copy)


def test_a_missing_file_or_manifest_is_refused(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is no trained model: it has no manifest\.json"):
        load_model(tmp_path)
    next(p for p in saved.rglob("*.safetensors")).unlink()
    with pytest.raises(InputError, match="no such file"):
        load_model(saved)


def test_a_stray_file_is_refused(saved: Path) -> None:
    (saved / "extra.json").write_text("{}")
    with pytest.raises(InputError, match=r"extra\.json: is no file of this model"):
        load_model(saved)


def test_nothing_is_pickled(saved: Path) -> None:
    assert {p.suffix for p in saved.rglob("*") if p.is_file()} <= {".json", ".safetensors", ".txt"}
