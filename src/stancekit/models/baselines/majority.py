"""The floor: the most frequent label, whatever is said."""

from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, ConfigDict, Field, RootModel

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, TextModel, Weights
from stancekit.models.state import Probability, check_distribution, in_order, read_state


def _sorted(table: dict[str, float]) -> dict[str, float]:
    in_order(list(table))
    return table


class _Frequencies(RootModel[Annotated[dict[str, Probability], Field(min_length=1), AfterValidator(_sorted)]]):
    """`frequencies.json`: label → share."""

    model_config = ConfigDict(strict=True)


class Majority(TextModel):
    """Predicts the training frequencies for every statement. It reads nothing."""

    model_type = "majority"

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        counts = np.bincount(np.unique(y, return_inverse=True)[1], weights)
        self.frequencies_ = counts / counts.sum()

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        return np.tile(self.frequencies_, (len(X), 1))

    def _write(self, directory: Path) -> None:
        write_atomic(directory / "frequencies.json", to_json(dict(zip(self.classes_.tolist(), self.frequencies_.tolist(), strict=True))))

    def _read(self, directory: Path) -> None:
        path = directory / "frequencies.json"
        table = read_state(path, _Frequencies).root
        self.classes_ = np.array(list(table))
        self.frequencies_ = check_distribution(path, "the frequencies", list(table.values()), len(table))
