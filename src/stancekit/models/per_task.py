"""Fit single-task models on several tasks, one for each, in scikit-learn's multi-output form."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.codebook import Task
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.registry import load_saved, make_for, make_model, model_class
from stancekit.records import ModelInput

Inputs = Sequence[ModelInput | str]


class PerTask:
    """Wraps single-task models of one kind. `fit` takes (n, n_tasks); `predict_proba` gives a list, one array a task.

    `groups`, (n,), names the article of each row, for models that split their training rows again; the tasks share what
    is encoded: no text is encoded twice in a call.
    """

    def __init__(self, models: Sequence[Any]) -> None:
        self.models = list(models)

    def __repr__(self) -> str:
        return f"PerTask({self.models!r})"

    @property
    def classes_(self) -> list[NDArray[np.str_]]:
        return [model.classes_ for model in self.models]

    @property
    def model_type(self) -> str:
        return str(self.models[0].model_type)

    @property
    def seconds_(self) -> float:
        """Spent on choosing inside the training rows, over all tasks."""
        return sum(float(model.seconds_) for model in self.models)

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:
        columns = np.asarray(y).T
        with encoding_cache():
            self.models = [model.fit(X, column, sample_weight, groups) for model, column in zip(self.models, columns, strict=True)]
        return self

    def predict_proba(self, X: Inputs) -> list[NDArray[np.float64]]:
        with encoding_cache():
            return [model.predict_proba(X) for model in self.models]

    def save(self, directory: Path) -> None:
        for index, model in enumerate(self.models):
            model.save(directory / f"task{index}")

    @classmethod
    def load(cls, directory: Path, kind: str, n_tasks: int) -> "PerTask":
        return cls([load_saved(kind, directory / f"task{index}") for index in range(n_tasks)])


def all_tasks(kind: str, tasks: Mapping[str, Task], params: Mapping[str, Any]) -> Any:
    """A model of several tasks: itself where it does them jointly, else one of the kind for each task.

    A model whose constructor takes `task` is given what the codebook says of its task, as plain JSON; a joint one the names of
    the tasks.
    """
    if model_class(kind).multitask:
        return make_model(kind, **{"tasks": list(tasks), **params})
    return PerTask([make_for(kind, params, entry.model_dump()) for entry in tasks.values()])


def of_each_task(model: Any, name: str, n_tasks: int, default: Any = None) -> list[Any]:
    """An attribute of the model of each task; of a joint model, which has one, the same for all."""
    models = model.models if isinstance(model, PerTask) else [model] * n_tasks
    return [getattr(single, name, default) for single in models]
