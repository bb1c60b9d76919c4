"""Recipes that an earlier run in the folder, or one that was stopped, has finished: kept where config, data and code are the same."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stancekit.crossval import FoldFacts
from stancekit.errors import InputError
from stancekit.experiment.artefacts import encoders_of
from stancekit.experiment.load import Experiment
from stancekit.experiment.metrics.pooled import Found
from stancekit.experiment.result_folders import about_of
from stancekit.io.atomic import write_atomic
from stancekit.io.files import sha256, to_json
from stancekit.io.moves import is_below
from stancekit.io.output_folder import sha256_of_file
from stancekit.predictions import load_predictions

_OF_OTHERS = {"recipes", "default", "baselines", "published", "title"}
"""What of a config neither the predictions nor the model of a single recipe depend on."""
_MADE_BY = ("stancekit", "python", "machine", "packages", "codebook", "data", "actors", "code")


@dataclass(frozen=True)
class Finished:
    """What a recipe has left: the predictions and facts of its folds, and its record in `run.json`, with `model` where that is saved."""

    results: list[Found]
    record: dict[str, Any]


def digests_of(experiment: Experiment, provenance: Mapping[str, Any]) -> dict[str, str]:
    """Recipe → SHA-256 of what its predictions and model depend on: its part of the config, the data, the code and what it builds on."""
    shared = {key: provenance[key] for key in _MADE_BY} | {"config": experiment.config.model_dump(exclude=_OF_OTHERS)}
    found = {}
    for name, recipe in experiment.config.recipes.items():
        encoders = {e: [provenance[kind][e] for kind in ("encoders", "tokenizers")] for e in encoders_of(experiment, name)}
        found[name] = sha256(to_json(shared | {"name": name, "recipe": recipe.model_dump(), "encoders": encoders}).encode())
    return found


def record_of(digest: str, results: Sequence[Found], out: Path, seconds: float) -> dict[str, Any]:
    """Return what `run.json` records of a recipe whose predictions are saved in `out`."""
    made = []
    for predictions, folds in results:
        files = [out / "predictions" / p.model / p.name for p in predictions]
        made.append({"files": with_digests(out, files), "folds": [asdict(fold) for fold in folds]})
    return {"digest": digest, "seconds": seconds, "results": made}


def with_digests(out: Path, files: Iterable[Path]) -> dict[str, str]:
    """Return path below `out` → SHA-256."""
    return {path.relative_to(out).as_posix(): sha256_of_file(path) for path in files}


def note_finished(out: Path, provenance: Mapping[str, Any], finished: Mapping[str, Finished]) -> None:
    """Write into an unfinished run what of it is finished, for the next one."""
    records = {name: found.record for name, found in finished.items()}
    write_atomic(out / "run.json", to_json({**provenance, "status": "running", "recipes": records}))


def take_over(places: Sequence[Path], digests: Mapping[str, str], out: Path) -> dict[str, Finished]:
    """Copy into `out` what earlier runs have finished of the recipes with these digests; what is damaged is not taken."""
    finished: dict[str, Finished] = {}
    for place in places:
        records = about_of(place / "run.json").get("recipes")
        for name, digest in digests.items():
            record = records.get(name) if isinstance(records, dict) else None
            if not isinstance(record, dict) or record.get("digest") != digest or "model" in _record(finished, name):
                continue
            try:
                finished[name] = _taken(place, name, record, out)
            except (InputError, OSError, LookupError, TypeError, ValueError, AttributeError):
                continue
    return finished


def _record(finished: Mapping[str, Finished], name: str) -> dict[str, Any]:
    return finished[name].record if name in finished else {}


def _taken(place: Path, name: str, record: dict[str, Any], out: Path) -> Finished:
    results: list[Found] = []
    for made in record["results"]:
        _copy(place, f"predictions/{name}/", made["files"], out)
        folds = [
            FoldFacts(**fold | {"missing": {task: tuple(labels) for task, labels in fold["missing"].items()}}) for fold in made["folds"]
        ]
        results.append(([load_predictions(out / file) for file in made["files"]], folds))
    try:
        _copy(place, f"models/{name}/", record["model"]["files"], out)
    except (OSError, LookupError, ValueError):  # it was stopped before the model was saved, or that is damaged: it is trained again
        record = {key: value for key, value in record.items() if key != "model"}
    return Finished(results, record)


def _copy(place: Path, under: str, files: Mapping[str, str], out: Path) -> None:
    """Copy files whose content is as it was recorded; all or an error."""
    for file, digest in files.items():
        if not file.startswith(under) or not is_below(file) or sha256_of_file(place / file) != digest:
            raise ValueError(f"{file}: has been changed")
        (out / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place / file, out / file)
