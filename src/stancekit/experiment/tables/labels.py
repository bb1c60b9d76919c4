"""The values of a label column → the labels of a task."""

import re
from collections.abc import Iterable, Mapping, Sequence

from stancekit.errors import InputError, nearest

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WHOLE = re.compile(r"([+-]?\d+)\.0+")  # what a table makes of whole numbers in a column with gaps
_MINUS = str.maketrans("\u2212\u2013", "--")


def spelling(value: str) -> str:
    """What counts of a value: `FAVOR` and ` Favor ` are one, so are `pro-life` and `pro life`, and `1.0` and `1`.

    A sign at the beginning counts (`-1` is not `1`), and so does every character of a value that has neither letter nor digit.
    """
    value = value.strip().casefold()
    if value[:1] in ("-", "+", "\u2212", "\u2013"):
        value = value[0].translate(_MINUS) + value[1:].lstrip()
    if whole := _WHOLE.fullmatch(value):
        return whole[1]
    words = re.sub(r"\W+", "_", value).strip("_")
    if not words:
        return value
    return value[0] + words if value[0] in "+-" else words


def label_values(given: Sequence[str] | Mapping[str, str | list[str]], where: str) -> dict[str, str]:
    """Spelling → label, in the order of the labels given. Raises `InputError` for a label that can't be one, or given twice."""
    named: Iterable[tuple[str, Sequence[str]]]
    if isinstance(given, Mapping):
        named = [(name, [values] if isinstance(values, str) else values) for name, values in given.items()]
    else:
        named = [(spelling(value), [value]) for value in given]
    found: dict[str, str] = {}
    for name, values in named:
        for value in values:
            if not _NAME.fullmatch(name):
                raise InputError(
                    where, f'\'{value}\' is no name for a label; say what stands for what: `labels: {{favor: "1", against: "0"}}`'
                )
            if spelling(value) in found:
                raise InputError(where, f"the label '{value}' is given twice; case and punctuation inside do not count")
            found[spelling(value)] = name
    return found


def found_values(values: Iterable[str], where: str) -> dict[str, str]:
    """As `label_values`, of all values that occur, in alphabetical order."""
    return label_values(sorted({spelling(value): value for value in values}), where)


def label_of(value: str, known: Mapping[str, str], task: str, where: str) -> str:
    """The label that a value stands for. Raises `InputError` naming the row."""
    if (label := known.get(spelling(value))) is None:
        names = list(dict.fromkeys(known.values()))
        raise InputError(where, f"label '{value}' is not in task '{task}'{nearest(spelling(value), known)}", names)
    return label
