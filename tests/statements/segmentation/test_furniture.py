"""Furniture of releases, mails, live blogs, subtitles and prints, on invented text: `-` marks what is none of the statements."""

import pytest

from stancekit.statements.segmentation.segment import segment

RELEASE = """
-NEWS RELEASE
-FOR IMMEDIATE RELEASE
-Strictly embargoed until 9am, Tuesday 21 October
-HARROWGATE, 20 October 2025
Ward staff call cuts “a gamble”
The guild condemned the cuts. Its chair resigned.
-{ends}
-{notes}
-1. The guild has 40 members.
-2. For interviews ring the press office on 01234 567890.
-Tel: 01234 567890
-The guild was founded in 1990. It has offices in three towns.
"""
MAIL = """
-From: Press Office <press@example.org>
-To: News Desk
-Date: Mon, 20 Oct 2025 10:15:00 +0100
-Subject: The cuts
Please use the following.
“We were not asked,” the guild said.
-> On 20 Oct 2025, News Desk wrote:
-> Can we have a line? The trust calls it “a plan”.
Another line by us.
-On Sun, 19 Oct 2025 at 09:30, News Desk <desk@example.org> wrote:
-> > Please.
-> Soon.
---
-The Guild. Registered in Harrowgate.
-This email and any attachments are confidential. Do not copy them.
"""
LIVE = """
-Key events
-18.42 BST
The vote is put off by an hour.
-10m ago
-Updated at 18.50 BST
The clerk says it was a mistake.
-5.59pm
-Share
-Mon 20 Oct 2025 18.42 BST
-7.15am GMT
It starts at nine.
"""
SUBTITLES = """
-1
-00:00:01,000 --> 00:00:04,000
The cuts begin in spring
-2
-00:00:05,000 --> 00:00:07,500
Nobody was asked.
-00:08.000 --> 00:09.000 align:start
They will fight it
"""
PRINT = """
-21/10/2025, 18:42 The cuts begin - The Packet
-https://packet.example.org/cuts 1/2
The cuts begin in spring, the trust says.
-Page 3 of 7
Nobody was asked.
-- 4 -
-https://packet.example.org/more
-Printed from packet.example.org on 21 October 2025
"""


def check(marked: str) -> None:
    lines = marked.strip().split("\n")
    text = "\n".join(line.removeprefix("-") for line in lines)
    kinds = {unit.start: unit.kind for unit in segment(text)}
    start = 0
    for line in lines:
        assert (kinds[start] == "boilerplate") == line.startswith("-"), line
        start += len(line.removeprefix("-")) + 1


@pytest.mark.parametrize("ends", ["ENDS", "– ENDS –", "-ends-", "###"])
@pytest.mark.parametrize("notes", ["Notes to editors", "NOTES FOR EDITORS:", "Editors’ notes", "For more information:", "About the Guild"])
def test_press_releases(ends: str, notes: str) -> None:
    check(RELEASE.format(ends=ends, notes=notes))


def test_notes_end_where_another_release_begins() -> None:
    check("Beds go.\n-Notes to editors\n-1. The guild has members.\n-PRESS RELEASE\nThe port stays. It is full.")


def test_text_goes_on_after_an_end_without_notes() -> None:
    check("Beds go, the trust says.\n-ENDS\nThe port stays, its chief says. It is full.")


REPLY = """
Hi Tom,
No, we will not pay it.
-Tom Example <tom@example.org> wrote:
-> Will you pay?
"""
POST = """
We will not pay it
-10:15 AM · Oct 20, 2025
-1.2K Likes
-3 replies
"""


@pytest.mark.parametrize(
    "marked", [MAIL, REPLY, LIVE, SUBTITLES, PRINT, POST], ids=["mail", "reply", "live blog", "subtitles", "print", "post"]
)
def test_mails_live_blogs_subtitles_and_prints(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "text",
    [
        "> “We were not asked.”\n\nThat is what the guild said.",  # a block quotation in Markdown
        "The ward closed.\n--\nThe court rose. Nobody spoke.",  # a rule
        "On Monday, after a long day in the ward, she wrote:\n“We were not asked.”",
        "On Monday the guild’s chair <chair@example.org is her address> spoke.\nShe said: “No.”",
        "From: a friend of the ward.\nThe court rose.",
        "Embargoed figures show a rise.\nFor release on bail he paid £500.\nNotes to friends were read out in court.",
        "It ends.\nAbout 300 people marched.",
    ],
)
def test_prose_that_only_looks_like_furniture(text: str) -> None:
    units = [text[unit.start : unit.end] for unit in segment(text) if unit.kind == "boilerplate"]
    assert units in ([], ["--"])
