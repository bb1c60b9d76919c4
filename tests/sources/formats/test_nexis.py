"""Constructed exports in the layouts that LexisNexisTools and tm.plugin.lexisnexis document; all names are invented."""

from collections.abc import Callable
from pathlib import Path

import pytest

from article_files import articles, rejected
from stancekit.articles import ReadOptions, Rejected, read_articles
from stancekit.records import Article
from stancekit.sources.formats.nexis import split

CLASSIC = """



Download Request: Selected Items: 1-3
Time Of Request: Friday, March 20, 2018  16:51:31

Terms: (harbour levy)


                               1 of 3 DOCUMENTS



                                  The Northmouth Courier

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Harbour levy condemned by ferry operators, who say that fares for islanders
will rise

BYLINE: Sally Nobody, Transport
Correspondent

SECTION: NEWS; Pg. 6

LENGTH: 35 words

HIGHLIGHT: Operators say fares will rise


The association has condemned the levy,
as a café owner had.

7 of 9 DOCUMENTS

LOAD-DATE: is what it says, said the chair, before three words:

End of Document

LOAD-DATE: January 11, 2010

SUBJECT: HARBOURS (90%);
LEVIES (89%)

LANGUAGE: ENGLISH

                       Copyright 2010 Northmouth Newspapers Ltd
                              All Rights Reserved

                               2 of 3 DOCUMENTS


                         Copyright 2010 The Evening Packet
                                The Evening Packet

                                12 January 2010

                                Late Edition - Final

Port chief backs levy

LENGTH: 12 words
The chief executive backed the levy.

                               3 of 3 DOCUMENTS


                                The Evening Packet

                                13 January 2010

The quay at night

LOAD-DATE: January 13, 2010
"""

UNI = """Date and Time: Friday, March 20, 2023 10:12 AM EST
Job Number: 12345678

Documents (2)

1. Harbour levy condemned

Client/Matter: -None-

Search Terms: harbour levy

2. Port chief backs levy

Harbour levy condemned

The Northmouth Courier

January 11, 2023 Wednesday 10:12 PM GMT

Copyright 2023 Northmouth Newspapers Limited All Rights Reserved

Section: NEWS; Version:1

Length: 512 words

Byline: Sally Nobody

Highlight: Fares will rise.

Body

The association condemned it.

End of Document

was on the last page. So was a line of one word:

Body

Load-Date: January 11, 2023

End of Document

Port chief backs levy
The Evening Packet
January 12, 2023
Copyright 2023 The Evening Packet
Length: 12 words
Body
The chief backed it.
He said so twice.
Classification
Language: ENGLISH
Subject: HARBOURS (90%)
Load-Date: January 12, 2023
End of Document
"""


def read(path: Path, text: str | bytes, encoding: str = "utf-8", format: str | None = None) -> list[Article | Rejected]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_articles([path], ReadOptions(encoding=encoding, format=format)))


def test_documents_counted_by_marks_are_articles_and_a_quoted_mark_is_none(tmp_path: Path) -> None:
    path = tmp_path / "harbour.txt"
    found = read(path, CLASSIC)
    first, second = articles(found)
    assert first.text == CLASSIC[CLASSIC.index("The association") : CLASSIC.index("\n\nLOAD-DATE: January 11")]
    assert (first.id, first.outlet, first.date) == ("harbour-1", "The Northmouth Courier", "2010-01-11")
    assert first.title == "Harbour levy condemned by ferry operators, who say that fares for islanders will rise"
    assert (first.section, first.byline) == ("NEWS; Pg. 6", "Sally Nobody, Transport Correspondent")
    assert second.text == "The chief executive backed the levy."
    assert (second.id, second.title, second.outlet, second.date) == (
        "harbour-2",
        "Port chief backs levy",
        "The Evening Packet",
        "2010-01-12",
    )
    [bad] = rejected(found)
    assert bad.reason == f"{path}:{bad.line}: article 3 of the export has no text, its header 18 words"
    assert CLASSIC.split("\n")[(bad.line or 0) - 1].strip() == "3 of 3 DOCUMENTS"
    words = sum(len(a.text.split()) + a.furniture for a in (first, second))
    assert words + 18 == len(CLASSIC.split())


def test_documents_that_end_with_a_line_are_articles_and_a_quoted_line_is_none(tmp_path: Path) -> None:
    first, second = articles(read(tmp_path / "uni.txt", UNI))
    assert first.text == UNI[UNI.index("The association") : UNI.index("\n\nLoad-Date: January 11")]
    assert (first.title, first.outlet, first.date) == ("Harbour levy condemned", "The Northmouth Courier", "2023-01-11")
    assert (first.id, first.section, first.byline) == ("uni-1", "NEWS; Version:1", "Sally Nobody")
    assert second.text == "The chief backed it.\nHe said so twice."
    assert (second.title, second.outlet, second.date) == ("Port chief backs levy", "The Evening Packet", "2023-01-12")
    assert sum(len(a.text.split()) + a.furniture for a in (first, second)) == len(UNI.split())


def test_paragraphs_without_blank_lines_between_are_split_like_lines() -> None:
    paragraphs = [line for line in UNI.split("\n") if line]
    export = split(paragraphs)
    assert export.announced == 2
    assert [piece.fields["title"] for piece in export.pieces] == ["Harbour levy condemned", "Port chief backs levy"]
    assert export.pieces[0].text.endswith("So was a line of one word:\nBody")


def test_a_document_without_a_body_is_no_part_of_the_one_before(tmp_path: Path) -> None:
    picture = "The quay at night\nThe Packet\nJanuary 12, 2023\nLength: 5 words\nGraphic\nLoad-Date: January 12, 2023\nEnd of Document\n\n"
    at = UNI.index("Port chief backs levy\nThe Evening")
    text = UNI[:at] + picture + UNI[at:]
    found = articles(read(tmp_path / "a.txt", text))
    assert [a.text for a in found] == [a.text for a in articles(read(tmp_path / "b.txt", UNI))]
    assert sum(len(a.text.split()) + a.furniture for a in found) == len(text.split())


def test_what_is_announced_and_not_found_is_said(tmp_path: Path) -> None:
    for text, said in [(CLASSIC.replace("of 3", "of 250"), 250), (UNI.replace("Documents (2)", "Documents (1,250)"), 1250)]:
        notices: list[str] = []
        path = tmp_path / "a.txt"
        path.write_text(text)
        number = len(list(read_articles([path], ReadOptions(notice=notices.append))))
        assert notices == [f"{path}: read as an export of Nexis, articles found: {number}; it announces {said:,}"]


def with_crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def with_mark(text: str) -> bytes:
    return text.encode("utf-8-sig")


def in_cp1252(text: str) -> bytes:
    return text.encode("cp1252")


@pytest.mark.parametrize("written", [with_crlf, with_mark, in_cp1252])
def test_line_ends_a_mark_and_an_encoding_change_nothing_else(tmp_path: Path, written: Callable[[str], bytes]) -> None:
    expected = articles(read(tmp_path / "a.txt", CLASSIC))
    encoding = "cp1252" if written is in_cp1252 else "utf-8"
    found = articles(read(tmp_path / "a.txt", written(CLASSIC), encoding=encoding))
    assert [(a.text.replace("\r\n", "\n"), a.title, a.date, a.byline) for a in found] == [
        (a.text, a.title, a.date, a.byline) for a in expected
    ]


def test_an_export_of_one_article_is_one_and_says_nothing(tmp_path: Path) -> None:
    notices: list[str] = []
    at = UNI.index("Port chief backs levy\nThe Evening")
    path = tmp_path / "one.txt"
    path.write_text(UNI[at:])
    [found] = read_articles([path], ReadOptions(notice=notices.append))
    assert isinstance(found, Article)
    assert (found.id, found.title, found.outlet) == ("one-1", "Port chief backs levy", "The Evening Packet")
    assert notices == []


NOVEL = "She opened it.\n\nDocument 3\n\nIt said: 3 of 10 documents were lost.\n\n2 of 9 DOCUMENTS\n\nEnd of Document\n\nBody\n\nHe slept."


def test_a_text_that_uses_the_words_of_a_layout_is_one_article_unless_forced(tmp_path: Path) -> None:
    [found] = read(tmp_path / "novel.txt", NOVEL)
    assert found == Article("novel", NOVEL, language="en")
    [bad] = read(tmp_path / "novel.txt", NOVEL, format="nexis")
    assert isinstance(bad, Rejected)
    assert "holds no article in the layout of Nexis" in bad.reason
    [whole] = read(tmp_path / "plain.txt", UNI, format="plain")
    assert whole == Article("plain", UNI, language="en")
