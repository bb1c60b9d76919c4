"""Pairs pull labels apart, quietly and the same way each time; what is saved is an encoder like any other."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest

from stancekit.errors import MissingError
from stancekit.models.encoders.contrastive import Contrastive
from stancekit.models.encoders.embedding import Embedding
from stancekit.models.encoders.encode import encode, load_encoder, pooled_vectors
from stancekit.models.templates import as_inputs

TEXTS = ["the union said", "a bad report", "delay the start", "good grades", "the court vote", "a report will start"]
Y = ["a", "b", "a", "b", "a", "b"]


def cosines(vectors: np.ndarray) -> tuple[float, float]:
    """(mean within the labels, mean between them)"""
    products, same = vectors @ vectors.T, np.equal.outer(Y, Y)
    return float(products[same & ~np.eye(6, dtype=bool)].mean()), float(products[~same].mean())


def model(encoder: str, **params: object) -> Contrastive:
    return Contrastive(encoder=encoder, max_length=32, **{"epochs": 20, "learning_rate": 5e-3, **params})  # type: ignore[arg-type]


def test_one_label_is_pulled_together_and_two_apart(tiny_encoder: str) -> None:
    within, between = cosines(encode(TEXTS, tiny_encoder))
    tuned = model(tiny_encoder).fit(TEXTS, Y)
    new_within, new_between = cosines(tuned._features(as_inputs(TEXTS)))
    assert new_within - new_between > within - between + 0.3
    assert tuned.predict(TEXTS).tolist() == Y


def test_the_saved_encoder_is_one_that_any_recipe_can_name(tiny_encoder: str, tmp_path: Path) -> None:
    tuned = model(tiny_encoder, epochs=8).fit(TEXTS, Y)
    tuned.save(tmp_path / "m")
    np.testing.assert_array_equal(encode(TEXTS, str(tmp_path / "m" / "encoder"), 32), tuned._features(as_inputs(TEXTS)).astype(np.float32))


def test_two_saves_are_the_same_bytes(tiny_encoder: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        model(tiny_encoder, epochs=8).fit(TEXTS, Y).save(tmp_path / name)
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file())
    assert Path("encoder/model.safetensors") in files
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_one_label_alone_leaves_the_encoder_as_it_was(tiny_encoder: str) -> None:
    frozen = pooled_vectors(TEXTS, *load_encoder(tiny_encoder), 32)
    np.testing.assert_array_equal(model(tiny_encoder).fit(TEXTS, ["a"] * 6)._features(as_inputs(TEXTS)), frozen)


def test_a_text_with_two_labels_is_no_pair_with_itself(tiny_encoder: str) -> None:
    twice = model(tiny_encoder, epochs=80).fit(["a bad report", "a bad report"], ["a", "b"])
    np.testing.assert_allclose(twice._features(as_inputs(TEXTS)), encode(TEXTS, tiny_encoder, 32), atol=1e-6)
    np.testing.assert_allclose(twice.predict_proba(["a bad report"]), [[0.5, 0.5]], atol=1e-6)


def test_nothing_is_printed_or_left_and_no_random_state_moves(
    tiny_encoder: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from transformers.utils import logging

    monkeypatch.chdir(tmp_path)
    random.seed(7), np.random.seed(7), torch.manual_seed(7)
    expected = random.random(), np.random.random(), torch.rand(1).item()
    before = logging.get_verbosity(), logging.is_progress_bar_enabled()
    random.seed(7), np.random.seed(7), torch.manual_seed(7)
    model(tiny_encoder, epochs=1).fit(TEXTS, Y)
    assert (random.random(), np.random.random(), torch.rand(1).item()) == expected
    assert (logging.get_verbosity(), logging.is_progress_bar_enabled()) == before
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())


def test_another_seed_is_another_model(tiny_encoder: str) -> None:
    first, second = (model(tiny_encoder, epochs=8, seed=seed).fit(TEXTS, Y).predict_proba(TEXTS) for seed in (0, 1))
    assert not np.allclose(first, second, atol=1e-6)


def test_a_saved_model_labels_without_sentence_transformers(tiny_encoder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tuned = model(tiny_encoder, epochs=8).fit(TEXTS, Y)
    tuned.save(tmp_path / "m")
    for package in ("sentence_transformers", "accelerate"):  # importing either fails from here on
        monkeypatch.setitem(sys.modules, package, None)
    np.testing.assert_array_equal(Contrastive.load(tmp_path / "m").predict_proba(TEXTS), tuned.predict_proba(TEXTS))


def test_a_missing_package_names_its_extra(tiny_encoder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingError, match=r"pip install 'stancekit\[contrastive\]'"):
        model(tiny_encoder).fit(TEXTS, Y)


def test_the_head_is_that_of_the_embedding_on_the_tuned_encoder(tiny_encoder: str, tmp_path: Path) -> None:
    weights = [1, 2, 1, 0.5, 1, 3]
    tuned = model(tiny_encoder, epochs=8).fit(TEXTS, Y, weights)
    tuned.save(tmp_path / "m")
    same = Embedding(encoder=str(tmp_path / "m" / "encoder"), max_length=32, C=1.0).fit(TEXTS, Y, weights)
    np.testing.assert_allclose(tuned.predict_proba(TEXTS), same.predict_proba(TEXTS), atol=1e-9)
