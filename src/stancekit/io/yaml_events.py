"""YAML values and their lines, built from the events of a parser: libyaml's, or PyYAML's own.

PyYAML takes five seconds for three million bytes, libyaml a fraction of one. The two tell faults in different words and differ
on a few oddities, so what libyaml refuses PyYAML reads again to say why, and what only libyaml would take is left to PyYAML.
"""

import math
import re
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
"""Up to this many characters PyYAML words the fault, which takes it a few seconds; beyond, libyaml does."""

_AMBIGUOUS = re.compile(
    r"(?i:y|n|yes|no|on|off)|T(?:rue|RUE)|F(?:alse|ALSE)|N(?:ull|ULL)|[-+]?0[0-9_]+|[-+]?0x[0-9a-fA-F]+|[-+]?0o?[0-7]+|[-+]?0b[01]+|[-+]?[0-9][0-9_]*(?::[0-9]+)+"
    r"|[-+]?[0-9]+(?:_[0-9]+)+|[-+]?\.(?i:inf|nan)|<<|="
)
_INT = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
# Only libyaml takes a tab between tokens, a byte order mark within the text and a comment right after | or >.
_ODD = re.compile(r"[\t\ufeff]|[|>][-+0-9]*#")
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


class _OddError(Exception):
    """libyaml reads on where PyYAML may not."""


def read_values(text: str, path: Path) -> tuple[Any, dict[Location, int]]:
    """Return the data of a document and the line of each part of it.

    Raises
    ------
    InputError
        The document is empty, nested too deeply or too large; a scalar is ambiguous; a key is no text or occurs twice.
    yaml.YAMLError
        It is not YAML, has several documents, or anchors, aliases or tags, which are not accepted.
    """
    if yaml.__with_libyaml__ and not _ODD.search(text):
        document = _Document(yaml.CSafeLoader(text), path, len(_BREAK.findall(text)), strict=True)
        try:
            return document.read()
        except _OddError:
            pass
        except (yaml.YAMLError, InputError):
            if len(text) > ASKED_AGAIN or document.too_much:
                raise
    return _Document(yaml.SafeLoader(text), path).read()


class _Document:
    """Builds values from the events of a parser.

    `last` : the number of the text's last line, from 0; what is left out at the end would stand on the line after it.
    `strict` : raise `_OddError` at what PyYAML may read otherwise.
    """

    def __init__(self, parser: Any, path: Path, last: int | None = None, *, strict: bool = False) -> None:
        self._parser, self._path, self._last, self._strict = parser, path, last, strict
        self._lines: dict[Location, int] = {}
        self._fault: InputError | None = None
        self._nodes = 0
        self.too_much = False

    def read(self) -> tuple[Any, dict[Location, int]]:
        """Parameters and errors as for `read_values`. What is no YAML goes before what is ambiguous."""
        value, started = None, False
        while not isinstance(event := self._parser.get_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    raise yaml.MarkedYAMLError(problem="but found another document", problem_mark=event.start_mark)  # type: ignore[arg-type]
                started = True
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, (), ())
        if not started:
            raise InputError(self._path, "is empty")
        if self._fault is not None:
            raise self._fault
        return value, self._lines

    def _value(self, event: Any, at: Location, within: tuple[bool, ...]) -> Any:
        """The value that begins with an event; `within` says of each list and mapping around it whether it is one of brackets."""
        line = self._accept(event, within)
        self._lines.setdefault(at, line)
        if isinstance(event, yaml.ScalarEvent):
            try:
                return _scalar(event.value, bool(event.style), f"{self._path}:{line}")
            except InputError as error:
                self._fault = self._fault or error
                return event.value
        inner = (*within, bool(event.flow_style))
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := self._parser.get_event(), yaml.SequenceEndEvent):
                items.append(self._value(event, (*at, len(items)), inner))
            return items
        pairs: dict[Any, Any] = {}
        while not isinstance(event := self._parser.get_event(), yaml.MappingEndEvent):
            line = self._line(event)
            key = self._value(event, (), inner)  # where it is a list or a mapping, it is read before it is refused
            if not isinstance(key, str) or key in pairs:
                what = f"'{key}' occurs twice" if isinstance(key, str) else f"{key!r} is not text; write it in quotes"
                self._fault = self._fault or InputError(f"{self._path}:{line}", f"the key {what}")
                key = str(key)
            self._lines[(*at, key)] = line
            pairs[key] = self._value(self._parser.get_event(), (*at, key), inner)
        return pairs

    def _line(self, event: Any) -> int:
        line: int = event.start_mark.line
        return (line if self._last is None else min(line, self._last)) + 1

    def _accept(self, event: Any, within: tuple[bool, ...]) -> int:
        """Refuse anchors, aliases, tags and what is too much; gives the line."""
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not accepted", problem_mark=event.start_mark)
        if event.tag is not None:
            if self._strict:
                raise _OddError
            if event.tag != "!":
                raise yaml.MarkedYAMLError(problem=f"the tag {event.tag} is not accepted", problem_mark=event.start_mark)
        self._nodes += 1
        line = self._line(event)
        if len(within) >= MAX_DEPTH or self._nodes > MAX_NODES:
            self.too_much = True
            deep, large = f"is nested more than {MAX_DEPTH} levels deep", f"holds more than {MAX_NODES:,} keys and values"
            raise InputError(f"{self._path}:{line}", large if self._nodes > MAX_NODES else deep)
        if self._strict and any(within[-1:]) and isinstance(event, yaml.ScalarEvent) and not event.style and "?" in event.value:
            raise _OddError  # a question mark within brackets ends a word for PyYAML
        return line


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
