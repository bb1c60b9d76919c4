"""A separate model for each target: what speaks for one may speak against another."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.models.base import Inputs, Weights
from stancekit.models.composite.base import Plan, Wrapper, union
from stancekit.models.composite.nested import make_nested
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.state import Classes, State

REST = "rest"
"""The folder of the model of all rows."""
MANY = 100
"""With more targets there are too few rows of each to learn from: let one model read the target."""


class _Targets(State):
    """`targets.json`; `model` is the type of each."""

    model: str
    classes: Classes
    targets: list[str]


@dataclass(eq=False, repr=False)
class PerTarget(Wrapper):
    """Fits a model on the training rows of each target, and one on all rows for a target that training had not.

    Parameters
    ----------
    model, params : a model of the registry.
    task : what the codebook says of the task, for a model that takes it.

    Attributes
    ----------
    chosen_ : target → what its model chose inside its training rows; empty where nothing was.
    """

    model_type = "per_target"
    state_file = "targets.json"
    schema = _Targets

    model: str
    params: dict[str, Any] | None = None
    task: dict[str, Any] | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        return union([super().reads, ("target",)])

    def _made(self) -> list[Any]:
        return [make_nested("the model of each target", self.model, self.params or {}, self.task)]

    def _choose(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> tuple[dict[str, Any], Plan]:
        targets = np.array([x.target for x in X])
        self.targets_ = sorted({x.target for x in X})
        if (n := len(self.targets_)) > MANY:
            raise InputError("per target", f"the training rows have {n} targets, more than {MANY}; let one model read {{target}}")
        rows = {_folder(i): np.flatnonzero(targets == target) for i, target in enumerate(self.targets_)}
        return {}, {folder: (self._made()[0], chosen) for folder, chosen in [*rows.items(), (REST, None)]}

    def _chosen_within(self, found: Mapping[str, Any]) -> dict[str, Any]:
        return {target: found[_folder(i)] for i, target in enumerate(self.targets_) if _folder(i) in found}

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        """A label that a target never had in training has 0 there."""
        result = np.zeros((len(X), len(self.classes_)))
        folders = {target: _folder(i) for i, target in enumerate(self.targets_)}
        rows: dict[str, list[int]] = {}
        for i, x in enumerate(X):
            rows.setdefault(folders.get(x.target, REST), []).append(i)
        with encoding_cache():
            for folder, chosen in rows.items():
                model = self.inner_[folder]
                result[np.ix_(chosen, np.searchsorted(self.classes_, model.classes_))] = model.predict_proba([X[i] for i in chosen])
        return result

    def _state(self) -> dict[str, Any]:
        return {"model": self.inner_[REST].model_type, "classes": self.classes_.tolist(), "targets": self.targets_}

    def _kinds(self, state: _Targets) -> dict[str, str]:
        return dict.fromkeys([*map(_folder, range(len(state.targets))), REST], state.model)

    def _restore(self, path: Path, state: _Targets) -> None:
        for model in self.inner_.values():
            if unknown := sorted({*model.classes_.tolist()} - {*state.classes}):
                raise InputError(path, f"a model of one target knows the label '{unknown[0]}'", map(str, state.classes))
        self.classes_, self.targets_ = np.array(state.classes), state.targets


def _folder(index: int) -> str:
    """Of a target's model: numbered, since a target may be any text."""
    return f"target{index}"
