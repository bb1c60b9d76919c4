"""Ids of rows: numbered alike in several tables, twice in one, and articles that come twice."""

import re
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from article_files import articles, rejected, write
from stancekit.articles import ReadOptions, read_articles
from stancekit.edits import slice_text
from stancekit.records import Article
from stancekit.sources.registry import TABLES
from stancekit.statements import extract_statements


def rows(*texts: str) -> list[dict[str, str]]:
    return [{"id": str(number), "text": text} for number, text in enumerate(texts, start=1)]


def table(path: Path, **texts: str) -> Path:
    return write(path, [{"id": identity.removeprefix("_"), "text": text} for identity, text in texts.items()])


def ids(*paths: Path, reading: ReadOptions | None = None) -> dict[str, str]:
    """Text → id of every article; no article comes twice."""
    found = articles(list(read_articles(paths, reading)))
    assert len({a.id for a in found}) == len({a.text for a in found}) == len(found)
    return {a.text: a.id for a in found}


@pytest.mark.parametrize("ending", TABLES)
def test_tables_that_are_numbered_alike_are_all_read(tmp_path: Path, ending: str) -> None:
    april = write(tmp_path / f"april{ending}", rows("One.", "Two."))
    may = write(tmp_path / f"may{ending}", rows("Three.", "Four.", "Five."))
    june = table(tmp_path / f"june{ending}", _7="Six.")
    expected = {"One.": "april/1", "Two.": "april/2", "Three.": "may/1", "Four.": "may/2", "Five.": "may/3", "Six.": "7"}
    for order in permutations([april, may, june]):
        assert ids(*order) == expected
    assert ids(tmp_path) == ids(tmp_path / f"*{ending}") == expected
    assert ids(may, june) == {"Three.": "1", "Four.": "2", "Five.": "3", "Six.": "7"}


def test_tables_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for month in ("april", "may"):
        (tmp_path / month).mkdir()
        write(tmp_path / month / "news.csv", rows(f"{month}."))
    assert ids(tmp_path) == {"april.": "april/news/1", "may.": "may/news/1"}
    write(tmp_path / "may" / "news.jsonl", rows("Lines."))
    assert ids(tmp_path) == {"april.": "april/news/1", "may.": "may/news.csv/1", "Lines.": "may/news.jsonl/1"}


@pytest.mark.parametrize("ending", TABLES)
def test_an_id_that_occurs_twice_in_one_table_is_rejected_with_its_line(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"a{ending}", rows("One."))
    path = write(
        tmp_path / f"b{ending}", [*rows("Two."), {"id": "1", "text": "Three."}, {"id": "2", "text": "Two."}, {"id": "2", "text": "Two."}]
    )
    found = list(read_articles([tmp_path]))
    assert [(a.id, a.text) for a in articles(found)] == [("a/1", "One."), ("b/1", "Two."), ("b/2", "Two.")]
    first = {".json": 1, ".jsonl": 1, ".parquet": 1}.get(ending, 2)
    assert [(r.file, r.line) for r in rejected(found)] == [(str(path), first + 1), (str(path), first + 3)]
    assert all("has occurred before; give one of the two another" in r.reason for r in rejected(found))


def test_an_article_that_two_exports_hold_is_read_once(tmp_path: Path) -> None:
    april = write(tmp_path / "april.jsonl", rows("One.", "Two."))
    may = write(tmp_path / "may.jsonl", [{"id": "2", "text": "Two."}, {"id": "3", "text": "Three."}])
    for order in ([april, may], [may, april]):
        found = list(read_articles(order))
        assert sorted(a.id for a in articles(found)) == ["1", "2", "3"]
        [bad] = rejected(found)
        assert bad.file == str(order[1])
        assert bad.reason.endswith(": the id '2' has occurred before, with the same text")


def test_an_article_is_compared_with_all_that_have_its_id(tmp_path: Path) -> None:
    tables = [table(tmp_path / f"m{number}.csv", _1=text) for number, text in enumerate(["A.", "B.", "B.", "A."], start=1)]
    for order in permutations(tables):
        found = list(read_articles(order))
        assert sorted(a.text for a in articles(found)) == ["A.", "B."]
        assert all(re.fullmatch("m[14]/1" if a.text == "A." else "m[23]/1", a.id) for a in articles(found))
        assert [r.reason.partition(": ")[2] for r in rejected(found)] == ["the id '1' has occurred before, with the same text"] * 2


def test_a_table_gives_way_to_a_file_of_its_own(tmp_path: Path) -> None:
    paths = [table(tmp_path / "rows.csv", budget="In a row.", other="Another."), tmp_path / "budget.txt"]
    paths[1].write_text("In a file.")
    expected = {"In a row.": "rows/budget", "Another.": "rows/other", "In a file.": "budget"}
    assert ids(*paths) == ids(*paths[::-1]) == ids(tmp_path) == expected
    paths[1].write_text("In a row.")
    found = list(read_articles(paths))
    assert [a.id for a in articles(found)] == ["rows/budget", "rows/other"]
    assert ["the id 'budget' has occurred before, with the same text" in r.reason for r in rejected(found)] == [True]


def test_an_id_that_reads_like_a_table_and_a_row_is_no_fault(tmp_path: Path) -> None:
    one = write(tmp_path / "t1.csv", [{"id": "1", "text": "A."}, {"id": "t2/1", "text": "B."}])
    two = table(tmp_path / "t2.csv", _1="C.")
    expected = {"A.": "t1/1", "B.": "t1/t2/1", "C.": "t2/1"}
    assert ids(one, two) == ids(two, one) == expected
    write(tmp_path / "t1.csv", [{"id": "5", "text": "A."}, {"id": "t2/1", "text": "B."}])
    three = table(tmp_path / "t3.csv", _1="D.")  # t1 has nothing in common with the others until they give way
    for order in permutations([one, two, three]):
        assert set(ids(*order)) == {"A.", "B.", "C.", "D."}


def test_rows_without_ids_have_the_name_of_their_table_once(tmp_path: Path) -> None:
    one = write(tmp_path / "a.csv", [{"text": "A."}])
    two = write(tmp_path / "b.jsonl", [{"id": "a-2", "text": "B."}])
    assert ids(one, two) == ids(two, one) == {"A.": "a-2", "B.": "b/a-2"}


def test_rows_of_standard_input_give_way_one_by_one(tmp_path: Path) -> None:
    reading = ReadOptions(format="csv", stdin=table(tmp_path / "given.csv", _1="A.", _2="B.", _3="C.", budget="D."))
    other = table(tmp_path / "t.csv", _1="E.", _3="C.")
    (tmp_path / "budget.txt").write_text("F.")
    for order in permutations([Path("-"), other, tmp_path / "budget.txt"]):
        found = list(read_articles(order, reading))
        named = {a.text: a.id for a in articles(found)}
        assert named == {"A.": "stdin/1", "B.": "2", "C.": "3", "D.": "stdin/budget", "E.": "1", "F.": "budget"}
        assert len(rejected(found)) == 1


def test_longer_ids_are_said_once_a_table(tmp_path: Path) -> None:
    said: list[str] = []
    reading = ReadOptions(notice=said.append)
    one, two = write(tmp_path / "a.csv", rows("One.", "Two.")), write(tmp_path / "b.csv", rows("Three.", "Four."))
    list(read_articles([one], reading))
    assert said == []
    list(read_articles([one, two], reading))
    what = "ids of its rows are those of others too: the table's name comes before them, as in"
    assert said == [f"{one}: {what} 'a/1'", f"{two}: {what} 'b/1'"]


@given(
    st.lists(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from("AB")), min_size=1, max_size=4), min_size=2, max_size=4),
    st.randoms(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_changes_no_id(tmp_path: Path, tables: Sequence[Sequence[tuple[str, str]]], random: Random) -> None:
    """Whatever is in the tables; of an article that several have, the first is read, and has the name that it has there."""
    paths = [write(tmp_path / f"t{number}.jsonl", [{"id": i, "text": f"{t}{i}."} for i, t in cells]) for number, cells in enumerate(tables)]
    before = articles(list(read_articles(paths)))
    random.shuffle(paths)
    after = articles(list(read_articles(paths)))
    shared = {f"{t}{i}." for cells in tables for i, t in cells if sum((i, t) in other for other in tables) > 1}
    assert len({a.id for a in after}) == len({a.text for a in after}) == len(after)
    assert {a for a in before if a.text not in shared} == {a for a in after if a.text not in shared}
    assert {a.text for a in before} == {a.text for a in after}


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
            assert slice_text(article.text, statement.start, statement.end, statement.joined) == statement.text
