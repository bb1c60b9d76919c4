"""Entailment scores of statements and hypotheses, by a cross-encoder trained on natural language inference."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.models.encoders.encode import Key, by_row, padded_batches, remembered
from stancekit.models.encoders.pretrained import blaming, read_config, read_model, read_tokenizer
from stancekit.models.encoders.weights import PACKAGED, resolve_weights


def entailment(premises: Sequence[str], hypotheses: Sequence[str], name: str, max_length: int) -> NDArray[np.float64]:
    """(n_premises, n_hypotheses) logits of "the premise entails the hypothesis".

    `name` is as for `resolve_weights`. Within an `encoding_cache` a pair is read once. Raises `InputError` where the
    checkpoint has no entailment label.
    """
    keys: list[Key] = [(name, max_length, premise, hypothesis) for premise in premises for hypothesis in hypotheses]
    rows = remembered(keys, lambda missing: _forward([(str(key[2]), str(key[3])) for key in missing], name, max_length))
    return np.array(rows, dtype=np.float64).reshape(len(premises), len(hypotheses))


@lru_cache(maxsize=1)
def load_cross_encoder(name: str) -> tuple[Any, Any, int]:
    """(tokenizer, model in evaluation mode, column of the entailment label), from local files only."""
    folder = resolve_weights(name)
    labels = read_config(folder).id2label
    columns = [int(column) for column, label in labels.items() if str(label).casefold().startswith("entail")]
    if len(columns) != 1:
        found = ", ".join(map(str, labels.values()))
        hint = "; the packaged encoder is one for kind: bi" if name == PACKAGED else ""
        raise InputError(f"encoder '{name}'", f"is no cross-encoder of entailment: its labels are {found}{hint}", ["entailment"])
    return read_tokenizer(folder), read_model(folder, "AutoModelForSequenceClassification"), columns[0]


def _forward(pairs: Sequence[tuple[str, str]], name: str, max_length: int) -> NDArray[np.float32]:
    """(n,) logits; batches have fixed shapes for the reason that those of `encoder` have."""
    tokenizer, model, column = load_cross_encoder(name)
    with blaming(f"encoder '{name}'"):
        return _logits(pairs, tokenizer, model, column, max_length)


def _logits(pairs: Sequence[tuple[str, str]], tokenizer: Any, model: Any, column: int, max_length: int) -> NDArray[np.float32]:
    import torch

    firsts, seconds = (list(side) for side in zip(*pairs, strict=True))
    read = tokenizer(firsts, seconds, truncation="longest_first", max_length=max_length)
    logits = np.zeros(len(pairs), dtype=np.float32)
    with torch.inference_mode():
        for rows, batch in padded_batches(by_row(read), tokenizer.pad_token_id or 0):
            logits[rows] = model(**batch).logits[: len(rows), column].numpy()
    return logits
