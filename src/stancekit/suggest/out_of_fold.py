"""Out-of-fold predictions on annotated statements: from a run's folder, or computed now."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stancekit.codebook import Codebook
from stancekit.codebook.single_label import learnable, learnable_labels
from stancekit.crossval import out_of_fold
from stancekit.data.dataset import Dataset, Example
from stancekit.errors import InputError, nearest
from stancekit.io.files import parse_object, read_text
from stancekit.models.encoders.encode import encoding_cache
from stancekit.predictions import Predictions, load_predictions
from stancekit.records import Annotation, ModelInput

SCHEMES = ("kfold", "purged", "groups", "unpurged")
"""Which of a run's schemes is read: the first that it has. Without an article, a label that lives in it is no model's guess,
so all its statements would look wrong; with a repeat of a statement in training, a wrong label would look right."""
HOLDERS = ("annotated", "none", "found")


def run_predictions(run: Path, recipe: str | None = None) -> list[Predictions]:
    """Load a recipe's predictions in a run's folder, all seeds of one scheme; without a name, of the config's default recipe.

    Raises
    ------
    InputError
        The folder is no finished run, has no such recipe, or the recipe gives no probabilities.
    """
    marker = run / "run.json"
    about = parse_object(read_text(marker), marker)
    if about.get("status") != "done":
        raise InputError(marker, "is of a run that has not finished; run it again")
    names = sorted(folder.name for folder in (run / "predictions").iterdir()) if (run / "predictions").is_dir() else []
    chosen = recipe or _default(about, marker)
    if chosen not in names:
        raise InputError(run, f"has no predictions of a recipe '{chosen}'{nearest(chosen, names)}", names)
    every = [load_predictions(file) for file in sorted((run / "predictions" / chosen).glob("*.jsonl"))]
    scheme = next((scheme for scheme in SCHEMES if any(p.scheme == scheme for p in every)), None)
    if scheme is None:
        raise InputError(run, "has no out-of-fold predictions of the training rows", SCHEMES)
    holder = next(holder for holder in HOLDERS if any(p.scheme == scheme and p.holder == holder for p in every))
    found = [p for p in every if p.scheme == scheme and p.holder == holder]
    if any(p.proba is None for p in found):
        raise InputError(run / "predictions" / chosen, "has no probabilities, which error detection needs")
    return found


def fresh_predictions(
    annotations: Sequence[Annotation], codebook: Codebook, model: str, params: Mapping[str, Any] | None = None, *, seed: int = 0
) -> list[Predictions]:
    """Predict every task by a duplicate-grouped, stratified k-fold (at most 5) over the annotations; the model reads their texts alone.

    Raises
    ------
    InputError
        A task has too few labels for folds.
    """
    unique = {a.statement_id: a for a in annotations}.values()
    found: list[Predictions] = []
    with encoding_cache():
        for task in codebook.tasks:
            working = learnable(codebook, [task])
            examples = []
            for a in (a for a in unique if task in a.labels):
                shown, labels = ModelInput(a.text, target=codebook.target), learnable_labels(a.labels, codebook, working)
                examples.append(Example(a.statement_id, a.article_id, shown, None, labels))
            if examples:
                found += out_of_fold(Dataset(working, tuple(examples), {}), model, model, params or {}, "kfold", split_seed=seed)[0]
    return found


def _default(about: Mapping[str, Any], marker: Path) -> str:
    """The default recipe of the config that a run was made with."""
    found: Any = about
    for key in ("config", "content", "default"):
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, dict):  # a default by task has predictions of its own
        return "default"
    if not isinstance(found, str):
        raise InputError(marker, "config.content.default: should be the name of a recipe")
    return found
