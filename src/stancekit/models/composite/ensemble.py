"""Weighted average of several models, with given weights or stacked on inner out-of-fold predictions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.errors import InputError
from stancekit.models.base import Inputs, Weights
from stancekit.models.composite.base import Plan, Wrapper
from stancekit.models.composite.inner_folds import inner_folds, out_of_fold_proba
from stancekit.models.composite.nested import check_entry, make_nested
from stancekit.models.composite.scores import codes_of
from stancekit.models.encoders.encode import encoding_cache
from stancekit.models.params import Positive
from stancekit.models.state import Probability, State, check_distribution


class _Ensemble(State):
    """`ensemble.json`: of each member its type and its weight."""

    kinds: Annotated[dict[str, str], Field(min_length=1)]
    weights: dict[str, Probability]


@dataclass(eq=False, repr=False)
class Ensemble(Wrapper):
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
    seconds_ : spent on choosing. weights_ : member → weight, they sum to 1.
    """

    model_type = "ensemble"
    state_file = "ensemble.json"
    schema = _Ensemble

    members: dict[str, dict[str, Any]]
    combine: Literal["average", "stack"] = "average"
    weights: dict[str, float] | None = None
    prior: Positive = 10.0
    task: dict[str, Any] | None = None

    def _made(self) -> list[Any]:
        """Raises `InputError` for weights that do not go with the members as well."""
        if not self.members:
            raise InputError("members", "an ensemble of none says nothing; name at least one")
        for name, entry in self.members.items():
            check_entry(f"member '{name}'", entry)
        made = [make_nested(f"member '{n}'", entry["model"], entry.get("params", {}), self.task) for n, entry in self.members.items()]
        if self.combine == "average":
            self._given()
        elif self.weights is not None:
            raise InputError("weights", "are chosen by `combine: stack`; give none, or `combine: average`")
        return made

    def _given(self) -> dict[str, float]:
        """The weights given, made to sum to 1."""
        given = dict.fromkeys(self.members, 1.0) if self.weights is None else self.weights
        if given.keys() != self.members.keys():
            raise InputError("weights", f"are of {', '.join(given) or 'none'}; each member needs one", self.members)
        total = float(sum(given.values()))
        if not (np.isfinite(total) and total > 0 and min(given.values()) >= 0):
            raise InputError("weights", f"are {given}; none may be negative, and they can't all be 0")
        return {name: given[name] / total for name in self.members}

    def _choose(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> tuple[dict[str, Any], Plan]:
        models, stacked = self._made(), self.combine == "stack"
        self.weights_ = self._stacked(models, X, y, weights, groups) if stacked else self._given()
        return {"weights": self.weights_} if stacked else {}, {f"member{i}": (model, None) for i, model in enumerate(models)}

    def _stacked(self, models: list[Any], X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> dict[str, float]:
        """Weights by out-of-fold probabilities; equal ones where there is nothing to choose by."""
        folds = inner_folds(X, groups, self.reads, y)
        if not folds or len(models) == 1:
            return dict.fromkeys(self.members, 1 / len(models))
        classes = np.unique(y)
        labels = np.arange(len(X)), codes_of(y, classes)
        said = [out_of_fold_proba(model, folds, X, y, weights, groups, classes)[labels] for model in models]
        return dict(zip(self.members, simplex_weights(np.stack(said, axis=1), weights, self.prior).tolist(), strict=True))

    def _chosen_within(self, found: Mapping[str, Any]) -> dict[str, Any]:
        names = {f"member{i}": name for i, name in enumerate(self.weights_)}
        return {"members": {names[folder]: chosen for folder, chosen in found.items()}} if found else {}

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        with encoding_cache():
            probas = [model.predict_proba(X) for model in self.inner_.values()]
        pooled: Any = sum(weight * proba for weight, proba in zip(self.weights_.values(), probas, strict=True))
        result: NDArray[np.float64] = pooled / pooled.sum(axis=1, keepdims=True)
        return result

    def _state(self) -> dict[str, Any]:
        """Members are in numbered folders, since a member may be called anything."""
        kinds = [model.model_type for model in self.inner_.values()]
        return {"kinds": dict(zip(self.weights_, kinds, strict=True)), "weights": self.weights_}

    def _kinds(self, state: _Ensemble) -> dict[str, str]:
        return {f"member{i}": kind for i, kind in enumerate(state.kinds.values())}

    def _restore(self, path: Path, state: _Ensemble) -> None:
        if state.weights.keys() != state.kinds.keys():
            raise InputError(path, f"`weights` are of {', '.join(state.weights) or 'none'}; each member needs one", state.kinds)
        check_distribution(path, "weights", list(state.weights.values()), len(state.kinds))
        if any(model.classes_.tolist() != self.classes_.tolist() for model in self.inner_.values()):
            raise InputError(path, "its members know different labels; all of them are fitted on the same")
        self.weights_ = {name: state.weights[name] for name in state.kinds}


def simplex_weights(said: NDArray[np.float64], sample_weight: Weights = None, prior: float = 10.0) -> NDArray[np.float64]:
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
