"""One contract for every executor: the same shards whoever makes them, and nothing that dies or hangs takes more than itself."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from killed_labels import workers_of
from odd_jobs import ALL, OddJob, content, rejected_in, save_small, write_rows

from stancekit.articles import ReadOptions
from stancekit.errors import StancekitError
from stancekit.labelling import Labels, label_paths
from stancekit.labelling.batches import Batch, deal
from stancekit.labelling.executors import process
from stancekit.labelling.executors.registry import Work, executor_class
from stancekit.labelling.inputs import Inputs
from stancekit.labelling.job import Job, Shard
from stancekit.labelling.run import Counts
from stancekit.models.saved import TrainedModel

HERE = Path(__file__).parent
ISOLATING = [one for one in ALL if one.values != ("local",)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TrainedModel:
    return save_small(tmp_path_factory.mktemp("model") / "model")


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes find the odd jobs."""
    path = os.pathsep.join([str(HERE), str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    monkeypatch.setenv("PYTHONPATH", path.rstrip(os.pathsep))


def batches(path: Path, rows: int = 10) -> Iterator[Batch]:
    return deal(Inputs([path], ReadOptions(), "statement").documents(), lambda _: [0], rows)


def shards(name: str, job: Job, path: Path, work: Work) -> dict[str, Shard]:
    found = executor_class(name)(job, work).shards(batches(path))
    return {shard.name: shard for shard in found}


@pytest.mark.parametrize("workers", [1, 2, 4])
@pytest.mark.parametrize("name", ALL)
def test_the_bytes_are_the_same_whoever_and_how_many_made_them(name: str, workers: int, model: TrainedModel, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", 35)
    expected = {batch.name: Job(model)(batch) for batch in batches(path)}
    assert sum(shard.rows for shard in expected.values()) == 35
    assert shards(name, Job(model), path, Work(workers, 60)) == expected


@pytest.mark.parametrize("name", ALL)
def test_what_a_batch_raises_is_raised(name: str, model: TrainedModel, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", 35, [(22, "RAISE")])
    with pytest.raises((ZeroDivisionError, RuntimeError), match="a fault of the program"):
        shards(name, OddJob(model), path, Work(2, 60))


@pytest.mark.parametrize("name", ALL)
def test_stopping_begins_no_batch_and_finishes_those_in_work(name: str, model: TrainedModel, tmp_path: Path) -> None:
    path, stop = write_rows(tmp_path / "a.jsonl", 100), threading.Event()
    found, made = executor_class(name)(Job(model), Work(2, 60, stopping=stop.is_set)), []
    for shard in found.shards(batch for batch in batches(path) if not stop.is_set()):
        made.append(shard.name)
        stop.set()
    assert 1 <= len(made) <= 2


@pytest.mark.parametrize("name", ISOLATING)
@pytest.mark.parametrize(
    ("word", "seconds", "why"),
    [("DIE", 60, "whoever labels it ended by signal 9"), ("HANG", 2, "whoever labels it took longer than 2 seconds")],
)
def test_a_document_that_ends_whoever_labels_it_is_rejected_alone(
    name: str, word: str, seconds: float, why: str, model: TrainedModel, tmp_path: Path
) -> None:
    path, said = write_rows(tmp_path / "a.jsonl", 25, [(13, word)]), list[str]()
    found = shards(name, OddJob(model), path, Work(2, seconds, said.append))
    assert {shard.name: shard.rows for shard in found.values()} == {"0-00000": 10, "0-00001": 9, "0-00002": 5}
    assert [one.reason for one in found["0-00001"].rejected] == [f"{path}:14: {why}"]
    assert [line for line in said if "its shard 0-00001 is begun again" in line], said


def test_workers_that_all_die_are_not_replaced_for_ever(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_rows(tmp_path / "a.jsonl", 10, [(i, "DIE") for i in range(10)])
    monkeypatch.setattr(process, "IN_A_ROW", 3)
    with pytest.raises(StancekitError, match="3 workers on end ended by signal 9 at shard 0-00000; what is finished is kept: run the same"):
        shards("process", OddJob(model), path, Work(1, 60))


def test_a_worker_that_is_killed_from_outside_costs_its_shard_at_most(model: TrainedModel, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", 60)
    expected = {batch.name: Job(model)(batch) for batch in batches(path)}
    found: dict[str, Shard] = {}
    for shard in executor_class("process")(Job(model), Work(2, 60)).shards(batches(path)):
        found[shard.name] = shard
        if len(found) in (1, 3):
            kill_one()
    assert found == expected


def test_a_worker_that_is_stopped_is_replaced(model: TrainedModel, tmp_path: Path) -> None:
    path, said = write_rows(tmp_path / "a.jsonl", 60), list[str]()
    count = 0
    for _ in executor_class("process")(Job(model), Work(2, 2, said.append)).shards(batches(path)):
        count += 1
        if count == 1:
            kill_one(signal.SIGSTOP)
    assert count == 6


def test_workers_end_with_whoever_started_them(model: TrainedModel, tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", 2000)
    command = ["-m", "stancekit.cli", "label", "a.jsonl", "--unit", "statement", "--model", str(model.folder), "--out", "out"]
    command += ["--workers", "2", "--shard-rows", "10"]
    run = subprocess.Popen([os.sys.executable, *command], cwd=tmp_path, stderr=subprocess.DEVNULL)  # type: ignore[attr-defined]
    wait_for(lambda: len(workers_of(run.pid)) == 2)
    mine = workers_of(run.pid)
    run.kill()
    run.wait()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in mine))


def test_the_result_of_a_run_is_the_same_for_every_executor(model: TrainedModel, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", 30, [(5, " "), (17, "")])
    for name in (one.values[0] for one in ALL if not one.marks):
        for workers in (1, 2):
            label_paths([path], model, tmp_path / f"{name}{workers}", unit="statement", executor=name, workers=workers, shard_rows=7)
    first, *others = [content(folder) for folder in sorted(tmp_path.glob("*[0-9]"))]
    assert all(other == first for other in others)


def kill_one(number: int = signal.SIGKILL) -> None:
    os.kill(workers_of(os.getpid())[0], number)


def wait_for(happened: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_what_nobody_could_label_is_tried_again_when_it_is_asked_for(
    model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_rows(tmp_path / "a.jsonl", 30, [(13, "DIE")])
    options: dict[str, Any] = {"unit": "statement", "shard_rows": 10, "executor": "process", "workers": 1}
    with monkeypatch.context() as patch:
        patch.setattr("stancekit.labelling.label.Job", OddJob)
        assert label_paths([path], model, tmp_path / "out", **options) == Counts(30, 29, 1, 0)
    assert [row["line"] for row in rejected_in(tmp_path / "out")] == [14]
    assert label_paths([path], model, tmp_path / "out", **options) == Counts(30, 0, 0, 30)
    assert label_paths([path], model, tmp_path / "out", **options, retry_rejected=True) == Counts(30, 1, 0, 29)
    assert (rejected_in(tmp_path / "out"), sorted(int(row["id"]) for row in Labels(tmp_path / "out"))) == ([], list(range(30)))
    assert label_paths([path], model, tmp_path / "out", **options) == Counts(30, 0, 0, 30)
