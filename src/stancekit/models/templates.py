"""Read inputs from texts or a table, and render a model's template over their fields."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

import numpy as np

from stancekit.codebook import template_fields
from stancekit.errors import InputError
from stancekit.records import ModelInput


def fields(template: str) -> tuple[str, ...]:
    """The fields a template names, in order. Raises `InputError` for one that is not there."""
    try:
        return template_fields(template)
    except ValueError as error:
        raise InputError(f"template {template!r}", str(error)) from None


def render(template: str, inputs: Iterable[ModelInput]) -> list[str]:
    """One text an input. A field that is not known is empty, and a separator left hanging at the start goes with it.

    `masked` is the text itself where no registry of actors was asked.
    """
    names = fields(template)
    texts = []
    for x in inputs:
        text = template.format(**{name: getattr(x, name) or (x.text if name == "masked" else "") for name in names})
        texts.append(" ".join(text.split()).lstrip(":;,| "))
    return texts


def values(name: str, inputs: Iterable[ModelInput]) -> list[str]:
    """One field of each input as it stands, empty where it is not known."""
    return [getattr(x, name) or "" for x in inputs]


def as_inputs(X: Any, reads: Callable[[], Sequence[str]] = tuple, *, fitting: bool = False) -> list[ModelInput]:
    """Texts, inputs, or the rows of a pandas DataFrame, as inputs.

    The columns of a DataFrame are fields of `ModelInput` by name, `text` among them; a missing value is a field that is not known.
    `reads` gives the fields that a model reads: a DataFrame must have them, and texts alone do not do for `fitting` others.

    Raises
    ------
    InputError
        A text by itself; a column of another name, which would be ignored; a field that is read and not given; what is no text.
    """
    if isinstance(X, str | ModelInput):
        raise InputError("X", "is a single text; pass a list: [text]")
    if type(X).__module__.partition(".")[0] == "pandas" and hasattr(X, "columns"):  # without importing pandas to know
        if lacking := [name for name in reads() if name not in X.columns]:
            raise InputError("X", f"has no column '{lacking[0]}', which the model reads; add it, with empty cells where it is not known")
        return _rows_of(X)
    if isinstance(X, np.ndarray) and X.shape[1:] == (1,):
        X = X.ravel()
    if not isinstance(X, Iterable) or isinstance(X, bytes | Mapping | Set):
        raise InputError("X", f"is {type(X).__name__}", ["a list of texts or of ModelInput", "a DataFrame of pandas"])
    inputs, texts_alone = [], True
    for row, x in enumerate(X):
        texts_alone &= isinstance(x, str)
        if not isinstance(x, str | ModelInput):
            raise InputError(f"X, row {row}", f"is {type(x).__name__}; a text or a ModelInput is needed")
        inputs.append(ModelInput(x) if isinstance(x, str) else x)
    if fitting and inputs and texts_alone and (lacking := [name for name in reads() if name != "text"]):
        fix = f"pass ModelInput(text, {lacking[0]}=...), or a DataFrame with the columns 'text' and '{lacking[0]}'"
        raise InputError("X", f"is texts alone, and the model reads {{{lacking[0]}}}; {fix}, or choose what it reads otherwise")
    return inputs


def _rows_of(frame: Any) -> list[ModelInput]:
    names, known = list(frame.columns), [field.name for field in dataclasses.fields(ModelInput)]
    for name in names:
        if name not in known or names.count(name) > 1:
            taken = ", ".join(f'"{field}"' for field in known if field in names)
            fix = "drop it, or rename it to what it is" + (f": frame[[{taken}]] has what can be read" if "text" in names else "")
            raise InputError("X", f"has the column {name!r} " + "twice" if name in known else f"has the column {name!r}; {fix}", known)
    if "text" not in names:
        raise InputError("X", f"has no column 'text', but {', '.join(names) or 'none at all'}", known)
    rows: list[dict[str, str]] = [{} for _ in range(len(frame))]
    for name in names:
        for row, (value, missing) in enumerate(zip(frame[name].tolist(), frame[name].isna().tolist(), strict=True)):
            if missing and name != "text":
                continue
            if not isinstance(value, str):
                raise InputError(f"X, row {row}", f"`{name}` is {value!r}; a text is needed")
            rows[row][name] = value
    return [ModelInput(**row) for row in rows]
