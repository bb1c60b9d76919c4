"""Headings introduce text; lines of a text that lacks stops are what is said. All text is invented."""

import pytest

from stancekit.statements.segmentation.segment import segment

BODY = "The trust closed the ward on Monday, and nobody who works there was told before the doors were locked."


def headings(text: str) -> list[str]:
    assert all(unit.kind != "boilerplate" for unit in segment(text))
    return [text[unit.start : unit.end] for unit in segment(text) if unit.kind == "heading"]


@pytest.mark.parametrize(
    "text",
    [
        "Ministers won't listen\nSo we'll see them in court\n#SaveTheWard",
        "Ministers won't listen\nThis ends in court.\nSign today\n#SaveTheWard",
        "RT @example: The cut is theft. Pass it on 👇",
        "BREAKING: guild rejects deal\n\nMore soon",
        "Trust closes ward",
        "The best ward in town\nSo friendly and kind\nMy father loved it there.\nAlways a smile at the door\nWould recommend it",
        "Nurses outside the ward at dawn\nThe old gate, shut since 2019\nThe mayor signs the order\nPatients leave.",
        "心脏病房在星期一关闭。\n没有人被告知。\n工会说：这是错的。",
    ],
    ids=["post", "post with a stop", "shared", "news flash", "row", "testimonials", "captions", "another script"],
)
def test_a_text_whose_lines_lack_stops_has_no_headings(text: str) -> None:
    assert headings(text) == []


def test_a_heading_stands_over_prose_further_headings_and_furniture_between() -> None:
    head = "Ward closes\nStaff “locked out” by trust"
    assert headings(f"{head}\n{BODY}\nWhat happens now\n{BODY}\nThe trust did not say") == [*head.split("\n"), "What happens now"]
    text = f"{head}\nShare this\n20 October 2025\n{BODY}"
    assert [unit.kind for unit in segment(text)] == ["heading"] * 2 + ["boilerplate"] * 2 + ["sentence"]


@pytest.mark.parametrize(
    "line",
    [
        "We will not give up the ward",
        "Our reporter is in the chamber",
        "It's a disgrace",
        "March with them #SaveTheWard",
        "Thank you @example",
        "More at https://example.org/ward",
        "The gate at dawn (Photo: Ann Example)",
        "and so it went",
    ],
)
def test_a_line_that_says_something_is_no_heading(line: str) -> None:
    text = f"{BODY}\n{line}\n{BODY * 12}"
    assert line not in headings(text)


def test_a_line_that_goes_on_below_is_no_heading() -> None:
    assert headings(f"{BODY}\nThe guild has called on the trust to keep\nthe ward open. {BODY}") == []


def test_of_a_long_run_of_lines_the_last_alone_is_a_heading() -> None:
    run = "Ann Example, 24\nBo Example, 31\nCy Example, 40\nDee Example, 52\nWhat the court heard"
    assert headings(f"{BODY}\n{run}\n{BODY}") == ["What the court heard"]


def test_items_below_a_colon_are_no_headings() -> None:
    assert headings(f"{BODY}\nThe guild wants:\nA pause\nMore staff\nFewer beds\n{BODY}") == ["The guild wants:"]


def test_a_name_below_a_closing_phrase_is_no_statement() -> None:
    assert headings(f"{BODY}\nKind regards,\nDena") == ["Kind regards,", "Dena"]


def test_a_line_of_verse_below_a_comma_is_no_heading() -> None:
    verse = "They drew a line where curlews cried,\nAnd every brook that used to run\nTo meet the mill was dry."
    prose = "The poem was read at the rally on Sunday, in the rain, by the laureate."
    assert [unit.kind for unit in segment(f"{prose}\n\n{verse}")] == ["sentence"] * 4
    assert [unit.kind for unit in segment(f"{prose}\n\nA poem against the dam\n{prose}")] == ["sentence", "heading", "sentence"]
