"""Pieces of a card: the whole of it, a table, a list, a line of plain text, a count in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml


def card(front: Mapping[str, Any], parts: Iterable[str]) -> str:
    """Write front matter in YAML, then the parts."""
    head = yaml.safe_dump(dict(front), sort_keys=False, allow_unicode=True)
    return f"---\n{head}---\n\n" + "\n\n".join(parts) + "\n"


def bullets(points: Iterable[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def table(header: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def plain(text: str) -> str:
    """Escape text for Markdown, on one line."""
    return " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|")


def several(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
