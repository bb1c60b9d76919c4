"""A report as Markdown, with the figures beside it."""

import html
import re

from stancekit.report.blocks import Block, Cell, Code, Folded, Items, Report, Shown, Subheading, Table, Text
from stancekit.report.wording import visible


def to_markdown(report: Report) -> str:
    """Write the whole report; figures are `figures/<name>.png`."""
    parts = [f"# {_text(report.title)}", _text(report.subtitle)]
    for section in report.sections:
        parts.append(f"## {_text(section.title)}")
        parts += [_block(block) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def _text(text: str) -> str:
    """Escape text for Markdown, on one line."""
    plain = html.escape(" ".join(visible(text).split()), quote=False)
    return re.sub(r"([\\`*_\[\]|#~])", r"\\\1", plain)


def _block(block: Block) -> str:
    match block:
        case Text(text):
            return _text(text)
        case Subheading(text):
            return f"### {_text(text)}"
        case Items(items):
            return "\n".join(
                "- " + " ".join(part for part in (f"**{_text(head)}**" if head else "", _text(rest)) if part) for head, rest in items
            )
        case Code(text):
            return "\n".join("    " + visible(line) for line in text.rstrip("\n").split("\n"))
        case Folded(summary, blocks):
            inside = "\n\n".join(_block(b) for b in blocks)
            return f"<details><summary>{html.escape(visible(summary))}</summary>\n\n{inside}\n\n</details>"
        case Shown(picture, blocks):
            return "\n\n".join([f"![{_text(picture.alt)}](figures/{picture.name}.png)", *(_block(b) for b in blocks)])
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    lines = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    rows = [" | ".join(cell if cell == "---" else _cell(cell) for cell in row) for row in lines]
    return f"**{_text(table.caption)}** ({_text(table.n)})\n\n" + "\n".join(f"| {row} |" for row in rows)


def _cell(cell: Cell | str) -> str:
    if isinstance(cell, str):
        return _text(cell)
    return _text(cell.text) + (f" ({_text(cell.note)})" if cell.note else "")
