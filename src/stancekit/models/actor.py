"""Who speaks decides: the majority label of the holder in training, reading no word."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from stancekit.files import parse_object, read_text, to_json, write_atomic
from stancekit.models.base import Inputs, TextModel, check_weights, check_y
from stancekit.models.inputs import holders


class Actor(TextModel):
    """Label frequencies by holder; an unseen or unknown holder gets those of the whole training set.

    A stance model earns its place by beating this. A tie goes to the label that is more frequent overall.
    """

    @property
    def reads(self) -> tuple[str, ...]:
        return ("holder",)

    def fit(self, X: Inputs, y: Any, sample_weight: Any = None) -> Self:
        labels = check_y(X, y)
        weights = check_weights(X, sample_weight)
        self.classes_, codes = np.unique(labels, return_inverse=True)
        counts = np.bincount(codes, weights)
        self.overall_ = counts / counts.sum()
        tally: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for row, (holder, label) in enumerate(zip(holders(X), labels.tolist(), strict=True)):
            if holder:
                tally[holder][label] += 1 if weights is None else weights[row]
        self.by_holder_ = {holder: self._row(tally[holder]) for holder in sorted(tally)}
        return self

    def _row(self, counts: Mapping[str, float]) -> NDArray[np.float64]:
        frequencies = np.array([counts.get(c, 0) for c in self.classes_.tolist()]) / sum(counts.values())
        # A hair of the overall distribution breaks ties towards the more frequent label and changes no other.
        row: NDArray[np.float64] = 0.999999 * frequencies + 0.000001 * self.overall_
        row /= row.sum()
        return row

    def predict_proba(self, X: Inputs) -> NDArray[np.float64]:
        self._check_fitted()
        rows = [self.by_holder_.get(holder or "", self.overall_) for holder in holders(X)]
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
        state = parse_object(read_text(path), path)
        self.classes_ = np.array(state["classes"])
        self.overall_ = np.array(state["overall"], dtype=np.float64)
        self.by_holder_ = {holder: np.array(row, dtype=np.float64) for holder, row in state["by_holder"].items()}
