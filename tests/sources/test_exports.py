"""What holds many articles in a layout that is not known is said; what only looks a little like it is not."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from article_files import as_factiva, as_nexis, as_nexis_uni, as_proquest, docx_of
from stancekit.articles import ReadOptions, read_articles
from stancekit.records import Article
from stancekit.sources.formats.factiva import split

SEEDS = Path(__file__).parents[2] / "seeds"
UNKNOWN = "".join(f"Headline: Levy {n}\nDate: {n} May 2023\n\nThe chair said no.\n\n{'=' * 20}\n" for n in range(1, 4))
PAIR = "".join(f"Title: Zoo {n}\nSource: The Post\nDate: {n} May 2023\n\nIts keeper said no.\n\n" for n in range(1, 3))
BYLINES = "".join(f"Zoo {n} shuts\nThe Post, {n} May 2023\nBy Ann Grey\n\nIts keeper said no.\n\n" for n in range(1, 4))
MAIL = "".join(f"From: A\nDate: Mon\nSubject: Levy\n\nNo, said {n}.\n\n" for n in range(5))
SECTIONS = "One.\n\n***\n\nTwo.\n\n***\n\nThree.\n\n***\n\n**********\n\n**********\n\n**********\n"


def test_an_unknown_layout_that_repeats_is_said_and_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text, said in [(UNKNOWN, True), (PAIR, True), (BYLINES, True), (MAIL, False), (SECTIONS, False)]:
        path.write_text(text)
        notices: list[str] = []
        reading = ReadOptions(notice=notices.append, language="en")
        assert list(read_articles([path], reading)) == [Article("a", text, language="en")]
        assert [notice.startswith(f"{path}: looks like several articles in one file (") for notice in notices] == [True] * said
        assert text != UNKNOWN or "'Headline:' 3 times" in notices[0]


def test_a_layout_is_forced_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Levy condemned\n\n12 words\n3 May 2023\nThe Courier\nEnglish\n(c) 2023 X\n\nNo.\n\nDocument NMCOUR0020230503elak0001a\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    [found] = read_articles(["-"], ReadOptions(format="factiva"))
    assert isinstance(found, Article)
    assert (found.id, found.text, found.outlet) == ("NMCOUR0020230503elak0001a", "No.", "The Courier")
    assert split(text.split("\n")).announced is None


@pytest.mark.parametrize("export", [as_nexis, as_nexis_uni, as_factiva, as_proquest])
def test_articles_come_out_of_an_export_as_they_went_in(tmp_path: Path, export: Callable[[str, int], str]) -> None:
    texts = [path.read_text(encoding="utf-8").strip() for path in sorted(SEEDS.glob("*.txt"))]
    whole = "".join(export(text, number) for number, text in enumerate(texts, 1))
    (tmp_path / "a.txt").write_text(whole, encoding="utf-8")
    found = [item for item in read_articles([tmp_path / "a.txt"]) if isinstance(item, Article)]
    assert [a.text for a in found] == texts
    assert [(a.title, a.outlet, a.date) for a in found] == [("Levy", "The Courier", f"2023-05-0{n}") for n in range(1, 6)]
    assert sum(len(a.text.split()) + a.furniture for a in found) == len(whole.split())


@pytest.mark.parametrize("export", [as_nexis, as_nexis_uni])
def test_an_export_as_a_document_of_word_is_split_and_its_page_header_is_counted(tmp_path: Path, export: Callable[[str, int], str]) -> None:
    texts = ["The chair said no.\nSo did the board.", "The board said yes."]
    whole = "".join(export(text, number) for number, text in enumerate(texts, 1))
    body, header = ("".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in part.split("\n")) for part in (whole, "Page 1"))
    (tmp_path / "a.docx").write_bytes(docx_of(body, header1=header))
    found = [item for item in read_articles([tmp_path / "a.docx"]) if isinstance(item, Article)]
    assert [(a.text, a.title, a.outlet) for a in found] == [(text, "Levy", "The Courier") for text in texts]
    assert sum(len(a.text.split()) + a.furniture for a in found) == len(whole.split()) + 2
