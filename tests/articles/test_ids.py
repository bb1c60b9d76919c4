"""Ids of rows: numbered alike in two tables, twice in one, and articles that come twice."""

import re
from pathlib import Path

import pytest
from formats import articles, rejected, write

from stancekit.articles import read_articles
from stancekit.articles.registry import TABLES
from stancekit.records import Article
from stancekit.statements import extract_statements


def rows(*texts: str) -> list[dict[str, str]]:
    return [{"id": str(number), "text": text} for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize("ending", TABLES)
def test_tables_that_are_numbered_alike_are_all_read(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"april{ending}", rows("One.", "Two."))
    write(tmp_path / f"may{ending}", rows("Three.", "Four.", "Five."))
    found = list(read_articles([tmp_path]))
    assert [(a.id, a.text) for a in articles(found)] == [
        ("1", "One."),
        ("2", "Two."),
        ("may/1", "Three."),
        ("may/2", "Four."),
        ("3", "Five."),
    ]
    assert found == list(read_articles([tmp_path])) == list(read_articles([tmp_path / f"april{ending}", tmp_path / f"may{ending}"]))


def test_tables_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for month in ("april", "may"):
        (tmp_path / month).mkdir()
        write(tmp_path / month / "news.csv", rows(f"{month}."))
    assert [a.id for a in articles(list(read_articles([tmp_path])))] == ["1", "may/news/1"]


@pytest.mark.parametrize("ending", TABLES)
def test_an_id_that_occurs_twice_in_one_table_is_rejected_with_its_line(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"a{ending}", rows("One."))
    path = write(
        tmp_path / f"b{ending}", [*rows("Two."), {"id": "1", "text": "Three."}, {"id": "2", "text": "Two."}, {"id": "2", "text": "Two."}]
    )
    found = list(read_articles([tmp_path]))
    assert [(a.id, a.text) for a in articles(found)] == [("1", "One."), ("b/1", "Two."), ("2", "Two.")]
    first = {".jsonl": 1, ".parquet": 1}.get(ending, 2)
    assert [(r.file, r.line) for r in rejected(found)] == [(str(path), first + 1), (str(path), first + 3)]
    assert all("has occurred before; give one of the two another" in r.reason for r in rejected(found))


def test_an_article_that_two_exports_hold_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "april.jsonl", rows("One.", "Two."))
    path = write(tmp_path / "may.jsonl", [{"id": "2", "text": "Two."}, {"id": "3", "text": "Three."}])
    found = list(read_articles([tmp_path]))
    assert [a.id for a in articles(found)] == ["1", "2", "3"]
    assert [r.reason for r in rejected(found)] == [f"{path}:1: the id '2' has occurred before, with the same text"]


def test_the_ids_of_statements_still_tell_article_start_and_end(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(f"It ended in {folder}. They left.")
    write(tmp_path / "rows.jsonl", [{"id": "a:0-3", "text": "It ended. They left."}])
    for article in read_articles([tmp_path]):
        assert isinstance(article, Article)
        for statement in extract_statements(article):
            parsed = re.fullmatch(r"(?s)(.+):(\d+)-(\d+)", statement.id)
            assert parsed is not None
            assert (parsed[1], int(parsed[2]), int(parsed[3])) == (article.id, statement.start, statement.end)
            assert article.text[statement.start : statement.end] == statement.text
