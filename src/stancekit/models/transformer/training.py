"""Fine-tuning: AdamW with a linear schedule, rates by layer, class and row weights, and the choice of when to stop."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.models.encoders.encode import Tokens, padded
from stancekit.models.transformer.network import depth, forward, probabilities

if TYPE_CHECKING:
    from stancekit.models.transformer.model import Transformer


@dataclass(frozen=True)
class Data:
    """Tokenised training rows.

    Attributes
    ----------
    targets : tensor (n, n_tasks), numbers of labels. sample_weight : tensor (n,) of mean 1, or `None`.
    class_weights : a tensor (n_classes,) a task. pad : the token that fills a batch up.
    """

    tokens: Sequence[Tokens]
    targets: Any
    sample_weight: Any
    class_weights: Sequence[Any]
    pad: int

    @classmethod
    def of(
        cls, tokens: Sequence[Tokens], targets: NDArray[np.int64], weights: Any, sizes: Sequence[int], *, balanced: bool, pad: int
    ) -> Self:
        """`balanced` weighs classes by their inverse frequencies, so that the mean weight of a row is 1."""
        import torch

        labels = torch.tensor(targets)
        sample_weight = None if weights is None else torch.tensor(weights / weights.mean())
        per_task = []
        for task, size in enumerate(sizes):
            counts = torch.bincount(labels[:, task], sample_weight, minlength=size).double()
            per_task.append((len(labels) / (size * counts) if balanced else torch.ones(size)).float())
        return cls(tokens, labels, sample_weight, per_task, pad)

    def rows(self, chosen: NDArray[np.int64]) -> "Data":
        """Some of the rows; the classes keep the weights that they have among all."""
        weights = None if self.sample_weight is None else self.sample_weight[chosen]
        return replace(self, tokens=[self.tokens[i] for i in chosen], targets=self.targets[chosen], sample_weight=weights)


def train(network: Any, data: Data, schedule: "Transformer", epochs: int) -> Iterator[int]:
    """Train by a model's parameters for this number of epochs, and give the number of each when it is done."""
    import torch

    optimizer = torch.optim.AdamW(_rates(network, schedule), weight_decay=0.01)
    total = schedule.epochs * math.ceil(len(data.tokens) / schedule.batch_size)
    warm = max(1, total // 10)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / warm, max(0.0, (total - s) / max(1, total - warm))))
    dropout = torch.nn.Dropout(schedule.dropout)
    lengths = [len(row["input_ids"]) for row in data.tokens]
    for epoch in range(epochs):
        network.train()
        for chosen in _bucketed(lengths, schedule.batch_size):
            optimizer.zero_grad()
            batch = padded([data.tokens[i] for i in chosen], max(lengths[i] for i in chosen), len(chosen), data.pad)
            losses = [_loss(logits, data, task, chosen) for task, logits in enumerate(forward(network, batch, dropout))]
            torch.stack(losses).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            rate.step()
        network.eval()
        yield epoch + 1


def best_epoch(network: Any, data: Data, held_out: Data, schedule: "Transformer", patience: int) -> int:
    """The epoch with the lowest loss on the rows held out; the trial ends after `patience` epochs without a lower one."""
    best, lowest = 1, math.inf
    for epoch in train(network, data, schedule, schedule.epochs):
        if (loss := log_loss(network, held_out)) < lowest:
            best, lowest = epoch, loss
        if epoch - best >= patience:
            break
    return best


def log_loss(network: Any, data: Data) -> float:
    """The mean negative log-likelihood of the rows, weighted as in training, summed over the tasks."""
    targets, total = data.targets.numpy(), 0.0
    weights = np.ones(len(targets)) if data.sample_weight is None else data.sample_weight.numpy()
    for task, proba in enumerate(probabilities(network, data.tokens, data.pad)):
        weight = weights * data.class_weights[task].numpy()[targets[:, task]]
        total -= float(np.average(np.log(np.maximum(proba[np.arange(len(targets)), targets[:, task]], 1e-12)), weights=weight))
    return total


def _rates(network: Any, schedule: "Transformer") -> list[dict[str, Any]]:
    """Parameters with their learning rates. What is frozen is taken out of training."""
    encoder = network["encoder"]
    top = encoder.config.num_hidden_layers
    heads = {"params": network["heads"].parameters(), "lr": schedule.head_learning_rate}
    by_depth: dict[int, list[Any]] = {}
    for name, parameter in encoder.named_parameters():
        level = depth(name, top)
        if schedule.freeze and level <= schedule.freeze:
            parameter.requires_grad_(False)
        else:
            by_depth.setdefault(level if schedule.layer_decay < 1 else top, []).append(parameter)
    groups = [
        {"params": found, "lr": schedule.learning_rate * schedule.layer_decay ** max(0, top - level)} for level, found in by_depth.items()
    ]
    return [*groups, heads]


def _loss(logits: Any, data: Data, task: int, chosen: Sequence[int]) -> Any:
    """The mean over the rows of the batch, not over their weights: a light batch moves the network less."""
    from torch.nn.functional import cross_entropy

    targets, weight = data.targets[chosen, task], data.class_weights[task]
    if data.sample_weight is None:
        return cross_entropy(logits, targets, weight=weight, reduction="sum") / len(targets)
    return (cross_entropy(logits, targets, weight=weight, reduction="none") * data.sample_weight[chosen].float()).sum() / len(targets)


def _bucketed(lengths: Sequence[int], size: int) -> list[list[int]]:
    """Row numbers in batches of random order, drawn from torch's random state."""
    import torch

    shuffled = torch.randperm(len(lengths)).tolist()
    window = size * 4
    pools = [sorted(shuffled[i : i + window], key=lambda r: lengths[r]) for i in range(0, len(shuffled), window)]
    batches = [pool[i : i + size] for pool in pools for i in range(0, len(pool), size)]
    return [batches[i] for i in torch.randperm(len(batches)).tolist()]
