"""Numbers only: metrics, intervals and comparisons of predictions. Nothing here knows a model."""

from stancekit.evaluation.differences import Difference, compare, difference
from stancekit.evaluation.intervals import Interval, holm, jackknife
from stancekit.evaluation.score import ClassScore, Score, score

__all__ = ["ClassScore", "Difference", "Interval", "Score", "compare", "difference", "holm", "jackknife", "score"]
