"""What models made of other models share: a scorer that scores, and what was chosen kept beside it."""

from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.base import Inputs, TextModel
from stancekit.models.state import read_object

CHOSEN = "chosen.json"
"""What a composite chose inside the training rows."""


class Composite(TextModel):
    """Subclasses fit a scorer and adopt it.

    Attributes
    ----------
    chosen_ : what was chosen inside the training rows. seconds_ : spent on choosing, in what it is made of as well.
    scorer_ : what `scorer_type` loads; it scores without what fitting needs.
    """

    splits_again = True
    scorer_type: ClassVar[Any]
    chosen_: dict[str, Any]
    seconds_: float

    def predict_proba(self, X: Inputs) -> NDArray[np.float64]:
        self._check_fitted()
        proba: NDArray[np.float64] = self.scorer_.predict_proba(X)
        return proba

    def _adopt(self, scorer: Any) -> None:
        self.scorer_ = scorer
        self.classes_ = scorer.classes_
        self.threshold_ = getattr(scorer, "threshold_", None)

    def _write(self, directory: Path) -> None:
        write_atomic(directory / CHOSEN, to_json(self.chosen_))
        self.scorer_.save(directory)

    def _read(self, directory: Path) -> None:
        self.chosen_ = read_object(directory / CHOSEN)
        self._adopt(self.scorer_type.load(directory, to_fit=True))
