"""What recipes chose inside their training rows, fold by fold, and what the run cost in time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stancekit.plots import rows
from stancekit.plots.rows import Metrics
from stancekit.plots.wording import DASH, number, plural
from stancekit.report.blocks import Cell, Folded, Table
from stancekit.report.tables import basis

WITHIN = ("params", "inside", "members")
"""Keys that only say where a choice stands."""


def chosen_tables(metrics: Metrics) -> list[Folded]:
    """For each task, what was chosen in each fold under the schemes that are compared; nothing where nothing was."""
    found = []
    for task in metrics["tasks"]:
        for scheme in rows.main_schemes(metrics):
            lines = tuple(
                (s["recipe"], _fold(c, len(s["seeds"])), "; ".join(_values(c["chosen"])) or DASH, _tried(c["chosen"]))
                for s in rows.scores(metrics, task=task, scheme=scheme)
                for c in s.get("chosen", ())
            )
            if lines:
                table = Table(
                    f"{task}, {scheme}: what was chosen, fold by fold",
                    f"{basis(metrics, scheme)}; each choice rests on the fold's training rows",
                    ("model", "fold", "chosen", "tried"),
                    lines,
                )
                found.append(Folded(f"{task}, {scheme}: {plural(len(lines), 'choice')}", (table,)))
    return found


def price_table(metrics: Metrics, seconds: Sequence[Mapping[str, Any]]) -> Table:
    """Seconds to train and to label, a row a recipe, from what `run.json` has recorded of the folds of every scheme."""
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


def _fold(choice: Mapping[str, Any], seeds: int) -> Cell:
    return Cell(choice["fold"], f"seed {choice['seed']}" if seeds > 1 else "")


def _values(chosen: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """`C 10`, `temperature 1.21`; what a member or a target chose stands behind its name."""
    for key, value in chosen.items():
        if isinstance(value, Mapping):
            yield from _values(value, within if key in WITHIN else f"{within}{key}: ")
        elif key != "tried" and value is not None:
            yield f"{within}{key} {_plain(value)}"


def _tried(chosen: Mapping[str, Any]) -> str | Cell:
    """How many values were compared, wherever within it stands."""
    counts = list(_counts(chosen))
    return ", ".join(map(str, counts)) if counts else Cell(DASH, "no grid")


def _counts(chosen: Mapping[str, Any]) -> Iterator[int]:
    for key, value in chosen.items():
        if isinstance(value, Mapping):
            yield from _counts(value)
        elif key == "tried":
            yield int(value)


def _plain(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _seconds(value: float) -> str:
    return number(value, 2 if value < 10 else 1)
