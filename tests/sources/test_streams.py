"""Streams: nothing is read into memory without a bound, however it is packed."""

import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from article_files import ENDINGS, articles, rejected, write
from stancekit.articles import read_articles
from stancekit.records import Article
from stancekit.sources import limits

TEXT = "The union said the plan must wait.\n" * 40


def peak(path: Path) -> tuple[int, int]:
    """(documents, most bytes of Python objects at a time)."""
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Article) for item in read_articles([path]))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def as_rows(folder: Path, ending: str, count: int) -> Path:
    return write(folder / f"{count}{ending}", [{"id": str(i), "text": TEXT + str(i)} for i in range(count)])


def as_files(folder: Path, ending: str, count: int) -> Path:
    (folder / str(count)).mkdir()
    for i in range(count):
        (folder / str(count) / f"{i}{ending}").write_text(TEXT)
    return folder / str(count)


@pytest.mark.parametrize(
    ("make", "ending"),
    [*((as_rows, ending) for ending in (".jsonl", ".csv", ".parquet", ".jsonl.gz", ".csv.gz", ".parquet.gz")), (as_files, ".txt")],
)
def test_memory_does_not_grow_with_the_articles(tmp_path: Path, make: Callable[[Path, str, int], Path], ending: str) -> None:
    paths = [make(tmp_path, ending, count) for count in (50, 1000)]
    peak(paths[1])  # the interpreter's own table of strings grows with the names of files, once
    few, many = map(peak, paths)
    assert (few[0], many[0]) == (50, 1000)
    if many[1] >= few[1] + 950 * 500:  # what grows with the articles does so again
        many = peak(paths[1])
    assert many[1] < few[1] + 950 * 500  # the texts are of 1 400 bytes; of each document an id, of each file its names are kept


@pytest.mark.parametrize("ending", [".txt", ".md", ".jsonl", ".csv", ".parquet", ".txt.gz", ".jsonl.gz"])
def test_one_line_of_20_million_characters_is_read(tmp_path: Path, ending: str) -> None:
    [found] = list(read_articles([write(tmp_path / f"a{ending}", [{"text": "word " * 4_000_000}])]))
    assert isinstance(found, Article)
    assert len(found.text) == 20_000_000


def test_a_line_too_long_is_rejected_and_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 2**21)
    rows = [{"id": "a", "text": "One."}, {"id": "b", "text": "x" * 5_000_000}, {"id": "c", "text": "Two."}]
    for ending in (".jsonl", ".jsonl.gz"):
        found = list(read_articles([write(tmp_path / f"a{ending}", rows)]))
        assert [a.id for a in articles(found)] == ["a", "c"]
        assert [(r.line, r.reason.partition(": ")[2]) for r in rejected(found)] == [(2, "has more than 2,097,152 bytes")]
    wide = json.dumps(rows[1]) + "\n" + json.dumps(rows[2])
    (tmp_path / "wide.txt").write_text(wide)
    [bad] = list(read_articles([tmp_path / "wide.txt"]))
    assert "has more than 2,097,152 bytes: no article" in bad.reason  # type: ignore[union-attr]


@pytest.mark.parametrize("ending", [".txt", ".html", ".jsonl", ".csv", ".parquet"])
def test_a_bomb_is_put_out(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE", 2**22)
    monkeypatch.setattr(limits, "MAX_BYTES", 2**21)
    path = tmp_path / f"a{ending}.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(64):
            file.write(b" " * 2**20)
    tracemalloc.start()
    [found] = list(read_articles([path]))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "bytes" in found.reason  # type: ignore[union-attr]
    assert most < 2**24


def test_what_was_sound_before_the_damage_is_read(tmp_path: Path) -> None:
    rows = [{"id": str(i), "text": f"{TEXT} {i * 7919}"} for i in range(3000)]
    for ending in (".jsonl.gz", ".csv.gz"):
        path = write(tmp_path / f"a{ending}", rows)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        found = list(read_articles([path]))
        assert [a.id for a in articles(found)] == [str(i) for i in range(len(found) - 1)]
        assert len(found) > 100
        [bad] = rejected(found)
        assert "the gzip data end too early" in bad.reason
        assert bad.line is not None


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no file here that opens and can't be read")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_opens_and_cannot_be_read_is_rejected(tmp_path: Path, ending: str) -> None:
    for packed in ("", ".gz"):
        path = tmp_path / f"a{ending}{packed}"
        path.symlink_to("/proc/self/mem")
        [found] = list(read_articles([path]))
        assert "cannot be read: Input/output error" in found.reason  # type: ignore[union-attr]
