"""A sentence encoder after contrastive fine-tuning, frozen under a linear classifier."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.io.atomic import write_atomic
from stancekit.models.base import Inputs, Weights
from stancekit.models.encoders.contrastive_training import draw, pull
from stancekit.models.encoders.encode import pooled_vectors, read_encoder
from stancekit.models.encoders.pretrained import quiet_transformers
from stancekit.models.encoders.weights import PACKAGED, resolve_weights
from stancekit.models.linear.head import Headed, LinearHead
from stancekit.models.params import ClassWeight, Count, Natural, Positive, Template
from stancekit.models.templates import render


@dataclass(eq=False, repr=False)
class Contrastive(Headed):
    """Pairs of statements pull their vectors together or apart, by their labels; then logistic regression on the vectors.

    In the manner of SetFit, with two differences: every two statements of a batch are a pair, so that far fewer texts are
    encoded for as many pairs, and the classes are drawn equally often. One class alone has no pairs: the encoder stays
    as it was.

    Parameters
    ----------
    template : what it reads. encoder : a folder, `all-MiniLM-L6-v2`, or `owner/model@revision`.
    epochs : how often a statement is drawn, on average; each time it is in `batch_size - 1` pairs.
    learning_rate : of AdamW, with a warm-up over a tenth of the steps and a linear decay.
    max_length : in tokens; the rest is cut. C, class_weight : of the linear head, as for `tfidf`.
    seed : of the pairs, their order and the dropout. With `sample_weight` rows are drawn in proportion to it.

    References
    ----------
    Tunstall et al. (2022), Efficient few-shot learning without prompts, arXiv:2209.11055.
    """

    model_type = "contrastive"

    template: Template = "{text}"
    encoder: str = PACKAGED
    epochs: Count = 8
    batch_size: Count = 16
    learning_rate: Positive = 5e-5
    max_length: Count = 128
    C: Positive = 1.0
    class_weight: ClassWeight = "balanced"
    seed: Natural = 0

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        texts, folder = render(self.template, X), resolve_weights(self.encoder)
        classes, codes = np.unique(y, return_inverse=True)
        self.tokenizer_, self.network_ = read_encoder(folder)
        if len(classes) > 1:
            rows = draw(codes, np.ones(len(codes)) if weights is None else weights, self.epochs * len(codes), self.seed)
            self.network_ = pull(
                folder,
                [texts[row] for row in rows],
                codes[rows],
                batch_size=self.batch_size,
                learning_rate=self.learning_rate,
                max_length=self.max_length,
                seed=self.seed,
            )
        super()._fit(X, y, weights, groups)

    def _features(self, X: Inputs) -> NDArray[np.float64]:
        return pooled_vectors(render(self.template, X), self.tokenizer_, self.network_, self.max_length).astype(np.float64)

    def _write(self, directory: Path) -> None:
        """The head, and the encoder as a folder that any recipe can name as its `encoder`."""
        from safetensors.torch import save

        self.head_.save(directory)
        with quiet_transformers():
            self.tokenizer_.save_pretrained(directory / "encoder")
            self.network_.config.save_pretrained(directory / "encoder")
        tensors = {name: tensor.contiguous() for name, tensor in self.network_.state_dict().items()}
        write_atomic(directory / "encoder" / "model.safetensors", save(tensors, metadata={"format": "pt"}))

    def _read(self, directory: Path) -> None:
        self.tokenizer_, self.network_ = read_encoder(directory / "encoder")
        self._adopt(LinearHead.load(directory))
