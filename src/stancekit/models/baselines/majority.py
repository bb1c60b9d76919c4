"""Baseline: the most frequent label, whatever the text."""

from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, ConfigDict, Field, RootModel

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, TextModel, Weights
from stancekit.models.state import Classes, Probability, State, as_state, check_distribution, in_order, read_object


def _sorted(table: dict[str, float]) -> dict[str, float]:
    in_order(list(table))
    return table


class _Frequencies(RootModel[Annotated[dict[str, Probability], Field(min_length=1), AfterValidator(_sorted)]]):
    """`frequencies.json`: label → share."""

    model_config = ConfigDict(strict=True)


class _Typed(State):
    """`frequencies.json` where labels are no strings, which alone may be keys."""

    classes: Classes
    shares: list[Probability]


class Majority(TextModel):
    """Predicts the training frequencies for every statement. It reads nothing."""

    model_type = "majority"

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        counts = np.bincount(np.unique(y, return_inverse=True)[1], weights)
        self.frequencies_ = counts / counts.sum()

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        return np.tile(self.frequencies_, (len(X), 1))

    def _write(self, directory: Path) -> None:
        labels, shares = self.classes_.tolist(), self.frequencies_.tolist()
        table = dict(zip(labels, shares, strict=True)) if isinstance(labels[0], str) else {"classes": labels, "shares": shares}
        write_atomic(directory / "frequencies.json", to_json(table))

    def _read(self, directory: Path) -> None:
        path = directory / "frequencies.json"
        if isinstance((content := read_object(path)).get("shares"), list):
            typed = as_state(content, path, _Typed)
            labels, shares = typed.classes, typed.shares
        else:
            table = as_state(content, path, _Frequencies).root
            labels, shares = list(table), list(table.values())
        self.classes_, self.frequencies_ = np.array(labels), check_distribution(path, "the frequencies", shares, len(labels))
