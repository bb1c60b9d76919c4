"""A frozen sentence encoder under a linear classifier: what the text means, little of how it is worded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.encoders.encode import encode
from stancekit.models.encoders.weights import PACKAGED, check_encoder, encoder_digest, tokenizer_digest
from stancekit.models.linear.head import Classifier, Headed, LinearHead
from stancekit.models.params import ClassWeight, Count, Positive, Template
from stancekit.models.state import Digest, State, read_state
from stancekit.models.templates import render
from stancekit.records import ModelInput


class _Encoder(State):
    """`encoder.json`. A model of before there was `tokenizer` lacks it."""

    sha256: Digest
    tokenizer: Digest | None = None


@dataclass(eq=False, repr=False)
class Embedding(Headed):
    """Mean-pooled, normalised sentence vectors with logistic regression or a linear support vector machine.

    Parameters
    ----------
    encoder : a folder, `all-MiniLM-L6-v2`, or `owner/model@revision`. max_length : in tokens; the rest is cut.
    template, classifier, C, class_weight : as for `tfidf`.
    """

    model_type = "embedding"

    template: Template = "{text}"
    encoder: str = PACKAGED
    max_length: Count = 256
    classifier: Classifier = "logistic"
    C: Positive = 10.0
    class_weight: ClassWeight = "balanced"

    def _features(self, X: Sequence[ModelInput]) -> NDArray[np.float64]:
        return encode(render(self.template, X), self.encoder, self.max_length).astype(np.float64)

    def _write(self, directory: Path) -> None:
        self.head_.save(directory)
        write_atomic(
            directory / "encoder.json", to_json({"sha256": encoder_digest(self.encoder), "tokenizer": tokenizer_digest(self.encoder)})
        )

    def _read(self, directory: Path) -> None:
        path = directory / "encoder.json"
        known = read_state(path, _Encoder)
        check_encoder(self.encoder, path, known.sha256, known.tokenizer)
        self._adopt(LinearHead.load(directory))
