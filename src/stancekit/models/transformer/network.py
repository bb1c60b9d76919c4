"""The network: an encoder, the mean of its token vectors, a linear head a task."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.models.encoders.encode import BATCH, fixed_batches, mean_pool
from stancekit.models.encoders.pretrained import read_model
from stancekit.models.transformer.batches import Row, padded

_LAYER = re.compile(r"(?:^|\.)(?:layer|layers|h|block)\.(\d+)\.")


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


def probabilities(network: Any, rows: Sequence[Row], pad: int) -> list[NDArray[np.float64]]:
    """One (n, n_classes) array a task, in the order of the rows; what is in a batch with a row does not move its figures."""
    import torch

    results = [np.zeros((len(rows), head.out_features)) for head in network["heads"]]
    network.eval()
    with torch.inference_mode():
        for chosen, width in fixed_batches([len(row["input_ids"]) for row in rows]):
            batch = padded([rows[i] for i in chosen], width, BATCH, pad)
            for result, logits in zip(results, forward(network, batch), strict=True):
                result[chosen] = torch.softmax(logits.double(), dim=1).numpy()[: len(chosen)]
    return results


def depth(name: str, n_layers: int) -> int:
    """How high a parameter of an encoder sits: 0 for the embeddings, from 1 for its layers, above them for all else."""
    if match := _LAYER.search(name):
        return int(match[1]) + 1
    return 0 if "embed" in name else n_layers + 1
