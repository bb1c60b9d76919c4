"""No code of a model is run, nothing asks, and what is wrong with an encoder's folder is said with its file and key."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from harm import reseal
from safetensors.torch import load_file, save_file

import stancekit
from stancekit.actors import Actors
from stancekit.codebook import Label, Task
from stancekit.crossval import fit_on_all
from stancekit.errors import InputError
from stancekit.models.encoders.pretrained import read_config, read_model, read_tokenizer
from stancekit.models.registry import make_model
from stancekit.models.saved import load_model, save_model
from toy import codebook, dataset

X, Y = ["the union said no", "good grades", "a bad court"], ["x", "y", "x"]
TASK = Task(question="?", labels={name: Label(definition="Good grades.", hypothesis="It is good.") for name in ("x", "y")}).model_dump()
CODE = {"AutoConfig": "evil.Evil", "AutoModel": "evil.Evil", "AutoModelForSequenceClassification": "evil.Evil"}


@pytest.fixture(autouse=True)
def _nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question fails the test at once."""

    def asked(*_: object) -> str:
        raise AssertionError("standard input was read")

    monkeypatch.setattr("builtins.input", asked)


def plant(folder: Path, *, known: bool = False) -> Path:
    """Put code beside an encoder that a trusting `transformers` would run; gives the file that it would write."""
    ran = folder.parent / f"{folder.name}-ran"
    (folder / "evil.py").write_text(f"from pathlib import Path\nPath({str(ran)!r}).touch()\n")
    for name, key in (("config.json", CODE), ("tokenizer_config.json", {"AutoTokenizer": ["evil.Evil", "evil.Evil"]})):
        content = json.loads((folder / name).read_text())
        kind = {} if known or "model_type" not in content else {"model_type": "evil"}
        (folder / name).write_text(json.dumps({**content, **kind, "auto_map": key}))
    return ran


@pytest.fixture
def copy(tiny_encoder: str, tmp_path: Path) -> Path:
    shutil.copytree(tiny_encoder, tmp_path / "encoder")
    return tmp_path / "encoder"


def change(file: Path, **entries: Any) -> None:
    content = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps(content | entries))


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("embedding", {}),
        ("zeroshot", {"task": TASK}),
        ("zeroshot", {"task": TASK, "kind": "nli"}),
        ("contrastive", {"epochs": 1}),
        ("transformer", {"epochs": 1}),
        ("ensemble", {}),
    ],
)
def test_code_beside_an_encoder_is_run_by_no_model(copy: Path, kind: str, params: dict[str, Any], known: bool) -> None:
    ran = plant(copy, known=known)
    given = {"members": {"e": {"model": "embedding", "params": {"encoder": str(copy)}}}} if kind == "ensemble" else {"encoder": str(copy)}
    with pytest.raises(InputError, match=r"config\.json: `auto_map` names code of its own, and no code of a model is ever run"):
        make_model(kind, **given, **params).fit(X, Y)
    assert not ran.exists()


@pytest.mark.parametrize(("kind", "place"), [("transformer", "encoder"), ("contrastive", "task0/encoder")])
def test_code_in_a_saved_model_is_not_run(tiny_encoder: str, tmp_path: Path, kind: str, place: str) -> None:
    model = fit_on_all(dataset(), kind, {"encoder": tiny_encoder, "epochs": 1, "max_length": 32})
    save_model(tmp_path / "model", model, recipe="r", codebook=codebook(), actors=Actors())
    ran = plant(tmp_path / "model" / place)
    reseal(tmp_path / "model")
    with pytest.raises(InputError, match="`auto_map` names code of its own"):
        load_model(tmp_path / "model")
    assert not ran.exists()


def command(*arguments: str, answers: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command line with a file of consent as its standard input, which must not be read."""
    answers.write_text("y\n" * 1000)
    with answers.open("rb") as consent:
        done = subprocess.run(
            [sys.executable, "-c", "from stancekit.cli.main import main; main()", *arguments],
            stdin=consent, capture_output=True, text=True, check=False, cwd=cwd,
        )  # fmt: skip
        assert os.lseek(consent.fileno(), 0, os.SEEK_CUR) == 0
    return done


def test_the_command_line_asks_nobody_and_ends_with_3(copy: Path, tmp_path: Path) -> None:
    ran = plant(copy)
    recipe = f"recipes: {{e: {{model: embedding, params: {{encoder: {copy}}}}}}}"
    (tmp_path / "mine.yaml").write_text(f"name: mine\ndata: {{train: train.jsonl, test: test.csv}}\ndefault: e\n{recipe}\n")
    rows = [("a good plan", "favor"), ("a bad plan", "against"), ("build it", "favor"), ("stop it", "against")]
    (tmp_path / "train.jsonl").write_text("".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in rows))
    (tmp_path / "test.csv").write_text("text,label\ngood,favor\nbad,against\n")
    out = str(tmp_path / "out")
    done = command("train", "mine.yaml", "--data", str(tmp_path), "--out", out, answers=tmp_path / "yes", cwd=tmp_path)
    assert (done.returncode, "`auto_map` names code of its own" in done.stderr) == (3, True), done.stderr
    assert not ran.exists()


def test_labelling_with_a_resealed_model_asks_nobody(tiny_encoder: str, tmp_path: Path) -> None:
    model = fit_on_all(dataset(), "transformer", {"encoder": tiny_encoder, "epochs": 1, "max_length": 32})
    save_model(tmp_path / "model", model, recipe="r", codebook=codebook(), actors=Actors())
    ran = plant(tmp_path / "model" / "encoder")
    reseal(tmp_path / "model")
    (tmp_path / "a.txt").write_text("The union said no.")
    done = command("label", "a.txt", "--model", "model", "--out", "labels", answers=tmp_path / "yes", cwd=tmp_path)
    assert (done.returncode, "`auto_map` names code of its own" in done.stderr) == (3, True), done.stderr
    assert not ran.exists()


@pytest.mark.parametrize(
    ("name", "entries", "message"),
    [
        ("config.json", {"model_type": "bret"}, r"`model_type` is 'bret', which transformers [\d.]+ does not have - did you mean 'bert'"),
        ("config.json", {"model_type": ["bert"]}, r"`model_type` is \['bert'\], which"),
        ("config.json", {"custom_pipelines": {"p": {"impl": "evil.P"}}}, "`custom_pipelines` names code of its own"),
        ("config.json", {"text_config": {"a": [{"auto_map": {}}]}}, r"config\.json: `auto_map` names code"),
        ("processor_config.json", {"auto_map": {"AutoProcessor": "evil.P"}}, r"processor_config\.json: `auto_map` names code"),
        ("config.json", {"_attn_implementation": "owner/kernel"}, "`_attn_implementation` asks for the kernel 'owner/kernel'"),
        ("config.json", {"attn_implementation": {"": "flash_attention_2"}}, "asks for the kernel 'flash_attention_2'"),
        ("config.json", {"quantization_config": {"quant_method": "fp8"}}, "`quantization_config` asks for quantised weights"),
        ("config.json", {"configuration_files": ["config.4.0.0.json"]}, "`configuration_files` names files in the place"),
        ("config.json", {"transformers_weights": "sub/w.safetensors"}, "`transformers_weights` names files in the place"),
        ("config.json", {"num_hidden_layers": 10**9}, "`num_hidden_layers` is 1000000000, and the weights are"),
        ("config.json", {"hidden_size": 20_000}, r"describes a network of [\d,]+ numbers, and the weights are 5,"),
        ("config.json", {"max_position_embeddings": 10**12}, "describes a network of"),
        ("config.json", {"num_hidden_layers": 3}, "lacks 16 tensors of the network that config.json describes, first 'encoder.layer.2"),
        ("config.json", {"intermediate_size": 17}, r"tensor '.*' is \(16,\); the network that config.json describes has \(17,\) there"),
        ("config.json", {"num_attention_heads": 0}, "encoder: can't be used: ZeroDivisionError"),
        ("config.json", {"hidden_act": "x"}, "encoder: can't be used: KeyError: 'x'"),
        ("config.json", {"num_hidden_layers": "two"}, "encoder: can't be used: .*num_hidden_layers"),
        ("config.json", {"tokenizer_class": "Evil"}, r"/config\.json: `tokenizer_class` is 'Evil', which is no tokenizer"),
        ("tokenizer_config.json", {"tokenizer_class": "AutoModelForCausalLM"}, "which is no tokenizer of transformers"),
        ("tokenizer_config.json", {"tokenizer_class": 3}, "`tokenizer_class` is 3, which is no tokenizer of transformers"),
        ("tokenizer_config.json", {"vocab": "/etc/hosts"}, "`vocab` names files in the place"),
        ("tokenizer_config.json", {"unk_token": 7}, "encoder: can't be used: "),
        ("adapter_config.json", {"base_model_name_or_path": "owner/model"}, r"adapter_config\.json: is of an adapter \(PEFT\)"),
    ],
)
def test_what_a_folder_may_not_ask_for(copy: Path, name: str, entries: dict[str, Any], message: str) -> None:
    change(copy / name, **entries)
    with pytest.raises(InputError, match=message):
        _ = read_tokenizer(copy), read_model(copy)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("config.json", "[]", r"config\.json: is no JSON object but list"),
        ("tokenizer_config.json", "7", r"tokenizer_config\.json: is no JSON object but int"),
        ("config.json", "{", r"config\.json: is not JSON: "),
        ("generation_config.json", "[" * 100_000, r"generation_config\.json: is not JSON: "),
        ("tokenizer.json", "{}", "encoder: can't be used: "),
        ("model.safetensors", "x" * 100, r"model\.safetensors: is no safetensors file"),
    ],
)
@pytest.mark.parametrize("read", [read_config, read_tokenizer, read_model])
def test_damaged_files(copy: Path, name: str, content: str, message: str, read: Callable[[Path], Any]) -> None:
    (copy / name).write_text(content)
    if name == "tokenizer.json" and read is not read_tokenizer:
        return
    with pytest.raises(InputError, match=message):
        read(copy)


def test_nothing_else_reads_what_others_made() -> None:
    """Code that a folder names is kept out in one place, which every reader goes through."""
    package = Path(stancekit.__file__).parent
    readers = ("from_pretrained(", "from_config(", "torch.load(", "import pickle", "import joblib")
    found = {(path.name, word) for path in package.rglob("*.py") for word in readers if word in path.read_text(encoding="utf-8")}
    to_workers = {("process.py", "import pickle"), ("ray.py", "import pickle")}  # what one process sends another, never a file
    assert found == {("pretrained.py", "from_pretrained("), ("pretrained.py", "from_config("), *to_workers}
    assert not [path for path in package.rglob("*.py") if "trust_remote_code=True" in path.read_text(encoding="utf-8")]


def test_what_an_operating_system_left_is_no_configuration(copy: Path) -> None:
    (copy / "._config.json").write_bytes(b"\0\5\x16\7")
    read_tokenizer(copy), read_model(copy)


def test_a_pipe_is_not_waited_for(copy: Path) -> None:
    (copy / "config.json").unlink()
    os.mkfifo(copy / "config.json")
    with pytest.raises(InputError, match=r"config\.json: is no regular file of at most"):
        read_config(copy)


def test_pickled_weights_are_not_read(copy: Path) -> None:
    torch.save({}, copy / "pytorch_model.bin")
    (copy / "model.safetensors").unlink()
    with pytest.raises(InputError, match=r"model\.safetensors: no such file; pytorch_model\.bin is not read, since that can run code"):
        read_model(copy)
    index = {"metadata": {}, "weight_map": {"a": "pytorch_model.bin"}}
    (copy / "model.safetensors.index.json").write_text(json.dumps(index))
    with pytest.raises(InputError, match=r"index\.json: names the part 'pytorch_model\.bin'; a safetensors file beside it is needed"):
        read_model(copy)


def test_weights_that_are_no_numbers_are_refused(copy: Path) -> None:
    tensors = load_file(copy / "model.safetensors")
    tensors["embeddings.word_embeddings.weight"][3, 3] = torch.nan
    save_file(tensors, copy / "model.safetensors", {"format": "pt"})
    with pytest.raises(InputError, match=r"tensor 'embeddings\.word_embeddings\.weight' holds values that are no finite numbers"):
        read_model(copy)


def test_a_token_that_the_network_does_not_know_is_said(copy: Path) -> None:
    content = json.loads((copy / "tokenizer.json").read_text())
    content["model"]["vocab"]["union"] = 9999
    (copy / "tokenizer.json").write_text(json.dumps(content))
    for kind in ("embedding", "transformer", "contrastive"):
        with pytest.raises(InputError, match=r"encoder: can't be used: IndexError: index out of range"):
            make_model(kind, encoder=str(copy), **({} if kind == "embedding" else {"epochs": 1})).fit(X, Y)
