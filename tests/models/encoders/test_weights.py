"""Where encoders come from, and that a changed one is refused."""

import hashlib
import importlib.metadata
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from stancekit.errors import InputError, MissingError
from stancekit.models.encoders import weights
from stancekit.models.encoders.embedding import Embedding
from stancekit.models.encoders.weights import PACKAGED, encoder_digest, resolve_weights, tokenizer_digest
from stancekit.models.registry import make_model, model_class


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


def test_a_model_keeps_to_its_encoder_s_tokenizer(tiny_encoder: str, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(tiny_encoder, folder)
    Embedding(encoder=str(folder)).fit(["a union", "the court"], ["x", "y"]).save(tmp_path / "model")
    digest = encoder_digest(str(folder))
    config = folder / "tokenizer_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"do_lower_case": False}))
    assert encoder_digest(str(folder)) == digest
    with pytest.raises(InputError, match=r"the tokenizer of encoder '.*': is not the one .*: the sha256 over tokenizer_config\.json is"):
        Embedding.load(tmp_path / "model")


def test_a_model_of_before_there_was_a_digest_of_the_tokenizer_is_to_be_trained_again(tiny_encoder: str, tmp_path: Path) -> None:
    Embedding(encoder=tiny_encoder).fit(["a union", "the court"], ["x", "y"]).save(tmp_path)
    (tmp_path / "encoder.json").write_text(json.dumps({"sha256": encoder_digest(tiny_encoder)}))
    with pytest.raises(InputError, match=r"encoder\.json: does not say what tokenizer .* train the model again"):
        Embedding.load(tmp_path)


READ = ["added_tokens.json", "special_tokens_map.json", "vocab.txt", "vocab.json", "merges.txt", "spiece.model", "source.spm"]
READ += ["tokenizer.5.0.0.json", "sentencepiece.bpe.model", "bpe.codes", "qwen.tiktoken"]
NOT_READ = ["README.md", "sources.json", "modules.json", "chat_template.jinja", ".gitattributes", "config.py", "._vocab.txt"]


@pytest.mark.parametrize(("name", "counts"), [*((name, True) for name in READ), *((name, False) for name in NOT_READ)])
def test_every_file_that_a_tokenizer_reads_counts(tiny_encoder: str, tmp_path: Path, name: str, counts: bool) -> None:
    shutil.copytree(tiny_encoder, tmp_path / "encoder")
    before, encoder = tokenizer_digest(str(tmp_path / "encoder")), encoder_digest(str(tmp_path / "encoder"))
    assert before == tokenizer_digest(tiny_encoder)
    (tmp_path / "encoder" / name).write_text("{}")
    assert (tokenizer_digest(str(tmp_path / "encoder")) != before) == counts
    assert encoder_digest(str(tmp_path / "encoder")) == encoder


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packaged encoder in the place of it."""
    folder = tmp_path / "model"
    shutil.copytree(resolve_weights(PACKAGED), folder)

    class Copied:
        def locate_file(self, _: str) -> Path:
            return folder

    monkeypatch.setattr(importlib.metadata, "distribution", lambda _: Copied())
    monkeypatch.setattr(weights, "_verified", set())
    return folder


@pytest.mark.parametrize("name", ["tokenizer_config.json", "special_tokens_map.json", "vocab.txt"])
def test_the_packaged_tokenizer_is_accepted_by_digest_alone(packaged: Path, name: str) -> None:
    assert resolve_weights(PACKAGED) == packaged
    weights._verified.clear()
    (packaged / name).write_bytes((packaged / name).read_bytes() + b" ")
    with pytest.raises(InputError, match=f"{name}: is not the accepted file"):
        resolve_weights(PACKAGED)


def test_a_file_put_beside_the_packaged_tokenizer_is_refused(packaged: Path) -> None:
    (packaged / "added_tokens.json").write_text('{"union": 5}')
    with pytest.raises(InputError, match=r"added_tokens\.json: is no file of the accepted encoder, and would change its tokens"):
        resolve_weights(PACKAGED)


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


REVISION = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def hub(tiny_encoder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Hub cache as `huggingface_hub` lays it out, holding one repository at one revision, and no network. Gives the snapshot."""
    import huggingface_hub.constants

    repository = tmp_path / "hub" / "models--owner--tiny"
    snapshot = repository / "snapshots" / REVISION
    snapshot.mkdir(parents=True)
    (repository / "blobs").mkdir()
    for file in Path(tiny_encoder).iterdir():
        blob = repository / "blobs" / hashlib.sha256(file.read_bytes()).hexdigest()
        shutil.copy(file, blob)
        (snapshot / file.name).symlink_to(Path("..", "..", "blobs", blob.name))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    return snapshot


@pytest.mark.parametrize("kind", ["embedding", "transformer"])
def test_training_and_loading_by_hub_id_at_a_pinned_revision(hub: Path, tiny_encoder: str, tmp_path: Path, kind: str) -> None:
    X, y = ["the union said no", "good grades", "a bad court"], ["x", "y", "x"]
    params: dict[str, Any] = {"max_length": 32} | ({"epochs": 1} if kind == "transformer" else {})
    assert resolve_weights(f"owner/tiny@{REVISION}") == hub
    assert encoder_digest(f"owner/tiny@{REVISION}") == encoder_digest(tiny_encoder)
    make_model(kind, encoder=f"owner/tiny@{REVISION}", **params).fit(X, y).save(tmp_path / "model")
    expected = make_model(kind, encoder=tiny_encoder, **params).fit(X, y).predict_proba(X)
    assert model_class(kind).load(tmp_path / "model").predict_proba(X).tobytes() == expected.tobytes()
    with pytest.raises(MissingError, match="neither installed nor cached"):
        resolve_weights("owner/tiny@" + "1" * 40)
    with pytest.raises(MissingError, match="neither installed nor cached"):
        resolve_weights("--/..@" + "1" * 40)


def test_weights_in_several_files_count_when_all_are_there(hub: Path, tmp_path: Path) -> None:
    name = f"owner/tiny@{REVISION}"
    digest = encoder_digest(name)
    index = {"metadata": {}, "weight_map": {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}
    (hub / "model.safetensors.index.json").write_text(json.dumps(index))
    (hub / "model.safetensors").rename(hub / "model-00001-of-00002.safetensors")
    with pytest.raises(MissingError, match="neither installed nor cached"):
        resolve_weights(name)
    (hub / "model-00002-of-00002.safetensors").write_bytes(b"part")
    assert resolve_weights(name) == hub
    assert encoder_digest(name) != digest


def test_a_trained_model_is_named_by_its_folder_and_gives_its_encoder(tiny_encoder: str, tmp_path: Path) -> None:
    make_model("transformer", encoder=tiny_encoder, epochs=1).fit(["a union", "the court"], ["x", "y"]).save(tmp_path / "model")
    assert resolve_weights(str(tmp_path / "model")) == tmp_path / "model" / "encoder"


def test_of_a_model_of_several_networks_the_first_is_taken(tiny_encoder: str, tmp_path: Path) -> None:
    X, y = ["a union", "the court"], ["x", "y"]
    make_model("transformer", encoder=tiny_encoder, epochs=1, n_seeds=2).fit(X, y).save(tmp_path / "model")
    assert resolve_weights(str(tmp_path / "model")) == tmp_path / "model" / "seed0" / "encoder"
    assert resolve_weights(str(tmp_path / "model" / "seed1")) == tmp_path / "model" / "seed1" / "encoder"
    first = make_model("embedding", encoder=str(tmp_path / "model" / "seed0")).fit(X, y).predict_proba(X)
    assert make_model("embedding", encoder=str(tmp_path / "model")).fit(X, y).predict_proba(X).tobytes() == first.tobytes()
