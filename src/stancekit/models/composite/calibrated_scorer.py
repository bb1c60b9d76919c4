"""A fitted model with its probabilities put right, loaded and scored without what fitting needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.composite.calibration import LARGEST, SMALLEST, Calibration, Method
from stancekit.models.registry import load_saved
from stancekit.models.state import Number, Probability, State, read_state
from stancekit.records import ModelInput

INSIDE = "model"
STATE = "calibration.json"


def _rising(curve: tuple[list[float], list[float]]) -> tuple[list[float], list[float]]:
    x, y = curve
    if not x or len(x) != len(y) or x != sorted(x):
        raise ValueError("is no curve: as many rising x as y are needed")
    return curve


class _Map(State):
    """What `Calibration.to_json` gives; a fitted temperature may end a rounding error outside its range."""

    method: Method
    temperature: Annotated[float, Field(ge=SMALLEST * 0.99, le=LARGEST * 1.01)]
    curves: list[Annotated[tuple[list[Number], list[Probability]], Field(strict=False), AfterValidator(_rising)]]
    rows: Annotated[Number, Field(ge=0)]


class _Calibrated(State):
    """`calibration.json`."""

    model: str
    threshold: Number | None
    calibration: _Map


@dataclass(frozen=True)
class CalibratedScorer:
    """`model`, of type `kind`, under a calibration. Below `threshold_` it abstains; `None` where it never does."""

    model: Any
    kind: str
    calibration: Calibration
    threshold_: float | None

    @property
    def classes_(self) -> NDArray[np.str_]:
        classes: NDArray[np.str_] = self.model.classes_
        return classes

    def predict_proba(self, X: Sequence[ModelInput | str]) -> NDArray[np.float64]:
        """(n, n_classes), rows sum to 1."""
        return self.calibration.apply(self.model.predict_proba(X))

    def save(self, directory: Path) -> None:
        state = {"model": self.kind, "threshold": self.threshold_, "calibration": self.calibration.to_json()}
        write_atomic(directory / STATE, to_json(state))
        self.model.save(directory / INSIDE)

    @classmethod
    def load(cls, directory: Path, *, to_fit: bool = False) -> "CalibratedScorer":
        path = directory / STATE
        state = read_state(path, _Calibrated)
        model = load_saved(state.model, directory / INSIDE, to_fit=to_fit)
        if (n := len(state.calibration.curves)) not in (0, len(model.classes_)):
            raise InputError(path, f"`calibration.curves` are {n}; the model has {len(model.classes_)} classes")
        return cls(model, state.model, Calibration.from_json(state.calibration.model_dump()), state.threshold)
