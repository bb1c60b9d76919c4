"""Labelling on the command line: what is said where nothing could be labelled, and of files that nobody named."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "stancekit", "label"]


def label(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture
def model(quick_run: Path) -> Path:
    return quick_run / "models" / "majority"


def test_where_everything_is_rejected_it_ends_with_3_each_time(model: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.txt").write_bytes("Caf\u00e9".encode("latin-1"))
    for _ in range(2):
        done = label(tmp_path, "in", "--model", model, "--out", "out")
        assert done.returncode == 3, done.stderr
        assert "2 rows in = 0 labelled + 2 rejected + 0 already done" in done.stdout
        assert "out/rejected.jsonl: nothing was labelled: 2 of 2 rows rejected; it says why" in done.stderr
        assert len((tmp_path / "out" / "rejected.jsonl").read_text().splitlines()) == 2


def test_a_broken_codebook_that_nobody_named_is_a_warning_and_one_that_somebody_did_an_error(model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The union said the plan must wait.")
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "codebook.yaml").write_text("{broken")
    done = label(tmp_path, "a.txt", "--model", model, "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "warning: whether the model is stale is not known, since the codebook here is not sound" in done.stderr
    done = label(tmp_path, "a.txt", "--model", model, "--out", "out2", "--codebook", "annotations/codebook.yaml")
    assert done.returncode == 3
    assert not (tmp_path / "out2").exists()


def test_a_run_is_told_from_a_model_and_its_default_model_is_named(quick_run: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The union said the plan must wait.")
    done = label(tmp_path, "a.txt", "--model", quick_run, "--out", "out")
    assert done.returncode == 3
    assert f"{quick_run}: is a run, not a trained model; its default model is {quick_run}/models/default" in done.stderr
    done = label(tmp_path, "a.txt", "--model", "tfidf", "--out", "out")
    assert done.returncode == 3
    assert "--model: 'tfidf' is no folder; pass one that `stancekit train` wrote" in done.stderr


def test_one_row_is_one_row(model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "The union said no."}\n')
    done = label(tmp_path, "a.jsonl", "--unit", "statement", "--model", model, "--out", "out")
    assert "1 row in = 1 labelled + 0 rejected" in done.stdout
    assert "1 statement labelled, 0 rejected" in done.stderr
