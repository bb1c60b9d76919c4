"""Run times: they belong in `run.json`, since nothing else of a run differs from one time to the next."""

from collections.abc import Sequence
from typing import Any

from stancekit.experiment.metrics.pooled import Found
from stancekit.predictions import is_official


def fold_seconds(found: Sequence[Found]) -> list[dict[str, Any]]:
    """Sum run times: a record for each recipe and scheme, all folds and seeds together.

    `train` (of which `choose`) and `label` are seconds of the wall clock, `fits` how many models were trained, `labelled` how
    many statements were labelled, once for each holder shown. Scheme `official` has one fit for all its test sets.
    """
    records: dict[tuple[str, str], dict[str, Any]] = {}
    for predictions, folds in found:
        first = predictions[0]
        scheme = "official" if is_official(first.scheme) else first.scheme
        shown = len({p.holder for p in predictions})
        record = records.setdefault(
            (first.model, scheme),
            {"recipe": first.model, "scheme": scheme, "fits": 0, "train": 0.0, "choose": 0.0, "label": 0.0, "labelled": 0},
        )
        record["fits"] += 1 if scheme == "official" else len(folds)
        record["labelled"] += shown * sum(fold.n_test for fold in folds)
        for fold in folds:
            for step in ("train", "choose", "label"):
                record[step] += fold.seconds.get(step, 0.0)
    return [r | {step: round(r[step], 3) for step in ("train", "choose", "label")} for r in records.values()]
