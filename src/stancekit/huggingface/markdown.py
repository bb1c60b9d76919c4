"""Pieces of a card: a table, a line of plain text, a count in words."""

from collections.abc import Sequence


def table(header: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def plain(text: str) -> str:
    """Escape text for Markdown, on one line."""
    return " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|")


def several(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
