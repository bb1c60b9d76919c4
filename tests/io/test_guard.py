"""No output takes the place of an input, in whatever spelling."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stancekit.errors import RefusedError
from stancekit.io.guard import fits, fixed_part, guard, is_pattern

SPELLINGS: dict[str, Callable[[Path], Path]] = {
    "itself": lambda path: path,
    "roundabout": lambda path: path.parent / ".." / path.parent.name / path.name,
    "relative": lambda path: Path(os.path.relpath(path)),
    "a link": lambda path: path.with_name("link"),
    "a second name": lambda path: path.with_name("second"),
    "below a linked folder": lambda path: path.parent.with_name("linked") / path.name,
}


@pytest.fixture
def a(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "a.txt"
    path.parent.mkdir()
    path.write_text("precious")
    path.with_name("link").symlink_to("a.txt")
    path.with_name("second").hardlink_to(path)
    (tmp_path / "linked").symlink_to("data")
    return path


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_output_that_is_an_input_is_refused(a: Path, spelling: str) -> None:
    other = SPELLINGS[spelling](a)
    for reads, writes in [([a], [other]), ([other], [a])]:
        with pytest.raises(RefusedError, match=r"is the input .*; write somewhere else"):
            guard(reads, writes)
    with pytest.raises(RefusedError, match="are one and the same"):
        guard([], [a, other])


def test_an_output_is_not_to_lie_in_an_input_folder_nor_an_input_in_one_that_is_filled(a: Path, tmp_path: Path) -> None:
    for out in (a.parent / "new", tmp_path / "linked" / "sub" / "new"):
        for writes, fills in [([out], []), ([], [out])]:
            with pytest.raises(RefusedError, match="lies within the input"):
                guard([a.parent], writes, fills)
    for folder in (tmp_path, a.parent, tmp_path / "linked"):
        with pytest.raises(RefusedError, match=r"holds the input|is the input|lies within"):
            guard([a], folders=[folder])
    with pytest.raises(RefusedError, match="are one and the same"):
        guard([], [tmp_path / "new"], [tmp_path / "data" / ".." / "new"])
    guard([a], [tmp_path / "new"], [tmp_path / "out"])
    guard([a], [a.with_name("new")])  # beside a file that was named itself
    guard([], [Path("/dev/null"), Path("/dev/null")])


def test_what_a_pattern_would_match_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    for pattern, out in [("*.jsonl", "out.jsonl"), ("**/*.jsonl", "sub/out.txt"), ("*", "sub/out.txt"), ("s?b/*.txt", "sub/out.txt")]:
        with pytest.raises(RefusedError, match="is among the inputs"):
            guard([tmp_path / pattern], [tmp_path / out])
    guard([tmp_path / "*.jsonl", Path("-")], [tmp_path / "sub" / "out.jsonl", tmp_path / "out.txt"])
    assert is_pattern(tmp_path / "*.jsonl")
    (tmp_path / "[a].txt").write_text("a file of that very name")
    assert not is_pattern(tmp_path / "[a].txt")
    assert fixed_part(Path("a/b/*/c")) == Path("a/b")


@pytest.mark.parametrize(
    ("name", "pattern", "expected"),
    [
        ("a/b", "a/*", True),
        ("a/b/c", "a/*", False),
        ("a/b/c", "a/**", True),
        ("a", "a/**", True),
        ("a/b/c", "**/c", True),
        ("a", "b", False),
    ],
)
def test_names_fit_patterns(name: str, pattern: str, expected: bool) -> None:
    assert fits(Path(name).parts, Path(pattern).parts) is expected


def test_nothing_is_written_into_a_saved_model(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "manifest.json").write_text('{"recipe": "r", "files": {}, "digest": ""}')
    for writes, fills in [([tmp_path / "model" / "x.jsonl"], []), ([], [tmp_path / "model" / "sub" / "out"])]:
        with pytest.raises(RefusedError, match="lies within the model"):
            guard([], writes, fills)
    guard([], folders=[tmp_path / "model"])  # the folder itself is asked what it holds
    (tmp_path / "model" / "manifest.json").write_text('{"files": {}}')
    guard([], [tmp_path / "model" / "x.jsonl"])


@pytest.mark.parametrize("streams", ["< s >> s", "< s 2>> s", "- >> s 2>/dev/null"])
def test_standard_streams_that_are_one_file_are_refused(tmp_path: Path, streams: str) -> None:
    (tmp_path / "s").write_text("{}")
    code = "from pathlib import Path; from stancekit.io.guard import guard; guard([Path('-'), Path('s')])"
    done = subprocess.run(["bash", "-c", f'"{sys.executable}" -c "{code}" {streams}'], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 1
