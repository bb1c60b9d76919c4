"""Nexis: exports of LexisNexis (`1 of 250 DOCUMENTS`, labels in capitals) and of Nexis Uni (`Body` … `End of Document`).

Layouts as documented by the R packages LexisNexisTools (its sample file) and tm.plugin.lexisnexis.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from stancekit.sources.dates import looks_like_date
from stancekit.sources.exports import Export, Piece, first_row, labelled, paragraphs, trimmed

_MARK = re.compile(r"\s*(?:Document (\d+) of (\d+)|(\d+) of (\d+) DOCUMENTS?)\s*")
_ANNOUNCED = re.compile(r"\s*Documents? \(([\d,]+)\)\s*")
_LENGTH = re.compile(r"\s*LENGTH:\s*[\d,.]+ words", re.IGNORECASE)
_RIGHTS = re.compile(r"\s*(?:Copyright\b.*\d{4}|©|\(c\)|All Rights Reserved)", re.IGNORECASE)
_HEADER = re.compile(r"\s*(SECTION|LENGTH|BYLINE|HIGHLIGHT|DATELINE|SERIES|TYPE|CORRECTION(?:-DATE)?):\s*", re.IGNORECASE)
_FOOTER = re.compile(
    r"\s*(?:LOAD-DATE|LANGUAGE|PUB(?:LICATION)?-TYPE|JOURNAL[- ]CODE|GRAPHIC|SUBJECT|COMPANY|ORGANI[ZS]ATION|PERSON|GEOGRAPHIC|CITY|STATE|"
    r"COUNTRY|INDUSTRY|TICKER|NOTES?|DOCUMENT-TYPE|ACC-NO|UPDATE|URL|CORRECTION(?:-DATE)?):",
    re.IGNORECASE,
)
_CENTRED = re.compile(r"\s{10}")
"""How outlet, date and edition begin; headlines do at the margin."""


def split(lines: Sequence[str]) -> Export:
    """Split an export, given as lines of text or as paragraphs, into its articles; without any where it is no export of Nexis."""
    return _classic(lines) or _uni(lines)


def _classic(lines: Sequence[str]) -> Export | None:
    """A mark counts where a length stands below it, or where it goes on counting: another is part of an article's text."""
    found = [(row, match) for row, line in enumerate(lines) if (match := _MARK.fullmatch(line))]
    marks: list[tuple[int, int, int]] = []  # row, number, of how many
    announced, sure = 0, False
    for (row, match), stop in zip(found, [*(row for row, _ in found[1:]), len(lines)], strict=True) if found else ():
        number, of = (int(group) for group in match.groups() if group)
        goes_on = bool(marks) and (number, of) == (marks[-1][1] + 1, marks[-1][2])
        if (long := first_row(_LENGTH, lines, row, stop) < stop) or goes_on or (not marks and number == 1):
            announced += 0 if goes_on else of
            marks.append((row, number, of))
            sure = sure or long
    rows = [*(row for row, _, _ in marks), len(lines)]
    return Export([_classic_piece(lines, start, end) for start, end in pairwise(rows)], announced) if sure else None


def _classic_piece(lines: Sequence[str], start: int, end: int) -> Piece:
    spans = paragraphs(lines, start + 1, end)
    length = first_row(_LENGTH, lines, start, end)
    while spans and (_FOOTER.match(lines[spans[-1][0]]) or _RIGHTS.match(lines[spans[-1][0]])):
        spans.pop()
    last = spans[-1][1] if spans else start + 1
    dated = next((row for row in range(start, min(last, length)) if looks_like_date(lines[row])), start)
    titles = [span for span in spans if dated < span[0] < length and not _HEADER.match(lines[span[0]])]
    titles = [span for span in titles if not _CENTRED.match(lines[span[0]])] or titles
    if length == end:  # none is given, so that the text begins below the first paragraph
        titles = titles[:1]
    body = length + 1 if length < end else titles[0][1] if titles else last
    for first, stop in spans:
        body = stop if first >= body and _HEADER.match(lines[first]) and not trimmed(lines, body, first) else body
    return _piece(lines, (start, dated, body, last, end), "\n".join("\n".join(lines[slice(*span)]) for span in titles))


def _piece(lines: Sequence[str], rows: tuple[int, int, int, int, int], title: str) -> Piece:
    """The outlet is the last line above the date that is no copyright; labels stand between date and text."""
    start, dated, body, last, end = rows
    above = [row for row in range(start, dated) if lines[row].strip() and not _RIGHTS.match(lines[row]) and not _MARK.fullmatch(lines[row])]
    header = labelled(lines, dated, body, _HEADER)
    fields = {"title": title, "outlet": lines[above[-1]] if above else "", "date": lines[dated] if looks_like_date(lines[dated]) else ""}
    return Piece(start, end, trimmed(lines, body, last), fields | {name: header.get(name, "") for name in ("section", "byline")})


def _uni(lines: Sequence[str]) -> Export:
    """An article is a length, `Body` and an end: the last `End of Document` above the next such header, as its text may quote one."""
    ends = [row for row, line in enumerate(lines) if line.strip() == "End of Document"]
    bodies: list[tuple[int, int]] = []  # where its header begins, where `Body` stands
    for row, line in enumerate(lines):
        if line.strip() == "Body":
            end = max((end for end in ends if (bodies[-1][1] if bodies else -1) < end < row), default=None)
            start = 0 if end is None else end + 1
            if (end is not None or not bodies) and first_row(_LENGTH, lines, start, row) < row:
                bodies.append((start, row))
    stops = [*(start for start, _ in bodies[1:]), len(lines)]
    pieces = [_uni_piece(lines, start, body, stop) for (start, body), stop in zip(bodies, stops, strict=True)] if bodies else []
    said = [int(match[1].replace(",", "")) for line in lines[: bodies[0][1] if bodies else 0] if (match := _ANNOUNCED.fullmatch(line))]
    return Export(pieces, said[0] if said else None)


def _uni_piece(lines: Sequence[str], start: int, body: int, stop: int) -> Piece:
    ends = [row for row in range(body, stop) if lines[row].strip() == "End of Document"]
    ends = [row for row in ends if _FOOTER.match(lines[paragraphs(lines, body, row)[-1][1] - 1])][:1] or ends[-1:]
    last = ends[0] if ends else stop
    loads = [row for row in range(body, last) if re.match(r"\s*Load-Date:", lines[row])]
    classes = [row for row in range(body, last - 1) if lines[row].strip() == "Classification"]
    classes = [row for row in classes if _FOOTER.match(next((line for line in lines[row + 1 :] if line.strip()), ""))]
    dated = max((row for row in range(start, first_row(_HEADER, lines, start, body)) if looks_like_date(lines[row])), default=start)
    above = paragraphs(lines, start, dated)
    if above and above[-1][1] == dated:  # paragraphs as lines, without blank ones: the headline is one line
        title = lines[dated - 2] if dated - 2 >= above[-1][0] else ""
    else:
        title = "\n".join(lines[slice(*above[-2])]) if len(above) > 1 else ""
    return _piece(lines, (start, dated, body + 1, min([last, *loads[-1:], *classes[-1:]]), ends[0] + 1 if ends else stop), title)
