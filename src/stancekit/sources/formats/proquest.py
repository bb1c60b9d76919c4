"""ProQuest: text exports, records between rules of underscores, each paragraph `Label: value`, the text behind `Full text:`.

Layout as documented by the scripts pq_parser and tm.plugin.proquest.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from stancekit.sources.exports import Export, Piece, labelled, paragraphs, trimmed

_RULE = re.compile(r"\s*_{20,}\s*")
_NUMBER = re.compile(r"\s*Document (\d+) of (\d+)\s*")
_TEXT = re.compile(r"\s*Full text:", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*(Title|Alternate title|Author|Publication info|Publication title|Publication date|Publication year|Publication subject|Abstract|"
    r"Links|Full text|Subject|Narrow subject|Broad subject|Location|People|Company / organi[sz]ation|Classification|"
    r"Identifier / keyword|Section|Supplement|Column|Pages|First page|Number of pages|Volume|Issue|Year|Publisher|Place of publication|"
    r"Country of publication|Credit|ISSN|eISSN|Source type|Language of publication|Document type|Document feature|"
    r"ProQuest document ID|Document URL|URL|Copyright|Last updated|Database):[ \t]*",
    re.IGNORECASE,
)
_ANY_LABEL = re.compile(r"\s*[A-Z][\w /-]{2,40}:")
_STARTS = re.compile(r"\s*(?:Full text:|Contact us at:)", re.IGNORECASE)
_MISSING = re.compile(r"(?:full text )?(?:is )?(?:not|none) available\.?", re.IGNORECASE)


def split(lines: Sequence[str]) -> Export:
    """Split an export into its records; without any where it is none of ProQuest.

    A rule ends a record where the next one has a text, or where this one is whole; another is of an article's text.
    """
    edges = [row for row, line in enumerate(lines) if _RULE.fullmatch(line) or _NUMBER.fullmatch(line)]
    blocks: list[tuple[int, int]] = []
    for start, end in pairwise([0, *edges, len(lines)]):
        starts = any(_STARTS.match(line) for line in lines[start:end])
        if not blocks or starts or _is_whole(lines, *blocks[-1]):
            blocks.append((start, end))
        else:
            blocks[-1] = (blocks[-1][0], end)
    pieces = [_piece(lines, start, end) for start, end in blocks if _is_record(lines, start, end)]
    said = [int(match[2]) for line in lines if (match := _NUMBER.fullmatch(line))]
    return Export(pieces, max(said) if said else None)


def _is_whole(lines: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a block has all of a record, labels behind its text too, or no text, as a cover page."""
    text = next((row for row in range(start, end) if _TEXT.match(lines[row])), None)
    return text is None or not labelled(lines, text, end, _LABEL).keys().isdisjoint(("proquest document id", "database"))


def _is_record(lines: Sequence[str], start: int, end: int) -> bool:
    labels = labelled(lines, start, end, _LABEL)
    return "proquest document id" in labels or ("full text" in labels and ("publication title" in labels or "publication info" in labels))


def _piece(lines: Sequence[str], start: int, end: int) -> Piece:
    text = next((row for row in range(start, end) if _TEXT.match(lines[row])), end)
    spans = paragraphs(lines, text, end)[1:]
    stop = end
    for first, _ in reversed(spans):
        if not _ANY_LABEL.match(lines[first]) and not _RULE.fullmatch(lines[first]):
            break
        stop = first if _LABEL.match(lines[first]) else stop
    labels = labelled(lines, stop, end, _LABEL) | labelled(lines, start, text, _LABEL)
    heads = [lines[slice(*span)] for span in paragraphs(lines, start, text)]
    heads = [head for head in heads if not (_LABEL.match(head[0]) or _RULE.fullmatch(head[0]) or _NUMBER.fullmatch(head[0]))]
    body = _TEXT.sub("", trimmed(lines, text, stop), count=1).strip()
    return Piece(
        start,
        end,
        "" if _MISSING.fullmatch(body) else body,
        {
            "id": labels.get("proquest document id", ""),
            "title": labels.get("title") or (" ".join(heads[0]) if heads else ""),
            "outlet": labels.get("publication title") or re.split(r" [;\[]|;", labels.get("publication info", ""))[0],
            "date": labels.get("publication date", ""),
            "section": labels.get("section", ""),
            "byline": labels.get("author") or labels.get("credit", ""),
            "url": labels.get("document url") or labels.get("url", ""),
        },
    )
