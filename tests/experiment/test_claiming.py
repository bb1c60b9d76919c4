"""A run folder is taken again by the same experiment on the same data, and by nothing else."""

import json
from pathlib import Path

import pytest
from labelled import config, rows, write
from typer.testing import CliRunner

from stancekit.cli.main import app
from stancekit.errors import RefusedError
from stancekit.experiment import load_experiment, run

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


def test_a_run_that_was_interrupted_keeps_its_data(tmp_path: Path) -> None:
    path, out = config(tmp_path, CONFIG), tmp_path / "out"

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(load_experiment(path, folder(tmp_path / "a", 1)), out, progress=stop)
    assert json.loads((out / "run.json").read_text())["status"] == "running"
    with pytest.raises(RefusedError, match="on other data"):
        run(load_experiment(path, folder(tmp_path / "b", 2)), out)
