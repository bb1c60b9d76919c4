"""Word and character n-grams under a linear classifier: the baseline that is hard to beat on little text."""

from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.models.base import Inputs, TextModel, check_weights, check_y
from stancekit.models.linear.head import Classifier, fit_head
from stancekit.models.linear.ngrams import fit_block, stack
from stancekit.models.linear.tfidf_scorer import TfidfScorer
from stancekit.models.params import ClassWeight, Positive, Span, Template
from stancekit.models.templates import render


class Tfidf(TextModel):
    """TF-IDF with logistic regression or a linear support vector machine.

    Parameters
    ----------
    template : what it reads, such as `"{holder}: {text}"`.
    words, chars : lowest and highest n of the word and character n-grams, `None` for none of that kind.
    classifier : `logistic`, or `svm`, whose probabilities are the softmax of its margins.
    C : inverse strength of the L2 penalty. class_weight : `balanced`, or `None`.
    """

    def __init__(
        self,
        template: Template = "{text}",
        words: Span | None = (1, 2),
        chars: Span | None = (2, 5),
        classifier: Classifier = "logistic",
        C: Positive = 1.0,
        class_weight: ClassWeight = "balanced",
    ) -> None:
        self.template = template
        self.words = words
        self.chars = chars
        self.classifier = classifier
        self.C = C
        self.class_weight = class_weight

    def check(self) -> None:
        if not self.words and not self.chars:
            raise InputError("model type 'tfidf'", "with neither words nor chars it would read nothing; give one of them")

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None) -> Self:
        self.check()
        labels, weights = check_y(X, y), check_weights(X, sample_weight)
        texts = render(self.template, X)
        spans = [("word", self.words), ("char", self.chars)]
        blocks = tuple(fit_block(texts, analyzer, *span) for analyzer, span in spans if span)
        head = fit_head(stack(blocks, texts), labels, self.classifier, self.C, self.class_weight, weights)
        self._adopt(TfidfScorer(self.template, blocks, head))
        return self

    def predict_proba(self, X: Inputs) -> NDArray[np.float64]:
        self._check_fitted()
        return self.scorer_.predict_proba(X)

    def top_words(self, count: int = 12) -> dict[str, list[tuple[str, float]]]:
        """Label → the words of greatest weight, as `TfidfScorer.top_words`."""
        self._check_fitted()
        return self.scorer_.top_words(count)

    def _adopt(self, scorer: TfidfScorer) -> None:
        self.scorer_ = scorer
        self.classes_ = scorer.classes_

    def _write(self, directory: Path) -> None:
        self.scorer_.save(directory)

    def _read(self, directory: Path) -> None:
        self._adopt(TfidfScorer.load(directory))
