"""Nine statements of three groups whose scores can be counted by hand."""

import numpy as np

from stancekit.predictions import Predictions

LABELS = ("x", "y", "z")
GOLD = dict(zip([f"s{i}" for i in range(9)], "xxyxyyxyz", strict=True))
GROUPS = dict(zip(GOLD, "aaabbbccc", strict=True))


def predictions(labels: str, seed: int = 0, model: str = "m") -> Predictions:
    proba = np.array([[0.8 if label == name else 0.1 for name in LABELS] for label in labels])
    return Predictions("t", LABELS, model, "purged", "none", seed, tuple(GOLD), tuple(GROUPS.values()), tuple(labels), proba)
