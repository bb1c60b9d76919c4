"""What the estimators share: scikit-learn's contract over statements instead of feature rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.params import check_params
from stancekit.models.state import read_object
from stancekit.models.templates import fields
from stancekit.records import ModelInput

Inputs = Sequence[ModelInput | str]
PARAMS = "params.json"


class TextModel(ClassifierMixin, BaseEstimator):
    """A single-task classifier of statements. Subclasses give `fit`, `predict_proba`, `_write` and `_read`;
    where parameters can contradict each other, `check`.

    Attributes
    ----------
    classes_ : (n_classes,) the labels seen in fitting, sorted; the order of the columns of `predict_proba`.
    """

    classes_: NDArray[np.str_]
    multitask = False
    """Whether one model does several tasks jointly."""
    splits_again = False
    """Whether `fit` takes `groups`, (n,): it splits the training rows again, and rows of one group must stay together."""
    threshold_: float | None = None
    """Below this probability of its label the model abstains; `None` where it never does."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields of an input that the model reads, by its templates."""
        templates = [getattr(self, name, None) for name in ("template", "pair_template")]
        return tuple(dict.fromkeys(field for template in templates if template for field in fields(template)))

    @property
    def encoders(self) -> tuple[str, ...]:
        """The encoders that the model needs, by name."""
        return (self.encoder,) if hasattr(self, "encoder") else ()

    def check(self) -> None:
        """Raise `InputError` where parameters contradict each other, or those of a model within do. Nothing is loaded or trained.

        `make_model` asks, so that a fault shows before anything is read; a constructor may not, by scikit-learn's contract.
        """

    def predict_proba(self, X: Inputs) -> NDArray[np.float64]:
        raise NotImplementedError

    def predict(self, X: Inputs) -> NDArray[np.str_]:
        """The most probable label of each input, (n,); the first of equals."""
        proba = self.predict_proba(X)
        return self.classes_[proba.argmax(axis=1)] if len(proba) else np.array([], dtype=self.classes_.dtype)

    def save(self, directory: Path) -> None:
        """Write parameters and what was learnt as JSON and safetensors."""
        self._check_fitted()
        directory.mkdir(parents=True, exist_ok=True)
        write_atomic(directory / PARAMS, to_json(self.get_params()))
        self._write(directory)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read what `save` wrote. Raises `InputError` with the file that is not as it was written."""
        path = directory / PARAMS
        params = read_object(path)
        try:
            check_params(cls.__name__, cls, params)
        except InputError as error:
            raise InputError(path, str(error)) from None
        model = cls(**params)
        model._read(directory)
        return model

    def _write(self, directory: Path) -> None:
        raise NotImplementedError

    def _read(self, directory: Path) -> None:
        raise NotImplementedError

    def _check_fitted(self) -> None:
        if not hasattr(self, "classes_"):
            raise NotFittedError(f"this {type(self).__name__} is not fitted yet: call fit first")

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "classes_")


def check_weights(X: Inputs, sample_weight: Any) -> NDArray[np.float64] | None:
    """Weights of the training rows as (n,), or `None`. Raises `InputError` where they are no positive numbers, one a row."""
    if sample_weight is None:
        return None
    weights = np.asarray(sample_weight, dtype=np.float64)
    if weights.shape != (len(X),) or not (np.isfinite(weights) & (weights > 0)).all():
        raise InputError("sample_weight", f"has shape {weights.shape}; a positive number for each of {len(X)} inputs is needed")
    return weights


def check_y(X: Inputs, y: Any) -> NDArray[np.str_]:
    """`y` as (n,) strings. Raises `InputError` where lengths differ or nothing is there to learn from."""
    labels = np.asarray(y, dtype=np.str_)
    if labels.ndim != 1 or len(labels) != len(X):
        raise InputError("y", f"has shape {labels.shape}; one label for each of {len(X)} inputs is needed")
    if not len(labels):
        raise InputError("y", "holds no labels: there is nothing to learn from")
    return labels
