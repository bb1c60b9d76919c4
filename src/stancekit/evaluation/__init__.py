"""Numbers only: metrics, intervals and comparisons of predictions. Nothing here knows a model."""

from stancekit.evaluation.intervals import Interval, holm, jackknife
from stancekit.evaluation.score import ClassScore, Difference, Score, compare, score

__all__ = ["ClassScore", "Difference", "Interval", "Score", "compare", "holm", "jackknife", "score"]
