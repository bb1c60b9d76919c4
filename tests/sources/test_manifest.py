"""Manifests: they list regular files below their own folder, and nothing that they name is opened before that is known."""

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from article_files import articles
from stancekit.articles import article_files, read_articles
from stancekit.errors import InputError
from stancekit.sources import limits

DIGEST = "0" * 64


def listing(folder: Path, name: str, digest: str = DIGEST, identity: str = "a") -> Path:
    """A folder with a manifest whose first entry is a sound file; the second is on line 5."""
    folder.mkdir(exist_ok=True)
    (folder / "good.txt").write_text("One.")
    entries = [("good", "good.txt", sha256(b"One.").hexdigest()), (identity, name, digest)]
    lines = (
        f"- id: {json.dumps(entry)}\n  file: {json.dumps(file)}\n  sha256: '{digest}'\n  notes: ''\n" for entry, file, digest in entries
    )
    (folder / "manifest.yaml").write_text("articles:\n" + "".join(lines))
    return folder


@pytest.mark.parametrize("name", ["../outside.txt", "sub/../../outside.txt", "sub/..", "/etc/hostname.txt", "//outside.txt", "{outside}"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("Two.")
    folder = listing(tmp_path / "coverage", name.format(outside=outside), sha256(b"Two.").hexdigest())
    (folder / "sub").mkdir()
    with pytest.raises(InputError, match=r"manifest.yaml:7: '.*' leads out of the folder: a manifest lists files below its own"):
        list(read_articles([folder]))


def test_links_are_followed_within_the_folder_and_not_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "o.txt").write_text("Two.")
    digest = sha256(b"Two.").hexdigest()
    for name, target in [("link.txt", "../outside/o.txt"), ("folder/o.txt", "../outside")]:
        folder = listing(tmp_path / f"to_{Path(target).stem}", name, digest)
        (folder / Path(name).parts[0]).symlink_to(target)
        with pytest.raises(InputError, match=r"manifest.yaml:7: '.*o?.txt' is a link that leads out of the folder"):
            list(read_articles([folder]))
    folder = listing(tmp_path / "within", "link.txt", digest)
    (folder / "real.txt").write_text("Two.")
    (folder / "link.txt").symlink_to("real.txt")
    (tmp_path / "linked").symlink_to(folder)
    for path in (folder, tmp_path / "linked"):
        assert [(a.id, a.text) for a in articles(list(read_articles([path])))] == [("good", "One."), ("a", "Two.")]


def as_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [as_pipe, as_device, Path.mkdir])
@pytest.mark.parametrize("ending", [".txt", ".jsonl", ".parquet", ".csv.gz"])
def test_what_is_no_file_is_refused_and_never_opened(tmp_path: Path, ending: str, make: Callable[[Path], None]) -> None:
    folder = listing(tmp_path / "coverage", f"x{ending}")
    make(folder / f"x{ending}")
    message = r"manifest.yaml:7: 'x\..*' is (no file that can be opened|a link that leads out of the folder)"
    for read in (lambda: list(read_articles([folder])), lambda: article_files([folder])):
        with pytest.raises(InputError, match=message):
            read()


@pytest.mark.parametrize(
    ("name", "digest", "identity", "message"),
    [
        ("none.txt", DIGEST, "a", r"manifest.yaml:7: 'none.txt': no such file"),
        ("good.txt/x.txt", DIGEST, "a", r"manifest.yaml:7: 'good.txt/x.txt' cannot be read: Not a directory"),
        ("x" * 300 + ".txt", DIGEST, "a", r"manifest.yaml:7: 'x+.txt' cannot be read: File name too long"),
        ("good.txt", "0" * 63, "a", r"manifest.yaml:8: articles.1.sha256: String should match pattern"),
        ("good.txt", "0" * 64 + "\\n", "a", r"manifest.yaml:8: articles.1.sha256: String should match pattern"),
        ("good.txt", "G" * 64, "a", r"manifest.yaml:8: articles.1.sha256: String should match pattern"),
        ("a\0.txt", DIGEST, "a", r"manifest.yaml:7: articles.1.file: holds a NUL character: no text has one"),
        ("good.txt", DIGEST, "a\0b", r"manifest.yaml:6: articles.1.id: holds a NUL character: no text has one"),
        ("good.txt", DIGEST, "\ud800", r"manifest.yaml:6: articles.1.id: "),
        ("\udc80.txt", DIGEST, "a", r"manifest.yaml:7: articles.1.file: "),
        ("", DIGEST, "a", r"manifest.yaml:7: articles.1.file: String should have at least 1 character"),
        (".", DIGEST, "a", r"manifest.yaml:7: '.' is no file that can be opened"),
    ],
)
def test_an_entry_that_names_no_file_is_said_with_its_line(tmp_path: Path, name: str, digest: str, identity: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as raised:
        list(read_articles([listing(tmp_path / "coverage", name, digest, identity)]))
    str(raised.value).encode()


@pytest.mark.parametrize("make", [as_pipe, as_device, Path.mkdir])
def test_a_manifest_that_is_no_file_is_never_opened(tmp_path: Path, make: Callable[[Path], None]) -> None:
    (tmp_path / "a.txt").write_text("One.")
    make(tmp_path / "manifest.yaml")
    with pytest.raises(InputError, match=r"manifest.yaml: is no file that can be opened"):
        list(read_articles([tmp_path]))


def test_a_manifest_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "manifest.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"manifest.yaml: cannot be read: No such file"):
        list(read_articles([tmp_path]))
    (tmp_path / "manifest.yaml").unlink()
    with (tmp_path / "manifest.yaml").open("wb") as file:
        file.truncate(limits.MAX_MANIFEST + 1)
    with pytest.raises(InputError, match=r"manifest.yaml: has 16,777,217 bytes \(at most 16,777,216\)"):
        list(read_articles([tmp_path]))


def test_a_listed_file_without_end_is_not_digested(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.truncate(limits.MAX_LISTED + 1)  # a hole: it takes no room
    (tmp_path / "manifest.yaml").write_text(f"articles:\n  - {{id: a, file: a.jsonl, sha256: {'a' * 64}}}\n")
    with pytest.raises(InputError, match=r"manifest.yaml:2: 'a.jsonl' has 17,179,869,185 bytes \(at most 17,179,869,184\)"):
        list(read_articles([tmp_path]))


def test_an_entry_may_go_without_digest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "manifest.yaml").write_text("articles:\n  - {id: b, file: a.txt, outlet: The Post, published: '2024-05-01'}\n")
    [found] = articles(list(read_articles([tmp_path])))
    assert (found.id, found.text, found.outlet, found.date) == ("b", "One.", "The Post", "2024-05-01")
