"""Baseline: most frequent label per actor or actor kind, without reading the text."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, TextModel, Weights
from stancekit.models.params import ClassWeight
from stancekit.models.state import Classes, Probability, State, check_distribution, read_state
from stancekit.models.templates import values


class _Frequencies(State):
    """`actors.json`; every list is (n_classes,)."""

    classes: Classes
    overall: list[Probability]
    by_holder: dict[str, list[Probability]]


@dataclass(eq=False, repr=False)
class Actor(TextModel):
    """Label frequencies by holder; an unseen or unknown holder gets those of the whole training set.

    A stance model earns its place by beating this. A tie goes to the label that is more frequent overall.

    Parameters
    ----------
    by : `holder`, or `actor_kind` for the kind of body or person that they are.
    smoothing : pseudo-count: weight of the overall frequencies, in statements.
    class_weight : `balanced` divides frequencies by the overall ones, so that an unknown holder speaks for no label; or `None`.
    """

    model_type = "actor"

    by: Literal["holder", "actor_kind"] = "holder"
    smoothing: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    class_weight: ClassWeight = None

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.by,)

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        codes = np.unique(y, return_inverse=True)[1]
        counts = np.bincount(codes, weights)
        shares = counts / counts.sum()
        tally: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(len(counts)))
        for row, (who, code) in enumerate(zip(values(self.by, X), codes.tolist(), strict=True)):
            if who:
                tally[who][code] += 1 if weights is None else weights[row]
        self.by_holder_ = {who: self._row(tally[who], shares) for who in sorted(tally)}
        self.overall_ = np.full(len(shares), 1 / len(shares)) if self.class_weight == "balanced" else shares

    def _row(self, counts: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
        # A hair of the overall distribution breaks ties towards the more frequent label and changes no other.
        frequencies = (counts + self.smoothing * shares) / (counts.sum() + self.smoothing)
        row: NDArray[np.float64] = 0.999999 * frequencies + 0.000001 * shares
        if self.class_weight == "balanced":
            row = row / shares
        row /= row.sum()
        return row

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        rows = [self.by_holder_.get(who, self.overall_) for who in values(self.by, X)]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(self.classes_))

    def _write(self, directory: Path) -> None:
        state = {
            "classes": self.classes_.tolist(),
            "overall": self.overall_.tolist(),
            "by_holder": {holder: row.tolist() for holder, row in self.by_holder_.items()},
        }
        write_atomic(directory / "actors.json", to_json(state))

    def _read(self, directory: Path) -> None:
        path = directory / "actors.json"
        state = read_state(path, _Frequencies)
        self.classes_ = np.array(state.classes)
        n = len(state.classes)
        self.overall_ = check_distribution(path, "overall", state.overall, n)
        self.by_holder_ = {who: check_distribution(path, f"by_holder.{who}", row, n) for who, row in state.by_holder.items()}
