"""Tuning inside the folds, and run time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stancekit.models.composite.calibration import LARGEST, SMALLEST
from stancekit.predictions import is_official
from stancekit.report import view
from stancekit.report.blocks import Cell, Folded, Table
from stancekit.report.sections.tables import basis
from stancekit.report.view import Metrics
from stancekit.report.wording import DASH, listed, number, plural

WITHIN = ("params", "inside", "members")
"""Keys that only say where a choice stands."""
GIVEN = ("method", "wanted")
"""Keys of settings, which are no choice."""
NEAR = 1.01
"""A temperature within this factor of the end of its search is at the bound: the search stops short of it by a little."""
Line = tuple[str | Cell, ...]


def chosen_tables(metrics: Metrics) -> list[Folded]:
    """Tabulate, for each task, what was chosen in each fold under the schemes compared; nothing where nothing was.

    Official test sets are labelled by the same models: what these chose is reported once.
    """
    found = []
    for task in metrics["tasks"]:
        told: dict[tuple[Line, ...], list[str]] = {}
        for scheme in view.main_schemes(metrics):
            if lines := tuple(_lines(metrics, task, scheme)):
                told.setdefault(lines, []).append(scheme)
        for lines, schemes in told.items():
            table = Table(
                f"{task}, {listed(schemes)}: what was chosen, fold by fold",
                f"{_bases(metrics, schemes)}; each choice rests on the fold's training rows",
                ("model", "fold", "chosen", "tried"),
                lines,
            )
            found.append(Folded(f"{task}, {listed(schemes)}: {plural(len(lines), 'choice')}", (table,)))
    return found


def _lines(metrics: Metrics, task: str, scheme: str) -> Iterator[Line]:
    for s in view.scores(metrics, task=task, scheme=scheme):
        for c in s.get("chosen", ()):
            values = list(_values(c["chosen"]))
            if values:
                yield s["recipe"], _fold(c, len(s["seeds"]), scheme), "; ".join(values), _tried(c["chosen"])


def _bases(metrics: Metrics, schemes: Sequence[str]) -> str:
    if len(schemes) == 1:
        return basis(metrics, schemes[0])
    return "; ".join(f"{scheme}: {view.counted(metrics, scheme)}" for scheme in schemes)


def price_table(metrics: Metrics, seconds: Sequence[Mapping[str, Any]]) -> Table:
    """Tabulate seconds to train and to label, a row a recipe, from what `run.json` has recorded of the folds of every scheme."""
    lines = []
    for recipe in metrics["recipes"]:
        own = [record for record in seconds if record["recipe"] == recipe]
        fits, train, choose, label, labelled = (
            sum(record[key] for record in own) for key in ("fits", "train", "choose", "label", "labelled")
        )
        if fits and labelled:
            choosing = _seconds(choose) if choose else Cell(DASH, "chooses nothing")
            figures = _seconds(train), choosing, _seconds(train / fits), _seconds(1000 * label / labelled)
            lines.append((recipe, str(fits), *figures, str(labelled)))
    columns = ("model", "fits", "train, s", "of which choosing, s", "train, s a fit", "label, s for 1 000", "n labelled")
    return Table("Seconds in the folds of every scheme and seed, all tasks together", basis(metrics), columns, tuple(lines))


def _fold(choice: Mapping[str, Any], seeds: int, scheme: str) -> Cell:
    fold = "all training rows" if is_official(scheme) else choice["fold"]
    return Cell(fold, f"seed {choice['seed']}" if seeds > 1 else "")


def _values(chosen: Mapping[str, Any], within: str = "", *, of_grid: bool = False) -> Iterator[str]:
    """`C 10`, `temperature 1.21`; what a member or a target chose stands behind its name.

    Values of a grid are shown as they are, whatever the parameters are called.
    """
    if not of_grid and "method" in chosen:
        chosen = _calibrated(chosen)
    if not of_grid and chosen.get("tried") == 0:  # there were no rows to choose by
        chosen = {key: value for key, value in chosen.items() if key == "inside"}
    for key, value in chosen.items():
        if isinstance(value, Mapping):
            yield from _values(value, within if key in WITHIN else f"{within}{key}: ", of_grid=of_grid or key == "params")
        elif (of_grid or key != "tried") and value is not None:
            yield f"{within}{key} {_plain(value)}{'' if of_grid else _at_bound(key, value)}"


def _calibrated(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what a calibration chose, without its settings. Its temperature is 1 where another method, or want of rows, left it so."""
    fitted = chosen.get("rows", 1) > 0
    kept = {key: value for key, value in chosen.items() if key not in GIVEN}
    if chosen["method"] != "temperature" or not fitted:
        kept.pop("temperature", None)
    if not fitted:
        return {key: value for key, value in kept.items() if key == "inside"}
    return {"curves": "isotonic", **kept} if chosen["method"] == "isotonic" else kept


def _at_bound(key: str, value: Any) -> str:
    return " (at the bound)" if key == "temperature" and not SMALLEST * NEAR < value < LARGEST / NEAR else ""


def _tried(chosen: Mapping[str, Any]) -> str | Cell:
    """How many values were compared, wherever within it stands."""
    counts = list(_counts(chosen))
    return ", ".join(map(str, counts)) if counts else Cell(DASH, "no grid")


def _counts(chosen: Mapping[str, Any]) -> Iterator[int]:
    for key, value in chosen.items():
        if isinstance(value, Mapping):
            yield from _counts(value)
        elif key == "tried" and value:
            yield int(value)


def _plain(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _seconds(value: float) -> str:
    return number(value, 2 if value < 10 else 1)
