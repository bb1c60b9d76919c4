"""Tables that have ids in common: who finds out, and at what price."""

import tracemalloc
from pathlib import Path

import pytest

from article_files import articles, write
from stancekit.articles import ReadOptions, read_articles
from stancekit.sources.formats import jsonl
from stancekit.sources.source import Source


def numbered(path: Path, count: int) -> Path:
    return write(path, [{"id": str(i), "text": f"{path.stem} {i} " * 200} for i in range(count)])


def test_tables_are_read_twice_only_where_a_table_is_among_several_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    rows = jsonl.JsonlReader.rows

    def noted(reader: jsonl.JsonlReader, source: Source) -> object:
        opened.append(source.stem)
        return rows(reader, source)

    monkeypatch.setattr(jsonl.JsonlReader, "rows", noted)
    one, two = (numbered(tmp_path / f"{name}.jsonl", 2) for name in ("one", "two"))
    text = write(tmp_path / "a.txt", [{"text": "Alone."}])
    for paths, expected in (([one], ["one"]), ([one, text], ["one"] * 2), ([one, two], ["one", "two"] * 2)):
        opened.clear()
        list(read_articles(paths))
        assert opened == expected
    opened.clear()
    list(read_articles([Path("-"), two], ReadOptions(format="jsonl", stdin=one)))
    assert opened == ["two", "stdin", "two"]


def test_nothing_comes_before_all_ids_are_known_and_nothing_but_ids_is_kept(tmp_path: Path) -> None:
    paths = [numbered(tmp_path / f"t{number}.jsonl", 1500) for number in range(2)]
    tracemalloc.start()
    count = sum(1 for _ in read_articles(paths))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3000
    assert most < 3000 * 500 + 200_000  # the texts are of 1 400 bytes and more


def test_rows_that_cannot_be_used_and_rows_that_are_rejected_make_no_other_give_way(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": ""}\n{"id": "2", "text": "A."}\n{"id": "2", "text": "B."}\nbroken\n')
    write(tmp_path / "b.jsonl", [{"id": "1", "text": "C."}, {"id": "2", "text": "A."}])
    for names in (["a.jsonl", "b.jsonl"], ["b.jsonl", "a.jsonl"]):
        found = list(read_articles([tmp_path / name for name in names]))
        assert sorted((a.id, a.text) for a in articles(found)) == [("1", "C."), ("2", "A.")]
        assert len(found) == 6


def test_damaged_tables_are_compared_as_far_as_they_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,text\n1,A.\n2,"B.\n')
    write(tmp_path / "b.csv", [{"id": "1", "text": "C."}, {"id": "2", "text": "D."}])
    found = list(read_articles([tmp_path]))
    assert [(a.id, a.text) for a in articles(found)] == [("a/1", "A."), ("b/1", "C."), ("b/2", "D.")]
    assert len(found) == 4
