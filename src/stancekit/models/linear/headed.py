"""What models share that are a linear head over features of their own."""

import numpy as np
from numpy.typing import NDArray

from stancekit.models.base import Inputs, TextModel
from stancekit.models.linear.head import LinearHead


class Headed(TextModel):
    """Subclasses give `_features`, fit a head on them and adopt it."""

    head_: LinearHead

    def predict_proba(self, X: Inputs) -> NDArray[np.float64]:
        self._check_fitted()
        return self.head_.proba(self._features(X))

    def _features(self, X: Inputs) -> NDArray[np.float64]:
        """(n, n_features)."""
        raise NotImplementedError

    def _adopt(self, head: LinearHead) -> None:
        self.head_ = head
        self.classes_ = np.array(head.classes)
