"""Zero-shot classification by the definitions of labels, alone or as features of a small learnt head."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, TextModel, Weights
from stancekit.models.encoders.encode import encode, load_encoder
from stancekit.models.encoders.nli import entailment, load_cross_encoder
from stancekit.models.encoders.weights import PACKAGED, check_encoder, encoder_digest, tokenizer_digest
from stancekit.models.linear.head import LinearHead, fit_head
from stancekit.models.params import ClassWeight, Count, Positive, Template
from stancekit.models.state import Classes, Digest, State, read_state
from stancekit.models.templates import render

Describe = Literal["definition", "hypothesis", "both"]


class _Known(State):
    """`zeroshot.json`. A model of before there was `tokenizer` lacks it."""

    classes: Classes
    descriptions: dict[str, Annotated[list[str], Field(min_length=1)]]
    encoder: Digest
    tokenizer: Digest | None = None


@dataclass(eq=False, repr=False)
class Zeroshot(TextModel):
    """Score labels by similarity to, or entailment of, their definitions.

    `fit` learns only which labels there are. `bi`: the cosine between the vector of the statement and those of the label's descriptions;
    works with any sentence encoder, the packaged one included. `nli`: the logit by which the statement entails the label's hypothesis, by a
    cross-encoder with an entailment label. Either is divided by the temperature and goes through a softmax. With `head`
    it is no longer zero-shot: the fits to all labels of the task are the features of a logistic regression, which has so
    few weights that some dozens of statements teach it.

    Parameters
    ----------
    template : what it reads. encoder : a folder, `all-MiniLM-L6-v2`, or `owner/model@revision`; for `nli` a cross-encoder.
    describe : a label by the clauses of its `definition`, its `hypothesis`, or `both`; a label without hypothesis by its
        definition. For `nli` it is the hypothesis, or the whole definition.
    pool : of several descriptions of a label the best fit counts (`max`), or their `mean`.
    head : learn from the labels of the training rows too. C, class_weight : of that head.
    temperature : `None` for 0.07 (`bi`) or 1 (`nli`). It moves no label, only how sure the probabilities are.
    max_length : in tokens; the rest is cut. task : what the codebook says of the task (`codebook.Task` as plain JSON).

    References
    ----------
    Yin, Hay and Roth (2019), Benchmarking zero-shot text classification, EMNLP, doi:10.18653/v1/D19-1404.
    """

    model_type = "zeroshot"

    template: Template = "{text}"
    encoder: str = PACKAGED
    kind: Literal["bi", "nli"] = "bi"
    describe: Describe = "both"
    pool: Literal["max", "mean"] = "max"
    head: bool = False
    C: Positive = 1.0
    class_weight: ClassWeight = "balanced"
    temperature: Positive | None = None
    max_length: Count = 256
    task: dict[str, Any] | None = None

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        if self.task is None:
            raise InputError("model type 'zeroshot'", "has no task to take definitions from; give it a codebook's")
        classes, entries = np.unique(y), self.task["labels"]
        if unknown := [label for label in classes.tolist() if label not in entries]:
            raise InputError("y", f"label '{unknown[0]}' is not in the task '{self.task['question']}'", entries)
        # A checkpoint that will not do is refused here, not when it is to label.
        load_cross_encoder(self.encoder) if self.kind == "nli" else load_encoder(self.encoder)
        by: Describe | Literal["nli"] = "nli" if self.kind == "nli" else self.describe
        described = sorted(entries) if self.head else classes.tolist()
        self.descriptions_ = {label: descriptions(entries[label], by) for label in described}
        if self.head:
            self.head_ = fit_head(self._fits(X), y, "logistic", self.C, self.class_weight, weights)

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        scores = self._fits(X)
        if self.head:
            return self.head_.proba(scores)
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        result: NDArray[np.float64] = scores / scores.sum(axis=1, keepdims=True)
        return result

    def _fits(self, X: Inputs) -> NDArray[np.float64]:
        """How well each statement fits each described label, over the temperature: (n, n_described)."""
        texts, described = render(self.template, X), list(self.descriptions_.values())
        if self.kind == "nli":
            scores = entailment(texts, [first for first, *_ in described], self.encoder, self.max_length)
        else:
            scores = self._similarities(texts, described)
        fits: NDArray[np.float64] = scores / (self.temperature or (1.0 if self.kind == "nli" else 0.07))
        return fits

    def _similarities(self, texts: Sequence[str], described: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """(n, n_described): the greatest, or mean, cosine with the descriptions of the label."""
        vectors = encode(texts, self.encoder, self.max_length).astype(np.float64)
        known = [encode(d, self.encoder, self.max_length).astype(np.float64) for d in described]
        # Row by row: a BLAS product would move the last bits with the number of rows.
        cosines = [np.einsum("nd,cd->nc", vectors, d) for d in known]
        return np.stack([c.max(axis=1) if self.pool == "max" else c.mean(axis=1) for c in cosines], axis=1)

    def _write(self, directory: Path) -> None:
        described = {label: list(d) for label, d in self.descriptions_.items()}
        encoder = {"encoder": encoder_digest(self.encoder), "tokenizer": tokenizer_digest(self.encoder)}
        known = {"classes": self.classes_.tolist(), "descriptions": described, **encoder}
        if self.head:
            self.head_.save(directory)
        write_atomic(directory / "zeroshot.json", to_json(known))

    def _read(self, directory: Path) -> None:
        path = directory / "zeroshot.json"
        known = read_state(path, _Known)
        check_encoder(self.encoder, path, known.encoder, known.tokenizer)
        self.descriptions_ = {label: tuple(d) for label, d in known.descriptions.items()}
        self.classes_ = np.array(known.classes)
        if self.head:
            self.head_ = LinearHead.load(directory, len(self.descriptions_), known.classes)
        elif list(self.descriptions_) != known.classes:
            raise InputError(path, "`descriptions` are of other labels than `classes`", map(str, known.classes))


def descriptions(entry: Mapping[str, Any], by: Literal["nli"] | Describe) -> tuple[str, ...]:
    """What a label is recognised by: the clauses of its definition, cut at commas, semicolons and full stops; its hypothesis."""
    definition, hypothesis = str(entry["definition"]), str(entry["hypothesis"])
    if by == "nli":
        return (hypothesis or definition,)
    if by == "hypothesis" and hypothesis:
        return (hypothesis,)
    clauses = [clause.strip() for clause in re.split(r"[,;.](?:\s+|$)", definition)]
    return tuple(dict.fromkeys([*filter(None, clauses), *([hypothesis] if by == "both" and hypothesis else [])]))
