"""Predictions and what folds found → the content of `metrics.json`, and the price in time."""

from stancekit.experiment.metrics.metrics import metrics_of
from stancekit.experiment.metrics.seconds import fold_seconds

__all__ = ["fold_seconds", "metrics_of"]
