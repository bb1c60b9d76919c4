"""The manifest of a saved model: names below the folder, regular files of bounded size, and no file beside them."""

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from harm import reseal, rewrite

from stancekit.actors import Actors
from stancekit.crossval import fit_on_all
from stancekit.errors import InputError
from stancekit.io.files import sha256_of
from stancekit.models import manifest
from stancekit.models.manifest import DEEPEST, MANIFEST, sealed
from stancekit.models.saved import load_model, save_model
from toy import codebook, dataset


@pytest.fixture(autouse=True)
def _nothing_hangs() -> Iterator[None]:
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    save_model(folder, fit_on_all(dataset(), "majority", {}), recipe="r", codebook=codebook(), actors=Actors())
    return folder


def change(folder: Path, how: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest and seal it again."""
    content = json.loads((folder / MANIFEST).read_text())
    del content["digest"]
    how(content)
    (folder / MANIFEST).write_text(sealed(content))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../secret.json", r"`files\.\.\./secret\.json.*is no name of a file below the folder"),
        ("task0/../../secret.json", "is no name of a file below the folder"),
        ("/etc/hosts", "is no name of a file below the folder"),
        ("/dev/zero", "is no name of a file below the folder"),
        ("./params.json", "is no name of a file below the folder"),
        ("task0//params.json", "is no name of a file below the folder"),
        ("task0\\params.json", "is no name of a file below the folder"),
        ("", "is no name of a file below the folder"),
        (MANIFEST, "is no name of a file below the folder"),
        ("a/" * DEEPEST + "b.json", "lies more than 32 folders deep"),
        ("gone.json", r"gone\.json: no such file"),
        ("actors.json/x", r"actors\.json/x: cannot be read: Not a directory"),
        ("x" * 300, "cannot be read: File name too long"),
    ],
)
def test_names_that_lead_out_of_the_folder_or_nowhere(saved: Path, tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "secret.json").write_text("{}")
    change(saved, lambda content: content["files"].update({name: sha256_of(tmp_path / "secret.json")}))
    with pytest.raises(InputError, match=message):
        load_model(saved)


def fifo(path: Path, _: Path) -> None:
    os.mkfifo(path)


def link_out(path: Path, outside: Path) -> None:
    path.symlink_to(outside)


def link_to_device(path: Path, _: Path) -> None:
    path.symlink_to("/dev/zero")


def link_to_itself(path: Path, _: Path) -> None:
    path.symlink_to(path.name)


def folder(path: Path, _: Path) -> None:
    path.mkdir()


def listening(path: Path, _: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # such names must be short
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (fifo, r"actors\.json: is no regular file"),
        (listening, r"actors\.json: is no regular file"),
        (folder, r"actors\.json: is no regular file"),
        (link_out, r"actors\.json: leads out of the model's folder"),
        (link_to_device, r"actors\.json: leads out of the model's folder"),
        (link_to_itself, r"actors\.json: cannot be read: "),
    ],
)
@pytest.mark.parametrize("name", ["actors.json", MANIFEST])
def test_what_is_no_file_is_not_opened(saved: Path, tmp_path: Path, make: Callable[[Path, Path], None], message: str, name: str) -> None:
    outside = tmp_path / "outside.json"
    (saved / name).rename(outside)
    make(saved / name, outside)
    with pytest.raises(InputError, match=message.replace(r"actors\.json", name)):
        load_model(saved)


def test_a_link_within_the_folder_and_one_to_it_are_followed(saved: Path, tmp_path: Path) -> None:
    (saved / "actors.json").rename(saved / "task0" / "kept.json")
    (saved / "actors.json").symlink_to("task0/kept.json")
    reseal(saved)
    (tmp_path / "link").symlink_to(saved)
    assert load_model(tmp_path / "link").kind == "majority"


@pytest.mark.parametrize("name", ["actors.json", MANIFEST])
def test_a_file_without_bounds_is_not_read(saved: Path, name: str) -> None:
    os.truncate(saved / name, manifest.MAX_OTHER + 1)
    with pytest.raises(InputError, match=rf"{name}: has 536,870,913 bytes, more than the 536,870,912 that a file of a model may have"):
        load_model(saved)


def test_weights_may_be_larger(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "MAX_WEIGHTS", 2**20)
    monkeypatch.setattr(manifest, "MAX_OTHER", 2**16)
    (saved / "more.safetensors").write_bytes(b"x" * 2**20)
    reseal(saved)
    load_model(saved)
    (saved / "more.safetensors").write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(InputError, match=r"more\.safetensors: has 1,048,577 bytes"):
        load_model(saved)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        (lambda c: c.pop("files"), "`files`: Field required"),
        (lambda c: c.update(files=[]), "`files`: Input should be a valid dictionary"),
        (lambda c: c["files"].update({"actors.json": 3}), r"`files\.actors\.json`: Input should be a valid string"),
        (lambda c: c["files"].update({"actors.json": "x"}), r"`files\.actors\.json`: String should match pattern"),
        (lambda c: c.update(more=1), "`more`: Extra inputs are not permitted"),
        (lambda c: c.pop("format"), "was written by stancekit .* in another format"),
        (lambda c: c.update(joint=1), "`joint`: Input should be a valid boolean"),
        (lambda c: c.update(tasks={}), "`tasks`: Dictionary should have at least 1 item"),
        (lambda c: c.update(tasks={"stance": ["a", "a"], "tone": ["b"]}), r"`tasks\.stance`: a label is there twice"),
        (lambda c: c["codebook"].update(meanings={"stance": 1}), r"`codebook\.meanings\.stance`: Input should be a valid string"),
        (lambda c: c.update(model="majorty"), "`model` is the unknown type 'majorty' - did you mean 'majority'"),
        (lambda c: c.update(model=["majority"]), "`model`: Input should be a valid string"),
        (lambda c: c.update(joint=True), r"params\.json: no such file"),
        (lambda c: c.update(tasks={"stance": ["oppose", "support"], "tone": ["bad", "good"]}), "task 'stance' has no label 'neutral'"),
        (lambda c: c["tasks"].pop("tone") and c["tasks"].update(x=["a"], y=["b"]), r"task2/params\.json: no such file"),
    ],
)
def test_a_resealed_manifest_that_is_none(saved: Path, how: Callable[[dict[str, Any]], object], message: str) -> None:
    change(saved, how)
    with pytest.raises(InputError, match=message):
        load_model(saved)


@pytest.mark.parametrize(
    "text", ["[]", '{"a": 1e999}', '{"a": ' + "[" * 900 + "]" * 900 + "}", "{}", '{"digest": "x"}', "", "\0", "[" * 10**5]
)
def test_a_manifest_that_was_never_written(saved: Path, text: str) -> None:
    (saved / MANIFEST).write_text(text)
    with pytest.raises(InputError, match=r"manifest\.json(:1)?: (has changed since|not a JSON object|is nested too deeply|holds NUL)"):
        load_model(saved)


@pytest.mark.parametrize("place", ["", "task0"])
@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "._actors.json", ".directory", ".nfs0000000001"])
def test_what_operating_systems_leave_is_passed_over(saved: Path, place: str, name: str) -> None:
    (saved / place / name).write_bytes(b"\0")
    assert load_model(saved).kind == "majority"


def test_work_in_progress_is_passed_over_at_the_top_alone(saved: Path) -> None:
    (saved / ".stancekit.lock").touch()
    (saved / ".stancekit.0123.new").mkdir()
    (saved / ".stancekit.0123.new" / "params.json").touch()
    load_model(saved)
    (saved / "task0" / ".stancekit.lock").touch()
    with pytest.raises(InputError, match=r"task0/\.stancekit\.lock: is no file of this model"):
        load_model(saved)


@pytest.mark.parametrize("name", [".hidden", "task0/.hidden.json", "thumbs.txt", "task1/x.py", ".git/config", "task0/manifest.json"])
def test_any_other_stray_file_is_refused_by_name(saved: Path, name: str) -> None:
    (saved / name).parent.mkdir(exist_ok=True)
    (saved / name).touch()
    with pytest.raises(InputError, match=rf"{name}: is no file of this model; remove it"):
        load_model(saved)


@pytest.mark.parametrize("make", [fifo, link_out, link_to_itself])
def test_what_is_no_file_is_a_stray_too(saved: Path, tmp_path: Path, make: Callable[[Path, Path], None]) -> None:
    make(saved / "stray", tmp_path)
    with pytest.raises(InputError, match="stray: is no file of this model"):
        load_model(saved)


def test_litter_is_not_sealed(tmp_path: Path) -> None:
    def finish(directory: Path) -> None:
        (directory / "README.md").write_text("x")
        (directory / ".DS_Store").write_text("x")

    model = fit_on_all(dataset(), "majority", {})
    save_model(tmp_path / "m", model, recipe="r", codebook=codebook(), actors=Actors(), finish=finish)
    names = json.loads((tmp_path / "m" / MANIFEST).read_text())["files"]
    assert "README.md" in names
    assert ".DS_Store" not in names
    rewrite(tmp_path / "m" / MANIFEST, ("recipe",), "other")
    with pytest.raises(InputError, match=r"manifest\.json: has changed since the model was saved"):
        load_model(tmp_path / "m")
