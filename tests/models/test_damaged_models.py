"""A damaged model is refused with its file, or still gives probabilities; it never ends in anything else, and never hangs."""

import json
import random
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from harm import damage, reseal, rewrite
from safetensors.numpy import load_file, save_file

from stancekit.actors import Actors
from stancekit.crossval import fit_on_all
from stancekit.errors import InputError, StancekitError
from stancekit.models.manifest import MANIFEST, sealed
from stancekit.models.saved import load_model, save_model
from toy import codebook, dataset

X = [*dataset().inputs(), "", "A plain string."]
CASES = {"tfidf": 30, "embedding": 20, "ensemble": 20, "calibrated": 20, "per_target": 20, "lexicon": 10, "actor": 10, "zeroshot": 10}
CASES |= {"contrastive": 10, "transformer": 15, "isotonic": 20, "tuned": 15}


@pytest.fixture(scope="module")
def models(tiny_encoder: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a saved model of each name in it."""
    embedding = {"model": "embedding", "params": {"encoder": tiny_encoder, "max_length": 32}}
    n_grams = {"model": "tfidf", "params": {"chars": None}}
    params: dict[str, tuple[str, dict[str, Any]]] = {
        "ensemble": ("ensemble", {"members": {"t": n_grams, "a": {"model": "actor"}, "m": {"model": "majority"}}}),
        "embedding": ("embedding", embedding["params"]),
        "calibrated": ("calibrated", {**embedding, "abstain": 0.9}),
        "isotonic": ("calibrated", {**n_grams, "method": "isotonic"}),
        "per_target": ("per_target", n_grams),
        "tuned": ("tuned", {**n_grams, "grid": {"C": [1.0, 2.0]}}),
        "lexicon": ("lexicon", {"lexicon": "vader"}),
        "zeroshot": ("zeroshot", {"encoder": tiny_encoder, "max_length": 32, "head": True}),
        "contrastive": ("contrastive", {"encoder": tiny_encoder, "epochs": 1, "max_length": 32}),
        "transformer": ("transformer", {"encoder": tiny_encoder, "epochs": 1, "max_length": 32}),
    }
    folder = tmp_path_factory.mktemp("models")
    for name in [*CASES, "majority", "sides"]:
        kind, given = params.get(name, (name, {}))
        model = fit_on_all(dataset(), kind, given)
        save_model(folder / name, model, recipe="r", codebook=codebook(), actors=Actors())
    return folder


@pytest.fixture(autouse=True)
def _nothing_hangs() -> Iterator[None]:
    yield
    signal.alarm(0)


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def seal(folder: Path, file: Path) -> None:
    """Seal the model anew, where there is still a manifest to seal."""
    if file.name != MANIFEST:
        reseal(folder)
        return
    try:
        content = json.loads(file.read_bytes())
        content.pop("digest", None)
        file.write_text(sealed(content))
    except (ValueError, AttributeError, RecursionError):
        pass


@pytest.mark.parametrize("name", CASES)
def test_damage_ends_in_probabilities_or_in_a_message(models: Path, tmp_path: Path, name: str) -> None:
    chance = random.Random(f"damage to {name}")
    refused = 0
    for case in range(CASES[name]):
        folder = tmp_path / str(case)
        shutil.copytree(models / name, folder)
        file = chance.choice(sorted(file for file in folder.rglob("*") if file.is_file()))
        way = damage(file, chance)
        if case % 2:
            seal(folder, file)
        before = contents(folder)
        signal.alarm(20)
        try:
            for proba in load_model(folder).predict_proba(X).values():
                np.testing.assert_allclose(proba.sum(axis=1), 1, atol=1e-6)
        except StancekitError:
            refused += 1
        except Exception as error:
            raise AssertionError(f"{way} in {file.relative_to(folder)}: {error!r}") from error
        assert contents(folder) == before
    assert refused >= CASES[name] // 2


TENSORS = "task0/head.safetensors"
DEEP: Any = []
for _ in range(500):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("name", "file", "at", "new", "message"),
    [
        ("majority", "task0/frequencies.json", ("oppose",), 7, "`oppose`: Input should be less than or equal to 1"),
        ("majority", "task0/frequencies.json", ("oppose",), 1, "`the frequencies` has 3 values that sum to .*; 3 that sum to 1 are needed"),
        ("majority", "task0/frequencies.json", (), {"against": 1.0}, "task 'stance' has no label 'against', which the model knows"),
        ("majority", "task0/params.json", (), {"a": 1}, r"task0/params\.json: model type 'majority': unknown parameter 'a'"),
        ("actor", "task0/actors.json", ("overall",), [1.0], "`overall` has 1 values that sum to 1; 3 that sum to 1 are needed"),
        ("actor", "task0/actors.json", ("by_holder",), {"U": [0.5, 0.5]}, r"`by_holder\.U` has 2 values"),
        ("actor", "task0/params.json", ("by",), "name", r"task0/params\.json: .* parameter 'by' is 'name'"),
        ("actor", "actors.json", ("actors",), [{"name": "A"}], r"/actors\.json: `actors\.0\.kind`: Field required"),
        ("lexicon", "task0/lexicon.json", ("vader",), "0" * 64, "has another word list than this model was trained with"),
        ("lexicon", "task0/params.json", ("lexicon",), "keywords", r"lexicon\.json: `words`: Field required"),
        ("sides", "task0/sides.json", ("sides",), {"favour": 1}, r"sides\.json: `sides\.favour`: Input should be a valid string"),
        ("sides", "task0/params.json", ("task", "evaluative_words"), 1, r"params\.json: `evaluative_words`: Input should be a valid dict"),
        ("sides", "task0/classes.json", ("classes",), ["neutral", "oppose", "x"], r"classes\.json: `classes` are .*; the model has others"),
        ("tfidf", "task0/vocabulary.json", ("template",), "{txt}", r"vocabulary\.json: template '{txt}': unknown field '{txt}'"),
        ("tfidf", "task0/vocabulary.json", ("blocks", 0, "high"), 10**9, r"`blocks\.0\.high`: Input should be less than or equal to 100"),
        ("tfidf", "task0/vocabulary.json", ("blocks", 0, "analyzer"), "line", r"`blocks\.0\.analyzer`: Input should be 'word' or 'char'"),
        ("tfidf", "task0/vocabulary.json", ("blocks", 0, "terms"), ["a"], r"idf\.safetensors: tensor '0' is .* float64 of shape \(1\)"),
        ("tfidf", "task0/classes.json", ("classes",), ["b", "a"], "`classes`: the labels are not each there once and sorted"),
        ("tfidf", "task0/classes.json", ("classes",), ["a", "b"], r"head\.safetensors: tensor 'coef' is .* of shape \(2, "),
        ("tfidf", "task0/classes.json", ("classes",), DEEP, r"classes\.json: `classes\.0`: Input should be a valid string"),
        ("embedding", "task0/encoder.json", ("sha256",), "x", "`sha256`: String should match pattern"),
        ("embedding", "task0/params.json", ("encoder",), "x" * 5000, "can't be used: OSError: .*File name too long"),
        ("embedding", "task0/params.json", ("max_length",), 10**30, "can't be used: OverflowError"),
        ("calibrated", "task0/calibration.json", ("model",), "embeding", "task0/model: is said to be of the unknown model type 'embeding'"),
        (
            "calibrated",
            "task0/calibration.json",
            ("model",),
            "calibrated",
            r"model/params\.json: model type 'calibrated': unknown parameter",
        ),
        ("calibrated", "task0/calibration.json", ("calibration", "temperature"), 0, r"`calibration\.temperature`: Input should be greater"),
        ("isotonic", "task0/calibration.json", ("calibration", "curves"), [[[0, 1], [0, 1]]], r"`calibration\.curves` are 1; .* 3 classes"),
        ("isotonic", "task0/calibration.json", ("calibration", "curves", 0), [[1, 0], [0, 1]], r"`calibration\.curves\.0`: is no curve"),
        ("ensemble", "task0/ensemble.json", ("weights",), {"t": 1.0}, "`weights` are of t; each member needs one"),
        ("ensemble", "task0/ensemble.json", ("weights", "t"), 1.0, "`weights` has 3 values that sum to"),
        ("ensemble", "task0/ensemble.json", ("kinds", "m"), "transformer", r"member2/classes\.json: no such file"),
        ("ensemble", "task0/member2/frequencies.json", (), {"neutral": 1.0}, "its members know different labels"),
        ("per_target", "task0/targets.json", ("classes",), ["neutral"], "a model of one target knows the label 'oppose'"),
        ("per_target", "task0/targets.json", ("targets",), ["a", "b"], r"task0/target1/params\.json: no such file"),
        ("tuned", "task0/model.json", ("model",), ["tfidf"], r"model\.json: `model`: Input should be a valid string"),
        ("zeroshot", "task0/zeroshot.json", ("descriptions", "oppose"), [], "`descriptions.oppose`: List should have at least 1 item"),
        ("zeroshot", "task0/zeroshot.json", ("classes",), ["neutral"], r"task0/classes\.json: `classes` are .*; the model has others"),
        ("transformer", "classes.json", ("classes",), ["a", "b"], "has 2 tasks; the model is of others|size mismatch"),
        ("transformer", "classes.json", ("classes", 0), ["a", "b"], r"heads\.safetensors: can't be used: RuntimeError: .*size mismatch"),
        ("transformer", "params.json", ("n_seeds",), 10**12, r"seed999999999999: no such folder; by `n_seeds` there are 1000000000000"),
        ("transformer", "params.json", ("max_length",), 10**30, "can't be used: OverflowError"),
        ("transformer", "params.json", ("pair_template",), "{", r"params\.json: "),
    ],
)
def test_a_resealed_value(models: Path, tmp_path: Path, name: str, file: str, at: tuple[str | int, ...], new: Any, message: str) -> None:
    shutil.copytree(models / name, tmp_path / "m")
    rewrite(tmp_path / "m" / file, at, new)
    reseal(tmp_path / "m")
    with pytest.raises(InputError, match=message):
        load_model(tmp_path / "m").predict(X)


@pytest.mark.parametrize(
    ("name", "file", "tensor", "change", "message"),
    [
        ("tfidf", TENSORS, "coef", lambda t: t[:, :-1].copy(), "tensor 'coef' is float64 of shape"),
        ("tfidf", TENSORS, "coef", lambda t: t.astype(np.float32), "tensor 'coef' is float32 of shape"),
        ("tfidf", TENSORS, "intercept", lambda t: t * np.nan, "tensor 'intercept' holds values that are no finite numbers"),
        ("tfidf", TENSORS, "other", lambda t: np.zeros(1), "holds the tensors coef, intercept, other"),
        ("embedding", TENSORS, "coef", lambda t: t[:, :-1].copy(), r"head\.safetensors: weighs 15 features, and is given 16"),
        (
            "transformer",
            "heads.safetensors",
            "0.bias",
            lambda t: t * np.nan,
            r"heads\.safetensors: holds values that are no finite numbers",
        ),
        ("transformer", "heads.safetensors", "0.bias", lambda t: t[:1], r"heads\.safetensors: can't be used: RuntimeError"),
        ("transformer", "encoder/model.safetensors", "other", lambda t: np.full(1, np.nan), ""),
    ],
)
def test_a_resealed_tensor(models: Path, tmp_path: Path, name: str, file: str, tensor: str, change: Any, message: str) -> None:
    shutil.copytree(models / name, tmp_path / "m")
    tensors = load_file(tmp_path / "m" / file)
    tensors[tensor] = change(tensors.get(tensor))
    save_file(tensors, tmp_path / "m" / file, {"format": "pt"})
    reseal(tmp_path / "m")
    if not message:  # what no network has a place for is of no consequence
        load_model(tmp_path / "m").predict(X)
        return
    with pytest.raises(InputError, match=message):
        load_model(tmp_path / "m").predict(X)


def test_models_within_models_come_to_an_end(models: Path, tmp_path: Path) -> None:
    shutil.copytree(models / "tuned", tmp_path / "m")
    inner = tmp_path / "m" / "task0"
    for _ in range(40):
        inner.mkdir(exist_ok=True)
        (inner / "model.json").write_text('{"model": "tuned"}')
        inner /= "model"
    reseal(tmp_path / "m")
    with pytest.raises(InputError, match="more than 32 folders deep"):
        load_model(tmp_path / "m")


def test_what_gives_no_numbers_is_refused_at_last(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = load_model(models / "majority")
    model.model.models[0].frequencies_ = np.full(3, np.nan)
    with pytest.raises(InputError, match="majority: gives probabilities that are no numbers"):
        model.predict(X)
