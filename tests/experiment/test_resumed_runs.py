"""A run into its own folder keeps what is finished, and the result is that of a fresh run to the byte."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from labelled import config, rows, write

from stancekit import crossval
from stancekit.experiment import load_experiment
from stancekit.experiment.run import run

CONFIG = """
name: m
data: {train: train.jsonl}
default: t
baselines: [m]
recipes:
  m: {model: majority}
  t: {model: tfidf, params: {words: [1, 1]}}
"""
KEPT = "{} · kept from an earlier run: config, data and code are the same"


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != "run.json"}


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The recipes whose folds are run, in order; `stop` in it interrupts the next."""
    found: list[str] = []
    module = sys.modules["stancekit.experiment.run"]

    def watched(dataset: Any, name: str, *more: Any, **options: Any) -> Any:
        if found[-1:] == ["stop"]:
            raise KeyboardInterrupt
        found.append(name)
        return crossval.out_of_fold(dataset, name, *more, **options)

    monkeypatch.setattr(module, "out_of_fold", watched)
    return found


def test_only_what_has_changed_is_run_again(tmp_path: Path, fitted: list[str]) -> None:
    write(tmp_path / "train.jsonl", rows(30, 1))
    said: list[str] = []
    run(load_experiment(config(tmp_path, CONFIG)), tmp_path / "out")
    first = files(tmp_path / "out")
    fitted.clear()
    run(load_experiment(config(tmp_path, CONFIG)), tmp_path / "out", progress=said.append)
    assert (fitted, said) == ([], [KEPT.format("m"), KEPT.format("t")])
    assert files(tmp_path / "out") == first

    changed = CONFIG.replace("[1, 1]", "[1, 2]") + "  more: {model: tfidf}\n"
    run(load_experiment(config(tmp_path, changed)), tmp_path / "out")
    assert fitted == ["t", "more"]
    run(load_experiment(config(tmp_path, changed)), tmp_path / "fresh")
    assert files(tmp_path / "out") == files(tmp_path / "fresh")
    fitted.clear()
    run(load_experiment(config(tmp_path, changed)), tmp_path / "out", overwrite=True)
    assert fitted == ["m", "t", "more"]
    by_task = changed.replace("default: t", "default: {stance: m}")
    run(load_experiment(config(tmp_path, by_task)), tmp_path / "out")
    run(load_experiment(config(tmp_path, by_task)), tmp_path / "again")
    assert files(tmp_path / "out") == files(tmp_path / "again")


def test_an_interrupted_run_goes_on_where_it_was_stopped(tmp_path: Path, fitted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "train.jsonl", rows(30, 1))
    loaded = load_experiment(config(tmp_path, CONFIG))
    run(loaded, tmp_path / "fresh")
    module = sys.modules["stancekit.experiment.run"]
    for stopped_at, rest in [("m", ["t"]), ("model", [])]:
        fitted.clear()
        with monkeypatch.context() as patch:
            if stopped_at == "m":
                patch.setattr(module, "note_finished", lambda *given, write=module.note_finished: (write(*given), fitted.append("stop")))
            else:
                patch.setattr(module, "_scored", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                run(loaded, tmp_path / "out")
        assert [p.name for p in (tmp_path / "out").iterdir() if not p.name.startswith(".")] == []
        fitted.clear()
        run(loaded, tmp_path / "out")
        assert fitted == rest
        assert files(tmp_path / "out") == files(tmp_path / "fresh")  # and nothing hidden is left
        shutil.rmtree(tmp_path / "out")


@pytest.mark.parametrize("damage", ["digest", "missing", "shape"])
def test_what_is_damaged_is_run_again(tmp_path: Path, fitted: list[str], damage: str) -> None:
    write(tmp_path / "train.jsonl", rows(30, 1))
    loaded = load_experiment(config(tmp_path, CONFIG))
    run(loaded, tmp_path / "out")
    sound = files(tmp_path / "out")
    about = json.loads((tmp_path / "out" / "run.json").read_text())
    record = about["recipes"]["t"]
    if damage == "missing":
        next((tmp_path / "out" / "predictions" / "t").iterdir()).unlink()
    elif damage == "digest":
        record["results"][0]["files"] = dict.fromkeys(record["results"][0]["files"], "0")
    else:
        record["results"] = [{"files": {"../config.yaml": ""}, "folds": 3}]
    (tmp_path / "out" / "run.json").write_text(json.dumps(about))
    fitted.clear()
    run(loaded, tmp_path / "out")
    assert fitted == ["t"]
    assert files(tmp_path / "out") == sound
