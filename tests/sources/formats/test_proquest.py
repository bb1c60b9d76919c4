"""Constructed exports in the layouts that pq_parser and other scripts document; all names are invented."""

from pathlib import Path

from article_files import articles, rejected
from stancekit.articles import ReadOptions, read_articles

RULE = "_" * 60
BODY = f"""The association condemned it.

Location: the harbour, where it met. Title: none.

{RULE}

Second half.

Chair: we will fight it."""
LONG = f"""{RULE}

Report Information from ProQuest

Table of contents

1. Harbour levy condemned

{RULE}

Document 1 of 3

Harbour levy condemned

Author: Nobody, Sally

Publication info: The Northmouth Courier ; Northmouth (UK) [Northmouth (UK)]17 Nov 2019: 12.

Abstract: It was condemned.

Full text: {BODY}

Subject: Harbours; Levies

Company / organization: Name: Northmouth Port

Unheard of: a label

Title: Harbour levy condemned

Publication title: The Northmouth Courier; Northmouth (UK)

Publication date: Nov 17, 2019

Section: News

ProQuest document ID: 2315123

Document URL: https://search.example.com/docview/2315123

Database: Global Newsstream

{RULE}

Document 2 of 3

The quay at night

Full text: Not available.

Title: The quay at night

Publication title: The Evening Packet

ProQuest document ID: 2315124

{RULE}

Contact us at: http://www.example.com/go/pqissupportcontact
Database copyright © 2019 ProQuest LLC. All rights reserved.
"""
SHORT = f"""{RULE}

Title: Harbour levy condemned
Publication title: The Northmouth Courier
Publication date: 03/04/2023
Full text: The association condemned it.

{RULE}

Title: Port chief backs levy
Publication title: The Evening Packet
Publication date: 13/04/2023
Full text:
The chief backed it.

{RULE}

Contact us at: http://www.example.com
"""


def test_records_with_labels_around_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LONG)
    notices: list[str] = []
    found = list(read_articles([path], ReadOptions(notice=notices.append)))
    [first] = articles(found)
    assert first.text == BODY
    assert (first.id, first.title, first.date, first.section) == ("2315123", "Harbour levy condemned", "2019-11-17", "News")
    assert first.outlet == "The Northmouth Courier; Northmouth (UK)"
    assert (first.byline, first.url) == ("Nobody, Sally", "https://search.example.com/docview/2315123")
    [bad] = rejected(found)
    words = int(bad.reason.split()[-2])
    assert "article 2 of the export has no text" in bad.reason
    assert len(BODY.split()) + first.furniture + words == len(LONG.split())
    assert notices == [f"{path}: read as an export of ProQuest, articles found: 2; it announces 3"]


def test_records_that_end_with_the_text_and_dates_of_two_readings(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SHORT)
    notices: list[str] = []
    found = articles(list(read_articles([path], ReadOptions(notice=notices.append))))
    assert [(a.id, a.text, a.date) for a in found] == [
        ("a-1", "The association condemned it.", None),
        ("a-2", "The chief backed it.", "2023-04-13"),
    ]
    assert notices[1] == f"dates: 1 like '03/04/2023' in {path}: have two readings, left empty; say --day-first or --month-first"
    assert sum(len(a.text.split()) + a.furniture for a in found) == len(SHORT.split())
    assert [a.date for a in articles(list(read_articles([path], ReadOptions(date_order="month"))))] == ["2023-03-04", "13/04/2023"]
