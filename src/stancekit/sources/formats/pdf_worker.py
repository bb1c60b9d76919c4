"""Worker of `PageProcess` for PDFs."""

import contextlib
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDFText_GetUnicode

from stancekit.sources import limits
from stancekit.sources.formats.pdf import STOPS
from stancekit.sources.formats.process import serve

_MEMORY = 3 * 2**30
_WRAPPED = 2
"""The sign that PDFium gives for a hyphen at the end of a line, which it takes for one with the next."""
_GAP = 1.25
"""Lines further apart than this, in usual distances, are not of one paragraph."""


def extract(data: bytes) -> dict[str, Any]:
    """`pages`: the text of each, a line for a line, with a blank line wherever the distance of lines says that a paragraph ends."""
    document = pypdfium2.PdfDocument(data)
    if len(document) > limits.MAX_PAGES:
        raise ValueError(f"it has {len(document):,} pages (at most {limits.MAX_PAGES:,})")
    pages = []
    size = 0
    for page in document:
        pages.append(_lines(page.get_textpage()))
        page.close()
        size += sum(map(len, pages[-1][0]))
        if size > limits.MAX_BYTES // 4:
            raise ValueError(f"it has more than {limits.MAX_BYTES // 4:,} characters")
    down = sorted(gap for _, gaps in pages for gap in gaps if gap > 1)
    usual = down[len(down) // 4] if down else 0.0  # most are those within paragraphs, unless every paragraph is a line
    return {"pages": [_text(lines, gaps, usual) for lines, gaps in pages]}


def _lines(page: pypdfium2.PdfTextPage) -> tuple[list[str], list[float]]:
    """The lines of a page, and how far below the one before it each is but the first; negative where it is above."""
    lines, first, last = [""], [-1], [-1]  # and the places of their first and last visible characters
    for place in range(page.count_chars()):
        code = FPDFText_GetUnicode(page, place)
        if code == _WRAPPED:
            lines[-1] += "-"
        if code in (_WRAPPED, 10):
            lines.append("")
            first.append(-1)
            last.append(-1)
        elif code not in (0, 13):
            lines[-1] += chr(code)
            if not lines[-1][-1].isspace():
                first[-1], last[-1] = first[-1] if first[-1] >= 0 else place, place
    ends = zip(last, first[1:], strict=False)
    return lines, [_bottom(page, above) - _bottom(page, below) if min(above, below) >= 0 else 0.0 for above, below in ends]


def _text(lines: list[str], gaps: list[float], usual: float) -> str:
    text = lines[0]
    for gap, line in zip(gaps, lines[1:], strict=True):
        ends = gap > _GAP * usual > 0 or (gap < 0 and text.endswith(STOPS))  # or the next column begins
        text += ("\n\n" if ends else "\n") + line
    return text


def _bottom(page: pypdfium2.PdfTextPage, place: int) -> float:
    return float(page.get_charbox(place, loose=True)[1])


if __name__ == "__main__":
    with contextlib.suppress(ImportError, ValueError, OSError):  # where there is no such bound
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    serve(extract)
