"""A fitted TF-IDF model in the open: vocabulary and weights in plain files, scored with numpy and scipy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stancekit.files import parse_object, read_bytes, read_text, to_json, write_atomic
from stancekit.models.inputs import render
from stancekit.models.linear import LinearHead
from stancekit.models.ngrams import NgramBlock, stack
from stancekit.records import ModelInput


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
        from safetensors.numpy import load

        path = directory / "vocabulary.json"
        state = parse_object(read_text(path), path)
        idf = load(read_bytes(directory / "idf.safetensors"))
        blocks = tuple(
            NgramBlock(b["analyzer"], b["low"], b["high"], tuple(b["terms"]), idf[str(i)]) for i, b in enumerate(state["blocks"])
        )
        return cls(state["template"], blocks, LinearHead.load(directory))
