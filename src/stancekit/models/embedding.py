"""A frozen sentence encoder under a linear classifier: what the text means, little of how it is worded."""

from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.files import parse_object, read_text, to_json, write_atomic
from stancekit.models.base import Inputs, check_weights, check_y
from stancekit.models.encoder import encode
from stancekit.models.headed import Headed
from stancekit.models.inputs import render
from stancekit.models.linear import Classifier, LinearHead, fit_head
from stancekit.models.params import ClassWeight, Count, Positive, Template
from stancekit.models.weights import PACKAGED, encoder_digest


class Embedding(Headed):
    """Mean-pooled, normalised sentence vectors with logistic regression or a linear support vector machine.

    Parameters
    ----------
    encoder : a folder, `all-MiniLM-L6-v2`, or `owner/model@revision`. max_length : in tokens; the rest is cut.
    template, classifier, C, class_weight : as for `tfidf`.
    """

    def __init__(
        self,
        template: Template = "{text}",
        encoder: str = PACKAGED,
        max_length: Count = 256,
        classifier: Classifier = "logistic",
        C: Positive = 10.0,
        class_weight: ClassWeight = "balanced",
    ) -> None:
        self.template = template
        self.encoder = encoder
        self.max_length = max_length
        self.classifier = classifier
        self.C = C
        self.class_weight = class_weight

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None) -> Self:
        labels, weights = check_y(X, y), check_weights(X, sample_weight)
        self._adopt(fit_head(self._features(X), labels, self.classifier, self.C, self.class_weight, weights))
        return self

    def _features(self, X: Inputs) -> NDArray[np.float64]:
        return encode(render(self.template, X), self.encoder, self.max_length).astype(np.float64)

    def _write(self, directory: Path) -> None:
        self.head_.save(directory)
        write_atomic(directory / "encoder.json", to_json({"sha256": encoder_digest(self.encoder)}))

    def _read(self, directory: Path) -> None:
        path = directory / "encoder.json"
        expected = parse_object(read_text(path), path)["sha256"]
        if (found := encoder_digest(self.encoder)) != expected:
            raise InputError(f"encoder '{self.encoder}'", f"is not the one this model was trained with: its sha256 is {found}", [expected])
        self._adopt(LinearHead.load(directory))
