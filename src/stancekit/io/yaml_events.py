"""The values of a YAML document and their lines, from the events of a parser: libyaml's, or PyYAML's own.

PyYAML takes five seconds for three million bytes, libyaml a fraction of one. The two tell faults in different words and differ
on a few oddities, so what libyaml refuses PyYAML reads again to say why, and what only libyaml would take is left to PyYAML.
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from stancekit.errors import InputError

Location = tuple[str | int, ...]

MAX_DEPTH = 100
"""Levels of nesting."""
MAX_NODES = 1_000_000
"""Keys and values of a document."""
ASKED_AGAIN = 2**20
"""Up to so many characters PyYAML says what is wrong, which takes it a few seconds; beyond, libyaml does."""

_AMBIGUOUS = re.compile(
    r"(?i:y|n|yes|no|on|off)|T(?:rue|RUE)|F(?:alse|ALSE)|N(?:ull|ULL)|[-+]?0[0-9_]+|[-+]?0x[0-9a-fA-F]+|[-+]?0o?[0-7]+|[-+]?0b[01]+|[-+]?[0-9][0-9_]*(?::[0-9]+)+"
    r"|[-+]?[0-9]+(?:_[0-9]+)+|[-+]?\.(?i:inf|nan)|<<|="
)
_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
# Only libyaml takes a tab between tokens, a byte order mark within the text and a comment right after | or >.
_ODD = re.compile(r"[\t\ufeff]|[|>][-+0-9]*#")
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_NO_KEY: Any = object()


class _OddError(Exception):
    """libyaml reads on where PyYAML may not."""


def read_values(text: str, path: Path) -> tuple[Any, dict[Location, int]]:
    """The data of a document and the line of each part of it.

    Raises
    ------
    InputError
        The document is empty, nested too deeply or too large; a scalar is ambiguous; a key is no text or occurs twice.
    yaml.YAMLError
        It is not YAML, has several documents, or anchors, aliases or tags, which are not accepted.
    """
    if yaml.__with_libyaml__ and not _ODD.search(text):
        reading = _Reading(path, len(_BREAK.findall(text)), strict=True)
        try:
            return reading.read(_libyaml(text))
        except _OddError:
            pass
        except (yaml.YAMLError, InputError):
            if len(text) > ASKED_AGAIN or reading.too_much:
                raise
    return _Reading(path).read(_pyyaml(text))


def _libyaml(text: str) -> Iterator[Any]:
    from yaml import cyaml

    parser = cyaml.CSafeLoader(text)
    while True:
        yield parser.get_event()


def _pyyaml(text: str) -> Iterator[Any]:
    parser = yaml.SafeLoader(text)
    try:
        while True:
            yield parser.get_event()  # type: ignore[no-untyped-call]
    finally:
        parser.dispose()


class _Part:
    """A list or mapping that is being read."""

    __slots__ = ("key", "line", "lines", "location", "value")

    def __init__(self, event: Any, line: int, location: Location, lines: dict[Location, int]) -> None:
        self.value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.line = line
        self.location = location
        self.lines = lines
        self.key = _NO_KEY


class _Reading:
    """Takes events one after the other.

    `last` : the number of the text's last line, from 0; what is left out at the end would stand on the line after it.
    `strict` : raise `_OddError` at what PyYAML may read otherwise.
    """

    def __init__(self, path: Path, last: int | None = None, *, strict: bool = False) -> None:
        self._path = path
        self._last = last
        self._strict = strict
        self._open: list[_Part] = []
        self._lines: dict[Location, int] = {}
        self._found: Any = _NO_KEY
        self._fault: InputError | None = None
        self._nodes = 0
        self._flows: list[bool] = []
        self.too_much = False

    def read(self, events: Iterator[Any]) -> tuple[Any, dict[Location, int]]:
        """Parameters and errors as for `read_values`. What is no YAML goes before what is ambiguous."""
        started = False
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self._accept(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._flows.pop()
            elif isinstance(event, yaml.StreamEndEvent):
                break
            elif isinstance(event, yaml.DocumentStartEvent):
                if started:
                    raise yaml.MarkedYAMLError(problem="but found another document", problem_mark=event.start_mark)  # type: ignore[arg-type]
                started = True
            if self._fault is None:
                try:
                    self._take(event)
                except InputError as error:
                    self._fault = error
        if self._fault is not None:
            raise self._fault
        if self._found is _NO_KEY:
            raise InputError(self._path, "is empty")
        return self._found, self._lines

    def _accept(self, event: Any) -> None:
        """Refuse anchors, aliases, tags and what is too much."""
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not accepted", problem_mark=event.start_mark)
        if event.tag is not None:
            if self._strict:
                raise _OddError
            if event.tag != "!":
                raise yaml.MarkedYAMLError(problem=f"the tag {event.tag} is not accepted", problem_mark=event.start_mark)
        self._nodes += 1
        if len(self._flows) >= MAX_DEPTH or self._nodes > MAX_NODES:
            self.too_much = True
            deep, large = f"is nested more than {MAX_DEPTH} levels deep", f"holds more than {MAX_NODES:,} keys and values"
            raise InputError(f"{self._path}:{self._line(event)}", large if self._nodes > MAX_NODES else deep)
        if isinstance(event, yaml.CollectionStartEvent):
            self._flows.append(bool(event.flow_style))
        elif self._strict and self._flows and self._flows[-1] and not event.style and "?" in event.value:
            raise _OddError  # a question mark within brackets ends a word for PyYAML

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            line = self._line(event)
            self._place(_scalar(event.value, bool(event.style), f"{self._path}:{line}"), line)
        elif isinstance(event, yaml.CollectionStartEvent):
            line, lines = self._line(event), self._open[-1].lines if self._open else self._lines
            if (location := self._next()) is None:  # a list or mapping as a key: to be read before it is refused
                location, lines = (), {}
            lines.setdefault(location, line)
            self._open.append(_Part(event, line, location, lines))
        elif isinstance(event, yaml.CollectionEndEvent):
            part = self._open.pop()
            self._place(part.value, part.line)

    def _line(self, event: Any) -> int:
        line: int = event.start_mark.line
        return (line if self._last is None else min(line, self._last)) + 1

    def _next(self) -> Location | None:
        """Where the next value goes; `None` where it is a key."""
        if not self._open:
            return ()
        part = self._open[-1]
        if isinstance(part.value, list):
            return (*part.location, len(part.value))
        return None if part.key is _NO_KEY else (*part.location, part.key)

    def _place(self, value: Any, line: int) -> None:
        """Put a value that is complete where it belongs."""
        if not self._open:
            self._found = value
            self._lines.setdefault((), line)
            return
        part = self._open[-1]
        if isinstance(part.value, list):
            part.lines.setdefault((*part.location, len(part.value)), line)
            part.value.append(value)
        elif part.key is not _NO_KEY:
            part.value[part.key] = value
            part.key = _NO_KEY
        elif not isinstance(value, str):
            raise InputError(f"{self._path}:{line}", f"the key {value!r} is not text; write it in quotes")
        elif value in part.value:
            raise InputError(f"{self._path}:{line}", f"the key '{value}' occurs twice")
        else:
            part.key = value
            part.lines[(*part.location, value)] = line


def _scalar(value: str, quoted: bool, where: str) -> Any:
    if quoted:
        return value
    if _AMBIGUOUS.fullmatch(value):
        raise InputError(
            where,
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
