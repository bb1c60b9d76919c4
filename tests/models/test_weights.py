"""Where encoders come from, and that a changed one is refused."""

import importlib.metadata
import shutil
from pathlib import Path

import pytest

from stancekit.errors import InputError, MissingError
from stancekit.models import weights
from stancekit.models.embedding import Embedding
from stancekit.models.weights import PACKAGED, resolve_weights


def test_the_packaged_weights_are_found_without_importing_their_package() -> None:
    folder = resolve_weights(PACKAGED)
    assert (folder / "model.safetensors").is_file()


def test_a_local_folder_comes_first(tiny_encoder: str) -> None:
    assert resolve_weights(tiny_encoder) == Path(tiny_encoder)


def test_a_model_names_its_encoder_by_digest(tiny_encoder: str, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(tiny_encoder, folder)
    Embedding(encoder=str(folder)).fit(["a union", "the court"], ["x", "y"]).save(tmp_path / "model")
    assert Embedding.load(tmp_path / "model").predict(["a union"]).tolist() == ["x"]
    config = folder / "config.json"
    config.write_text(config.read_text() + " ")
    with pytest.raises(InputError, match="is not the one this model was trained with"):
        Embedding.load(tmp_path / "model")


def test_changed_packaged_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("config.json", "tokenizer.json", "model.safetensors"):
        shutil.copy(resolve_weights(PACKAGED) / name, folder / name)
    (folder / "config.json").write_bytes((folder / "config.json").read_bytes() + b" ")

    class Changed:
        def locate_file(self, _: str) -> Path:
            return folder

    monkeypatch.setattr(importlib.metadata, "distribution", lambda _: Changed())
    monkeypatch.setattr(weights, "_verified", set())
    with pytest.raises(InputError, match=r"config\.json: is not the accepted file"):
        resolve_weights(PACKAGED)


def test_a_hub_id_needs_a_revision() -> None:
    with pytest.raises(InputError, match="revision of 40 hex digits"):
        resolve_weights("owner/model")


def test_without_a_network_a_hub_id_fails_at_once_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(MissingError, match=r"neither installed nor cached.*local folder"):
        resolve_weights("owner/model@" + "0" * 40)
