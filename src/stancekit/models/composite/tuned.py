"""A model whose parameters are chosen from a grid, inside the training rows alone."""

from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, check_weights, check_y
from stancekit.models.composite.base import CHOSEN, Composite
from stancekit.models.composite.inner_folds import fit_rows, inner_folds, out_of_fold_proba
from stancekit.models.composite.nested import chosen_in, make_nested, union
from stancekit.models.composite.scores import codes_of, log_loss, macro_f1
from stancekit.models.composite.tuned_scorer import INSIDE, KIND, TunedScorer
from stancekit.models.encoders.encode import encoding_cache


class Tuned(Composite):
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

    scorer_type = TunedScorer

    def __init__(
        self,
        model: str,
        grid: dict[str, list[Any]],
        params: dict[str, Any] | None = None,
        task: dict[str, Any] | None = None,
    ) -> None:
        self.model = model
        self.grid = grid
        self.params = params
        self.task = task

    def check(self) -> None:
        self._candidates()

    @property
    def reads(self) -> tuple[str, ...]:
        return union(model.reads for _, model in self._candidates())

    @property
    def encoders(self) -> tuple[str, ...]:
        return union(model.encoders for _, model in self._candidates())

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:
        labels, weights = check_y(X, y), check_weights(X, sample_weight)
        with encoding_cache():
            started = perf_counter()
            best, chosen = self._choose(X, labels, weights, groups)
            seconds = perf_counter() - started
            fitted = fit_rows(best, X, labels, weights, groups)
        inside = chosen_in(fitted)
        self.chosen_ = {**chosen, **({"inside": inside} if inside else {})}
        self.seconds_ = seconds + getattr(fitted, "seconds_", 0.0)
        self._adopt(fitted)
        return self

    def _candidates(self) -> list[tuple[dict[str, Any], Any]]:
        """(values of the grid, the unfitted model with them) of every combination."""
        for name, values in self.grid.items():
            if not values:
                raise InputError(f"grid, '{name}'", "lists no value; name at least one")
        combinations = [dict(zip(self.grid, values, strict=True)) for values in product(*self.grid.values())]
        return [(c, make_nested("the model tuned", self.model, {**(self.params or {}), **c}, self.task)) for c in combinations]

    def _choose(self, X: Inputs, y: NDArray[np.str_], sample_weight: NDArray[np.float64] | None, groups: Any) -> tuple[Any, dict[str, Any]]:
        """The best candidate, unfitted, and what made it so."""
        candidates = self._candidates()
        folds = inner_folds(X, groups, self.reads, y) if len(candidates) > 1 else []
        if not folds:
            values, first = candidates[0]
            return first, {"params": values, "score": None, "log_loss": None, "tried": 0}
        classes = np.unique(y)
        codes = codes_of(y, classes)
        ranked = []
        for place, (_, model) in enumerate(candidates):
            proba = out_of_fold_proba(model, folds, X, y, sample_weight, groups, classes)
            # Rounded, so that what differs in the last bits alone is a tie.
            ranked.append((-round(macro_f1(proba, codes, sample_weight), 9), round(log_loss(proba, codes, sample_weight), 9), place))
        score, loss, place = min(ranked)
        values, best = candidates[place]
        return best, {"params": values, "score": -score, "log_loss": loss, "tried": len(candidates)}

    def _write(self, directory: Path) -> None:
        """The chosen model stays in a folder of its own, since its files may be called as ours."""
        write_atomic(directory / CHOSEN, to_json(self.chosen_))
        write_atomic(directory / KIND, to_json({"model": self.model}))
        self.scorer_.save(directory / INSIDE)
