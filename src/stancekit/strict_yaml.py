"""YAML without its traps, and validated against a pydantic model with the line of each fault.

YAML 1.1 reads `no` as a boolean, `012` as ten and takes the last of two equal keys without a word. A codebook whose
label is `no` would then lose it silently, so whatever is ambiguous is refused with its line.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from stancekit.errors import InputError, nearest
from stancekit.files import read_text, sha256

Location = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_AMBIGUOUS = re.compile(
    r"(?i:y|n|yes|no|on|off)|T(?:rue|RUE)|F(?:alse|ALSE)|N(?:ull|ULL)|[-+]?0[0-9_]+|[-+]?0x[0-9a-fA-F]+|[-+]?0o?[0-7]+|[-+]?0b[01]+|[-+]?[0-9][0-9_]*(?::[0-9]+)+"
    r"|[-+]?[0-9]+(?:_[0-9]+)+|[-+]?\.(?i:inf|nan)|<<|="
)
_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


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


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not accepted", problem_mark=event.start_mark)
        if getattr(event, "tag", None) not in (None, "!"):
            raise yaml.MarkedYAMLError(problem=f"the tag {event.tag} is not accepted", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def load(path: Path) -> Document:
    """Read one YAML document. Raises `InputError` naming file, line and reason."""
    text = read_text(path)
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(f"{path}:{mark.line + 1 if mark else 1}", f"{error.problem}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(path, f"not YAML: {str(error) or 'nested too deeply'}".splitlines()[0]) from None
    finally:
        if loader is not None:
            loader.dispose()
    if node is None:
        raise InputError(path, "is empty")
    lines: dict[Location, int] = {}
    return Document(path, _convert(node, (), lines, path), lines, sha256(text.encode()))


def _convert(node: yaml.Node, location: Location, lines: dict[Location, int], path: Path) -> Any:
    lines.setdefault(location, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*location, index), lines, path) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = _convert(key_node, (*location, "<key>"), {}, path)
            if not isinstance(key, str):
                raise InputError(f"{path}:{line}", f"the key {key!r} is not text; write it in quotes")
            if key in result:
                raise InputError(f"{path}:{line}", f"the key '{key}' occurs twice")
            lines[(*location, key)] = line
            result[key] = _convert(value_node, (*location, key), lines, path)
        return result
    return _scalar(node, path)


def _scalar(node: yaml.Node, path: Path) -> Any:
    value: str = node.value
    if node.style is not None:  # type: ignore[attr-defined]
        return value
    if _AMBIGUOUS.fullmatch(value):
        raise InputError(
            f"{path}:{node.start_mark.line + 1}",
            f"`{value}` is read as a boolean, a number or a merge by some YAML readers; write '{value}' in quotes if it is text",
            ["true", "false", "plain decimal numbers", "quoted text"],
        )
    if value in ("true", "false"):
        return value == "true"
    if value in ("null", "~", ""):
        return None
    if _INT.fullmatch(value):
        return int(value) if len(value) < 20 else float(value)
    if _FLOAT.fullmatch(value) and math.isfinite(float(value)):
        return float(value)
    return value


def validate(document: Document, model: type[M], data: Any = None, at: Location = ()) -> M:
    """Build a pydantic model; every fault in one `InputError`, each line `file:line: what (allowed: ...)`.

    `data`, at location `at` in the document, is validated where it is given, else the whole document.
    """
    try:
        return model.model_validate(document.data if data is None else data)
    except ValidationError as error:
        checked = document.data if data is None else data
        faults = [_explain(document, model, at, place, group) for place, group in _by_place(checked, error.errors())]
        where, what = faults[0]
        rest = "".join(f"\n{place}: {text}" for place, text in faults[1:])
        raise InputError(where, what + rest) from None


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
    within = [place for place in found if not any(place in guesses and other[: len(place)] == place and other != place for other in found)]
    return [(place, found[place]) for place in within]


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
    """The keys a nested part of the model takes; empty where that can't be told."""
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
