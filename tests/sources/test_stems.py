"""Files that share a stem: each has a name of its own, the same in whatever order they are read."""

import gzip
import hashlib
from itertools import permutations
from pathlib import Path

import pytest

from article_files import articles, rejected, write
from stancekit.articles import ReadOptions, read_articles


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fill(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(f"The text of {name}.")


def named(*paths: Path | str) -> dict[str, str]:
    """What each file is called, and no other is rejected."""
    found = list(read_articles([Path(path) for path in paths]))
    assert not rejected(found)
    return {article.text.removeprefix("The text of ").removesuffix("."): article.id for article in articles(found)}


def test_in_nested_folders_only_those_that_clash_have_longer_ids(here: Path) -> None:
    fill("docs/x.txt", "docs/a/x.txt", "docs/a/deep/x.md", "docs/a/y.txt", "docs/b/x.txt")
    paths = {"docs/x.txt": "x", "docs/a/x.txt": "a/x", "docs/a/deep/x.md": "a/deep/x", "docs/a/y.txt": "y", "docs/b/x.txt": "b/x"}
    assert named("docs") == named(here / "docs") == paths
    assert named("docs/**/*.txt") == {name: paths[name] for name in paths if name.endswith(".txt")}
    assert named("docs/a") == {"docs/a/x.txt": "x", "docs/a/deep/x.md": "deep/x", "docs/a/y.txt": "y"}


def test_the_order_of_reading_changes_no_id(here: Path) -> None:
    fill("a/x.txt", "b/x.txt", "c/d/x.txt", "c/y.txt")
    for order in permutations(["a", "b/x.txt", "c"]):
        assert named(*order) == {"a/x.txt": "a/x", "b/x.txt": "b/x", "c/d/x.txt": "d/x", "c/y.txt": "y"}


def test_folders_that_hold_the_same_paths_go_by_their_own(here: Path) -> None:
    fill("2024/may/x.txt", "2025/may/x.txt", "2025/june/x.txt")
    expected = {"2024/may/x.txt": "2024/may/x", "2025/may/x.txt": "2025/may/x", "2025/june/x.txt": "june/x"}
    assert named("2024", "2025") == named(here / "2024", here / "2025") == expected
    assert named("2024/may/x.txt", here / "2025/may/x.txt") == {
        "2024/may/x.txt": "2024/may/x",
        "2025/may/x.txt": (here / "2025/may/x").as_posix().lstrip("/"),
    }


def test_packed_files_lose_both_endings(here: Path) -> None:
    fill("docs/a/x.txt")
    Path("docs/b").mkdir()
    Path("docs/b/x.txt.gz").write_bytes(gzip.compress(b"The text of packed."))
    assert named("docs") == {"docs/a/x.txt": "a/x", "packed": "b/x"}


def test_files_that_differ_in_their_suffix_alone_keep_it(here: Path) -> None:
    fill("docs/x.txt", "docs/x.md", "docs/a/x.txt", "docs/y.md")
    Path("docs/x.txt.gz").write_bytes(gzip.compress(b"The text of packed."))
    expected = {"docs/x.txt": "x.txt", "docs/x.md": "x.md", "packed": "x.txt.gz", "docs/a/x.txt": "a/x", "docs/y.md": "y"}
    for order in permutations(["docs/x.txt", "docs/x.md", "docs/x.txt.gz", "docs/a", "docs/y.md"]):
        assert named(*order) == expected | {"docs/x.txt": "docs/x.txt"}  # the folder a is named itself, and has an x.txt too
    assert named("docs") == expected


def test_one_article_in_two_formats_is_read_once(here: Path) -> None:
    fill("docs/x.txt", "docs/a/x.txt")
    Path("docs/x.md").write_text("The text of docs/x.txt.")
    for order, kept in ((["docs"], "x.md"), (["docs/x.txt", "docs/x.md", "docs/a"], "docs/x.txt")):
        found = list(read_articles(map(Path, order)))
        assert sorted(a.id for a in articles(found)) == ["a/x", kept]
        assert ["has occurred before, with the same text" in r.reason for r in rejected(found)] == [True]
    found = list(read_articles([Path("docs/x.txt"), Path("docs/x.txt")]))
    assert [a.id for a in articles(found)] == ["x"]
    assert ["the id 'x' has occurred before, with the same text" in r.reason for r in rejected(found)] == [True]


def test_a_file_whose_stem_is_an_id_of_a_manifest_has_a_longer_name(here: Path) -> None:
    fill("docs/listed.txt", "docs/b/x.txt")
    digest = hashlib.sha256(Path("docs/b/x.txt").read_bytes()).hexdigest()
    Path("docs/b/manifest.yaml").write_text(f"articles:\n- {{id: listed, file: x.txt, sha256: '{digest}'}}\n")
    for order in (["docs/listed.txt", "docs/b"], ["docs/b", "docs/listed.txt"], ["docs"]):
        assert named(*order) == {"docs/listed.txt": "docs/listed", "docs/b/x.txt": "listed"}


def test_an_id_of_a_manifest_is_kept_and_makes_no_other_longer(here: Path) -> None:
    fill("docs/a/x.txt", "docs/b/x.txt")
    digest = hashlib.sha256(Path("docs/b/x.txt").read_bytes()).hexdigest()
    Path("docs/b/manifest.yaml").write_text(f"articles:\n- {{id: listed, file: x.txt, sha256: '{digest}'}}\n")
    assert named("docs") == {"docs/a/x.txt": "x", "docs/b/x.txt": "listed"}


def test_rows_without_ids_go_by_the_name_of_their_table(here: Path) -> None:
    for folder in ("a", "b"):
        Path(folder).mkdir()
        write(Path(folder) / "news.csv", [{"text": f"The text of {folder}1."}, {"text": f"The text of {folder}2."}])
    fill("c/news.txt")
    assert named(".") == {"a1": "a/news-2", "a2": "a/news-3", "b1": "b/news-2", "b2": "b/news-3", "c/news.txt": "news"}


def test_standard_input_has_one_name(here: Path) -> None:
    fill("stdin.txt")
    found = read_articles([Path("stdin.txt"), Path("-")], ReadOptions(format="jsonl", stdin=write(Path("given.jsonl"), [{"text": "One."}])))
    assert [a.id for a in articles(list(found))] == ["stdin", "stdin-1"]
    reading = ReadOptions(format="txt", stdin=write(Path("given.txt"), [{"text": "The text of standard input."}]))
    for order in permutations(["stdin.txt", "-"]):
        texts = {a.text: a.id for a in articles(list(read_articles(map(Path, order), reading)))}
        assert texts == {"The text of stdin.txt.": "stdin.txt", "The text of standard input.": "stdin"}


def test_names_that_are_longer_are_said_once(here: Path) -> None:
    fill("docs/a/x.txt", "docs/b/x.txt", "docs/c/x.md", "docs/y.txt")
    said: list[str] = []
    list(read_articles([Path("docs")], ReadOptions(notice=said.append)))
    assert said == ["docs/a/x.txt: another file has that name: this one is called 'a/x', and so on for all that share theirs"]
    list(read_articles([Path("docs/a"), Path("docs/y.txt")], ReadOptions(notice=said.append)))
    assert len(said) == 1
