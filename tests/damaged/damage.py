"""Damaged copies of files, the same ones for the same seed: bits, lines, values and what no writer would write."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import yaml

OTHERS: list[Any] = [
    None, True, False, 0, -1, -3.5, 1.5, 10**30, "", " ", "x", "constructor", "../../etc/passwd", "/dev/null", "NaN", "no", "a\x00b",
    "\u202e", [], [[]], [None], ["x", "x"], [1, 2], {}, {"x": None}, {"": ""}, {"x": {"x": {"x": []}}},
]  # fmt: skip
"""Values of every type, to stand in the place of another."""
TOKENS = [
    "1e999", "-1e999", "NaN", "Infinity", "-0", "9" * 25, "9" * 400, "9" * 5000, "0.1e-400", "\\ud800", "\\u0000", "\\udc00\\ud800", "null",
    "true", "~", "[" * 40, "{" * 40, "[" * 3000, '{"a":' * 3000, "&a *a", "!!python/object:os.system", "<<: *x", "---\n", "? ", "\t",
    "- " * 300, "{a: " * 200, '"', "'", "\\", ",", ";", ":", "#", "}", "]", "=1+1", "\u202e", "\u2028", "\ufeff", "\x85", "😀", "e\u0301",
]  # fmt: skip
"""What is written into a text in the place of a number or a word, or between two."""
BYTES = [
    b"\x00",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc3",
    b"\x1b[2J",
    b"\x07",
    b"\xef\xbb\xbf",
    b"\xfe\xff",
    b"\r",
    b"\n\n",
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"\xf4\x90\x80\x80",
]
"""What is no text, or no text that one should meet."""


def copies(data: bytes, ending: str, number: int = 200, seed: int = 24) -> Iterator[bytes]:
    """Damaged copies of a file's content, each in one way or two. `ending` says what its values are written in."""
    for i in range(number):
        draw = random.Random(f"{seed} {ending} {i}")
        spoilt = data
        for _ in range(draw.choice([1, 1, 1, 2])):
            spoilt = draw.choice(_ways(ending))(spoilt, draw)
        yield spoilt


def _ways(ending: str) -> list[Callable[[bytes, random.Random], bytes]]:
    by_value = {".json": _json, ".jsonl": _jsonl, ".yaml": _yaml, ".csv": _csv}.get(ending)
    return [_bits, _cut, _lines, _token, _bytes, _emptied, *([by_value] * 6 if by_value else [])]


def _bits(data: bytes, draw: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(draw.randint(1, 3) if spoilt else 0):
        spoilt[draw.randrange(len(spoilt))] ^= 1 << draw.randrange(8)
    return bytes(spoilt)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)] if draw.random() < 0.7 else data[draw.randrange(len(data) + 1) :]


def _lines(data: bytes, draw: random.Random) -> bytes:
    """A line is lost, stands there twice or has changed places; or all of the second half are lost."""
    lines = data.splitlines(keepends=True) or [b""]
    i, j = draw.randrange(len(lines)), draw.randrange(len(lines))
    match draw.randrange(4):
        case 0:
            del lines[i]
        case 1:
            lines.insert(j, lines[i])
        case 2:
            lines[i], lines[j] = lines[j], lines[i]
        case _:
            del lines[len(lines) // 2 :]
    return b"".join(lines)


def _token(data: bytes, draw: random.Random) -> bytes:
    """A number, a word or nothing gives way to what no reader expects there."""
    text = data.decode("utf-8", "replace")
    at = draw.randrange(len(text) + 1)
    end = at
    while end < len(text) and text[end].isalnum() and draw.random() < 0.95:
        end += 1
    return (text[:at] + draw.choice(TOKENS) + text[end:]).encode("utf-8", "replace")


def _bytes(data: bytes, draw: random.Random) -> bytes:
    at = draw.choice([0, len(data), draw.randrange(len(data) + 1)])
    return data[:at] + draw.choice(BYTES) + data[at:]


def _emptied(data: bytes, draw: random.Random) -> bytes:
    return draw.choice([b"", b"\n", b" \t\r\n", b"null", b"[]", b"{}", b'""', b"0"])


def _json(data: bytes, draw: random.Random) -> bytes:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return _token(data, draw)
    return json.dumps(_other(value, draw), ensure_ascii=draw.random() < 0.5).encode("utf-8", "replace")


def _jsonl(data: bytes, draw: random.Random) -> bytes:
    lines = data.split(b"\n")
    i = draw.randrange(len(lines))
    lines[i] = _json(lines[i], draw)
    return b"\n".join(lines)


def _yaml(data: bytes, draw: random.Random) -> bytes:
    try:
        value = yaml.safe_load(data)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _token(data, draw)
    return yaml.safe_dump(_other(value, draw), allow_unicode=True, sort_keys=False).encode("utf-8", "replace")


def _csv(data: bytes, draw: random.Random) -> bytes:
    """A cell, a column's name or a row of other length."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8", "replace").replace("\x00", ""), newline="")))
    row = rows[0] if rows and draw.random() < 0.2 else draw.choice(rows or [[]])
    if not row:
        return _token(data, draw)
    match draw.randrange(4):
        case 0:
            row.append("x")
        case 1:
            del row[draw.randrange(len(row)) :]
        case _:
            row[draw.randrange(len(row))] = draw.choice([*map(str, OTHERS), *TOKENS])
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _other(value: Any, draw: random.Random) -> Any:
    """The value with one part of it, however deep, of another type, gone, there twice or under another name."""
    place = draw.choice(list(_places(value)))
    if not place:
        return draw.choice(OTHERS)
    holder = value
    for part in place[:-1]:
        holder = holder[part]
    last = place[-1]
    match draw.randrange(6):
        case 0:
            del holder[last]
        case 1 if isinstance(holder, dict):
            name = str(last)
            holder[draw.choice([name + "x", name.upper() or "x", name[:-1], "", "__proto__"])] = holder.pop(last)
        case 1:
            holder.append(holder[last])
        case 2:
            holder[last] = [holder[last]] if draw.random() < 0.5 else {"x": holder[last]}
        case 3:
            holder[last] = _near(holder[last], draw)
        case _:
            holder[last] = draw.choice(OTHERS)
    return value


def _near(value: Any, draw: random.Random) -> Any:
    """Of the same type, and of another size or name."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int | float):
        return draw.choice([-value - 1, value + 1, value * 1000 + 7, value / 3, 2**63, -(10**300), 1e308, str(value)])
    if isinstance(value, str):
        return draw.choice(
            [value + "x", value[1:], value.upper(), value * 50, value + "\u202e", value + "/../x", value + "\n", "\ue000" + value]
        )
    return value * 2 if isinstance(value, list) else {**value, "x": value}


def _places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a value; the whole has an empty one."""
    yield here
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _places(part, (*here, key))
