"""Types of the parameters of models, and validation of a config's values against them."""

from inspect import Parameter, signature
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import AfterValidator, ConfigDict, Field, ValidationError, create_model

from stancekit.errors import InputError, nearest
from stancekit.models.templates import fields


def _known_fields(template: str) -> str:
    fields(template)
    return template


def _in_order(span: tuple[int, int]) -> tuple[int, int]:
    if span[0] > span[1]:
        raise ValueError("the lower n comes first")
    return span


Template = Annotated[str, AfterValidator(_known_fields)]
Count = Annotated[int, Field(ge=1)]
Natural = Annotated[int, Field(ge=0)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, lt=1)]
Grams = Annotated[int, Field(ge=1, le=100)]
"""The words or characters of an n-gram; of longer ones a text has more than the memory holds."""
Span = Annotated[tuple[Grams, Grams], Field(strict=False), AfterValidator(_in_order)]
ClassWeight = Literal["balanced"] | None


def check_params(cls: Any, params: dict[str, Any]) -> None:
    """Raise `InputError` for a parameter that the model's constructor does not take or can't do without, or a value of another type."""
    where = f"model type '{cls.model_type}'"
    hints = get_type_hints(cls.__init__, include_extras=True)
    hints.pop("return", None)
    for name in params:
        if name not in hints:
            raise InputError(where, f"unknown parameter '{name}'{nearest(name, hints)}", sorted(hints))
    needed = [name for name, entry in signature(cls).parameters.items() if entry.default is Parameter.empty and name in hints]
    if lacking := [name for name in needed if name not in params]:
        raise InputError(where, f"needs the parameter '{lacking[0]}'")
    given: Any = {name: (hints[name], ...) for name in params}
    try:
        create_model(cls.__name__, __config__=ConfigDict(strict=True, arbitrary_types_allowed=True), **given).model_validate(params)
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0])
        reason = str(fault["msg"]).removeprefix("Value error, ")
        if name == "members" or hasattr(fault["input"], "get_params"):  # a model where the name of its type belongs
            kind = getattr(fault["input"], "model_type", "tfidf")
            form = 'members={{"a": {{"model": "{}", "params": {{...}}}}}}' if name == "members" else 'model="{}", params={{...}}'
            reason = f"name the type of a model within, and its parameters: {form.format(kind)}"
        raise InputError(where, f"parameter '{name}' is {params[name]!r}: {reason}") from None
