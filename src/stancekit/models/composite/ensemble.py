"""Several models of one task, averaged or weighted by what they are worth inside the training rows."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError
from stancekit.models.base import Inputs, check_weights, check_y
from stancekit.models.composite.base import Composite
from stancekit.models.composite.ensemble_scorer import EnsembleScorer
from stancekit.models.composite.inner_folds import fit_rows, inner_folds, out_of_fold_proba
from stancekit.models.composite.nested import check_entry, chosen_in, make_nested, union
from stancekit.models.composite.scores import codes_of
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.params import Positive


class Ensemble(Composite):
    """A linear pool of models: the weighted mean of their probabilities.

    Stacking chooses non-negative weights that sum to 1, by the log-loss of out-of-fold probabilities and shrunken towards
    equal ones. A free stacker (a regression on the members' probabilities, as in Wolpert 1992) has a weight for each
    member and class: with a hundred rows it fits their noise. On simulated members a log-linear pool with fitted weights
    scored alike, and far worse with equal ones, since one overconfident member can veto a label there.

    Parameters
    ----------
    members : name → `model` and `params`; any single-task use of a model of the registry, an ensemble as well.
    combine : `average`, with `weights` (name → weight, equal without them), or `stack`.
    prior : what holds stacked weights to equal ones, in rows: 10 are outweighed by 100 training rows ten to one.
    task : what the codebook says of the task, for members that take it.

    Attributes
    ----------
    chosen_ : with `stack` the `weights` by member, and under `members` what they chose in turn; empty where nothing was chosen.
        Weights that were given are no choice.
    seconds_ : spent on choosing.
    """

    scorer_type = EnsembleScorer

    def __init__(
        self,
        members: dict[str, dict[str, Any]],
        combine: Literal["average", "stack"] = "average",
        weights: dict[str, float] | None = None,
        prior: Positive = 10.0,
        task: dict[str, Any] | None = None,
    ) -> None:
        self.members = members
        self.combine = combine
        self.weights = weights
        self.prior = prior
        self.task = task

    @property
    def reads(self) -> tuple[str, ...]:
        return union(model.reads for model in self._made().values())

    @property
    def encoders(self) -> tuple[str, ...]:
        return union(model.encoders for model in self._made().values())

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:
        labels, weights = check_y(X, y), check_weights(X, sample_weight)
        models = self._checked()
        with encoding_cache():
            started = perf_counter()
            shares = self._stacked(models, X, labels, weights, groups) if self.combine == "stack" else self._given(models)
            seconds = perf_counter() - started
            members = {name: fit_rows(model, X, labels, weights, groups) for name, model in models.items()}
        nested = {name: found for name, member in members.items() if (found := chosen_in(member))}
        weighed = {"weights": shares} if self.combine == "stack" else {}
        self.chosen_ = {**weighed, **({"members": nested} if nested else {})}
        self.seconds_ = seconds + sum(getattr(member, "seconds_", 0.0) for member in members.values())
        self._adopt(EnsembleScorer(members, {name: entry["model"] for name, entry in self.members.items()}, shares))
        return self

    def check(self) -> None:
        self._checked()

    def _checked(self) -> dict[str, Any]:
        """The members, unfitted, for which the weights are fit."""
        models = self._made()
        if self.combine == "average":
            self._given(models)
        elif self.weights is not None:
            raise InputError("weights", "are chosen by `combine: stack`; give none, or `combine: average`")
        return models

    def _made(self) -> dict[str, Any]:
        """The members, unfitted."""
        if not self.members:
            raise InputError("members", "an ensemble of none says nothing; name at least one")
        for name, entry in self.members.items():
            check_entry(f"member '{name}'", entry)
        return {name: make_nested(f"member '{name}'", entry["model"], entry.get("params", {}), self.task)
                for name, entry in self.members.items()}  # fmt: skip

    def _given(self, models: Mapping[str, Any]) -> dict[str, float]:
        """The weights given, made to sum to 1."""
        given = dict.fromkeys(models, 1.0) if self.weights is None else self.weights
        if given.keys() != models.keys():
            raise InputError("weights", f"are of {', '.join(given) or 'none'}; each member needs one", models)
        total = float(sum(given.values()))
        if not (np.isfinite(total) and total > 0 and min(given.values()) >= 0):
            raise InputError("weights", f"are {given}; none may be negative, and they can't all be 0")
        return {name: given[name] / total for name in models}

    def _stacked(self, models: Mapping[str, Any], X: Inputs, y: NDArray[np.str_], sample_weight: Any, groups: Any) -> dict[str, float]:
        """Weights by out-of-fold probabilities; equal ones where there is nothing to choose by."""
        folds = inner_folds(X, groups, self.reads, y)
        if not folds or len(models) == 1:
            return dict.fromkeys(models, 1 / len(models))
        classes = np.unique(y)
        labels = np.arange(len(X)), codes_of(y, classes)
        said = [out_of_fold_proba(model, folds, X, y, sample_weight, groups, classes)[labels] for model in models.values()]
        return dict(zip(models, simplex_weights(np.stack(said, axis=1), sample_weight, self.prior).tolist(), strict=True))


def simplex_weights(
    said: NDArray[np.float64], sample_weight: NDArray[np.float64] | None = None, prior: float = 10.0
) -> NDArray[np.float64]:
    """(n_members,) the proportions of a mixture that make the labels most probable, with `prior` rows shared out equally.

    `said` is (n, n_members), each member's probability of the row's label. The posterior mode under a symmetric Dirichlet
    distribution, by expectation maximisation (Dempster, Laird and Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x): it
    needs no step size and never leaves the simplex. Rows to which every member gives 0 say nothing and are left out.
    """
    rows = np.ones(len(said)) if sample_weight is None else sample_weight
    heard = said.max(axis=1) > 0
    said, rows = said[heard], rows[heard]
    n_members = said.shape[1]
    weights = np.full(n_members, 1 / n_members)
    for _ in range(10_000):
        share = weights * said
        share /= share.sum(axis=1, keepdims=True)
        before, weights = weights, (rows @ share + prior / n_members) / (rows.sum() + prior)
        if np.abs(weights - before).max() < 1e-10:
            break
    return weights
