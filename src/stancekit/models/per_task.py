"""Several tasks from a model of one: a clone for each task, in scikit-learn's multi-output form."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.models.registry import SCORERS, make_model, model_class
from stancekit.records import ModelInput

Inputs = Sequence[ModelInput | str]


class PerTask:
    """Wraps a single-task model. `fit` takes (n, n_tasks); `predict_proba` gives a list, one array a task."""

    def __init__(self, kind: str, models: Sequence[Any]) -> None:
        self.kind = kind
        self.models = list(models)

    @property
    def classes_(self) -> list[NDArray[np.str_]]:
        return [model.classes_ for model in self.models]

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None) -> Self:
        columns = np.asarray(y).T
        self.models = [model.fit(X, column, sample_weight) for model, column in zip(self.models, columns, strict=True)]
        return self

    def predict_proba(self, X: Inputs) -> list[NDArray[np.float64]]:
        return [model.predict_proba(X) for model in self.models]

    def save(self, directory: Path) -> None:
        for index, model in enumerate(self.models):
            model.save(directory / f"task{index}")

    @classmethod
    def load(cls, directory: Path, kind: str, n_tasks: int) -> "PerTask":
        single = model_class(kind, SCORERS if kind in SCORERS else None)
        return cls(kind, [single.load(directory / f"task{index}") for index in range(n_tasks)])


def all_tasks(kind: str, n_tasks: int, params: dict[str, Any]) -> Any:
    """A model of several tasks: itself where it does them jointly, else one clone a task."""
    model = make_model(kind, **params)
    return model if model.multitask else PerTask(kind, [make_model(kind, **params) for _ in range(n_tasks)])
