"""Commands that are killed, and two at once in one folder."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from labelled import config, rows, write

CONFIG = """
name: m
data: {train: train.jsonl}
default: t
baselines: [m]
recipes:
  m: {model: majority}
  t: {model: tfidf}
"""
KILLER = Path(__file__).parents[1] / "killed.py"
COMMAND = [sys.executable, "-m", "stancekit.cli"]


@pytest.fixture
def experiment(tmp_path: Path) -> Path:
    write(tmp_path / "train.jsonl", rows(30, 1))
    return config(tmp_path, CONFIG)


def killed(command: str, experiment: Path, times: int, seed: int, draw: str) -> None:
    out = experiment.parent / "out"
    arguments = [sys.executable, str(KILLER), str(seed), str(times), str(out), command, str(experiment), "--out", str(out)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=900, env=os.environ | {"DRAW": draw})
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == times


@pytest.mark.parametrize("command", ["train", "run"])
def test_a_command_that_is_killed_works_again(command: str, experiment: Path) -> None:
    killed(command, experiment, 4, seed=0, draw="no")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["train", "run"])
def test_a_command_that_is_killed_thirty_times_works_again(command: str, experiment: Path) -> None:
    killed(command, experiment, 30, seed=1, draw="yes")


@pytest.mark.parametrize("command", ["train", pytest.param("run", marks=pytest.mark.slow), "label"])
def test_of_two_at_once_one_works_and_one_is_refused(command: str, experiment: Path) -> None:
    folder = experiment.parent
    arguments = [command, str(experiment), "--out", str(folder / "out")]
    if command == "label":
        subprocess.run([*COMMAND, "train", str(experiment), "--out", str(folder / "model")], check=True, capture_output=True)
        arguments = [
            "label",
            str(folder / "train.jsonl"),
            "--unit",
            "statement",
            "--model",
            str(folder / "model"),
            "--out",
            str(folder / "out"),
        ]
    first = subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    lock = folder / "out" / ".stancekit.lock"
    while first.poll() is None and not (lock.exists() and lock.read_text()):
        time.sleep(0.002)
    first.send_signal(signal.SIGSTOP)  # it stops in the middle, as a laptop's lid does it
    second = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, timeout=60)
    first.send_signal(signal.SIGCONT)
    said, errors = first.communicate(timeout=120)
    assert first.returncode == 0, said + errors
    assert second.returncode == 4, second.stderr
    assert f"`{command}` (process {first.pid} on" in second.stderr
    assert "is writing into it; wait for its end, or choose another folder" in second.stderr
    assert not [p.name for p in (folder / "out").iterdir() if p.name.startswith(".")]
