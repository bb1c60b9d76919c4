"""Factiva: exports as text or web page, plain (headline, byline, `512 words`, date …) or with tags (`HD`, `BY`, `WC` … `AN`).

Layouts as documented by the R packages tm.plugin.factiva (its test file) and newspapers.
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from stancekit.sources.dates import looks_like_date
from stancekit.sources.exports import Export, Piece, first_row, paragraphs, trimmed

_END = re.compile(r"\s*(?:AN\s+)?Do[ck]umento? ([A-Z0-9]{4,10}(?:19|20)\d{6}\w{6,10})\s*")
_COUNT = re.compile(r"\s*(?:WC\s+)?[\d,.]+ (?:words|Wörter|mots|palabras|parole|palavras|woorden)\s*$")
_ANNOUNCED = re.compile(r"\s*Results Found\s+([\d,.]+)\s*")
_RIGHTS = re.compile(r"\s*(?:\(c\)|©|Copyright\b.*\d{4})", re.IGNORECASE)
_PUBLISHER = re.compile(r"\s*(?:\S+\s+){1,10}(?:Ltd|Limited|Inc|LLC|GmbH|AG|plc|Company|Co|Corporation|Corp)\.?\s*")
_BY = re.compile(r"\s*By\s+", re.IGNORECASE)
_TAG = re.compile(
    r"\s*(CLM|SE|HD|CR|BY|WC|PD|ET|SN|SC|NGC|GC|ED|PG|VOL|LA|CY|LP|TD|ART|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)(?:(\s+)(?=\S)(.*)|\s*)"
)
_INDEXED = re.compile(r"\s*(?:(?:IPC|IPD|PUB|AN|RF|CT|ART)\s|(?:CO|IN|NS|RE)\s+\w+ : )")
_WRAPPED = 60
"""A line of a headline that is at least so long goes on in the next one; a shorter one above it names the section."""


def split(lines: Sequence[str]) -> Export:
    """Split an export into its articles, each up to the line with its accession number; without any where it is none of Factiva.

    A number without a count of words above it, since the number before, ends what that one did not. The text of an article with
    tags is its lead paragraph and the rest, `LP` and `TD`, with a blank line between.
    """
    pieces: list[Piece] = []
    start = 0
    for row, line in enumerate(lines):
        if end := _END.fullmatch(line):
            counted = first_row(_COUNT, lines, start, row) < row
            if counted or pieces:
                pieces.append(_piece(lines, start if counted else pieces.pop().start, row, end[1]))
                start = row + 1
    if pieces and first_row(_COUNT, lines, start, len(lines)) < len(lines):  # cut off before its number
        pieces.append(_piece(lines, start, len(lines), ""))
    said = [int(re.sub(r"\D", "", match[1])) for line in lines if (match := _ANNOUNCED.fullmatch(line))]
    return Export(pieces, sum(said) if said else None)


def _piece(lines: Sequence[str], start: int, end: int, identity: str) -> Piece:
    tags = (match for line in lines[start:end] if (match := _TAG.fullmatch(line)) and match[1] == "HD")
    headline = next(tags, None)
    text, fields = _tagged(lines[start:end], narrow=headline[2] == " ") if headline else _plain(lines, start, end)
    return Piece(start, min(end + 1, len(lines)), text, fields | {"id": identity, "byline": _BY.sub("", fields["byline"], count=1)})


def _plain(lines: Sequence[str], start: int, end: int) -> tuple[str, dict[str, str]]:
    """Section, headline, blank line, byline, count of words, date, outlet, codes, copyright, blank line, text, publisher."""
    count = first_row(_COUNT, lines, start, end)
    above = [list(lines[slice(*span)]) for span in paragraphs(lines, start, count)]
    byline = above.pop() if len(above) > 1 and lines[count - 1].strip() else []
    head = above[-1] if above else []
    if not byline and len(head) > 1 and _BY.match(head[-1]):
        byline = [head.pop()]
    title = next((row for row in reversed(range(1, len(head))) if len(head[row - 1].strip()) < _WRAPPED), 0)
    below = paragraphs(lines, count + 1, end)
    rights = first_row(_RIGHTS, lines, count + 1, min(count + 16, end))
    body = next((stop for _, stop in below if rights == min(count + 16, end) or stop > rights), end)
    dated = next((row for row in range(count + 1, body) if looks_like_date(lines[row])), count)
    known = [line for line in lines[dated + 1 : body] if line.strip() and not re.match(r"\s*\d\d?:\d\d", line)]
    if len(below) > 1 and below[-1][0] > body and _PUBLISHER.fullmatch(trimmed(lines, *below[-1])):
        end = below[-1][0]
    return trimmed(lines, body, end), {
        "title": " ".join(head[title:]),
        "outlet": known[0] if known and dated > count else "",
        "date": lines[dated] if dated > count else "",
        "section": "; ".join(map(str.strip, head[:title])),
        "byline": " ".join(byline),
    }


def _tagged(lines: Sequence[str], *, narrow: bool) -> tuple[str, dict[str, str]]:
    """`narrow`: tags and values are one space apart, as words are, so that a word in capitals may look like a tag."""
    values: dict[str, list[str]] = {}
    value: list[str] = []
    for line in lines:
        match = _TAG.fullmatch(line)
        if match and match[2] == " " and "LP" in values and not (narrow and (_INDEXED.match(line) or match[1] == "TD")):
            match = None
        if match and match[1] not in values:
            value = values[match[1]] = [match[3] or ""]
        else:
            value.append(line)
    known = {tag: "\n".join(value).strip() for tag, value in values.items()}
    names = {"title": "HD", "outlet": "SN", "date": "PD", "section": "SE" if "SE" in known else "CLM", "byline": "BY"}
    text = "\n\n".join(known[tag] for tag in ("LP", "TD") if known.get(tag))
    return text, {name: known.get(tag, "") for name, tag in names.items()}


def is_page(page: str) -> bool:
    """Tell whether a web page is an export: it has articles of Factiva's class."""
    return re.search(r"<div[^>]*\sclass=[\"']article \w\wArticle", page) is not None


def page_lines(page: str) -> list[str]:
    """Return the text of a page that is an export as lines in the layout of the text; texts of articles are slices of these lines."""
    found = _Page()
    found.feed(page)
    found.close()
    text = re.sub(r"[ \v\n]*\n[ \v\n]*", "\n\n", "".join(found.out))
    return re.sub(r"[ \v]*\v[ \v]*", "\n", text).split("\n")


class _Page(HTMLParser):
    """Blocks become lines, paragraphs and headlines have a blank line around them, cells of a row a tab between.

    A vertical tab stands for the end of a line, so that two of them, of a block and of the next, make no blank line.
    """

    _BREAKS = {"p": "\n\n", "td": "\t"} | dict.fromkeys(("div", "tr", "br", "table", "li", "h1", "h2", "h3"), "\v")

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self._inside = self._headline = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        self._inside = tag
        self._headline = tag if kind.endswith("Headline") else self._headline
        self.out.append("\n\n" if kind.startswith("article") else self._BREAKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.out.append("\n\n" if tag == self._headline else self._BREAKS.get(tag, ""))
        self._inside = ""
        self._headline = "" if tag == self._headline else self._headline

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style", "title"):
            self.out.append(re.sub(r"\s+", " ", data))
