"""One article in every format that coverage comes in gives the same statements and speakers as plain text."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from test_exports import as_factiva, as_nexis_uni

from article_files import NEEDS, articles, pdf_of, write
from stancekit.actors import load_actors
from stancekit.articles import read_articles
from stancekit.records import Article
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[2]
ACTORS = load_actors(ROOT / "annotations" / "actors.yaml")
SETS = [
    pytest.param(ROOT / "examples" / "new_coverage", id="examples"),
    pytest.param(ROOT / "seeds", id="seeds", marks=pytest.mark.articles),
]
Write = Callable[[Path, list[str]], object]


def said(article: Article, spaces: bool) -> list[tuple[str, str | None, str | None]]:
    """Text, speaker and holder of each sentence, the text with or without its own white space."""
    found = [s for s in extract_statements(article, ACTORS) if s.kind == "sentence"]
    return [(s.text if spaces else " ".join(s.text.split()), s.speaker, s.holder) for s in found]


def each(ending: str) -> Write:
    def write_each(folder: Path, texts: list[str]) -> None:
        for number, text in enumerate(texts):
            write(folder / f"{number}{ending}", [{"text": text}])

    return write_each


def crlf(folder: Path, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_bytes(text.replace("\n", "\r\n").encode())


def as_pages(folder: Path, texts: list[str]) -> None:
    """PDFs with lines of 90 characters, a gap between paragraphs and 55 lines a page."""
    for number, text in enumerate(texts):
        paragraphs = [textwrap.wrap(line, 90, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")]
        lines = [line for paragraph in paragraphs if paragraph for line in (*paragraph, "")]
        pages = [lines[first : first + 55] for first in range(0, len(lines), 55)]
        placed = [[(20.0, 750.0 - 12 * place, line) for place, line in enumerate(page) if line] for page in pages]
        (folder / f"{number}.pdf").write_bytes(pdf_of(placed))


def export(layout: Callable[[str, int], str]) -> Write:
    def write_export(folder: Path, texts: list[str]) -> None:
        (folder / "a.txt").write_text("".join(layout(text, number) for number, text in enumerate(texts, 1)), encoding="utf-8")

    return write_export


FORMATS: dict[str, Write] = {
    "crlf": crlf,
    "html": each(".html"),
    "docx": each(".docx"),
    "pdf": as_pages,
    "nexis": export(as_nexis_uni),
    "factiva": export(as_factiva),
}
LOST = {"pdf": "which white space stood where a line ends"}
"""Format → what it loses of a text. All others give texts to the letter."""


@pytest.mark.parametrize("folder", SETS)
@pytest.mark.parametrize("name", FORMATS)
def test_texts_and_speakers_are_those_of_plain_text(name: str, folder: Path, tmp_path: Path) -> None:
    if name in ("html", "pdf"):
        pytest.importorskip({"html": "trafilatura", "pdf": NEEDS[".pdf"]}[name])
    plain = articles(list(read_articles([folder])))
    FORMATS[name](tmp_path, [article.text.strip() for article in plain])
    found = articles(list(read_articles([tmp_path])))
    assert len(found) == len(plain) == 5
    for one, other in zip(plain, found, strict=True):
        assert said(other, name not in LOST) == said(one, name not in LOST), one.id
