"""Input and output at addresses: the labels are those of the same files here, whatever happens between."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from odd_jobs import content, rejected_in, save_small, write_articles, write_rows

from stancekit import InputError, Labels, MissingError, RefusedError, label_paths
from stancekit.io.addresses import address_of
from stancekit.io.guard import guard
from stancekit.labelling import status_of
from stancekit.labelling.job import Job, Shard
from stancekit.labelling.run import Counts
from stancekit.models.saved import TrainedModel

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def model(tmp_path: Path) -> TrainedModel:
    return save_small(tmp_path / "model")


@pytest.fixture(params=["memory", "file"])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty folder elsewhere."""
    yield f"memory://{tmp_path.name}" if request.param == "memory" else f"file://{tmp_path / 'elsewhere'}"
    files = fsspec.filesystem("memory")
    if files.exists(f"/{tmp_path.name}"):
        files.rm(f"/{tmp_path.name}", recursive=True)


def put(here: Path, there: str) -> None:
    files, root = fsspec.core.url_to_fs(there)
    for path in (path for path in here.rglob("*") if path.is_file()):
        files.makedirs(f"{root}/{path.relative_to(here).parent}".rstrip("/."), exist_ok=True)
        files.put_file(str(path), f"{root}/{path.relative_to(here).as_posix()}")


def get(there: str, here: Path) -> Path:
    files, root = fsspec.core.url_to_fs(there)
    for name in files.find(root):
        path = here / name.removeprefix(root).lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        files.get_file(name, str(path))
    return here


def labels(folder: Path) -> dict[str, bytes]:
    """The tables; receipts and `rejected.jsonl` name the files as they were given."""
    return {name: data for name, data in content(folder).items() if name.endswith((".parquet", ".csv")) or name == "labels.jsonl"}


def test_input_elsewhere_gives_the_same_labels_and_is_called_by_its_address(model: TrainedModel, base: str, tmp_path: Path) -> None:
    here = write_articles(tmp_path / "in", ["2024/a.txt", "2025/a.txt", "b.txt"])
    (here / "empty.txt").write_text(" ")
    put(here, f"{base}/in")
    for number, paths in enumerate([[f"{base}/in"], [f"{base}/in/*/a.txt"], [f"{base}/in/b.txt", f"{base}/in/2024"]]):
        local = [path.replace(base, str(tmp_path)) for path in paths]
        expected = label_paths(local, model, tmp_path / f"local{number}")
        assert label_paths([Path(path) for path in paths], model, tmp_path / f"out{number}") == expected
        assert labels(tmp_path / f"out{number}") == labels(tmp_path / f"local{number}")
        assert label_paths(paths, model, tmp_path / f"out{number}").already_done == expected.rows_in
    assert rejected_in(tmp_path / "out0")[0]["file"] == f"{base}/in/empty.txt"
    assert rejected_in(tmp_path / "out0")[0]["reason"].startswith(f"{base}/in/empty.txt: ")


def test_output_elsewhere_is_that_of_a_folder_here_and_is_gone_on_with(
    model: TrainedModel, base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = write_rows(tmp_path / "a.jsonl", 40, [(7, " ")]), f"{base}/labels"
    label_paths([path], model, tmp_path / "here", unit="statement", shard_rows=10)
    made: list[str] = []

    def failing(self: Job, batch: object) -> Shard:
        if len(made) == 2:
            raise ZeroDivisionError
        made.append("")
        return call(self, batch)  # type: ignore[arg-type]

    call = Job.__call__
    with monkeypatch.context() as patch:
        patch.setattr(Job, "__call__", failing)
        with pytest.raises(ZeroDivisionError):
            label_paths([path], model, out, unit="statement", shard_rows=10)
    left = get(out, tmp_path / "left")
    assert {name for name in content(left) if name.startswith("shards")} == {
        f"shards/0-0000{n}.{e}" for n in (0, 1) for e in ("json", "parquet")
    }
    said: list[str] = []
    assert label_paths([path], model, Path(out), unit="statement", shard_rows=10, progress=said.append) == Counts(40, 19, 1, 20)
    assert content(get(out, tmp_path / "whole")) == content(tmp_path / "here")
    assert label_paths([path], model, out, unit="statement", shard_rows=10, progress=said.append).already_done == 40
    assert said[-1] == f"{out}: already done, nothing to do"
    with pytest.raises(RefusedError, match=f"{out}: holds labels of another model or other input .*shard_rows: 10 → 20"):
        label_paths([path], model, out, unit="statement", shard_rows=20)
    label_paths([path], model, out, unit="statement", shard_rows=20, overwrite=True)
    assert len(Labels(get(out, tmp_path / "other"))) == 39
    assert len(list((tmp_path / "other" / "shards").iterdir())) == 4
    assert json.loads((tmp_path / "other" / "_SUCCESS.json").read_text())["labelled"] == 39


def test_mistakes_are_said(model: TrainedModel, tmp_path: Path) -> None:
    for paths, out, what in [
        (["memory://nothing/a.jsonl"], "out", r"memory://nothing/a\.jsonl: no such file or folder"),
        (["memory://nothing/*.csv"], "out", r"memory://nothing/\*\.csv: no such file or folder"),
        (["nowhere://a/b.csv"], "out", "nowhere://a/b.csv: Protocol not known"),
    ]:
        with pytest.raises(InputError, match=what):
            label_paths(paths, model, tmp_path / out)
    with pytest.raises(MissingError, match=r"s3://bucket/a\.csv: Install s3fs"):
        label_paths(["s3://bucket/a.csv"], model, tmp_path / "out")
    with pytest.raises(RefusedError, match="lies within the input"):
        label_paths(["memory://a"], model, "memory://a/labels")
    write_articles(tmp_path / "in", ["a.txt"])
    for paths, out in ((f"file://{tmp_path}/in", "in/out"), (str(tmp_path / "in"), f"file://{tmp_path}/in/out")):
        with pytest.raises(RefusedError, match="lies within the input"):
            label_paths([paths], model, out if ":" in out else tmp_path / out)
    with pytest.raises(RefusedError, match="files are written to this machine alone"):
        guard([], [Path("memory://a/x.csv")])
    with pytest.raises(InputError, match="memory://a: labels are read from folders of this machine"):
        status_of("memory://a")
    fsspec.filesystem("memory").pipe("/mistakes/a.doc", b"x")
    with pytest.raises(InputError, match=r"^memory://mistakes/a\.doc: no reader for '\.doc' files"):
        label_paths(["memory://mistakes/a.doc"], model, tmp_path / "out")


def test_addresses_are_told_from_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert address_of("s3://bucket/a b.csv") == address_of(Path("s3://bucket/a b.csv")) == "s3://bucket/a b.csv"
    assert address_of(Path("file:///tmp/a")) == "file:///tmp/a"
    assert [address_of(path) for path in ("-", "a.csv", "/a:/b", "C:/a", "a:b", "notes: x")] == [None] * 6
    assert address_of("ab:/c") == "ab://c"
    (tmp_path / "ab:").mkdir()
    assert address_of("ab:/c") is None
