"""Labelling on the command line: what is said where nothing could be labelled, and of files that nobody named."""

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
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


def stancekit(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND[:-1], *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=120)


def test_status_says_what_is_there_and_ends_with_3_where_it_is_not_whole(model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(f'{{"id": "{i}", "text": "The union said no."}}\n' for i in range(8)) + "{broken\n")
    label(tmp_path, "a.jsonl", "--unit", "statement", "--model", model, "--out", "out", "--shard-rows", 3)
    done = stancekit(tmp_path, "status", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "shards       3 finished, 0 missing, 0 damaged files",
        "statements   8 labelled, 1 document rejected",
        "run          finished",
    ]
    shards = tmp_path / "out" / "shards"
    data = bytearray((shards / "0-00000.parquet").read_bytes())
    data[40] ^= 1
    (shards / "0-00000.parquet").write_bytes(data)
    for suffix in ("json", "parquet"):
        (shards / f"0-00001.{suffix}").unlink()
    (tmp_path / "out" / "labels.csv").unlink()
    done = stancekit(tmp_path, "status", "out")
    assert done.returncode == 3
    assert done.stdout.splitlines() == [
        "shards       1 finished, 1 missing, 2 damaged files",
        "statements   2 labelled, 1 document rejected",
        "             out/shards/0-00000.parquet: is damaged: its bytes are not those that were written",
        "             out/labels.csv: is gone",
        "             shard 0-00001 is missing",
    ]
    assert "out: is damaged: run the same `stancekit label` again" in done.stderr
    assert stancekit(tmp_path, "export", "out", "--format", "csv", "-o", "x.csv").returncode == 3
    assert not (tmp_path / "x.csv").exists()
    done = stancekit(tmp_path, "status", tmp_path)
    assert (done.returncode, "holds no labels: pass a folder that `stancekit label` wrote" in done.stderr) == (3, True)


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_an_export_is_the_file_that_label_writes(format: str, model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("".join(f'{{"id": "{i}", "text": "The union said no."}}\n' for i in range(8)))
    label(tmp_path, "a.jsonl", "--unit", "statement", "--model", model, "--out", "out", "--shard-rows", 3)
    done = stancekit(tmp_path, "export", "out", "--format", format, "-o", f"x.{format}")
    assert (done.returncode, done.stdout) == (0, f"8 statements → x.{format}\n"), done.stderr
    read = pq.read_table if format == "parquet" else Path.read_bytes
    assert read(tmp_path / f"x.{format}") == read(tmp_path / "out" / f"labels.{format}")
    done = stancekit(tmp_path, "export", "out", "--format", format, "-o", "out/mine")
    assert (done.returncode, "lies within the input out" in done.stderr) == (4, True)
