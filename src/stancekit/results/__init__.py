"""Predictions and what folds found → the content of `metrics.json`, and the price in time."""

from stancekit.results.metrics import metrics_of
from stancekit.results.seconds import fold_seconds

__all__ = ["fold_seconds", "metrics_of"]
