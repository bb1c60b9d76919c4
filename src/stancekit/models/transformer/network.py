"""The network: an encoder, the mean of its token vectors, a linear head a task."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.models.encoders.encode import Tokens, by_row, mean_pool, padded_batches
from stancekit.models.encoders.pretrained import read_model

_LAYER = re.compile(r"(?:^|\.)(?:layer|layers|h|block)\.(\d+)\.")


def tokenize(tokenizer: Any, texts: Sequence[Sequence[str]], max_length: int) -> list[Tokens]:
    """One row an input; `texts` holds the first and, where the encoder reads a pair, the second text of each input.

    Where the second text is empty the first is read alone, as a pipeline of `transformers` reads an input whose `text_pair` is
    empty or left out.
    """
    found: dict[int, Tokens] = {}
    pairs = list(zip(*texts, strict=True))
    for paired in (False, True):
        if chosen := [i for i, pair in enumerate(pairs) if (len(pair) == 2 and bool(pair[1])) == paired]:
            columns = [[pairs[i][side] for i in chosen] for side in range(1 + paired)]
            found |= zip(chosen, by_row(tokenizer(*columns, truncation="longest_first", max_length=max_length)), strict=True)
    return [found[i] for i in range(len(pairs))]


def load_network(folder: Path, sizes: Sequence[int]) -> Any:
    """The folder's encoder in float32 and, from torch's random state, a new head for each number of labels."""
    import torch

    encoder = read_model(folder, dtype=torch.float32)
    heads = torch.nn.ModuleList([torch.nn.Linear(encoder.config.hidden_size, size) for size in sizes])
    return torch.nn.ModuleDict({"encoder": encoder, "heads": heads})


def forward(network: Any, batch: dict[str, Any], dropout: Any = None) -> list[Any]:
    """One (height, n_classes) tensor of logits a task."""
    pooled = mean_pool(network["encoder"](**batch).last_hidden_state, batch["attention_mask"])
    if dropout is not None:
        pooled = dropout(pooled)
    return [head(pooled) for head in network["heads"]]


def probabilities(network: Any, rows: Sequence[Tokens], pad: int) -> list[NDArray[np.float64]]:
    """One (n, n_classes) array a task, in the order of the rows; what is in a batch with a row does not move its figures."""
    import torch

    results = [np.zeros((len(rows), head.out_features)) for head in network["heads"]]
    network.eval()
    with torch.inference_mode():
        for chosen, batch in padded_batches(rows, pad):
            for result, logits in zip(results, forward(network, batch), strict=True):
                result[chosen] = torch.softmax(logits.double(), dim=1).numpy()[: len(chosen)]
    return results


def depth(name: str, n_layers: int) -> int:
    """How high a parameter of an encoder sits: 0 for the embeddings, from 1 for its layers, above them for all else."""
    if match := _LAYER.search(name):
        return int(match[1]) + 1
    return 0 if "embed" in name else n_layers + 1
