"""One model a target: what speaks for one may speak against another."""

from typing import Any, Self

import numpy as np

from stancekit.errors import InputError
from stancekit.models.base import Inputs, check_weights, check_y
from stancekit.models.composite.base import Composite
from stancekit.models.composite.inner_folds import fit_rows
from stancekit.models.composite.nested import chosen_in, make_nested, union
from stancekit.models.composite.per_target_scorer import PerTargetScorer
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.templates import as_input

MANY = 100
"""With more targets there are too few rows of each to learn from: let one model read the target."""


class PerTarget(Composite):
    """Fits a model on the training rows of each target, and one on all rows for a target that training had not.

    Parameters
    ----------
    model, params : a model of the registry.
    task : what the codebook says of the task, for a model that takes it.

    Attributes
    ----------
    chosen_ : target → what its model chose inside its training rows; empty where nothing was.
    """

    scorer_type = PerTargetScorer

    def __init__(self, model: str, params: dict[str, Any] | None = None, task: dict[str, Any] | None = None) -> None:
        self.model = model
        self.params = params
        self.task = task

    def check(self) -> None:
        self._made()

    @property
    def reads(self) -> tuple[str, ...]:
        return union([self._made().reads, ("target",)])

    @property
    def encoders(self) -> tuple[str, ...]:
        encoders: tuple[str, ...] = self._made().encoders
        return encoders

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:
        labels, weights = check_y(X, y), check_weights(X, sample_weight)
        targets = [as_input(x).target for x in X]
        names = sorted(set(targets))
        if len(names) > MANY:
            raise InputError("per target", f"the training rows have {len(names)} targets, more than {MANY}; let one model read {{target}}")
        with encoding_cache():
            rest = fit_rows(self._made(), X, labels, weights, groups)
            of_each = {name: np.array([i for i, target in enumerate(targets) if target == name]) for name in names}
            models = {name: fit_rows(self._made(), X, labels, weights, groups, rows) for name, rows in of_each.items()}
        self.chosen_ = {name: found for name, model in models.items() if (found := chosen_in(model))}
        self.seconds_ = sum(getattr(model, "seconds_", 0.0) for model in (rest, *models.values()))
        self._adopt(PerTargetScorer(self.model, np.unique(labels), models, rest))
        return self

    def _made(self) -> Any:
        return make_nested("the model of each target", self.model, self.params or {}, self.task)
