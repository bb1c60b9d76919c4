"""Several tasks from a model of one: a clone for each task, in scikit-learn's multi-output form."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.codebook import Task
from stancekit.models.registry import SCORERS, make_model, model_class
from stancekit.records import ModelInput

Inputs = Sequence[ModelInput | str]


class PerTask:
    """Wraps single-task models of one kind. `fit` takes (n, n_tasks); `predict_proba` gives a list, one array a task.

    `groups`, (n,), names the article of each row, for models that split their training rows again.
    """

    def __init__(self, kind: str, models: Sequence[Any]) -> None:
        self.kind = kind
        self.models = list(models)

    @property
    def classes_(self) -> list[NDArray[np.str_]]:
        return [model.classes_ for model in self.models]

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:
        more = {"groups": groups} if model_class(self.kind).splits_again else {}
        columns = np.asarray(y).T
        self.models = [model.fit(X, column, sample_weight, **more) for model, column in zip(self.models, columns, strict=True)]
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


def all_tasks(kind: str, tasks: Mapping[str, Task], params: Mapping[str, Any]) -> Any:
    """A model of several tasks: itself where it does them jointly, else one of the kind for each task.

    A model whose constructor takes `task` is given what the codebook says of its task, as plain JSON.
    """
    if model_class(kind).multitask:
        return make_model(kind, **params)
    knows = "task" in model_class(kind)._get_param_names()
    return PerTask(kind, [make_model(kind, **params, **({"task": entry.model_dump()} if knows else {})) for entry in tasks.values()])
