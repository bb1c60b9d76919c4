"""A network as a folder: an encoder that any recipe may name, and for each task a classifier that plain `transformers` loads.

    encoder/            config.json, model.safetensors, tokenizer: a Hugging Face encoder
    heads.safetensors   the linear heads, in the order of the tasks
    config.json ...     a stock sequence classifier of the first task, its tokenizer beside it
    <task>/             the same for each further task

The classifiers' first shard is the encoder's file under another name: a hard link, so that it takes no room.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_bytes, to_json
from stancekit.models.encoders.pretrained import blaming, quiet_transformers
from stancekit.models.transformer.network import load_network
from stancekit.models.transformer.stock import stock_classifier

ENCODER = "encoder"
_HEADS = "heads.safetensors"
_SHARDS = "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"


def write_network(folder: Path, network: Any, tokenizer: Any, labels: Mapping[str, Sequence[str]], max_length: int) -> None:
    """Write a network. `labels`: task → labels, in the order of the heads. Classifiers cut texts at `max_length` tokens."""
    encoder = network["encoder"]
    # Mean pooling trains no pooler, and the classifiers have one of their own.
    state = {name: tensor for name, tensor in encoder.state_dict().items() if not name.startswith("pooler.")}
    shared = {f"{encoder.base_model_prefix}.{name}".lstrip("."): tensor for name, tensor in state.items()}
    write_atomic(folder / ENCODER / "model.safetensors", _packed(shared))
    write_atomic(folder / _HEADS, _packed(network["heads"].state_dict()))
    with quiet_transformers():
        tokenizer.save_pretrained(folder / ENCODER)
        encoder.config.save_pretrained(folder / ENCODER)
        for i, (task, names) in enumerate(labels.items()):
            if (stock := stock_classifier(encoder, network["heads"][i], [str(name) for name in names])) is not None:
                _write_classifier(folder / task if i else folder, folder / ENCODER / "model.safetensors", list(shared), *stock)
                _save_tokenizer(tokenizer, folder / task if i else folder, max_length)


def read_network(folder: Path, sizes: Sequence[int]) -> Any:
    """The network that `write_network` wrote, in evaluation mode."""
    import torch
    from safetensors.torch import load

    with torch.random.fork_rng(devices=[]):  # heads are made at random, then overwritten
        network = load_network(folder / ENCODER, sizes)
    with blaming(folder / _HEADS):
        network["heads"].load_state_dict(load(read_bytes(folder / _HEADS)))
    if not all(torch.isfinite(tensor).all() for tensor in network["heads"].parameters()):
        raise InputError(folder / _HEADS, "holds values that are no finite numbers")
    return network.eval()


def _write_classifier(folder: Path, encoder: Path, shared: Sequence[str], config: Any, weights: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _link(encoder, folder / _SHARDS[0])
    write_atomic(folder / _SHARDS[1], _packed(weights))
    places = dict.fromkeys(shared, _SHARDS[0]) | dict.fromkeys(weights, _SHARDS[1])
    size = sum((folder / shard).stat().st_size for shard in _SHARDS)
    write_atomic(folder / "model.safetensors.index.json", to_json({"metadata": {"total_size": size}, "weight_map": places}))
    config.save_pretrained(folder)


def _save_tokenizer(tokenizer: Any, folder: Path, max_length: int) -> None:
    """With the length at which a pipeline called with `truncation=True` cuts."""
    before = tokenizer.model_max_length
    tokenizer.model_max_length = max_length
    try:
        tokenizer.save_pretrained(folder)
    finally:
        tokenizer.model_max_length = before


def _packed(tensors: Mapping[str, Any]) -> bytes:
    from safetensors.torch import save

    packed: bytes = save({name: tensor.detach().contiguous() for name, tensor in tensors.items()}, {"format": "pt"})
    return packed


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)
