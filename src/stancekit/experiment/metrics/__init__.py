"""Predictions and facts of folds → the content of `metrics.json`, and run times."""

from stancekit.experiment.metrics.metrics import metrics_of
from stancekit.experiment.metrics.seconds import fold_seconds

__all__ = ["fold_seconds", "metrics_of"]
