"""A run folder is taken again by the same experiment on the same data, and by nothing else."""

import json
import sys
from pathlib import Path

import pytest
from labelled import config, rows, write
from typer.testing import CliRunner

from stancekit.cli.main import app
from stancekit.errors import RefusedError
from stancekit.experiment import load_experiment, run, train
from stancekit.io.files import sha256

CONFIG = "name: m\ndata: {train: train.jsonl, test: test.jsonl}\ndefault: m\nrecipes: {m: {model: majority}}\n"


def folder(place: Path, seed: int) -> Path:
    place.mkdir()
    write(place / "train.jsonl", rows(20, seed))
    write(place / "test.jsonl", rows(10, 9))
    return place


def test_other_data_of_the_same_name_are_refused(tmp_path: Path) -> None:
    path, out = config(tmp_path, CONFIG), tmp_path / "out"
    first, same, other = folder(tmp_path / "a", 1), folder(tmp_path / "b", 1), folder(tmp_path / "c", 2)
    run(load_experiment(path, first), out)
    run(load_experiment(path, same), out)
    before = (out / "metrics.json").read_bytes()
    with pytest.raises(RefusedError, match=r"holds a run of 'm' on other data: 'train\.jsonl' differs; choose another, or --overwrite"):
        run(load_experiment(path, other), out)
    assert (out / "metrics.json").read_bytes() == before
    done = CliRunner().invoke(app, ["run", str(path), "--data", str(other), "--out", str(out)])
    assert isinstance(done.exception, RefusedError)
    assert done.exception.exit_code == 4
    run(load_experiment(path, other), out, overwrite=True)
    assert (out / "metrics.json").read_bytes() != before


def stop(_: str) -> None:
    raise KeyboardInterrupt


def test_an_interrupted_run_leaves_the_earlier_one_and_a_fresh_folder_empty(tmp_path: Path) -> None:
    path, out = config(tmp_path, CONFIG), tmp_path / "out"
    first, other = folder(tmp_path / "a", 1), folder(tmp_path / "b", 2)
    with pytest.raises(KeyboardInterrupt):
        run(load_experiment(path, first), out, progress=stop)
    assert not list(out.iterdir())
    run(load_experiment(path, first), out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    for overwrite, data in [(False, first), (True, other)]:
        with pytest.raises(KeyboardInterrupt):
            run(load_experiment(path, data), out, overwrite=overwrite, progress=stop)
        assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before


def test_a_run_lists_its_files_and_replaces_these_alone(tmp_path: Path) -> None:
    path, out = config(tmp_path, CONFIG), tmp_path / "out"
    run(load_experiment(path, folder(tmp_path / "a", 1)), out)
    files = {p.relative_to(out).as_posix(): sha256(p.read_bytes()) for p in out.rglob("*") if p.is_file() and p.name != "run.json"}
    assert json.loads((out / "run.json").read_text())["files"] == files
    for name in ("notes.txt", "models/m/notes.txt", "report/notes.txt"):
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("precious")
    run(load_experiment(path, folder(tmp_path / "b", 2)), out, overwrite=True)
    assert [(out / name).read_text() for name in ("notes.txt", "models/m/notes.txt", "report/notes.txt")] == ["precious"] * 3


def test_a_run_into_a_folder_of_somebody_else_replaces_nothing(tmp_path: Path) -> None:
    path, out = config(tmp_path, CONFIG), tmp_path / "out"
    experiment = load_experiment(path, folder(tmp_path / "a", 1))
    (out / "report").mkdir(parents=True)
    (out / "report" / "index.html").write_text("precious")

    def draw(new: Path) -> None:
        (new / "report").mkdir()
        (new / "report" / "index.html").write_text("a report")

    with pytest.raises(RefusedError, match=r"index\.html: was not made by `run`"):
        run(experiment, out, overwrite=True, finish=draw)
    assert (out / "report" / "index.html").read_text() == "precious"


def test_a_manifest_that_is_not_sealed_makes_no_files_ours(tmp_path: Path) -> None:
    experiment, out = load_experiment(config(tmp_path, CONFIG), folder(tmp_path / "a", 1)), tmp_path / "model"
    out.mkdir()
    (out / "manifest.json").write_text(json.dumps({"recipe": "m", "files": {"thesis.txt": "1"}}))
    (out / "thesis.txt").write_text("precious")
    with pytest.raises(RefusedError, match=r"manifest\.json: was not made by `train`"):
        train(experiment, "m", out, overwrite=True)
    assert (out / "thesis.txt").read_text() == "precious"


def test_a_model_stays_until_the_new_one_is_whole_and_files_of_others_are_not_sealed_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment, out = load_experiment(config(tmp_path, CONFIG), folder(tmp_path / "a", 1)), tmp_path / "model"
    train(experiment, "m", out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules[run.__module__], "describe", lambda *_: stop)
        with pytest.raises(KeyboardInterrupt):
            train(experiment, "m", out, overwrite=True)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    (out / "Thumbs.db").write_text("of a file manager")
    train(experiment, "m", out)
    (out / "thesis.doc").write_text("precious")
    with pytest.raises(RefusedError, match=r"'thesis\.doc' in it was not made by `train`"):
        train(experiment, "m", out, overwrite=True)
    assert (out / "thesis.doc").read_text() == "precious"


def test_nothing_is_written_where_the_experiment_is_read_from(tmp_path: Path) -> None:
    path, data = config(tmp_path, CONFIG), folder(tmp_path / "a", 1)
    experiment = load_experiment(path, data)
    for out in (tmp_path, data):
        for command in (lambda out: run(experiment, out, overwrite=True), lambda out: train(experiment, "m", out, overwrite=True)):
            with pytest.raises(RefusedError, match="holds the input"):
                command(out)
