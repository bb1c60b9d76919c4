"""A fine-tuned transformer: one encoder, a linear head for each task, the statement read in its context."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, TextModel, Weights
from stancekit.models.encoders.pretrained import blaming, read_tokenizer
from stancekit.models.encoders.weights import PACKAGED, resolve_weights
from stancekit.models.params import ClassWeight, Count, Natural, Positive, Share, Template
from stancekit.models.state import Classes, State, read_state
from stancekit.models.templates import render
from stancekit.models.transformer.checkpoint import ENCODER, read_network, write_network
from stancekit.models.transformer.held_out import held_out
from stancekit.models.transformer.network import load_network, probabilities, tokenize
from stancekit.models.transformer.training import Data, best_epoch, train

Decay = Annotated[float, Field(gt=0, le=1)]


class _Classes(State):
    """`classes.json`: the labels of one task, or those of each of several."""

    classes: Classes | Annotated[list[Classes], Field(min_length=1)]


@dataclass(eq=False, repr=False)
class Transformer(TextModel):
    """Fine-tunes a BERT-like encoder jointly for all tasks, by mean pooling and a linear head a task.

    `fit` takes `y` of shape (n,) or (n, n_tasks); with several tasks `classes_` and `predict_proba` are lists.

    Parameters
    ----------
    template, pair_template : the first and, where given, the second text that the encoder reads.
    encoder : a folder, `all-MiniLM-L6-v2`, or `owner/model@revision`.
    epochs, batch_size, learning_rate, head_learning_rate, dropout : of AdamW with a linear warm-up over a tenth of
        the steps and a linear decay. class_weight : `balanced`, or `None`.
    layer_decay : a layer's learning rate is that of the layer above it times this; 1 is one rate for all layers.
        Ref: Howard and Ruder 2018, doi:10.18653/v1/P18-1031.
    freeze : how many of the lowest layers stay as they are, with the word embeddings; 0 trains everything.
    early_stopping : the share of the training rows held out to choose how many of the `epochs` to train; 0 trains them
        all. Whole `groups` are held out, and what repeats them is left out of the trial. patience : so many epochs
        without a lower loss on them end the trial. The network is then trained anew on every row, by the same schedule
        and for the epochs chosen: of a hundred rows holding out a fifth costs too much, and may hold all of a class.
    n_seeds : how many networks are trained, with `n_seeds * seed` and the numbers after it as their seeds; their
        probabilities are averaged. seed : of the heads, the dropout, the order of the batches and the rows held out.
    max_length : in tokens; the rest is cut. tasks : names of the tasks, for the folders that are saved.

    Attributes
    ----------
    chosen_ : with early stopping, the `epochs` trained, `of` how many, the rows `held_out`; else empty.
    """

    model_type = "transformer"
    multitask = True

    template: Template = "{text}"
    pair_template: Template | None = None
    encoder: str = PACKAGED
    epochs: Count = 8
    batch_size: Count = 8
    learning_rate: Positive = 1e-4
    head_learning_rate: Positive = 1e-3
    layer_decay: Decay = 1.0
    dropout: Share = 0.1
    class_weight: ClassWeight = "balanced"
    freeze: Natural = 0
    early_stopping: Share = 0.0
    patience: Count = 2
    max_length: Count = 128
    n_seeds: Count = 1
    seed: Natural = 0
    tasks: list[str] | None = None

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        import torch

        columns = y.reshape(len(X), -1).T
        per_task = [np.unique(column) for column in columns]
        targets = np.stack([np.searchsorted(classes, column) for classes, column in zip(per_task, columns, strict=True)], axis=1)
        with torch.random.fork_rng(devices=[]):  # the caller's random state is none of our business
            self._train(X, [len(classes) for classes in per_task], targets, weights, groups)

    def _proba(self, X: Inputs) -> Any:
        rows = self._tokenize(X)
        with blaming(self.tokenizer_.name_or_path):  # it may give what the network does not know
            by_network = [probabilities(network, rows, self._pad) for network in self.networks_]
        results = [np.mean(arrays, axis=0) if len(arrays) > 1 else arrays[0] for arrays in zip(*by_network, strict=True)]
        return results if isinstance(self.classes_, list) else results[0]

    def _train(self, X: Inputs, sizes: list[int], targets: NDArray[np.int64], weights: Any, groups: Any) -> None:
        import torch

        folder, seeds = resolve_weights(self.encoder), [self.seed * self.n_seeds + i for i in range(self.n_seeds)]
        self.tokenizer_ = read_tokenizer(folder)
        data = Data.of(self._tokenize(X), targets, weights, sizes, balanced=self.class_weight == "balanced", pad=self._pad)

        def new_network(seed: int) -> Any:
            torch.manual_seed(seed)
            return load_network(folder, sizes)

        epochs, self.chosen_ = self.epochs, {}
        split = held_out(X, groups, self.reads, self.early_stopping, seeds[0]) if self.early_stopping else None
        with blaming(folder):
            if split:
                epochs = best_epoch(new_network(seeds[0]), data.rows(split[0]), data.rows(split[1]), self, self.patience)
                self.chosen_ = {"epochs": epochs, "of": self.epochs, "held_out": len(split[1])}
            self.networks_ = []
            for seed in seeds:
                self.networks_.append(network := new_network(seed))
                for _ in train(network, data, self, epochs):
                    pass

    @property
    def _pad(self) -> int:
        return self.tokenizer_.pad_token_id or 0

    def _tokenize(self, X: Inputs) -> Any:
        pair = [render(self.pair_template, X)] if self.pair_template else []
        with blaming(self.tokenizer_.name_or_path):
            return tokenize(self.tokenizer_, [render(self.template, X), *pair], self.max_length)

    def _write(self, directory: Path) -> None:
        several = isinstance(self.classes_, list)
        per_task = self.classes_ if several else [self.classes_]
        write_atomic(directory / "classes.json", to_json({"classes": [c.tolist() for c in per_task] if several else per_task[0].tolist()}))
        given = self.tasks if self.tasks and len(self.tasks) == len(per_task) else [ENCODER] * len(per_task)
        names = [f"task{i}" if name == ENCODER else name for i, name in enumerate(given)]  # that folder is taken
        for folder, network in zip(self._folders(directory), self.networks_, strict=True):
            write_network(folder, network, self.tokenizer_, dict(zip(names, per_task, strict=True)), self.max_length)

    def _read(self, directory: Path) -> None:
        classes = read_state(directory / "classes.json", _Classes).classes
        several = isinstance(classes[0], list)
        per_task = [np.array(c) for c in classes] if several else [np.array(classes)]
        if self.n_seeds > 1 and not (last := directory / f"seed{self.n_seeds - 1}").is_dir():
            raise InputError(last, f"no such folder; by `n_seeds` there are {self.n_seeds} networks")
        folders = self._folders(directory)
        self.networks_ = [read_network(folder, [len(c) for c in per_task]) for folder in folders]
        self.tokenizer_ = read_tokenizer(folders[0] / ENCODER)
        self.classes_ = per_task if several else per_task[0]

    def _folders(self, directory: Path) -> Sequence[Path]:
        """One a network: the directory itself where there is but one."""
        return [directory] if self.n_seeds == 1 else [directory / f"seed{i}" for i in range(self.n_seeds)]
