"""What the folds trained on, and what could not be learnt in them."""

from collections import defaultdict

from stancekit.report.blocks import Table
from stancekit.report.sections.tables import basis
from stancekit.report.view import Metrics
from stancekit.report.wording import plural


def fold_tables(metrics: Metrics) -> list[Table]:
    """Tabulate folds, one table for the recipes that share them: what is purged depends on what a recipe reads."""
    shared: dict[tuple[str, tuple[tuple[str, int, int, int], ...]], dict[str, None]] = defaultdict(dict)
    for score in metrics["scores"]:
        folds = tuple((f["name"], f["n_train"], f["n_test"], f["n_purged"]) for f in score["folds"])
        shared[score["scheme"], folds][score["recipe"]] = None
    return [
        Table(
            f"{scheme}: {plural(len(folds), 'fold')}",
            f"{basis(metrics, scheme)}; models: {', '.join(recipes)}",
            ("fold", "train", "test", "purged from training"),
            tuple((name, *map(str, counts)) for name, *counts in folds),
        )
        for (scheme, folds), recipes in sorted(shared.items(), key=lambda pair: list(metrics["schemes"]).index(pair[0][0]))
    ]


def unlearnable_tables(metrics: Metrics) -> list[Table]:
    """Tabulate labels that were tested in a fold without training rows of them; nothing where there are none."""
    who: dict[tuple[str, str, str, str, int], dict[str, None]] = defaultdict(dict)
    for score in metrics["scores"]:
        for fold, label, n in score["unlearnable"]:
            who[score["task"], label, score["scheme"], fold, n][score["recipe"]] = None
    everyone = set(metrics["recipes"])
    lines = tuple(
        (f"{task}: {label}", scheme, fold, str(n), "all that ran" if set(names) == everyone else ", ".join(names))
        for (task, label, scheme, fold, n), names in who.items()
    )
    columns = ("label", "scheme", "fold", "n tested", "models")
    return [Table("Labels that could not be learnt in a fold", basis(metrics), columns, lines)] if lines else []
