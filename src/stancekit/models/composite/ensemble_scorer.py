"""A fitted ensemble: its members and their weights, loaded and scored without what fitting needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.registry import load_saved
from stancekit.models.state import Probability, State, check_distribution, read_state
from stancekit.records import ModelInput

STATE = "ensemble.json"


class _Ensemble(State):
    """`ensemble.json`: of each member its type and its weight."""

    kinds: Annotated[dict[str, str], Field(min_length=1)]
    weights: dict[str, Probability]


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
        state = read_state(path, _Ensemble)
        if state.weights.keys() != state.kinds.keys():
            raise InputError(path, f"`weights` are of {', '.join(state.weights) or 'none'}; each member needs one", state.kinds)
        check_distribution(path, "weights", list(state.weights.values()), len(state.kinds))
        members = {
            name: load_saved(kind, directory / f"member{index}", to_fit=to_fit) for index, (name, kind) in enumerate(state.kinds.items())
        }
        first, *others = (member.classes_.tolist() for member in members.values())
        if any(classes != first for classes in others):
            raise InputError(path, "its members know different labels; all of them are fitted on the same")
        return cls(members, state.kinds, state.weights)


def pool(probas: Mapping[str, NDArray[np.float64]], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Σ weight · probabilities, (n, n_classes), rows sum to 1 as the members' do."""
    result = np.zeros_like(next(iter(probas.values())))
    for name, proba in probas.items():
        result += weights[name] * proba
    result /= result.sum(axis=1, keepdims=True)
    return result
