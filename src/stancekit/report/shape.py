"""JSON held to a contract: the first thing that is wrong with it, where it is and in plain words."""

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from stancekit.errors import InputError
from stancekit.report.wording import plural, shortened

M = TypeVar("M", bound=BaseModel)
_PLAIN = {
    "string_type": "should be text", "int_type": "should be a whole number", "float_type": "should be a number",
    "list_type": "should be a list", "tuple_type": "should be a list", "dict_type": "should be an object",
    "model_type": "should be an object",
}  # fmt: skip
"""Pydantic's kinds of fault in plain words."""


def check_shape(text: str, path: object, contract: type[M]) -> M:
    """What JSON text holds by its contract. Raises `InputError` that says where in the file the first fault is, and what."""
    try:
        return contract.model_validate_json(text)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        more = f"; and {plural(len(faults) - 1, 'further fault')}" if len(faults) > 1 else ""
        raise InputError(path, f"{_place(faults[0]['loc'])}{_said(faults[0])}{more}") from None


def _place(location: tuple[str | int, ...]) -> str:
    """`scores[3].task: `."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return f"{text.removeprefix('.')}: " if text else ""


def _said(fault: Any) -> str:
    """What pydantic says, in plain words, and the value that it says it of."""
    if fault["type"] == "missing":
        return "is missing"
    message = re.sub("^(?:Value error, |(?:Input|String|List|Dictionary|Tuple) (?=should))", "", str(fault["msg"]))
    return f"{_PLAIN.get(fault['type'], message)}, not {shown(fault['input'])}"


def shown(value: object) -> str:
    """A value in a message: short, and what holds others by what it is."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    return shortened("null" if value is None else repr(value), 40)
