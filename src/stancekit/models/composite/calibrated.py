"""A model whose probabilities are put right, and who may abstain, by rows that it has not seen."""

from time import perf_counter
from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.models.base import Inputs, check_weights, check_y
from stancekit.models.composite.base import Composite
from stancekit.models.composite.calibrated_scorer import CalibratedScorer
from stancekit.models.composite.calibration import Calibration, Method, fit_calibration, threshold_for
from stancekit.models.composite.inner_folds import InnerFold, fit_rows, inner_folds, out_of_fold_proba
from stancekit.models.composite.nested import chosen_in, make_nested
from stancekit.models.composite.scores import codes_of
from stancekit.models.encoders.encode import encoding_cache

Accuracy = Annotated[float, Field(gt=0, le=1)]


class Calibrated(Composite):
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
        probabilities are put right by the other folds, so that the choice does not flatter itself.
    chosen_ : `method`, `temperature`, `rows` (0: nothing to choose by, so probabilities stay as they are); with `abstain`
        also `threshold`, `wanted`, and the `accuracy` and `kept` share of those rows; under `inside` what the model chose
        in turn. seconds_ : spent on choosing.
    """

    scorer_type = CalibratedScorer

    def __init__(
        self,
        model: str,
        params: dict[str, Any] | None = None,
        method: Method = "temperature",
        abstain: Accuracy | None = None,
        task: dict[str, Any] | None = None,
    ) -> None:
        self.model = model
        self.params = params
        self.method = method
        self.abstain = abstain
        self.task = task

    def check(self) -> None:
        self._made()

    @property
    def reads(self) -> tuple[str, ...]:
        reads: tuple[str, ...] = self._made().reads
        return reads

    @property
    def encoders(self) -> tuple[str, ...]:
        encoders: tuple[str, ...] = self._made().encoders
        return encoders

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:
        labels, weights = check_y(X, y), check_weights(X, sample_weight)
        model = self._made()
        with encoding_cache():
            started = perf_counter()
            folds = inner_folds(X, groups, model.reads, labels)
            calibration, chosen = Calibration(self.method), {"method": self.method, "temperature": 1.0, "rows": 0}
            threshold = None if self.abstain is None else 0.0
            if folds:
                classes = np.unique(labels)
                proba = out_of_fold_proba(model, folds, X, labels, weights, groups, classes)
                codes = codes_of(labels, classes)
                calibration = fit_calibration(self.method, proba, codes, weights)
                chosen |= {"temperature": calibration.temperature, "rows": len(codes)}
                if self.abstain is not None:
                    top = _cross_calibrated(self.method, proba, codes, weights, folds)
                    right = top.argmax(axis=1) == codes
                    threshold, accuracy, kept = threshold_for(top.max(axis=1), right, self.abstain, weights)
                    chosen |= {"threshold": threshold, "wanted": self.abstain, "accuracy": accuracy, "kept": kept}
            seconds = perf_counter() - started
            fitted = fit_rows(model, X, labels, weights, groups)
        inside = chosen_in(fitted)
        self.chosen_ = {**chosen, **({"inside": inside} if inside else {})}
        self.seconds_ = seconds + getattr(fitted, "seconds_", 0.0)
        self._adopt(CalibratedScorer(fitted, self.model, calibration, threshold))
        return self

    def _made(self) -> Any:
        """The model, unfitted."""
        return make_nested("the model calibrated", self.model, self.params or {}, self.task)


def _cross_calibrated(
    method: Method, proba: NDArray[np.float64], codes: NDArray[np.int64], weights: NDArray[np.float64] | None, folds: list[InnerFold]
) -> NDArray[np.float64]:
    """(n, n_classes) out-of-fold probabilities, those of each fold put right by the others."""
    result = np.empty_like(proba)
    for _, test in folds:
        others = np.setdiff1d(np.arange(len(codes)), test)
        calibration = fit_calibration(method, proba[others], codes[others], None if weights is None else weights[others])
        result[test] = calibration.apply(proba[test])
    return result
