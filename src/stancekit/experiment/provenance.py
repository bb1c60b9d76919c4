"""What made a run: enough to make it again."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from stancekit.experiment.artefacts import encoders_of
from stancekit.experiment.load import Experiment
from stancekit.io.files import read_bytes, sha256, to_json
from stancekit.models.encoders.weights import encoder_digest, tokenizer_digest


def provenance_of(experiment: Experiment) -> dict[str, Any]:
    """What made the run: enough to make it again."""
    encoders = {encoder for recipe in experiment.config.recipes for encoder in encoders_of(experiment, recipe)}
    learning = ["numpy", "scipy", "scikit-learn", "torch", "transformers", "sentence-transformers", "accelerate"]
    packages = [*learning, "datasets", "vaderSentiment"]
    return {
        "experiment": experiment.config.name,
        "stancekit": version("stancekit"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "packages": {name: found for name in packages if (found := _version(name))},
        "config": {"file": experiment.path.name, "sha256": experiment.digest, "content": experiment.config.model_dump()}
        | ({"files": dict(experiment.files)} if experiment.files else {}),
        "codebook": {"name": experiment.codebook.name, "version": experiment.codebook.version, "digest": experiment.codebook.digest},
        "data": dict(experiment.dataset.digests),
        "actors": sha256(to_json(experiment.actors.model_dump()).encode()),
        "encoders": {name: encoder_digest(name) for name in sorted(encoders)},
        "tokenizers": {name: tokenizer_digest(name) for name in sorted(encoders)},
        "code": code_digest(),
    }


def code_digest() -> str:
    """SHA-256 over the package's own source files."""
    root = Path(__file__).parents[1]
    return sha256("".join(f"{p.relative_to(root).as_posix()} {sha256(read_bytes(p))}\n" for p in sorted(root.rglob("*.py"))).encode())


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
