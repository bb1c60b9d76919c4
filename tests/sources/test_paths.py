"""Paths → what is read: folders, globs, links, and mistakes of the call told from bad documents."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from article_files import articles, rejected
from stancekit.articles import ReadOptions, article_files, read_articles
from stancekit.errors import InputError


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"The text of {name}.")


def ids(*paths: Path) -> list[str]:
    return [a.id for a in articles(list(read_articles(paths)))]


def test_a_folder_is_read_to_the_bottom_in_the_order_of_the_names(tmp_path: Path) -> None:
    fill(tmp_path, "b/z.txt", "b.txt", "a/deep/er/y.txt", "c.md", "a/x.txt", ".hidden/h.txt", "c/.h.txt", "c/ReadMe.md")
    assert ids(tmp_path) == ["y", "x", "z", "b", "c"]


def test_globs_match_as_a_shell_has_them(tmp_path: Path) -> None:
    fill(tmp_path, "1.txt", "2.txt", "3.md", "sub/4.txt", "sub/deep/5.txt", "[6].txt", "README.md")
    assert ids(tmp_path / "?.txt") == ["1", "2"]
    assert ids(tmp_path / "*.md") == ["3"]
    assert ids(tmp_path / "**" / "*.txt") == ["1", "2", "[6]", "4", "5"]
    assert ids(tmp_path / "s*") == ids(tmp_path / "sub" / "**") == ["4", "5"]
    assert ids(tmp_path / "**" / "deep" / "*") == ids(tmp_path / "s*" / "**" / "5.*") == ["5"]
    assert ids(tmp_path / "**" / "sub" / "**" / "?.txt") == ["4", "5"]
    assert ids(tmp_path / "[6].txt") == ["[6]"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none", "none: no such file or folder"),
        ("loop.txt", "loop.txt: no such file or folder"),
        ("x.doc", r"no reader for '.doc' files.*allowed: .txt"),
        ("*.doc", r"\*.doc: matches no file that a reader knows"),
        ("*.nothing", r"\*.nothing: matches no file that a reader knows"),
        ("docs", "docs: holds no file that a reader knows"),
    ],
)
def test_mistakes_of_the_call_come_before_anything_is_read(tmp_path: Path, name: str, message: str) -> None:
    fill(tmp_path, "a.txt", "x.doc", "docs/y.doc")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with pytest.raises(InputError, match=message):
        next(read_articles([tmp_path / "a.txt", tmp_path / name]))


@pytest.mark.parametrize(
    ("reading", "message"),
    [
        (lambda: ReadOptions(encoding="utf-9"), "encoding: 'utf-9' is no text encoding"),
        (lambda: ReadOptions(encoding="base64"), "encoding: 'base64' is no text encoding"),
        (lambda: ReadOptions(encoding="a\0b"), "is no text encoding"),
        (lambda: ReadOptions(format="csvx"), "format: unknown 'csvx' - did you mean 'csv'"),
        (lambda: ReadOptions(format="csv"), "format: says what standard input holds, which is not among the inputs"),
        (lambda: ReadOptions({"txet": "body"}), r"columns \(--column\): unknown field 'txet' - did you mean 'text'"),
        (lambda: ReadOptions({"text": ""}), r"columns \(--column\): names no column for 'text'"),
        (lambda: ReadOptions({"text": "body"}), r"columns \(--column\): are for files with columns, and none is among the inputs"),
    ],
)
def test_what_is_said_of_the_input_is_checked(tmp_path: Path, reading: Callable[[], ReadOptions], message: str) -> None:
    fill(tmp_path, "a.txt")
    with pytest.raises(InputError, match=message):
        next(read_articles([tmp_path], reading()))


@pytest.mark.parametrize(
    ("paths", "format", "message"),
    [
        (["-"], None, "standard input: say what it holds: --format NAME"),
        (["-", "-"], "txt", "standard input: is named twice"),
    ],
)
def test_standard_input_is_named_once_with_its_format(paths: list[str], format: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        next(read_articles(map(Path, paths), ReadOptions(format=format)))


def test_what_a_folder_holds_and_cannot_be_read_is_rejected_and_the_counts_add_up(tmp_path: Path) -> None:
    fill(tmp_path, "good.txt", "sub/good2.txt", "picture.png", "named.txt/inside.txt")
    (tmp_path / "empty.jsonl").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(read_articles([tmp_path]))
    assert [a.id for a in articles(found)] == ["good", "inside", "good2"]
    said = {Path(r.file).name: r.reason.partition(": ")[2] for r in rejected(found)}
    assert said.pop("picture.png").startswith("no reader for '.png' files (allowed: .txt")
    assert said == {
        "dangling.txt": "is no file that can be opened",
        "empty.jsonl": "is a folder, not a file",
        "loop.txt": "is no file that can be opened",
        "pipe.txt": "is no file that can be opened",
    }


def test_links_to_folders_are_followed_once(tmp_path: Path) -> None:
    fill(tmp_path, "coverage/a.txt", "elsewhere/b.txt", "elsewhere/c/d.txt")
    (tmp_path / "coverage" / "more").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "coverage" / "part").symlink_to(tmp_path / "elsewhere" / "c")
    (tmp_path / "coverage" / "up").symlink_to(tmp_path)
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "coverage")
    found = list(read_articles([tmp_path / "coverage"]))
    assert [a.id for a in articles(found)] == ["a", "b", "d"]
    assert [Path(r.file).name for r in rejected(found)] == ["back", "part", "up"]
    assert all("which is read anyway or holds what is read" in r.reason for r in rejected(found))


def test_a_glob_does_not_go_round_in_circles(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "sub/b.txt")
    for name in ("one", "two", "three"):
        (tmp_path / "sub" / name).symlink_to(tmp_path)
    found = list(read_articles([tmp_path / "**" / "*.txt"]))
    assert [a.id for a in articles(found)] == ["a", "b"]
    assert len(rejected(found)) == 3


def test_a_name_that_is_no_text_is_rejected_in_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(name, "w") as file:  # noqa: PTH123 - a path of bytes
            file.write("One.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    fill(tmp_path, "b.txt")
    found = list(read_articles([tmp_path]))
    assert [a.id for a in articles(found)] == ["b"]
    [bad] = rejected(found)
    assert bad.reason.encode().decode() == f"{tmp_path}/caf\\xe9.txt: its name is not UTF-8: rename it"


def test_folders_many_deep_are_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    depth = sys.getrecursionlimit() + 100
    for level in range(1, depth + 1):
        Path("/".join("d" * level)).mkdir()
    deep = Path("/".join("d" * depth)) / "deep.txt"
    try:
        deep.write_text("Deep down.")
        assert ids(Path("d")) == ["deep"]
    finally:
        deep.unlink()
        for level in range(depth, 0, -1):  # what clears up after the tests is no match for it
            Path("/".join("d" * level)).rmdir()


def test_every_file_that_is_opened_is_listed(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "b/c.txt", "picture.png")
    digest = "0" * 64
    (tmp_path / "b" / "manifest.yaml").write_text(f"articles:\n- {{id: x, file: c.txt, sha256: '{digest}'}}\n")
    with pytest.raises(InputError, match=r"manifest.yaml:2: c.txt has changed"):
        article_files([tmp_path])
    (tmp_path / "b" / "manifest.yaml").unlink()
    assert article_files([tmp_path]) == [tmp_path / "a.txt", tmp_path / "b" / "c.txt"]
