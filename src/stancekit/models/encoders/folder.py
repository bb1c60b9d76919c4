"""Check what a folder asks of `transformers`: its own architectures with the weights beside them, and nothing else.

`transformers` can run code that a folder names, fetch another model or a kernel from the Hub, and unpickle weights. Whatever asks
for that is refused here, before the library sees the folder.
"""

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stancekit.errors import InputError, nearest
from stancekit.models.encoders.weights import weight_files

MAX_CONFIG = 64 * 2**20
"""Bytes of a configuration file."""
FEW_LAYERS = 100
"""At most this many layers are set up in no time, whether there are weights for them or not."""

_NO_CODE = "names code of its own, and no code of a model is ever run"
_ELSEWHERE = "names files in the place of those that are checked"
_REFUSED = {
    "auto_map": _NO_CODE,
    "custom_pipelines": _NO_CODE,
    "configuration_files": _ELSEWHERE,
    "transformers_weights": _ELSEWHERE,
    "gguf_file": _ELSEWHERE,
    "quantization_config": "asks for quantised weights, which are read by code from elsewhere",
}
# In a tokenizer's configuration alone: what is read from the files otherwise.
_REFUSED_OF_TOKENIZER = dict.fromkeys(("vocab", "merges", "tokenizer_object", "init_inputs"), _ELSEWHERE)
_OBJECTS = (
    "config.json",
    *("tokenizer_config.json", "special_tokens_map.json", "generation_config.json"),
    *("processor_config.json", "preprocessor_config.json", "video_preprocessor_config.json"),
)


def check_folder(folder: Path) -> None:
    """Raise `InputError` with the file and the key where a folder asks for more than its own weights in a known architecture."""
    if (adapter := folder / "adapter_config.json").exists():
        raise InputError(adapter, "is of an adapter (PEFT) to another model; merge it into that, and name the result")
    tensors = _check_weights(folder)
    named = {file for file in folder.glob("*config*.json") if not file.name.startswith(".")}  # not `._config.json` of a Mac
    configs = {file: _json(file) for file in sorted(named | {folder / name for name in _OBJECTS if (folder / name).exists()})}
    for file, content in configs.items():
        if file.name in _OBJECTS and not isinstance(content, dict):
            raise InputError(file, f"is no JSON object but {type(content).__name__}")
        for key, value in _entries(content):
            _check_entry(file, key, value, tensors)
    if folder / "config.json" not in configs:
        raise InputError(folder / "config.json", "no such file")
    _check_type(folder / "config.json", configs[folder / "config.json"])
    for file in (folder / "config.json", folder / "tokenizer_config.json"):
        _check_tokenizer(file, configs.get(file, {}))


def _check_weights(folder: Path) -> int:
    """How many tensors there are."""
    from safetensors import SafetensorError, safe_open

    count = 0
    for file in weight_files(folder):
        if not file.is_file():
            pickled = sorted(p.name for p in folder.iterdir() if p.suffix in (".bin", ".pt", ".pth", ".ckpt", ".h5", ".msgpack"))
            why = f"; {pickled[0]} is not read, since that can run code: save the model as safetensors" if pickled else ""
            raise InputError(file, f"no such file{why}")
        try:
            with safe_open(file, framework="numpy") as tensors:
                count += len(tensors.keys())
        except SafetensorError as error:
            raise InputError(file, f"is no safetensors file: {error}") from None
    return count


def _json(file: Path) -> Any:
    """As `transformers` reads it, once it is known to be a file and not too large."""
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_CONFIG:
            raise InputError(file, f"is no regular file of at most {MAX_CONFIG:,} bytes")
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(file, f"cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(file, f"is not JSON: {error}") from None


def _entries(content: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, at any depth."""
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from value.items()
        waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else [])


def _check_entry(file: Path, key: str, value: Any, tensors: int) -> None:
    refused = _REFUSED | (_REFUSED_OF_TOKENIZER if file.name == "tokenizer_config.json" else {})
    if key in refused and value not in (None, []):
        raise InputError(file, f"`{key}` {refused[key]}")
    if "_implementation" in key:
        for _, name in [("", value), *_entries(value)]:
            if isinstance(name, str) and ("/" in name or "flash" in name):
                raise InputError(file, f"`{key}` asks for the kernel '{name}', which is code from elsewhere", ["eager", "sdpa"])
    if re.fullmatch(r"(?:\w+_)?layers?", key) and isinstance(value, int) and value > max(tensors, FEW_LAYERS):
        raise InputError(file, f"`{key}` is {value}, and the weights are {tensors} tensors")


def _check_type(file: Path, config: dict[str, Any]) -> None:
    from transformers import CONFIG_MAPPING, __version__

    kind = config.get("model_type")
    if not isinstance(kind, str) or kind not in CONFIG_MAPPING:
        hint = nearest(kind, CONFIG_MAPPING.keys()) if isinstance(kind, str) else ""
        raise InputError(file, f"`model_type` is {kind!r}, which transformers {__version__} does not have{hint}")


def _check_tokenizer(file: Path, config: dict[str, Any]) -> None:
    """A class that is missing for want of a package is left for `transformers` to name it."""
    from transformers import PreTrainedTokenizerBase
    from transformers.models.auto.tokenization_auto import tokenizer_class_from_name
    from transformers.utils.import_utils import DummyObject

    name = config.get("tokenizer_class")
    if name is None:
        return
    found = tokenizer_class_from_name(name) or tokenizer_class_from_name(f"{name}Fast") if isinstance(name, str) else None
    if not isinstance(found, DummyObject) and not (isinstance(found, type) and issubclass(found, PreTrainedTokenizerBase)):
        raise InputError(file, f"`tokenizer_class` is {name!r}, which is no tokenizer of transformers")
