"""A fitted model for each target, loaded and scored without what fitting needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.registry import load_saved
from stancekit.models.state import Classes, State, read_state
from stancekit.models.templates import as_input
from stancekit.records import ModelInput

STATE = "targets.json"


class _Targets(State):
    """`targets.json`; `model` is the type of each."""

    model: str
    classes: Classes
    targets: list[str]


@dataclass(frozen=True)
class PerTargetScorer:
    """`models` is by target; `rest`, fitted on all rows, scores a target that training had not. `kind` is that of each."""

    kind: str
    classes_: NDArray[np.str_]
    models: Mapping[str, Any]
    rest: Any

    def predict_proba(self, X: Sequence[ModelInput | str]) -> NDArray[np.float64]:
        """(n, n_classes), rows sum to 1; a label that a target never had in training has 0 there."""
        result = np.zeros((len(X), len(self.classes_)))
        rows: dict[str | None, list[int]] = {}
        for i, x in enumerate(X):
            own = as_input(x).target
            rows.setdefault(own if own in self.models else None, []).append(i)
        with encoding_cache():
            for target, chosen in rows.items():
                model = self.rest if target is None else self.models[target]
                result[np.ix_(chosen, np.searchsorted(self.classes_, model.classes_))] = model.predict_proba([X[i] for i in chosen])
        return result

    def save(self, directory: Path) -> None:
        """A folder a target, numbered, since a target may be any text."""
        write_atomic(directory / STATE, to_json({"model": self.kind, "classes": self.classes_.tolist(), "targets": list(self.models)}))
        for index, model in enumerate(self.models.values()):
            model.save(directory / f"target{index}")
        self.rest.save(directory / "rest")

    @classmethod
    def load(cls, directory: Path, *, to_fit: bool = False) -> "PerTargetScorer":
        path = directory / STATE
        state = read_state(path, _Targets)
        models = {target: load_saved(state.model, directory / f"target{i}", to_fit=to_fit) for i, target in enumerate(state.targets)}
        rest = load_saved(state.model, directory / "rest", to_fit=to_fit)
        for model in (rest, *models.values()):
            if unknown := sorted({*model.classes_.tolist()} - {*state.classes}):
                raise InputError(path, f"a model of one target knows the label '{unknown[0]}'", state.classes)
        return cls(state.model, np.array(state.classes), models, rest)
