"""How text and numbers are written in figures and reports."""

import re
import textwrap

DASH = "–"
MINUS = "\u2212"
# Controls that reorder or hide what follows them: a reader must see that they are there.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(f"[{_BIDI}\u200b\u2060\ufeff]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """Spell out direction marks, invisible characters and controls: U+202E becomes `[U+202E]`."""
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def number(value: float | None, places: int = 3) -> str:
    """Write fixed decimals with a true minus sign, or a dash where the figure is undefined."""
    if value is None:
        return DASH
    text = f"{value:.{places}f}"
    return text.replace("-", MINUS) if float(text) else text.lstrip("-")


def percent(part: int, whole: int) -> str:
    """Write whole per cents, or a dash of nothing."""
    return f"{100 * part / whole:.0f} %" if whole else DASH


def shortened(text: str, size: int) -> str:
    """Cut text to `size` characters, with an ellipsis."""
    text = visible(text)
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"


def wrapped(name: str, size: int) -> str:
    """Break a label name over several lines, at underscores, hyphens and spaces first."""
    parts = textwrap.wrap(visible(name).replace("_", " "), size) or [""]
    return "\n".join(parts)


def plural(count: int, one: str, many: str = "") -> str:
    """`1 article`, `5 articles`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else "none"
