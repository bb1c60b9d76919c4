"""A fitted model with its probabilities put right, loaded and scored without what fitting needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.files import parse_object, read_text, to_json, write_atomic
from stancekit.models.calibration import Calibration
from stancekit.models.registry import load_saved
from stancekit.records import ModelInput

INSIDE = "model"
STATE = "calibration.json"


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
        state = parse_object(read_text(path), path)
        model = load_saved(state["model"], directory / INSIDE, to_fit=to_fit)
        return cls(model, state["model"], Calibration.from_json(state["calibration"]), state["threshold"])
