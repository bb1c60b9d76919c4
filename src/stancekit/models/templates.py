"""Read inputs from texts or a table, and render a model's template over their fields."""

import dataclasses
from collections.abc import Iterable, Mapping, Set
from typing import Any

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


def as_inputs(X: Any) -> list[ModelInput]:
    """Texts, inputs, or the rows of a pandas DataFrame, as inputs.

    The columns of a DataFrame are fields of `ModelInput` by name, `text` among them; a missing value is a field that is not known.

    Raises
    ------
    InputError
        A text by itself; a column of another name, which would be ignored; what is no text, or lacks one.
    """
    if isinstance(X, str | ModelInput):
        raise InputError("X", "is a single text; pass a list: [text]")
    if type(X).__module__.partition(".")[0] == "pandas" and hasattr(X, "columns"):  # without importing pandas to know
        return _rows_of(X)
    if not isinstance(X, Iterable) or isinstance(X, bytes | Mapping | Set):
        raise InputError("X", f"is {type(X).__name__}", ["a list of texts or of ModelInput", "a DataFrame of pandas"])
    inputs = []
    for row, x in enumerate(X):
        if not isinstance(x, str | ModelInput):
            raise InputError(f"X, row {row}", f"is {type(x).__name__}; a text or a ModelInput is needed")
        inputs.append(ModelInput(x) if isinstance(x, str) else x)
    return inputs


def _rows_of(frame: Any) -> list[ModelInput]:
    names, known = list(frame.columns), [field.name for field in dataclasses.fields(ModelInput)]
    for name in names:
        if name not in known or names.count(name) > 1:
            fault = f"has the column {name!r} twice" if name in known else f"has the column {name!r}; drop it, or rename it to what it is"
            raise InputError("X", fault, known)
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
