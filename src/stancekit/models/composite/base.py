"""The base of models made of other models: fits, saves and loads what is within."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, TextModel, Weights
from stancekit.models.composite.inner_folds import fit_rows
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.registry import load_saved
from stancekit.models.state import State, read_object, read_state

CHOSEN = "chosen.json"
"""What a wrapper chose inside the training rows."""
INSIDE = "model"
"""The folder of the one model within; a folder of its own, since its files may be called as ours."""

Plan = dict[str, tuple[Any, NDArray[np.int64] | None]]
"""Folder → an unfitted model, and the rows that it is to be fitted on, `None` for all."""


class Wrapper(TextModel):
    """A model around others.

    Subclasses give `_made` and `_choose`, `_proba`, and for their file `state_file`, `schema`, `_state`, `_kinds` and `_restore`.

    Attributes
    ----------
    chosen_ : what was chosen inside the training rows. seconds_ : spent on choosing, by the models within as well.
    inner_ : folder → fitted model.
    """

    state_file: ClassVar[str]
    schema: ClassVar[type[State]]
    chosen_: dict[str, Any]
    inner_: dict[str, Any]

    def check(self) -> None:
        self._made()

    @property
    def reads(self) -> tuple[str, ...]:
        return union(model.reads for model in self._made())

    @property
    def encoders(self) -> tuple[str, ...]:
        return union(model.encoders for model in self._made())

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        with encoding_cache():
            started = perf_counter()
            chosen, plan = self._choose(X, y, weights, groups)
            seconds = perf_counter() - started if chosen else 0.0
            self.inner_ = {folder: fit_rows(model, X, y, weights, groups, rows) for folder, (model, rows) in plan.items()}
        self.seconds_ = seconds + sum(model.seconds_ for model in self.inner_.values())
        within = {folder: getattr(model, "chosen_", {}) for folder, model in self.inner_.items()}
        self.chosen_ = chosen | self._chosen_within({folder: found for folder, found in within.items() if found})

    def _write(self, directory: Path) -> None:
        write_atomic(directory / CHOSEN, to_json(self.chosen_))
        write_atomic(directory / self.state_file, to_json(self._state()))
        for folder, model in self.inner_.items():
            model.save(directory / folder)

    def _read(self, directory: Path) -> None:
        path = directory / self.state_file
        self.chosen_ = read_object(directory / CHOSEN)
        state = read_state(path, self.schema)
        self.inner_ = {folder: load_saved(kind, directory / folder) for folder, kind in self._kinds(state).items()}
        self.classes_ = next(iter(self.inner_.values())).classes_
        self._restore(path, state)

    def _made(self) -> Sequence[Any]:
        """The models within, unfitted. Raises `InputError` where one of them can't be made."""
        raise NotImplementedError

    def _choose(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> tuple[dict[str, Any], Plan]:
        """(what was chosen inside the training rows, which models are to be fitted)."""
        raise NotImplementedError

    def _chosen_within(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What `chosen_` says of the choices of the models within, by folder; nothing of those that chose nothing."""
        return {"inside": found[INSIDE]} if found else {}

    def _state(self) -> dict[str, Any]:
        """The content of `state_file`, of the form `schema`."""
        return {"model": self.inner_[INSIDE].model_type}

    def _kinds(self, state: Any) -> dict[str, str]:
        """Folder → model type of each model within."""
        return {INSIDE: state.model}

    def _restore(self, path: Path, state: Any) -> None:
        """Take over what `path` says; raises `InputError` where it does not go with the models within."""


def union(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every name once, in order of first seen."""
    return tuple(dict.fromkeys(name for part in parts for name in part))
