"""What holds many articles in a layout that is not known is said; what only looks a little like it is not."""

import io
import sys
from pathlib import Path

import pytest

from stancekit.articles import ReadOptions, read_articles
from stancekit.records import Article
from stancekit.sources.formats.factiva import split

UNKNOWN = "".join(f"Headline: Levy {n}\nDate: {n} May 2023\n\nThe chair said no.\n\n{'=' * 20}\n" for n in range(1, 4))
MAIL = "".join(f"From: A\nDate: Mon\nSubject: Levy\n\nNo, said {n}.\n\n" for n in range(5))
SECTIONS = "One.\n\n***\n\nTwo.\n\n***\n\nThree.\n\n***\n\n**********\n\n**********\n\n**********\n"


def test_an_unknown_layout_that_repeats_is_said_and_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text, said in [(UNKNOWN, True), (MAIL, False), (SECTIONS, False)]:
        path.write_text(text)
        notices: list[str] = []
        assert list(read_articles([path], ReadOptions(notice=notices.append))) == [Article("a", text)]
        assert [notice.startswith(f"{path}: looks like several articles in one file (") for notice in notices] == [True] * said
        assert all("'Headline:' 3 times" in notice for notice in notices)


def test_a_layout_is_forced_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Levy condemned\n\n12 words\n3 May 2023\nThe Courier\nEnglish\n(c) 2023 X\n\nNo.\n\nDocument NMCOUR0020230503elak0001a\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    [found] = read_articles(["-"], ReadOptions(format="factiva"))
    assert isinstance(found, Article)
    assert (found.id, found.text, found.outlet) == ("NMCOUR0020230503elak0001a", "No.", "The Courier")
    assert split(text.split("\n")).announced is None
