"""Grid search: parameters of a model chosen on inner folds of the training rows."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.models.base import Inputs, Weights
from stancekit.models.composite.base import INSIDE, Plan, Wrapper
from stancekit.models.composite.inner_folds import inner_folds, out_of_fold_proba
from stancekit.models.composite.nested import make_nested
from stancekit.models.composite.scores import codes_of, log_loss, macro_f1
from stancekit.models.state import State


class _Kind(State):
    """`model.json`."""

    model: str


@dataclass(eq=False, repr=False)
class Tuned(Wrapper):
    """Tries every combination of a grid on inner folds and fits the best on all training rows.

    The best has the highest macro-F1 of the pooled out-of-fold predictions, over the classes of the training rows; among
    equals it has the lowest log-loss, then it comes first in the grid. All are tried on the same folds, purged of repeats
    of any text that one of them reads. Where there is nothing to choose by, the first combination is taken.

    Parameters
    ----------
    model, params : a model of the registry and the parameters that stay fixed.
    grid : parameter → the values to try, every combination of them; the first parameter varies slowest.
    task : what the codebook says of the task, for a model that takes it.

    Attributes
    ----------
    chosen_ : `params` (of the grid), `score` and `log_loss` of the best, `tried`: how many; under `inside` what it chose
        in turn. seconds_ : spent on choosing.
    """

    model_type = "tuned"
    state_file = "model.json"
    schema = _Kind

    model: str
    grid: dict[str, list[Any]]
    params: dict[str, Any] | None = None
    task: dict[str, Any] | None = None

    def _combinations(self) -> list[dict[str, Any]]:
        return [dict(zip(self.grid, values, strict=True)) for values in product(*self.grid.values())]

    def _made(self) -> list[Any]:
        for name, values in self.grid.items():
            if not values:
                raise InputError(f"grid, '{name}'", "lists no value; name at least one")
        given = self.params or {}
        return [make_nested("the model tuned", self.model, {**given, **values}, self.task) for values in self._combinations()]

    def _choose(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> tuple[dict[str, Any], Plan]:
        candidates, grid = self._made(), self._combinations()
        folds = inner_folds(X, groups, self.reads, y) if len(candidates) > 1 else []
        if not folds:
            return {"params": grid[0], "score": None, "log_loss": None, "tried": 0}, {INSIDE: (candidates[0], None)}
        classes = np.unique(y)
        codes = codes_of(y, classes)
        ranked = []
        for place, model in enumerate(candidates):
            proba = out_of_fold_proba(model, folds, X, y, weights, groups, classes)
            # Rounded, so that what differs in the last bits alone is a tie.
            ranked.append((-round(macro_f1(proba, codes, weights), 9), round(log_loss(proba, codes, weights), 9), place))
        score, loss, place = min(ranked)
        chosen = {"params": grid[place], "score": -score, "log_loss": loss, "tried": len(candidates)}
        return chosen, {INSIDE: (candidates[place], None)}

    @property
    def threshold_(self) -> float | None:  # type: ignore[override]
        """That of the chosen model."""
        return self.inner_[INSIDE].threshold_ if hasattr(self, "inner_") else None

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        proba: NDArray[np.float64] = self.inner_[INSIDE].predict_proba(X)
        return proba
