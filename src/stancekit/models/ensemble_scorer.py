"""A fitted ensemble: its members and their weights, loaded and scored without what fitting needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.files import parse_object, read_text, to_json, write_atomic
from stancekit.models.encoder import encoding_cache
from stancekit.models.registry import load_saved
from stancekit.records import ModelInput

STATE = "ensemble.json"


@dataclass(frozen=True)
class EnsembleScorer:
    """A linear pool: the weighted mean of the members' probabilities. `kinds` and `weights` are by member, weights sum to 1."""

    members: Mapping[str, Any]
    kinds: Mapping[str, str]
    weights: Mapping[str, float]

    @property
    def classes_(self) -> NDArray[np.str_]:
        """Every member is fitted on the same labels."""
        classes: NDArray[np.str_] = next(iter(self.members.values())).classes_
        return classes

    def predict_proba(self, X: Sequence[ModelInput | str]) -> NDArray[np.float64]:
        """(n, n_classes), rows sum to 1."""
        with encoding_cache():
            return pool({name: member.predict_proba(X) for name, member in self.members.items()}, self.weights)

    def save(self, directory: Path) -> None:
        """A folder a member, numbered, since a member may be called anything."""
        write_atomic(directory / STATE, to_json({"kinds": dict(self.kinds), "weights": dict(self.weights)}))
        for index, member in enumerate(self.members.values()):
            member.save(directory / f"member{index}")

    @classmethod
    def load(cls, directory: Path, *, to_fit: bool = False) -> "EnsembleScorer":
        path = directory / STATE
        state = parse_object(read_text(path), path)
        members = {
            name: load_saved(kind, directory / f"member{index}", to_fit=to_fit) for index, (name, kind) in enumerate(state["kinds"].items())
        }
        return cls(members, state["kinds"], state["weights"])


def pool(probas: Mapping[str, NDArray[np.float64]], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Σ weight · probabilities, (n, n_classes), rows sum to 1 as the members' do."""
    result = np.zeros_like(next(iter(probas.values())))
    for name, proba in probas.items():
        result += weights[name] * proba
    result /= result.sum(axis=1, keepdims=True)
    return result
