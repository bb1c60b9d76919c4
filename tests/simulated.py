"""Models and rows made up for the composites: a text holds what a model will say of it, so what is best is known."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.models.base import Inputs, TextModel

CLASSES = ["a", "b", "c"]


class Said(TextModel):
    """Says the probabilities written in the text, those of the voice given, `loud` times over in their logarithm."""

    fitted_on: list[list[str]] = []  # noqa: RUF012 - the spy's notebook, emptied by each test

    model_type = "said"

    def __init__(self, voice: int = 0, loud: float = 1.0) -> None:
        self.voice = voice
        self.loud = loud

    @property
    def reads(self) -> tuple[str, ...]:
        return ("text",)

    def _fit(self, X: Inputs, y: Any, weights: Any, groups: Any) -> None:
        self.fitted_on.append([x.text for x in X])

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        scores = np.array([[float(v) for v in x.text.split("|")[self.voice].split()[-3:]] for x in X]).reshape(len(X), 3)
        scores = np.exp(self.loud * scores)[:, np.searchsorted(CLASSES, self.classes_)]
        return scores / scores.sum(axis=1, keepdims=True)


def rows(n: int, noises: Sequence[float] = (1.0,), seed: int = 0) -> tuple[list[str], list[str]]:
    """(texts, labels): each voice gives log-probabilities, which with a noise of 0 are the true ones."""
    rng = np.random.default_rng(seed)
    true = rng.normal(size=(n, 3)) * 1.5
    shares = np.exp(true) / np.exp(true).sum(axis=1, keepdims=True)
    y = [CLASSES[rng.choice(3, p=share)] for share in shares]
    voices = [np.round(true + noise * rng.normal(size=true.shape), 4) for noise in noises]
    return ["|".join(f"w{i}v{k} " + " ".join(map(str, voice[i])) for k, voice in enumerate(voices)) for i in range(n)], y


def expected_calibration_error(proba: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Of the most probable label, in bins of equal width (Guo et al. 2017)."""
    top = proba.max(axis=1)
    places = np.minimum((top * bins).astype(int), bins - 1)
    return float(sum(abs(right[places == b].mean() - top[places == b].mean()) * (places == b).mean() for b in set(places.tolist())))
