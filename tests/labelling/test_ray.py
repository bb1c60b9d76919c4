"""Labelling on a Ray cluster of two nodes, one of which is killed. What holds for every executor is in `test_executors`."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest
from odd_jobs import NEEDS_RAY, content, save_small, write_rows

from stancekit.articles import ReadOptions
from stancekit.errors import InputError, MissingError, StancekitError
from stancekit.labelling import label_paths
from stancekit.labelling.batches import deal
from stancekit.labelling.executors.registry import Work
from stancekit.labelling.inputs import Inputs
from stancekit.labelling.job import Job
from stancekit.models.saved import TrainedModel

RAY = [sys.executable, "-c", "from ray.scripts.scripts import main; main()"]


@pytest.fixture
def model(tmp_path: Path) -> TrainedModel:
    return save_small(tmp_path / "model")


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a cluster, and its two nodes."""
    for name, value in {"USAGE_STATS_ENABLED": "0", "AUTH_MODE": "token", "AUTH_TOKEN": token_hex()}.items():
        monkeypatch.setenv(f"RAY_{name}", value)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    shared = ["--num-cpus=2", "--object-store-memory=100000000", "--block"]
    head = ["start", "--head", "--node-ip-address=127.0.0.1", f"--port={address.partition(':')[2]}", "--include-dashboard=false", *shared]
    nodes: list[subprocess.Popen[bytes]] = []
    try:
        for words in (head, ["start", f"--address={address}", "--node-ip-address=127.0.0.1", *shared]):
            nodes.append(subprocess.Popen([*RAY, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True))
            time.sleep(5)
        yield address, nodes
    finally:
        for node in nodes[::-1]:
            end(node, signal.SIGTERM)


def end(node: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if node.poll() is None:
        os.killpg(node.pid, number)
        node.wait(60)


@NEEDS_RAY
def test_a_run_outlives_one_of_its_nodes(cluster: tuple[str, list[subprocess.Popen[bytes]]], model: TrainedModel, tmp_path: Path) -> None:
    address, nodes = cluster
    path = write_rows(tmp_path / "a.jsonl", 30_000)
    label_paths([path], model, tmp_path / "local", unit="statement", shard_rows=500)
    words = ["label", path, "--unit", "statement", "--model", model.folder, "--out", tmp_path / "ray", "--shard-rows", 500]
    command = [sys.executable, "-m", "stancekit", *words, "--executor", "ray", "--address", address, "--workers", 3]
    run = subprocess.Popen([*map(str, command)], stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 120
    while len(list((tmp_path / "ray").glob("shards/*.json"))) < 4:
        assert run.poll() is None, run.communicate()[1]
        assert time.monotonic() < until
        time.sleep(0.05)
    end(nodes[1], signal.SIGKILL)
    assert len(list((tmp_path / "ray").glob("shards/*.json"))) < 60, "the run was over before its node was killed"
    said = run.communicate(timeout=180)[1]
    assert run.returncode == 0, said
    assert content(tmp_path / "ray") == content(tmp_path / "local")


@NEEDS_RAY
def test_an_actor_that_is_stopped_is_replaced(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stancekit.labelling.executors import ray

    monkeypatch.setattr(ray, "QUIET", 10)
    path, said, stopped = write_rows(tmp_path / "a.jsonl", 60), list[str](), list[int]()
    batches = list(deal(Inputs([path], ReadOptions(), "statement").documents(), lambda _: [0], 10))
    found = {}
    for shard in ray.Actors(Job(model), Work(1, 10, said.append)).shards(iter(batches)):
        found[shard.name] = shard
        if not stopped:
            lines = subprocess.run(["ps", "-e", "-o", "pid=,args="], capture_output=True, text=True).stdout.splitlines()
            mine = [pid for pid in (int(line.split()[0]) for line in lines if "ray::_Labeller" in line) if is_below(pid, os.getpid())]
            stopped += mine[:1]
            os.kill(stopped[0], signal.SIGSTOP)
    assert found == {batch.name: Job(model)(batch) for batch in batches}
    assert said == ["an actor hangs; its shard is begun again"]


def is_below(pid: int, parent: int) -> bool:
    while pid > 1 and pid != parent:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return pid == parent


@NEEDS_RAY
def test_a_cluster_that_is_not_there_is_an_error(model: TrainedModel, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", 3)
    with pytest.raises(StancekitError, match=r"ray: no cluster at 127\.0\.0\.1:9"):
        label_paths([path], model, tmp_path / "out", unit="statement", executor="ray", address="127.0.0.1:9")


def test_without_ray_it_is_said_how_to_install_it(model: TrainedModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_rows(tmp_path / "a.jsonl", 3)
    monkeypatch.setattr("stancekit.errors.find_spec", lambda _: None)
    with pytest.raises(MissingError, match=r"this needs the package 'ray': pip install 'stancekit\[ray\]'"):
        label_paths([path], model, tmp_path / "out", unit="statement", executor="ray")
    assert not (tmp_path / "out").exists()
    with pytest.raises(InputError, match="address: is that of a Ray cluster; with the executor 'local' there is none"):
        label_paths([path], model, tmp_path / "out", unit="statement", address="auto")
