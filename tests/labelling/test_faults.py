"""What goes wrong outside the program, for real: a full disk, kills, interruptions, a folder that can't be written, two at once."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from killed_labels import workers_of
from odd_jobs import ALL, content, save_small, write_articles, write_rows

from stancekit.errors import RefusedError
from stancekit.labelling import label_paths, status_of
from stancekit.models.saved import load_model

COMMAND = [sys.executable, "-m", "stancekit.cli", "label", "in", "--unit", "statement", "--model", "model", "--out", "out"]
KILLER = Path(__file__).with_name("killed_labels.py")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a model and rows in several files."""
    save_small(tmp_path / "model")
    (tmp_path / "in").mkdir()
    for number in range(3):
        write_rows(tmp_path / "in" / f"{number}.jsonl", 300, [(300 * number + 7, " ")], first=300 * number)
    return tmp_path


def run(place: Path, *options: object, **named: object) -> subprocess.CompletedProcess[str]:
    words = [*COMMAND, *map(str, options)]
    return subprocess.run(words, cwd=place, capture_output=True, text=True, timeout=120, **named)  # type: ignore[call-overload, no-any-return]


def start(place: Path, *options: object) -> subprocess.Popen[str]:
    return subprocess.Popen([*COMMAND, *map(str, options)], cwd=place, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def wait_for_a_shard(place: Path) -> None:
    until = time.monotonic() + 60
    while not list((place / "out" / "shards").glob("*.json")):
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("executor", ALL)
def test_an_interruption_finishes_the_shard_in_work_and_the_run_goes_on_later(
    executor: str, number: signal.Signals, code: int, place: Path
) -> None:
    options = ["--executor", executor, "--shard-rows", 40]
    begun = start(place, *options)
    wait_for_a_shard(place)
    begun.send_signal(number)
    _, said = begun.communicate(timeout=120)
    assert begun.returncode == code, said
    assert "stopping when the shards in work are finished; the same again stops at once" in said
    assert "run the same command again" in said
    done = status_of(place / "out")
    assert (done.ended, done.damaged) == (False, ())
    finished = run(place, *options)
    assert finished.returncode == 0, finished.stderr
    assert f"{done.rows} already done" in finished.stdout
    assert not list((place / "out").rglob(".*"))


def test_a_second_interruption_ends_it_at_once(place: Path) -> None:
    begun = start(place, "--shard-rows", 5000, "--executor", "process")
    while begun.poll() is None and not workers_of(begun.pid):
        time.sleep(0.005)
    for _ in range(2):
        begun.send_signal(signal.SIGINT)
        time.sleep(0.05)
    _, said = begun.communicate(timeout=60)
    assert begun.returncode == 130, said
    assert run(place, "--shard-rows", 5000).returncode == 0


def test_a_disk_that_fills_up_ends_the_run_and_loses_nothing(place: Path) -> None:
    def bounded() -> None:  # as a full disk does, it lets no more be written to a file than this
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    options = ["--shard-rows", 100, "--executor", "local"]
    full = run(place, *options, preexec_fn=bounded)
    assert full.returncode == 4, full.stderr
    assert "cannot be written: File too large" in full.stderr
    assert "Traceback" not in full.stderr
    kept = status_of(place / "out")
    assert (kept.shards, kept.damaged) == (9, ())  # the shards are small enough, the files of all rows are not
    assert f"0 labelled + 3 rejected + {kept.rows} already done" in run(place, *options).stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_disk_without_room_ends_the_run_and_loses_nothing(place: Path) -> None:
    (place / "out").mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "none", place / "out"], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        full = run(place, "--shard-rows", 100)
        assert (full.returncode, "cannot be written: No space left on device" in full.stderr) == (4, True), full.stderr
        assert not status_of(place / "out").damaged
        subprocess.run(["mount", "-o", "remount,size=16m", place / "out"], check=True)
        assert run(place, "--shard-rows", 100).returncode == 0
        assert status_of(place / "out").ended
    finally:
        subprocess.run(["umount", place / "out"], check=True)


def test_a_folder_that_may_not_be_written_is_refused_before_anything_is_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    (place / "out").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: not (mode & os.W_OK) and real(path, mode))  # root may write anywhere
    with pytest.raises(RefusedError, match="out: cannot be written: permission denied"):
        label_paths([place / "in"], load_model(place / "model"), place / "out", unit="statement")
    assert not list((place / "out").iterdir())


def test_of_two_runs_in_one_folder_the_second_is_refused(place: Path) -> None:
    first = start(place, "--shard-rows", 40, "--workers", 2)
    wait_for_a_shard(place)
    first.send_signal(signal.SIGSTOP)
    second = run(place, "--shard-rows", 40)
    first.send_signal(signal.SIGCONT)
    first.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 4)
    assert f"`label` (process {first.pid} on" in second.stderr


@pytest.mark.parametrize("executor", ALL)
def test_runs_that_are_killed_at_random_lose_a_shard_a_worker_at_most(executor: str, place: Path) -> None:
    killed(place, executor, times=10, seed=0)


@pytest.mark.slow
@pytest.mark.parametrize("executor", ALL)
def test_runs_that_are_killed_two_hundred_times_lose_a_shard_a_worker_at_most(executor: str, place: Path) -> None:
    killed(place, executor, times=200, seed=random.randrange(10_000))


def killed(place: Path, executor: str, times: int, seed: int) -> None:
    words = [sys.executable, str(KILLER), str(seed), str(times), executor]
    done = subprocess.run(words, cwd=place, capture_output=True, text=True, timeout=60 * times)
    assert done.returncode == 0, f"seed {seed}: {done.stdout}{done.stderr}"
    assert done.stdout.splitlines()[-1] == f"{times} kills"


def test_a_file_that_cannot_be_read_is_rejected_and_the_others_labelled(place: Path) -> None:
    write_articles(place / "articles", ["a.txt", "b.txt"])
    os.mkfifo(place / "articles" / "c.txt")
    (place / "articles" / "d.txt").symlink_to("d.txt")
    done = subprocess.run(
        [*COMMAND[:4], "articles", "--model", "model", "--out", "out"], cwd=place, capture_output=True, text=True, timeout=60
    )
    assert "6 rows in = 4 labelled + 2 rejected" in done.stdout, done.stderr
    assert content(place / "out")["rejected.jsonl"].count(b"is no file that can be opened") == 2
