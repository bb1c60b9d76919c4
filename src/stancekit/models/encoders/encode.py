"""A frozen sentence encoder: mean-pooled, normalised. A text is encoded once within an `encoding_cache`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.models.encoders.pretrained import blaming, read_model, read_tokenizer
from stancekit.models.encoders.pretrained import quiet_transformers as quiet_transformers
from stancekit.models.encoders.weights import resolve_weights

BATCH = 16
STEP = 16
"""Batches have one of few fixed shapes (16 rows, a multiple of 16 tokens), so that a text's vector does not depend on
which others it was encoded with: matrix kernels of another shape would move the last bits."""

Key = tuple[str | int, ...]
Tokens = Mapping[str, list[int]]
"""Token ids of one input, with what else the encoder takes."""

_cache: ContextVar[dict[Key, NDArray[np.float32]] | None] = ContextVar("encodings", default=None)


@contextmanager
def encoding_cache() -> Iterator[dict[Key, NDArray[np.float32]]]:
    """Within it every (encoder, max_length, text) is encoded once. An inner one shares the outer one's vectors."""
    if (outer := _cache.get()) is not None:
        yield outer
        return
    vectors: dict[Key, NDArray[np.float32]] = {}
    token = _cache.set(vectors)
    try:
        yield vectors
    finally:
        _cache.reset(token)


def encode(texts: Sequence[str], name: str, max_length: int = 256) -> NDArray[np.float32]:
    """(n, dimension), rows of unit length, in the order of the texts. Equal texts are encoded once."""
    if not texts:
        return np.zeros((0, load_encoder(name)[1].config.hidden_size), dtype=np.float32)
    keys: list[Key] = [(name, max_length, text) for text in texts]
    return np.stack(remembered(keys, lambda missing: _forward([str(key[-1]) for key in missing], name, max_length)))


def remembered(keys: Sequence[Key], compute: Callable[[list[Key]], NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    """One row a key, in their order; `compute` gives those of the keys not met before within the `encoding_cache`."""
    known = _cache.get()
    known = {} if known is None else known
    if missing := [key for key in dict.fromkeys(keys) if key not in known]:
        known.update(zip(missing, compute(missing), strict=True))
    return [known[key] for key in keys]


@lru_cache(maxsize=2)
def load_encoder(name: str) -> tuple[Any, Any]:
    """(tokenizer, model) in evaluation mode, from local files only."""
    return read_encoder(resolve_weights(name))


def read_encoder(folder: Path) -> tuple[Any, Any]:
    """(tokenizer, model) of a folder, read anew, in evaluation mode."""
    return read_tokenizer(folder), read_model(folder)


def mean_pool(hidden: Any, mask: Any) -> Any:
    """Mean of the token vectors (n, tokens, dimension) that are no padding, (n, dimension)."""
    weights = mask.unsqueeze(-1).to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)


def fixed_batches(lengths: Sequence[int], batch: int = BATCH) -> Iterator[tuple[list[int], int]]:
    """(rows, width) of each batch: rows of like length together, the width a multiple of `STEP`."""
    order = sorted(range(len(lengths)), key=lambda i: (-(-lengths[i] // STEP), i))
    by_width: dict[int, list[int]] = {}
    for i in order:
        by_width.setdefault(max(1, -(-lengths[i] // STEP)) * STEP, []).append(i)
    for width, rows in by_width.items():
        for start in range(0, len(rows), batch):
            yield rows[start : start + batch], width


def by_row(columns: Mapping[str, Sequence[list[int]]]) -> list[Tokens]:
    """What a tokenizer gives for several texts, text by text."""
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def padded_batches(tokens: Sequence[Tokens], pad: int) -> Iterator[tuple[list[int], dict[str, Any]]]:
    """(rows, tensors of shape (`BATCH`, width)) of each of the `fixed_batches`."""
    for rows, width in fixed_batches([len(row["input_ids"]) for row in tokens]):
        yield rows, padded([tokens[i] for i in rows], width, BATCH, pad)


def padded(tokens: Sequence[Tokens], width: int, height: int, pad: int) -> dict[str, Any]:
    """Tensors of shape (height, width); the rows that fill a batch up read one token of padding."""
    import torch

    batch = {key: torch.full((height, width), pad if key == "input_ids" else 0, dtype=torch.long) for key in tokens[0]}
    for slot, row in enumerate(tokens):
        for key, values in row.items():
            batch[key][slot, : len(values)] = torch.tensor(values)
    batch["attention_mask"][len(tokens) :, 0] = 1
    return batch


def _forward(texts: Sequence[str], name: str, max_length: int) -> NDArray[np.float32]:
    return pooled_vectors(texts, *load_encoder(name), max_length)


def pooled_vectors(texts: Sequence[str], tokenizer: Any, model: Any, max_length: int) -> NDArray[np.float32]:
    """(n, dimension) of a loaded encoder, rows of unit length; nothing is remembered."""
    with blaming(model.config.name_or_path):  # its tokenizer may give what the model does not know
        return _pooled(texts, tokenizer, model, max_length)


def _pooled(texts: Sequence[str], tokenizer: Any, model: Any, max_length: int) -> NDArray[np.float32]:
    import torch

    vectors = np.zeros((len(texts), model.config.hidden_size), dtype=np.float32)
    if not texts:
        return vectors
    ids = tokenizer(list(texts), truncation=True, max_length=max_length)["input_ids"]
    tokens: list[Tokens] = [{"input_ids": row, "attention_mask": [1] * len(row)} for row in ids]
    with torch.inference_mode():
        for rows, batch in padded_batches(tokens, tokenizer.pad_token_id):
            pooled = mean_pool(model(**batch).last_hidden_state, batch["attention_mask"])
            vectors[rows] = torch.nn.functional.normalize(pooled, dim=1).numpy()[: len(rows)]
    return vectors
