"""Reading back what a saved model keeps: JSON by a schema, tensors by their shapes. Any fault names the file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from stancekit.errors import InputError
from stancekit.io.files import parse_object, read_bytes, read_text

LARGEST = 1e100
"""Nothing that is learnt comes near; what stays below it can be multiplied and squared without an overflow."""

T = TypeVar("T", bound=BaseModel)


def in_order(labels: list[str]) -> list[str]:
    """The labels. Raises `ValueError` where they are not as `np.unique` gives them."""
    if labels != sorted(set(labels)):
        raise ValueError("the labels are not each there once and sorted")
    return labels


Classes = Annotated[list[str], Field(min_length=1), AfterValidator(in_order)]
"""The labels that a model has seen, as `np.unique` gives them."""
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Probability = Annotated[float, Field(ge=0, le=1)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class State(BaseModel):
    """A JSON file of a saved model, key by key."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def read_state(path: Path, schema: type[T]) -> T:
    """The content of a JSON file. Raises `InputError` with the file and the key where it is not as the schema says."""
    return as_state(read_object(path), path, schema)


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object of a file, whatever its keys."""
    return as_object(read_text(path), path)


def as_object(text: str, path: Path) -> dict[str, Any]:
    """The JSON object that is the content of a file."""
    try:
        return parse_object(text, path)
    except RecursionError:
        raise InputError(path, "is nested too deeply") from None


def as_state(content: dict[str, Any], path: Path, schema: type[T]) -> T:
    """The JSON object of a file, by a schema."""
    try:
        return schema.model_validate(content)
    except ValidationError as error:
        raise InputError(path, fault_of(error)) from None
    except InputError as error:  # of a template, which tells nothing of the file
        raise InputError(path, str(error)) from None


def fault_of(error: ValidationError) -> str:
    """The first fault, in one line: where it is within the file, and what is wrong there."""
    first = error.errors(include_url=False)[0]
    what = str(first["msg"]).removeprefix("Value error, ")
    place = ".".join(str(part) for part in first["loc"] if "[" not in str(part))  # such a part names a type, not a key
    return f"`{place}`: {what}" if place else what


def check_distribution(path: Path, key: str, shares: Sequence[float], n: int) -> NDArray[np.float64]:
    """Probabilities as (n,). Raises `InputError` where they are others in number, or don't sum to 1."""
    found = np.array(shares, dtype=np.float64)
    if len(found) != n or not abs(found.sum() - 1) < 1e-6:
        raise InputError(path, f"`{key}` has {len(found)} values that sum to {found.sum():.6g}; {n} that sum to 1 are needed")
    return found


def read_tensors(path: Path, shapes: Mapping[str, Sequence[int | None]]) -> dict[str, NDArray[np.float64]]:
    """The tensors of a safetensors file, float64 and finite.

    Parameters
    ----------
    shapes : name → shape; `None` stands for any length. Nothing else may be in the file.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        tensors: dict[str, NDArray[np.float64]] = load(read_bytes(path))
    except (SafetensorError, ValueError, KeyError, TypeError, OverflowError, MemoryError) as error:
        raise InputError(path, f"is no safetensors file that numpy reads: {error}") from error
    if tensors.keys() != shapes.keys():
        raise InputError(path, f"holds the tensors {', '.join(sorted(tensors)) or 'none'}", sorted(shapes))
    for name, shape in shapes.items():
        found = tensors[name]
        fits = len(shape) == found.ndim and all(s in (None, n) for s, n in zip(shape, found.shape, strict=True))
        if found.dtype != np.float64 or not fits:
            wanted = f"({', '.join('any' if s is None else str(s) for s in shape)})"
            raise InputError(path, f"tensor '{name}' is {found.dtype} of shape {found.shape}; float64 of shape {wanted} is needed")
        if not (np.abs(found) <= LARGEST).all():
            raise InputError(path, f"tensor '{name}' holds values that are no finite numbers, or beyond {LARGEST:g}")
    return tensors
