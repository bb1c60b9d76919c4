"""Pictures only: each figure draws what it is given. matplotlib loads when the first one is drawn."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from stancekit.errors import MissingError, nearest
from stancekit.plots.rows import Metrics

if TYPE_CHECKING:
    from stancekit.plots.style import Picture

# Figure → what makes its pictures (one for each task, as a rule) from the content of `metrics.json`.
FIGURES: dict[str, str] = {
    "comparison": "stancekit.plots.comparison:comparison_pictures",
    "ablation": "stancekit.plots.ablation:ablation_pictures",
    "reliability": "stancekit.plots.reliability:reliability_pictures",
    "coverage": "stancekit.plots.coverage:coverage_pictures",
    "leak": "stancekit.plots.leak:leak_pictures",
    "confusion": "stancekit.plots.confusion:confusion_pictures",
    "crossed": "stancekit.plots.shares:crossed_pictures",
    "holders": "stancekit.plots.shares:holder_pictures",
    "words": "stancekit.plots.words:word_pictures",
    "disagreement": "stancekit.plots.disagreement:disagreement_pictures",
}


def pictures(figure: str, metrics: Metrics) -> "Sequence[Picture]":
    """The pictures of one figure; none where the run has nothing to show in it.

    Raises
    ------
    MissingError : matplotlib is not installed.
    """
    if figure not in FIGURES:
        raise KeyError(f"no figure is called '{figure}'{nearest(figure, FIGURES)}")
    module, function = FIGURES[figure].split(":")
    try:
        make: Callable[[Metrics], Sequence[Picture]] = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "matplotlib":
            raise
        raise MissingError("figures need matplotlib; install it with: pip install 'stancekit[plots]'") from None
    return make(metrics)
