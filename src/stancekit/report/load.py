"""Read a finished run directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.errors import InputError
from stancekit.io.files import parse_object, read_text
from stancekit.predictions import Predictions, load_predictions
from stancekit.report import contract, view
from stancekit.report.consistency import check_consistency
from stancekit.report.view import Metrics, Score


@dataclass(frozen=True)
class Run:
    """`metrics` and `provenance` are the contents of `metrics.json` and `run.json`."""

    directory: Path
    metrics: Metrics
    provenance: Mapping[str, Any]

    @property
    def title(self) -> str:
        config = self.provenance.get("config", {}).get("content", {})
        return str(config.get("title") or self.metrics["experiment"])

    def predictions(self, score: Score) -> Predictions:
        """Load the first seed's predictions behind a score. Raises `InputError` where they are of something else."""
        name = f"{score['task']}.{score['scheme']}.{score['holder']}.seed{score['seeds'][0]}.jsonl"
        path = self.directory / "predictions" / score["recipe"] / name
        found = load_predictions(path)
        if (found.model, found.name) != (score["recipe"], name):
            raise InputError(f"{path}:1", f"the header says that these are '{found.name}' of '{found.model}'")
        if list(found.labels) != score["labels"]:
            raise InputError(f"{path}:1", "the header has other labels than metrics.json", score["labels"])
        if len(found.ids) != score["n"]:
            raise InputError(path, f"predicts {len(found.ids)} statements; by metrics.json it is {score['n']}")
        if view.whole(self.metrics) and (unknown := set(found.ids) - {s["id"] for s in self.metrics["statements"]}):
            raise InputError(path, f"predicts statement '{min(unknown)}', which metrics.json does not have")
        return found


def load_run(directory: Path) -> Run:
    """Read `metrics.json` and `run.json`. Raises `InputError` where the directory holds no finished run, or a file of it is damaged."""
    path = directory / "metrics.json"
    if not path.is_file():
        raise InputError(directory, "holds no finished run: there is no metrics.json in it")
    text = read_text(path)
    metrics = parse_object(text, path)
    for key in contract.NEEDED:
        if key not in metrics:
            raise InputError(path, f"has no '{key}', so it was not made by a run of this version", contract.NEEDED)
    contract.check_shape(text, path, contract.Metrics)
    check_consistency(metrics, path)
    text = read_text(directory / "run.json")
    provenance = parse_object(text, directory / "run.json")
    contract.check_shape(text, directory / "run.json", contract.Provenance)
    return Run(directory, metrics, provenance)
