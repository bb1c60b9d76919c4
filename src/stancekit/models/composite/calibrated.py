"""Post-hoc calibration and selective prediction, fitted on inner out-of-fold predictions."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.errors import InputError
from stancekit.models.base import Inputs, Weights
from stancekit.models.composite.base import INSIDE, Plan, Wrapper
from stancekit.models.composite.calibration import Calibration, Method, fit_calibration, threshold_for
from stancekit.models.composite.inner_folds import InnerFold, inner_folds, out_of_fold_proba
from stancekit.models.composite.nested import make_nested
from stancekit.models.composite.scores import codes_of
from stancekit.models.state import Number, State

Accuracy = Annotated[float, Field(gt=0, le=1)]


class _Calibrated(State):
    """`calibration.json`."""

    model: str
    threshold: Number | None
    calibration: Calibration


@dataclass(eq=False, repr=False)
class Calibrated(Wrapper):
    """Fits a model on all training rows, and a calibration on out-of-fold probabilities of inner folds.

    Parameters
    ----------
    model, params : a model of the registry.
    method : `temperature`, one number for all classes; `isotonic`, a curve a class, which needs many rows (scikit-learn's
        guide advises some thousand); or `none`, to abstain only.
    abstain : the accuracy wanted among the labels that are kept; `None` keeps all.
    task : what the codebook says of the task, for a model that takes it.

    Attributes
    ----------
    threshold_ : the lowest probability of a label that is kept, chosen so that out-of-fold rows at or above it are right as
        often as wanted; 0 keeps all. Where that can't be reached it is the threshold of the highest accuracy. The rows'
        probabilities are calibrated on the other folds, so that the choice is not optimistic.
    chosen_ : `method`, `temperature`, `rows` (0: nothing to choose by, so probabilities stay as they are); with `abstain`
        also `threshold`, `wanted`, and the `accuracy` and `kept` share of those rows; under `inside` what the model chose
        in turn. seconds_ : spent on choosing.
    """

    model_type = "calibrated"
    state_file = "calibration.json"
    schema = _Calibrated

    model: str
    params: dict[str, Any] | None = None
    method: Method = "temperature"
    abstain: Accuracy | None = None
    task: dict[str, Any] | None = None

    def _made(self) -> list[Any]:
        return [make_nested("the model calibrated", self.model, self.params or {}, self.task)]

    def _choose(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> tuple[dict[str, Any], Plan]:
        (model,) = self._made()
        chosen: dict[str, Any] = {"method": self.method, "temperature": 1.0, "rows": 0}
        self.calibration_, self.threshold_ = Calibration(method=self.method), None if self.abstain is None else 0.0
        if folds := inner_folds(X, groups, model.reads, y):
            classes = np.unique(y)
            proba, codes = out_of_fold_proba(model, folds, X, y, weights, groups, classes), codes_of(y, classes)
            self.calibration_ = fit_calibration(self.method, proba, codes, weights)
            chosen |= {"temperature": self.calibration_.temperature, "rows": len(codes)}
            if self.abstain is not None:
                top = _cross_calibrated(self.method, proba, codes, weights, folds)
                right = top.argmax(axis=1) == codes
                self.threshold_, accuracy, kept = threshold_for(top.max(axis=1), right, self.abstain, weights)
                chosen |= {"threshold": self.threshold_, "wanted": self.abstain, "accuracy": accuracy, "kept": kept}
        return chosen, {INSIDE: (model, None)}

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        return self.calibration_.apply(self.inner_[INSIDE].predict_proba(X))

    def _state(self) -> dict[str, Any]:
        return super()._state() | {"threshold": self.threshold_, "calibration": self.calibration_.model_dump()}

    def _restore(self, path: Path, state: _Calibrated) -> None:
        if (n := len(state.calibration.curves)) not in (0, len(self.classes_)):
            raise InputError(path, f"`calibration.curves` are {n}; the model has {len(self.classes_)} classes")
        self.calibration_, self.threshold_ = state.calibration, state.threshold


def _cross_calibrated(
    method: Method, proba: NDArray[np.float64], codes: NDArray[np.int64], weights: Weights, folds: list[InnerFold]
) -> NDArray[np.float64]:
    """(n, n_classes) out-of-fold probabilities, those of each fold calibrated on the other folds."""
    result = np.empty_like(proba)
    for _, test in folds:
        others = np.setdiff1d(np.arange(len(codes)), test)
        calibration = fit_calibration(method, proba[others], codes[others], None if weights is None else weights[others])
        result[test] = calibration.apply(proba[test])
    return result
