"""A fine-tuned transformer: one encoder, a linear head for each task, the statement read in its context."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from stancekit.errors import InputError
from stancekit.files import parse_object, read_bytes, read_text, to_json, write_atomic
from stancekit.models.base import Inputs, TextModel, check_weights
from stancekit.models.encoder import fixed_batches, mean_pool, quiet_transformers
from stancekit.models.inputs import render
from stancekit.models.params import ClassWeight, Count, Natural, Positive, Share, Template
from stancekit.models.weights import PACKAGED, resolve_weights


class Transformer(TextModel):
    """Fine-tunes a BERT-like encoder jointly for all tasks, by mean pooling and a linear head a task.

    `fit` takes `y` of shape (n,) or (n, n_tasks); with several tasks `classes_` and `predict_proba` are lists.

    Parameters
    ----------
    template, pair_template : the first and, where given, the second text that the encoder reads.
    encoder : a folder, `all-MiniLM-L6-v2`, or `owner/model@revision`.
    epochs, batch_size, learning_rate, head_learning_rate, dropout : of AdamW with a linear warm-up over a tenth of
        the steps and a linear decay. class_weight : `balanced`, or `None`.
    freeze : how many of the lowest layers stay as they are, with the word embeddings; 0 trains everything.
    max_length : in tokens; the rest is cut. seed : of the heads, the dropout and the order of the batches.
    """

    multitask = True
    classes_: Any

    def __init__(
        self,
        template: Template = "{text}",
        pair_template: Template | None = None,
        encoder: str = PACKAGED,
        epochs: Count = 8,
        batch_size: Count = 8,
        learning_rate: Positive = 1e-4,
        head_learning_rate: Positive = 1e-3,
        dropout: Share = 0.1,
        class_weight: ClassWeight = "balanced",
        freeze: Natural = 0,
        max_length: Count = 128,
        seed: Natural = 0,
    ) -> None:
        self.template = template
        self.pair_template = pair_template
        self.encoder = encoder
        self.epochs = epochs
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.head_learning_rate = head_learning_rate
        self.dropout = dropout
        self.class_weight = class_weight
        self.freeze = freeze
        self.max_length = max_length
        self.seed = seed

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None) -> Self:
        import torch

        labels = np.asarray(y, dtype=np.str_)
        if labels.ndim not in (1, 2) or len(labels) != len(X) or not len(X):
            raise InputError("y", f"has shape {labels.shape}; labels for each of {len(X)} inputs, and at least one, are needed")
        weights = check_weights(X, sample_weight)
        columns = labels.reshape(len(X), -1).T
        per_task = [np.unique(column) for column in columns]
        targets = np.stack([np.searchsorted(classes, column) for classes, column in zip(per_task, columns, strict=True)], axis=1)
        with torch.random.fork_rng(devices=[]):  # the caller's random state is none of our business
            torch.manual_seed(self.seed)
            self._build(resolve_weights(self.encoder), [len(classes) for classes in per_task])
            self._train(self._tokenize(X), torch.tensor(targets), None if weights is None else torch.tensor(weights / weights.mean()))
        self.classes_ = per_task if labels.ndim == 2 else per_task[0]
        return self

    def predict_proba(self, X: Inputs) -> Any:
        """(n, n_classes), or one such array a task where `fit` had several."""
        import torch

        self._check_fitted()
        several = isinstance(self.classes_, list)
        sizes = [len(c) for c in (self.classes_ if several else [self.classes_])]
        results = [np.zeros((len(X), size)) for size in sizes]
        rows = self._tokenize(X)
        self.network_.eval()
        with torch.inference_mode():
            for chosen, width in fixed_batches([len(row["input_ids"]) for row in rows]):
                for result, logits in zip(results, self._logits([rows[i] for i in chosen], width), strict=True):
                    result[chosen] = torch.softmax(logits.double(), dim=1).numpy()[: len(chosen)]
        return results if several else results[0]

    def predict(self, X: Inputs) -> Any:
        """(n,), or (n, n_tasks) where `fit` had several tasks."""
        if not isinstance(getattr(self, "classes_", None), list):
            return super().predict(X)
        return np.stack([c[p.argmax(axis=1)] for c, p in zip(self.classes_, self.predict_proba(X), strict=True)], axis=1)

    def _build(self, folder: Path, sizes: Sequence[int], *, pretrained: bool = True) -> None:
        import torch
        from transformers import AutoConfig, AutoModel, AutoTokenizer

        with quiet_transformers():
            self.tokenizer_ = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            if pretrained:
                encoder = AutoModel.from_pretrained(folder, local_files_only=True, use_safetensors=True, dtype=torch.float32)
            else:
                encoder = AutoModel.from_config(AutoConfig.from_pretrained(folder, local_files_only=True))
        heads = torch.nn.ModuleList([torch.nn.Linear(encoder.config.hidden_size, size) for size in sizes])
        self.network_ = torch.nn.ModuleDict({"encoder": encoder, "heads": heads})

    def _tokenize(self, X: Inputs) -> Any:
        """A `datasets.Dataset` with one row of token ids an input."""
        import datasets

        columns = {"first": render(self.template, X)}
        if self.pair_template:
            columns["second"] = render(self.pair_template, X)

        def tokenize(batch: dict[str, list[str]]) -> Any:
            return self.tokenizer_(*batch.values(), truncation="longest_first", max_length=self.max_length)

        if not len(X):
            return datasets.Dataset.from_dict({"input_ids": []})
        rows = datasets.Dataset.from_dict(columns)
        shown = datasets.utils.logging.is_progress_bar_enabled()
        datasets.disable_progress_bars()
        try:
            return list(rows.map(tokenize, batched=True, remove_columns=rows.column_names, new_fingerprint="tokens"))
        finally:
            if shown:
                datasets.enable_progress_bars()

    def _logits(self, rows: Sequence[dict[str, list[int]]], width: int, *, height: int = 16, dropout: Any = None) -> list[Any]:
        """One (height, n_classes) tensor a task; rows past the given ones are filling."""
        import torch

        padding = {"input_ids": self.tokenizer_.pad_token_id or 0}
        batch = {key: torch.full((height, width), padding.get(key, 0), dtype=torch.long) for key in rows[0]}
        for slot, row in enumerate(rows):
            for key, values in row.items():
                batch[key][slot, : len(values)] = torch.tensor(values)
        batch["attention_mask"][len(rows) :, 0] = 1
        pooled = mean_pool(self.network_["encoder"](**batch).last_hidden_state, batch["attention_mask"])
        if dropout is not None:
            pooled = dropout(pooled)
        return [head(pooled) for head in self.network_["heads"]]

    def _train(self, rows: Any, targets: Any, sample_weight: Any) -> None:
        import torch

        network, encoder = self.network_, self.network_["encoder"]
        if self.freeze:
            layers = [encoder.embeddings, *encoder.encoder.layer[: self.freeze]]
            for parameter in (p for layer in layers for p in layer.parameters()):
                parameter.requires_grad_(False)
        trained = [p for p in encoder.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(
            [{"params": trained, "lr": self.learning_rate}, {"params": network["heads"].parameters(), "lr": self.head_learning_rate}],
            weight_decay=0.01,
        )
        weights = [self._weights(targets[:, task], len(head.weight), sample_weight) for task, head in enumerate(network["heads"])]
        total = self.epochs * math.ceil(len(rows) / self.batch_size)
        warm = max(1, total // 10)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / warm, max(0.0, (total - s) / max(1, total - warm))))
        dropout = torch.nn.Dropout(self.dropout)
        network.train()
        lengths = [len(row["input_ids"]) for row in rows]
        for _ in range(self.epochs):
            for chosen in self._bucketed(lengths):
                optimizer.zero_grad()
                logits = self._logits([rows[i] for i in chosen], max(lengths[i] for i in chosen), height=len(chosen), dropout=dropout)
                losses = [self._loss(out, targets[chosen, task], weights[task], None if sample_weight is None else sample_weight[chosen])
                          for task, out in enumerate(logits)]  # fmt: skip
                torch.stack(losses).sum().backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimizer.step()
                schedule.step()
        network.eval()

    def _loss(self, logits: Any, targets: Any, class_weight: Any, sample_weight: Any) -> Any:
        """The mean over the rows of the batch, not over their weights: a light batch moves the network less."""
        from torch.nn.functional import cross_entropy

        if sample_weight is None:
            return cross_entropy(logits, targets, weight=class_weight, reduction="sum") / len(targets)
        return (cross_entropy(logits, targets, weight=class_weight, reduction="none") * sample_weight.float()).sum() / len(targets)

    def _weights(self, targets: Any, size: int, sample_weight: Any) -> Any:
        """Inverse class frequencies, so that the mean weight of a training row is 1."""
        import torch

        counts = torch.bincount(targets, sample_weight, minlength=size).double()
        return (len(targets) / (size * counts) if self.class_weight == "balanced" else torch.ones(size)).float()

    def _bucketed(self, lengths: Sequence[int]) -> list[list[int]]:
        """Batches in random order; rows of like length together, so that little of a batch is padding."""
        import torch

        shuffled = torch.randperm(len(lengths)).tolist()
        window = self.batch_size * 4
        pools = [sorted(shuffled[i : i + window], key=lambda r: lengths[r]) for i in range(0, len(shuffled), window)]
        batches = [pool[i : i + self.batch_size] for pool in pools for i in range(0, len(pool), self.batch_size)]
        return [batches[i] for i in torch.randperm(len(batches)).tolist()]

    def _write(self, directory: Path) -> None:
        from safetensors.torch import save

        several = isinstance(self.classes_, list)
        classes = [c.tolist() for c in self.classes_] if several else self.classes_.tolist()
        write_atomic(directory / "classes.json", to_json({"classes": classes}))
        tensors = {name: tensor.contiguous() for name, tensor in self.network_.state_dict().items()}
        write_atomic(directory / "network.safetensors", save(tensors))
        with quiet_transformers():
            self.tokenizer_.save_pretrained(directory / "encoder")
            self.network_["encoder"].config.save_pretrained(directory / "encoder")

    def _read(self, directory: Path) -> None:
        from safetensors.torch import load

        path = directory / "classes.json"
        classes = parse_object(read_text(path), path)["classes"]
        several = isinstance(classes[0], list)
        per_task = [np.array(c) for c in classes] if several else [np.array(classes)]
        self._build(directory / "encoder", [len(c) for c in per_task], pretrained=False)
        self.network_.load_state_dict(load(read_bytes(directory / "network.safetensors")))
        self.network_.eval()
        self.classes_ = per_task if several else per_task[0]
