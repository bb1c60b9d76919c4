"""Text PDFs, built by hand: columns, page furniture, paragraphs, scans, and files that are damaged or hostile."""

from pathlib import Path

import pytest

pytest.importorskip("pypdfium2", reason="the extra `office` is not installed")

from article_files import articles, pdf_of, rejected
from stancekit.articles import ReadOptions, read_articles
from stancekit.sources.formats import pdf
from stancekit.sources.formats.pdf import PdfReader, without_furniture
from stancekit.sources.options import Wanted
from stancekit.sources.source import source_of

Lines = list[tuple[float, float, str]]


def lines(*texts: str, x: float = 20, y: float = 700) -> Lines:
    """Lines 12 points apart; an empty one leaves a gap."""
    return [(x, y - 12 * place, text) for place, text in enumerate(texts) if text]


def framed(number: int, *texts: str) -> Lines:
    return [(20, 780, "The Weekly"), *lines(*texts), (20, 20, f"Page {number} of 3")]


def test_headers_footers_and_numbers_are_counted_and_the_text_goes_on_over_the_page(tmp_path: Path) -> None:
    first = framed(1, "The plan is far too hasty, said", "a spokesperson for Union Ka.", "", "Nobody else in the trade")
    second = framed(2, "had been asked, she said.", "", "Page 4 of the plan says so.")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([first, second, framed(3, "The rest came", "on Monday,", "she said.")]))
    source = source_of(path)
    assert source is not None
    reader = PdfReader(Wanted.of({}, ("text",)), ReadOptions())
    [row] = reader.rows(source)
    reader.close()
    assert row.values["text"] == (
        "The plan is far too hasty, said\na spokesperson for Union Ka.\n\nNobody else in the trade\nhad been asked, she said.\n\n"
        "Page 4 of the plan says so.\n\nThe rest came\non Monday,\nshe said."
    )
    assert row.furniture == 3 * 2 + 3 * 4


def test_columns_are_read_one_after_the_other_and_hyphens_stay_at_line_ends(tmp_path: Path) -> None:
    left = lines("The union said that mem-", "bers had not been asked.")
    right = lines("The office said that the", "plan was sound.", x=320)
    (tmp_path / "a.pdf").write_bytes(pdf_of([[*left, *right]]))
    [found] = articles(list(read_articles([tmp_path / "a.pdf"])))
    assert found.text == "The union said that mem-\nbers had not been asked.\n\nThe office said that the\nplan was sound."


def test_what_pages_share_within_their_text_stays() -> None:
    page = ["a", "b", "c", "d", "Q.", "e", "f", "g", "h"]
    assert without_furniture([[f"{line}{place * 'x'}" if line != "Q." else line for line in page] for place in range(4)])[1] == 0


def test_a_scan_is_rejected_with_what_it_needs_and_single_scanned_pages_are_said(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "a.pdf").write_bytes(pdf_of([[], []]))
    (tmp_path / "b.pdf").write_bytes(pdf_of([lines("The plan is far too hasty."), []]))
    found = list(read_articles([tmp_path], ReadOptions(notice=said.append)))
    assert [a.text for a in articles(found)] == ["The plan is far too hasty."]
    assert "scanned, needs OCR" in rejected(found)[0].reason
    assert said == [f"{tmp_path / 'b.pdf'}: 1 of its 2 pages hold no text: scanned or pictures, which need OCR"]


def test_what_is_damaged_locked_or_too_slow_is_rejected_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = pdf_of([lines("The plan is far too hasty.")])
    (tmp_path / "a.pdf").write_bytes(good[:200])
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    (tmp_path / "c.pdf").write_bytes(good)
    found = list(read_articles([tmp_path]))
    assert [a.id for a in articles(found)] == ["c"]
    assert all("is no whole PDF, or not one that can be read" in r.reason for r in rejected(found))
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    (tmp_path / "a.pdf").write_bytes(pdf_of([lines(*["x" * 2_000] * 500)] * 5))
    found = list(read_articles([tmp_path / "a.pdf", tmp_path / "c.pdf"]))
    assert [a.id for a in articles(found)] == ["c"]
    assert "its text was not found within 0.5 seconds" in rejected(found)[0].reason
