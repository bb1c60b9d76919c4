"""DOCX: one article a file, or an export of many; a line a paragraph.

Read as a stream of XML: libraries leave out insertions, boxes or fields.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO
from xml.etree.ElementTree import iterparse
from zipfile import ZipFile

from stancekit.sources import limits
from stancekit.sources.exports import export_rows
from stancekit.sources.formats.office import archive
from stancekit.sources.reader import Reader, Row
from stancekit.sources.source import Rejected, Source, UnreadableError

_TEXT, _AROUND = re.compile(r"word/document\d*\.xml"), re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_LEFT_OUT = ("moveFrom", "Fallback", "pPr")
"""What was moved elsewhere in tracked changes, a box that comes again for old programs, settings. Deletions have another tag."""


class DocxReader(Reader):
    """Paragraphs, those in tables and boxes too, in order; page headers, footers and notes are counted as furniture."""

    def rows(self, source: Source) -> Iterator[Row | Rejected]:
        with archive(source, "DOCX") as opened:
            text = "\n".join(_lines(source, opened, _TEXT))
            furniture = sum(len(line.split()) for line in _lines(source, opened, _AROUND))
        if not text.strip():
            raise UnreadableError(source, None, "holds no text")
        for row in export_rows(text.split("\n"), source, self.options) or [Row(None, {"text": text})]:
            yield replace(row, furniture=row.furniture + furniture) if isinstance(row, Row) else replace(row, words=row.words + furniture)
            furniture = 0  # it is the file's, and counted once


def _lines(source: Source, opened: ZipFile, parts: re.Pattern[str]) -> Iterator[str]:
    members = [member for member in opened.infolist() if parts.fullmatch(member.filename)]
    if not members and parts is _TEXT:
        raise UnreadableError(source, None, "is no whole DOCX file: it holds no document")
    if sum(member.file_size for member in members) > limits.MAX_BYTES:
        raise UnreadableError(source, None, f"unpacks to more than {limits.MAX_BYTES:,} bytes: no article")
    for member in members:
        with opened.open(member) as stream:
            yield from _of_part(stream)


def _of_part(stream: IO[bytes]) -> Iterator[str]:
    """The paragraphs of a part. One may stand within another, in a box, and comes before it."""
    begun: list[list[str]] = []
    left_out, root = 0, None
    for event, element in iterparse(stream, ("start", "end")):
        root = element if root is None else root
        tag, begins = element.tag.rpartition("}")[2], event == "start"
        if tag in _LEFT_OUT:
            left_out += 1 if begins else -1
        elif tag == "p" and begins:
            begun.append([])
        elif tag == "p":
            line = "".join(begun.pop())
            if not left_out:
                yield line
            element.clear()
            if not begun and len(root):
                root[-1].clear()  # the body, so far
        elif begun and not left_out and not begins:
            begun[-1].append((element.text or "") if tag == "t" else _SIGNS.get(tag, ""))
