"""The contract of a model: scikit-learn's, over statements instead of feature rows, kept without importing scikit-learn."""

from collections.abc import Sequence
from html import escape
from inspect import Signature, signature
from pathlib import Path
from typing import Any, ClassVar, Self, get_type_hints

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError, nearest
from stancekit.io.atomic import write_atomic
from stancekit.io.files import to_json
from stancekit.models.params import check_params
from stancekit.models.state import read_object
from stancekit.models.templates import as_inputs, fields
from stancekit.records import ModelInput

Inputs = Sequence[ModelInput]
Weights = NDArray[np.float64] | None
PARAMS = "params.json"


class _PlainSignature:
    """The constructor's signature without the checks that its annotations carry, which would hide the types."""

    def __get__(self, _: Any, cls: type) -> Signature:
        of_init, hints = signature(cls.__init__), get_type_hints(cls.__init__)  # type: ignore[misc]
        given = [p.replace(annotation=hints[name]) for name, p in of_init.parameters.items() if name in hints]
        return of_init.replace(parameters=given, return_annotation=Signature.empty)


class TextModel:
    """A classifier of statements.

    Subclasses give `_fit`, `_proba`, `_write` and `_read`; where parameters can contradict each other, `check`. A constructor
    stores its parameters under their own names and does nothing else, by scikit-learn's contract, so that `clone`,
    `GridSearchCV`, `Pipeline` and `cross_val_score` work. scikit-learn itself is imported when it asks.

    Attributes
    ----------
    classes_ : (n_classes,) the labels seen in fitting, sorted, of the type that they had; the order of the columns of
        `predict_proba`. A loaded model has them again, as Python's own strings, whole numbers or booleans.
    """

    __signature__ = _PlainSignature()
    classes_: Any
    model_type: ClassVar[str]
    """The model's name in the registry."""
    multitask: ClassVar[bool] = False
    """Whether one model does several tasks jointly."""
    threshold_: float | None = None
    """Below this probability of its label the model abstains; `None` where it never does."""
    seconds_ = 0.0
    """Spent on choosing inside the training rows."""

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

    def fit(self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None) -> Self:
        """Learn from labelled inputs.

        Parameters
        ----------
        X : (n,) texts or `ModelInput`s, or a pandas DataFrame of n rows with columns called as the fields of `ModelInput`:
            `text`, and where known `context`, `speaker`, `organisation`, `holder`, `target`, `actor_kind`, `masked`.
            Every field that the model reads must be a column; texts alone have but `text`.
        y : (n,) or (n, 1) labels: strings, whole numbers or booleans; of a joint model also (n, n_tasks).
        sample_weight : (n,) positive numbers, or `None`.
        groups : (n,) the article of each row, or `None`; a model that splits its training rows again keeps those of one together.
        """
        plain = {name: value.item() if isinstance(value, np.generic) else value for name, value in self.get_params().items()}
        check_params(type(self), plain)
        inputs = as_inputs(X, lambda: self.reads, fitting=True)
        labels, weights = check_y(inputs, y, several=self.multitask), check_weights(inputs, sample_weight)
        if groups is not None and len(groups) != len(inputs):
            raise InputError("groups", f"holds {len(groups)} names; one for each of {len(inputs)} inputs is needed")
        self._fit(inputs, labels, weights, groups)
        self.classes_ = np.unique(labels) if labels.ndim == 1 else [np.unique(column) for column in labels.T]
        return self

    def predict_proba(self, X: Any) -> Any:
        """(n, n_classes), rows sum to 1; of a joint model that was fitted on several tasks, a list of such arrays.

        Raises `InputError` for a DataFrame without a column that the model reads; its cells may be empty.
        """
        self._check_fitted()
        return self._proba(as_inputs(X, lambda: self.reads))

    def predict(self, X: Any) -> Any:
        """The most probable label of each input, (n,), or (n, n_tasks); the first of equals."""
        proba = self.predict_proba(X)
        if isinstance(proba, list):
            return np.stack([classes[p.argmax(axis=1)] for classes, p in zip(self.classes_, proba, strict=True)], axis=1)
        return self.classes_[proba.argmax(axis=1)]

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The accuracy of `predict` against the labels."""
        from sklearn.metrics import accuracy_score

        return float(accuracy_score(y, self.predict(X), sample_weight=sample_weight))

    def save(self, directory: str | Path) -> None:
        """Write parameters and what was learnt as JSON and safetensors."""
        self._check_fitted()
        directory = Path(directory)
        directory.mkdir(parents=True, exist_ok=True)
        write_atomic(directory / PARAMS, to_json(self.get_params()))
        self._write(directory)

    @classmethod
    def load(cls, directory: str | Path) -> Self:
        """Read what `save` wrote. Raises `InputError` with the file that is not as it was written."""
        path = (directory := Path(directory)) / PARAMS
        params = read_object(path)
        try:
            check_params(cls, params)
        except InputError as error:
            raise InputError(path, str(error)) from None
        model = cls(**params)
        model._read(directory)
        return model

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        raise NotImplementedError

    def _proba(self, X: Inputs) -> Any:
        raise NotImplementedError

    def _write(self, directory: Path) -> None:
        raise NotImplementedError

    def _read(self, directory: Path) -> None:
        """Sets `classes_` as well."""
        raise NotImplementedError

    def _check_fitted(self) -> None:
        if not hasattr(self, "classes_"):
            from sklearn.exceptions import NotFittedError

            raise NotFittedError(f"this {type(self).__name__} is not fitted yet: call fit first")

    @classmethod
    def _get_param_names(cls) -> list[str]:
        return sorted(signature(cls).parameters)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The constructor's parameters by name, sorted."""
        return {name: getattr(self, name) for name in self._get_param_names()}

    def set_params(self, **params: Any) -> Self:
        """Set parameters of the constructor. Raises `InputError` for one that it does not take."""
        known = self._get_param_names()
        for name, value in params.items():
            if name not in known:
                raise InputError(f"model type '{self.model_type}'", f"unknown parameter '{name}'{nearest(name, known)}", known)
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        """The constructor's call, without parameters that have their default."""
        defaults = signature(type(self)).parameters
        given = {name: value for name, value in self.get_params().items() if repr(value) != repr(defaults[name].default)}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in given.items())})"

    def _repr_html_(self) -> str:
        return f"<code>{escape(repr(self))}</code>"

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "classes_")

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags

        inputs, target = InputTags(one_d_array=True, two_d_array=False, string=True), TargetTags(required=True, multi_output=self.multitask)
        return Tags(estimator_type="classifier", target_tags=target, classifier_tags=ClassifierTags(), input_tags=inputs)


def check_weights(X: Inputs, sample_weight: Any) -> Weights:
    """Weights of the training rows as (n,), or `None`. Raises `InputError` where they are no positive numbers, one a row."""
    if sample_weight is None:
        return None
    weights = np.asarray(sample_weight, dtype=np.float64)
    if weights.shape != (len(X),) or not (np.isfinite(weights) & (weights > 0)).all():
        raise InputError("sample_weight", f"has shape {weights.shape}; a positive number for each of {len(X)} inputs is needed")
    return weights


def check_y(X: Inputs, y: Any, *, several: bool = False) -> NDArray[Any]:
    """`y`, (n,) or (n, 1), as (n,), or with `several` (n, n_tasks) as it is, of its own type: strings, booleans, whole numbers.

    Raises `InputError` where lengths differ, nothing is there to learn from, or labels are missing, fractions or of several types.
    """
    typed = isinstance(y, np.ndarray) and y.dtype != object
    labels = y if typed else np.asarray(y, dtype=object)
    if labels.shape[1:] == (1,) and not several:
        labels = labels.ravel()
    if labels.ndim not in ((1, 2) if several else (1,)) or len(labels) != len(X):
        raise InputError("y", f"has shape {labels.shape}; one label for each of {len(X)} inputs is needed")
    if not labels.size:
        raise InputError("y", "holds no labels: there is nothing to learn from")
    if not typed:
        kinds = sorted({type(label).__name__.removesuffix("_") for label in labels.flat})
        if len(kinds) > 1:
            raise InputError("y", f"holds {' and '.join(kinds)}; labels of one type are needed, and none may be missing")
        labels = np.array(labels.tolist())
    fraction = labels.dtype.kind == "f" and not (np.isfinite(labels) & (labels == np.round(labels))).all()
    if fraction or labels.dtype.kind not in "Ubiuf":
        raise InputError("y", f"holds {labels.dtype}, such as {labels.flat[0]!r}", ["strings", "booleans", "whole numbers"])
    return labels
