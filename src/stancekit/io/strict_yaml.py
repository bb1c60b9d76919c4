"""Strict YAML, validated against a pydantic model with the line of each fault.

YAML 1.1 reads `no` as a boolean, `012` as ten and takes the last of two equal keys without a word. A codebook whose
label is `no` would then lose it silently, so whatever is ambiguous is refused with its line.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from stancekit.errors import InputError, nearest
from stancekit.io.files import read_text, sha256
from stancekit.io.yaml_events import Location, read_values

MAX_BYTES = 16 * 2**20
"""Bytes of a YAML file: a codebook of 200 tasks of 200 labels with examples has ten million."""
MAX_FAULTS = 200
"""At most this many faults of a file are listed."""
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Document:
    """A YAML file: its data and the line each part of it stands on."""

    path: Path
    data: Any
    lines: dict[Location, int]
    digest: str

    def where(self, location: Location = ()) -> str:
        """`file:line` of a part, or of the nearest enclosing part that stands in the file."""
        while location not in self.lines and location:
            location = location[:-1]
        return f"{self.path}:{self.lines.get(location, 1)}"


def load(path: Path) -> Document:
    """Read one YAML document. Raises `InputError` naming file, line and reason."""
    with suppress(OSError):  # what can't be asked for its size can't be read either, which says why
        _refuse_large(path, path.stat().st_size)
    text = read_text(path)
    _refuse_large(path, len(text))
    try:
        data, lines = read_values(text, path)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(f"{path}:{mark.line + 1 if mark else 1}", f"{error.problem}") from None
    except yaml.YAMLError as error:
        raise InputError(path, f"not YAML: {error}".splitlines()[0]) from None
    return Document(path, data, lines, sha256(text.encode()))


def _refuse_large(path: Path, size: int) -> None:
    if size > MAX_BYTES:
        raise InputError(path, f"has more than {MAX_BYTES:,} bytes, which is too many for a YAML file")


def validate(document: Document, model: type[M], data: Any = None, at: Location = ()) -> M:
    """Build a pydantic model. Raises one `InputError` with every fault, each line `file:line: what (allowed: ...)`.

    `data`, at location `at` in the document, is validated where it is given, else the whole document.
    """
    try:
        return model.model_validate(document.data if data is None else data)
    except ValidationError as error:
        checked = document.data if data is None else data
        found = _by_place(checked, error.errors(include_url=False))
        raise every_fault([_explain(document, model, at, *fault) for fault in found[:MAX_FAULTS]], len(found)) from None


def every_fault(faults: Sequence[tuple[str, str]], count: int = 0) -> InputError:
    """Return one error for all faults (place, what is wrong): the first `MAX_FAULTS` are listed, others of `count` are counted."""
    (where, what), *others = faults[:MAX_FAULTS]
    left = max(count, len(faults)) - MAX_FAULTS
    more = [f"... and {left} more"] if left > 0 else []
    return InputError(where, "\n".join([what, *(f"{place}: {text}" for place, text in others), *more]))


def _by_place(data: Any, faults: Sequence[Any]) -> list[tuple[Location, list[Any]]]:
    """Where in the data a fault is → what is wrong there: several, where a value suits none of the kinds that may stand there.

    Pydantic's places name the kind as well, such as `literal['a']`; what is not in the data is left out of them. Where a value is
    of one of the kinds but for a fault within it, nothing is said of the others.
    """
    found: dict[Location, list[Any]] = {}
    guesses: set[Location] = set()
    for fault in faults:
        place = _in_data(data, fault)
        found.setdefault(place, []).append(fault)
        if len(place) < len(fault["loc"]):
            guesses.add(place)
    above = {place[:length] for place in found for length in range(len(place))}
    return [(place, faults) for place, faults in found.items() if place not in guesses or place not in above]


def _in_data(data: Any, fault: Any) -> Location:
    """A fault's place by keys and numbers that are in the data; the key that is missing ends it."""
    place: Location = ()
    parts = fault["loc"]
    for index, part in enumerate(parts):
        if (isinstance(data, dict) and part in data) or (isinstance(data, list) and isinstance(part, int) and part < len(data)):
            data = data[part]
        elif not (fault["type"] == "missing" and index == len(parts) - 1):
            continue
        place = (*place, part)
    return place


def _explain(document: Document, model: type[BaseModel], at: Location, place: Location, faults: Sequence[Any]) -> tuple[str, str]:
    fault, name = faults[0], ".".join(str(part) for part in place)
    where = document.where((*at, *place))
    if fault["type"] == "extra_forbidden":
        allowed = _keys(model, place[:-1])
        return where, f"unknown key '{name}'{nearest(str(place[-1]), allowed)}" + (f" (allowed: {', '.join(allowed)})" if allowed else "")
    if fault["type"] == "missing":
        return where, f"the key '{name}' is missing"
    message = " or ".join(dict.fromkeys(_message(model, place, fault) for fault in faults)).replace(" or should be", ", or")
    given = fault["input"]
    value = "" if isinstance(given, dict | list) else f" (got {given!r})"
    if isinstance(given, int | float) and any(fault["type"] == "string_type" for fault in faults):
        value += f'; write it in quotes: "{str(given).lower()}"'
    return where, f"{name}: {message}{value}" if name else message + value


def _message(model: type[BaseModel], place: Location, fault: Any) -> str:
    """What pydantic says, without the names of classes."""
    message = str(fault["msg"]).removeprefix("Value error, ").replace("Input should be", "should be")
    if fault["type"] == "model_type":
        keys = _keys(model, place)
        return "should be a mapping" + (f" with keys of {', '.join(keys)}" if keys else "")
    return "should be a mapping" if fault["type"] == "dict_type" else message


def _keys(model: type[BaseModel], location: Location) -> list[str]:
    """The keys a nested part of the model takes; empty where that is not known."""
    current: Any = model
    for part in location:
        fields = getattr(current, "model_fields", None)
        candidates = _models(current if fields is None or part not in fields else fields[part].annotation)
        if len(candidates) == 1:
            current = candidates[0]
        elif isinstance(part, str) and part in getattr(current, "model_fields", {}):
            return []
    return sorted(getattr(current, "model_fields", {}))


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The pydantic models named in a type such as `dict[str, Task]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _models(part)]
