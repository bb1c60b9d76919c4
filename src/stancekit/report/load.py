"""Read a finished run directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.errors import InputError
from stancekit.files import parse_object, read_text
from stancekit.plots.rows import Metrics, Score
from stancekit.predictions import Predictions, load_predictions

_NEEDED = ("experiment", "n", "articles", "tasks", "homes", "schemes", "recipes", "baselines", "scores", "differences", "statements")


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
        """The first seed's predictions behind a score."""
        name = f"{score['task']}.{score['scheme']}.{score['holder']}.seed{score['seeds'][0]}.jsonl"
        return load_predictions(self.directory / "predictions" / score["recipe"] / name)


def load_run(directory: Path) -> Run:
    """Read `metrics.json` and `run.json`. Raises `InputError` where the directory holds no finished run."""
    metrics = directory / "metrics.json"
    if not metrics.is_file():
        raise InputError(directory, "holds no finished run: there is no metrics.json in it")
    content = parse_object(read_text(metrics), metrics)
    for key in _NEEDED:
        if key not in content:
            raise InputError(metrics, f"has no '{key}', so it was not made by a run of this version", _NEEDED)
    provenance = directory / "run.json"
    return Run(directory, content, parse_object(read_text(provenance), provenance))
