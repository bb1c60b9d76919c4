"""A model for each task from recipes of several kinds, as a default that differs by task needs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.per_task import Inputs, PerTask
from stancekit.models.registry import load_saved, model_class
from stancekit.models.state import State, read_state

BY_TASK = "by_task"
"""The model type that a manifest names."""
PARTS = "parts.json"


class _Part(State):
    """The model of a task; a joint one, of all tasks, may be that of several."""

    kind: str
    joint: bool
    folder: Annotated[str, Field(pattern=r"^task[0-9]{1,4}$")]


class _Parts(State):
    tasks: list[_Part]


class ByTask(PerTask):
    """Fitted models, one a task. A joint model answers for its own task alone."""

    @classmethod
    def of(cls, chosen: Sequence[Any]) -> Self:
        """Take each task's model out of a fitted model of all tasks. `chosen`: one a task."""
        return cls([model.models[i] if isinstance(model, PerTask) else model for i, model in enumerate(chosen)])

    @property
    def model_type(self) -> str:
        return BY_TASK

    @property
    def classes_(self) -> list[NDArray[np.str_]]:
        return _of_tasks([model.classes_ for model in self.models])

    def predict_proba(self, X: Inputs) -> list[NDArray[np.float64]]:
        with encoding_cache():
            found = {key: model.predict_proba(X) for key, model in {id(model): model for model in self.models}.items()}
        return _of_tasks([found[id(model)] for model in self.models])

    def save(self, directory: Path) -> None:
        folders: dict[int, str] = {}
        for index, model in enumerate(self.models):
            if folders.setdefault(id(model), f"task{index}") == f"task{index}":
                model.save(directory / f"task{index}")
        parts = [{"kind": m.model_type, "joint": isinstance(m.classes_, list), "folder": folders[id(m)]} for m in self.models]
        write_atomic(directory / PARTS, to_json({"tasks": parts}))

    @classmethod
    def load(cls, directory: Path, *_: Any) -> "ByTask":
        """Read what `save` wrote. Raises `InputError` where it is not as it was written."""
        parts = read_state(directory / PARTS, _Parts).tasks
        loaded: dict[str, Any] = {}
        for part in parts:
            if part.folder not in loaded:
                folder = directory / part.folder
                loaded[part.folder] = model_class(part.kind).load(folder) if part.joint else load_saved(part.kind, folder)
        return cls([loaded[part.folder] for part in parts])


def _of_tasks(found: Sequence[Any]) -> list[Any]:
    """Of a joint model, which gives a list with an item a task, the item of its task."""
    return [item[task] if isinstance(item, list) else item for task, item in enumerate(found)]
