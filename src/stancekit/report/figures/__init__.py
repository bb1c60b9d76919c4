"""Pictures only: each figure draws what it is given. matplotlib loads when the first one is drawn."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from stancekit.errors import MissingError, nearest
from stancekit.report.view import Metrics

if TYPE_CHECKING:
    from stancekit.report.figures.style import Picture

# Figure → what makes its pictures (one for each task, as a rule) from the content of `metrics.json`.
FIGURES: dict[str, str] = {
    "comparison": "stancekit.report.figures.comparison:comparison_pictures",
    "ablation": "stancekit.report.figures.dumbbells:ablation_pictures",
    "reliability": "stancekit.report.figures.calibration:calibration_pictures",
    "coverage": "stancekit.report.figures.risk_coverage:risk_coverage_pictures",
    "leak": "stancekit.report.figures.dumbbells:leak_pictures",
    "confusion": "stancekit.report.figures.confusion:confusion_pictures",
    "crossed": "stancekit.report.figures.shares:crossed_pictures",
    "holders": "stancekit.report.figures.shares:holder_pictures",
    "words": "stancekit.report.figures.words:word_pictures",
    "disagreement": "stancekit.report.figures.disagreement:disagreement_pictures",
}
# Figure → what its pictures are called. `{scheme}` is that of one of several official test sets, or nothing.
NAMES: dict[str, str] = {
    "comparison": "comparison_{task}{scheme}",
    "ablation": "ablation_{task}{scheme}",
    "reliability": "reliability_{task}{scheme}",
    "coverage": "coverage_{task}{scheme}",
    "leak": "leak_{task}",
    "confusion": "confusion_{task}_{recipe}{scheme}",
    "crossed": "{task}_by_{task}",
    "holders": "{task}_by_holder",
    "words": "words_{task}",
    "disagreement": "disagreement",
}


NO_FIGURES = "they need matplotlib: pip install 'stancekit[plots]', then `stancekit report RUN` draws them"
"""Why a report has no figures, and how to get them."""


def can_draw() -> bool:
    """Whether matplotlib is installed."""
    with suppress(ModuleNotFoundError):
        return find_spec("matplotlib") is not None
    return False


def names_figure(name: str, tasks: Iterable[str]) -> bool:
    """Whether a picture of this name may be of a run with these tasks, whatever its recipes and schemes."""
    parts = {"task": f"(?:{'|'.join(map(re.escape, tasks))})", "recipe": "[a-z0-9][a-z0-9_-]*", "scheme": "(?:_official[a-z0-9_-]*)?"}
    return any(re.fullmatch(form.format(**parts), name) for form in NAMES.values())


def pictures(figure: str, metrics: Metrics) -> "Sequence[Picture]":
    """Draw the pictures of one figure; none where the run has nothing to show in it.

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
