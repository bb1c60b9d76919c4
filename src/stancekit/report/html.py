"""A report as one HTML page that needs nothing but itself: no script, no network."""

import base64
from collections.abc import Mapping
from html import escape
from importlib.resources import files

from stancekit.report.blocks import Block, Cell, Code, Folded, Items, Report, Section, Shown, Subheading, Table, Text
from stancekit.report.wording import visible

# Even if text from the data should ever get through unescaped, nothing in it may run or load.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
SHORT = 24  # characters: a note of an interval's length stays on one line


def to_html(report: Report, drawings: Mapping[str, bytes]) -> str:
    """Write the page. `drawings` : picture name → SVG."""
    style = (files("stancekit.report") / "page.css").read_text(encoding="utf-8")
    links = "".join(f'<li><a href="#{s.anchor}">{_text(s.title)}</a></li>' for s in report.sections)
    body = "\n".join(_section(section, drawings) for section in report.sections)
    # What cannot be shown comes before anything else, the list of contents included.
    first, _, rest = body.partition("</section>")
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{_text(report.title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
<header><h1>{_text(report.title)}</h1>
<p>{_text(report.subtitle)}</p></header>
{first}</section>
<nav aria-label="Contents"><ul>{links}</ul></nav>
{rest.lstrip()}
</main>
</body>
</html>
"""


def _text(text: str) -> str:
    """Escape text, direction marks and controls spelled out."""
    return escape(visible(text))


def _section(section: Section, drawings: Mapping[str, bytes]) -> str:
    kind = ' class="warning"' if section.warning else ""
    blocks = "\n".join(_block(block, drawings, f"{section.anchor}-{i}") for i, block in enumerate(section.blocks))
    heading = f'<h2 id="{section.anchor}-h">{_text(section.title)}</h2>'
    return f'<section id="{section.anchor}"{kind} aria-labelledby="{section.anchor}-h">\n{heading}\n{blocks}\n</section>'


def _block(block: Block, drawings: Mapping[str, bytes], at: str) -> str:
    """`at` is an address of the block within the page."""
    match block:
        case Text(text):
            return f"<p>{_text(text)}</p>"
        case Subheading(text):
            return f"<h3>{_text(text)}</h3>"
        case Items(items):
            return (
                "<ul>"
                + "".join(f"<li>{f'<strong>{_text(head)}</strong> ' if head else ''}{_text(rest)}</li>" for head, rest in items)
                + "</ul>"
            )
        case Code(text):
            return f'<div class="scroll" tabindex="0" role="region" aria-label="Text"><pre>{_text(text)}</pre></div>'
        case Folded(summary, blocks):
            return f"<details><summary>{_text(summary)}</summary>\n{_blocks(blocks, drawings, at)}\n</details>"
        case Shown(picture, blocks):
            data = base64.b64encode(drawings[picture.name]).decode("ascii")
            image = f'<img src="data:image/svg+xml;base64,{data}" alt="{_text(picture.alt)}">'
            numbers = f'<div class="numbers">{_blocks(blocks, drawings, at)}</div>'
            return f'<div class="beside">\n<div class="picture">{image}</div>\n{numbers}\n</div>'
        case Table():
            return _table(block, at)


def _blocks(blocks: tuple[Block, ...], drawings: Mapping[str, bytes], at: str) -> str:
    return "\n".join(_block(block, drawings, f"{at}-{i}") for i, block in enumerate(blocks))


def _table(table: Table, at: str) -> str:
    """Write a table with its roles: a table that becomes blocks on a phone would lose them."""
    head = "".join(f'<th scope="col" role="columnheader">{_text(column)}</th>' for column in table.columns)
    body = "\n".join(_row(row, table.columns) for row in table.rows)
    stacked = ' class="stacked"' if table.stacked else ""
    return (
        f'<figure><figcaption id="{at}">{_text(table.caption)} <small>({_text(table.n)})</small></figcaption>\n'
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{at}"><table role="table"{stacked} aria-labelledby="{at}">\n'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n<tbody role="rowgroup">\n{body}\n</tbody></table></div></figure>'
    )


def _named(cell: Cell | str) -> str:
    """A row's name, which may break after an underscore and nowhere else within a word."""
    return _cell(cell).replace("_", "_<wbr>")


def _row(row: tuple[Cell | str, ...], columns: tuple[str, ...]) -> str:
    cells = [f'<th scope="row" role="rowheader">{_named(row[0])}</th>']
    cells += [f'<td role="cell" data-label="{_text(column)}">{_cell(cell)}</td>' for column, cell in zip(columns[1:], row[1:], strict=True)]
    return f'<tr role="row">{"".join(cells)}</tr>'


def _cell(cell: Cell | str) -> str:
    if isinstance(cell, str):
        return _text(cell)
    kind = ' class="tight"' if len(cell.note) <= SHORT else ""
    return _text(cell.text) + (f"<small{kind}>{_text(cell.note)}</small>" if cell.note else "")
