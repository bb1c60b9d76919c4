"""Exports of press databases: one text that holds many articles, recognised by what it holds and split into them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from stancekit.sources.options import LAYOUTS, ReadOptions
from stancekit.sources.reader import Row
from stancekit.sources.source import Rejected, Source, UnreadableError

MODULES = ("nexis", "factiva", "proquest")
"""The modules of `formats` that are asked in turn for the articles of a text."""
MARKS = re.compile(r"\s*(?:Document \d+ of|\d+ of \d+ DOCUMENT|Body\s*$|Full text:|(?:AN\s+)?Do[ck]umento? [A-Z0-9]{12})", re.IGNORECASE)
"""A line that each layout of an export has for each article: a text without one is not looked into further."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of an export: its lines [`start`, `end`) with header and footer, its text alone, what the header says.

    `text` is a slice of the export, empty where the article has none. `fields` has what is known of `id`, `title`, `outlet`, `date`
    (as it stands there), `section`, `byline`, `url`.
    """

    start: int
    end: int
    text: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Export:
    """The articles that were found, and how many the export says that it has."""

    pieces: Sequence[Piece]
    announced: int | None = None


def export_rows(lines: Sequence[str], source: Source, options: ReadOptions) -> Iterator[Row | Rejected] | None:
    """Return the articles of an export as rows, or `None` for what is one document; `lines` may be those of a text, or paragraphs.

    The layout is the one that `options` forces, else the one whose marks the lines have; which it is, and whether the articles are
    as many as announced, goes to `options.notice`. The words of the lines are those of the articles' texts, their `furniture`, and of
    articles without a text, which are rejected. Raises `UnreadableError` where the layout that is forced holds no article.
    """
    forced = options.layout
    if forced != "plain" and (forced or any(map(MARKS.match, lines))):
        for name in [forced] if forced else MODULES:
            export: Export = import_module(f"stancekit.sources.formats.{name}").split(lines)
            if export.pieces:
                found, said = len(export.pieces), export.announced
                if found > 1 or said not in (None, found):  # of one there may be thousands of files
                    more = "" if said in (None, found) else f"; it announces {said:,}"
                    options.say(source.name, f"read as an export of {LAYOUTS[name]}, articles found: {found:,}{more}")
                return _rows(lines, export.pieces, source)
        if forced:
            raise UnreadableError(source, None, f"holds no article in the layout of {LAYOUTS[forced]}")
    if forced is None and options.notice is not None and (what := repeated(lines)):
        remedy = f"split it, or name its layout: --format {', '.join(LAYOUTS)}"
        options.say(source.name, f"looks like several articles in one file ({what}), and is read as one: {remedy}")
    return None


def _rows(lines: Sequence[str], pieces: Sequence[Piece], source: Source) -> Iterator[Row | Rejected]:
    end = 0
    for number, piece in enumerate(pieces, 1):
        stop = len(lines) if number == len(pieces) else piece.end
        words, end = _words(lines[end:stop]), stop
        if not piece.text:
            where = f"{source.name}:{piece.start + 1}"
            what = f"{where}: article {number} of the export has no text, its header {words} words"
            yield Rejected(source.name, piece.start + 1, what, words)
            continue
        fields = {name: " ".join(value.split()) for name, value in piece.fields.items() if value.strip()}
        known = {"id": f"{source.stem}-{number}"} | fields
        yield Row(piece.start + 1, known | {"text": piece.text}, words - _words([piece.text]))


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)


def repeated(lines: Sequence[str]) -> str | None:
    """Return what of several articles' headers repeats in a text that no layout fits: two sorts three times, or three sorts twice."""
    found = [sign for line in lines if (sign := _SIGN.match(line.strip()))]
    signs = Counter(f"'{sign[0]}'" if sign.lastgroup == "label" else f"a line of {sign.lastgroup}" for sign in found)
    twice, often = ([f"{sign} {count} times" for sign, count in signs.most_common() if count >= least] for least in (2, 3))
    return ", ".join(often if len(often) > 1 else twice) if len(often) > 1 or len(twice) > 2 else None


_SIGN = re.compile(
    r"(?P<label>(?:title|headline|byline|author|source|outlet|publication(?: title| date)?|section|length|word count|date|published|"
    r"load-date|document(?: type| id)?|url|full text|body|text|copyright):)|(?P<words>[\d,.]+ words$)|(?P<rules>[-_=*]{10,}$)|"
    r"(?P<bylines>(?-i:By(?: [A-Z][\w.’'-]+){2,4})$)|(?P<dates>[^.!?:]{0,60}\b\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9},? (?:19|20)\d\d$)|"
    r"(?P<copyright>(?:©|\(c\)|copyright)\W*\d{4})",
    re.IGNORECASE,
)


def trimmed(lines: Sequence[str], start: int, end: int) -> str:
    """Return lines [start, end) as the slice of the text that they are, without white space at its ends."""
    return "\n".join(lines[start:end]).strip()


def first_row(form: re.Pattern[str], lines: Sequence[str], start: int, end: int) -> int:
    """Return the first line within [start, end) that begins so, `end` where none does."""
    return next((row for row in range(start, end) if form.match(lines[row])), end)


def paragraphs(lines: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs of lines within [start, end) that are not blank."""
    found: list[tuple[int, int]] = []
    for number in range(start, end):
        if lines[number].strip():
            if found and found[-1][1] == number:
                found[-1] = (found[-1][0], number + 1)
            else:
                found.append((number, number + 1))
    return found


def labelled(lines: Sequence[str], start: int, end: int, label: re.Pattern[str]) -> dict[str, str]:
    """Return label, in lower case, → value of lines as `LABEL: value`, the first of each; a value goes on to a blank line or a label."""
    found: dict[str, list[str]] = {}
    value: list[str] = []
    for line in lines[start:end]:
        if match := label.match(line):
            value = found.setdefault(match[1].lower(), [])
            value += [] if value else [line[match.end() :]]
        elif line.strip():
            value.append(line)
        else:
            value = []
    return {name: " ".join(" ".join(value).split()) for name, value in found.items()}
