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
    """Fitted models, one a task. `kinds`: their types. A joint model answers for its own task alone."""

    def __init__(self, kinds: Sequence[str], models: Sequence[Any]) -> None:
        super().__init__(BY_TASK, models)
        self.kinds = list(kinds)

    @classmethod
    def of(cls, chosen: Sequence[tuple[str, Any]]) -> Self:
        """Take each task's model out of a fitted model of all tasks. `chosen`: (model type, model), one a task."""
        return cls([kind for kind, _ in chosen], [m.models[i] if isinstance(m, PerTask) else m for i, (_, m) in enumerate(chosen)])

    @property
    def classes_(self) -> list[NDArray[np.str_]]:
        return self._own([model.classes_ for model in self.models])

    def predict_proba(self, X: Inputs) -> list[NDArray[np.float64]]:
        with encoding_cache():
            found = {key: model.predict_proba(X) for key, model in {id(model): model for model in self.models}.items()}
        return self._own([found[id(model)] for model in self.models])

    def save(self, directory: Path) -> None:
        folders = {id(model): f"task{index}" for index, model in reversed(list(enumerate(self.models)))}
        for key, model in {id(model): model for model in self.models}.items():
            model.save(directory / folders[key])
        parts = [
            {"kind": kind, "joint": isinstance(model.classes_, list), "folder": folders[id(model)]}
            for kind, model in zip(self.kinds, self.models, strict=True)
        ]
        write_atomic(directory / PARTS, to_json({"tasks": parts}))

    @classmethod
    def load(cls, directory: Path, *_: Any) -> "ByTask":
        """Read what `save` wrote. Raises `InputError` where it is not as it was written."""
        parts = read_state(directory / PARTS, _Parts).tasks
        loaded: dict[tuple[str, bool, str], Any] = {}
        for part in parts:
            key = (part.kind, part.joint, part.folder)
            if key not in loaded:
                folder = directory / part.folder
                loaded[key] = model_class(part.kind).load(folder) if part.joint else load_saved(part.kind, folder)
        return cls([part.kind for part in parts], [loaded[part.kind, part.joint, part.folder] for part in parts])

    @staticmethod
    def _own(found: list[Any]) -> list[Any]:
        """Of a joint model, which gives a list with an item a task, the item of its task."""
        return [item[task] if isinstance(item, list) else item for task, item in enumerate(found)]
