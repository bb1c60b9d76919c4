"""A fitted TF-IDF model in the open: vocabulary and weights in plain files, scored with numpy and scipy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.linear.head import LinearHead
from stancekit.models.linear.ngrams import NgramBlock, stack
from stancekit.models.params import Grams, Template
from stancekit.models.state import State, read_state, read_tensors
from stancekit.models.templates import render
from stancekit.records import ModelInput


class _Block(State):
    """What `NgramBlock` says of its features but for their weights."""

    analyzer: Literal["word", "char"]
    low: Grams
    high: Grams
    terms: list[str]


class _Vocabulary(State):
    """`vocabulary.json`."""

    template: Template
    blocks: Annotated[list[_Block], Field(min_length=1)]


@dataclass(frozen=True)
class TfidfScorer:
    """What a fitted `tfidf` model keeps. It loads in a fraction of the time that scikit-learn takes."""

    template: str
    blocks: tuple[NgramBlock, ...]
    head: LinearHead

    @property
    def classes_(self) -> NDArray[np.str_]:
        return np.array(self.head.classes)

    @property
    def terms(self) -> list[tuple[str, str]]:
        """(analyzer, n-gram) of each feature, in column order."""
        return [(block.analyzer, term) for block in self.blocks for term in block.terms]

    def top_words(self, count: int = 12) -> dict[str, list[tuple[str, float]]]:
        """Label → its (words, coefficient) of greatest weight, strongest first; character n-grams are left out."""
        words = [(column, term) for column, (analyzer, term) in enumerate(self.terms) if analyzer == "word"]
        if len(self.head.classes) == 1 or not words:
            return {label: [] for label in self.head.classes}
        result = {}
        for label, row in zip(self.head.classes, self.head.coef, strict=True):
            ranked = sorted(((term, float(row[column])) for column, term in words), key=lambda pair: (-pair[1], pair[0]))
            result[label] = [(term, round(weight, 6)) for term, weight in ranked[:count] if weight > 0]
        return result

    def predict_proba(self, X: Sequence[ModelInput | str]) -> NDArray[np.float64]:
        """(n, n_classes), rows sum to 1."""
        return self.head.proba(stack(self.blocks, render(self.template, X)))

    def save(self, directory: Path) -> None:
        from safetensors.numpy import save

        blocks = [{"analyzer": b.analyzer, "low": b.low, "high": b.high, "terms": b.terms} for b in self.blocks]
        write_atomic(directory / "vocabulary.json", to_json({"template": self.template, "blocks": blocks}))
        write_atomic(directory / "idf.safetensors", save({str(i): b.idf for i, b in enumerate(self.blocks)}))
        self.head.save(directory)

    @classmethod
    def load(cls, directory: Path) -> "TfidfScorer":
        known = read_state(directory / "vocabulary.json", _Vocabulary)
        idf = read_tensors(directory / "idf.safetensors", {str(i): (len(b.terms),) for i, b in enumerate(known.blocks)})
        blocks = tuple(NgramBlock(b.analyzer, b.low, b.high, tuple(b.terms), idf[str(i)]) for i, b in enumerate(known.blocks))
        return cls(known.template, blocks, LinearHead.load(directory, sum(len(b.terms) for b in blocks)))
