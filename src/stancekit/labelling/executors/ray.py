"""Labelling on a Ray cluster: an actor for each worker, restarted wherever there is room when its process or its machine is lost."""

import os
import pickle
import signal
import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import ray
from ray.exceptions import RayError

from stancekit.errors import StancekitError
from stancekit.labelling.batches import Batch
from stancekit.labelling.executors.process import Processes
from stancekit.labelling.executors.registry import Work
from stancekit.labelling.job import Job, Shard

STORE = 2**28
"""Bytes of shared memory for what is sent, of a cluster that is started here: batches and shards in work, which are small."""


QUIET = 60
"""Seconds, at least, in which an actor is to say that it is there; it says so while it waits for its shard."""


class _Labeller:
    """Has batches labelled by a process of its own, which may die or hang at a document and takes nothing else along."""

    def __init__(self, job: bytes, seconds: float) -> None:
        self._said: list[str] = []
        self._processes = Processes(pickle.loads(job), Work(1, seconds, self._said.append))

    def label(self, batch: Batch) -> tuple[Shard | StancekitError | RuntimeError, list[str]]:
        """The shard, or the error that it raised; and what there was to say."""
        self._said.clear()
        try:
            return self._processes.shard(batch), self._said
        except (StancekitError, RuntimeError) as error:
            return error, self._said

    def is_there(self) -> bool:
        return True


class Actors:
    """Labels in actors of a cluster that runs at `work.address`, or of one that lasts as long as this does, on this machine.

    The machines need this package in the same version and the model's folder under the same path. They read no input and write no
    output: batches are sent to them, and shards come back.
    """

    def __init__(self, job: Job, work: Work) -> None:
        self._job, self._work = pickle.dumps(job), work
        self._asked: dict[Any, Any] = {}
        self._again = 0.0

    def shards(self, batches: Iterator[Batch]) -> Generator[Shard, None, None]:
        """Yield the shard of each batch, as they are made."""
        with _cluster(self._work), _said():
            workers = self._work.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
            # Actors that say nothing of processors need one to be placed and none to stay, so that those of a lost machine find room.
            kind = ray.remote(max_restarts=-1, max_task_retries=-1, max_concurrency=2, scheduling_strategy="SPREAD")(_Labeller)
            actors = [kind.remote(self._job, self._work.seconds) for _ in range(workers)]
            try:
                yield from self._shards(batches, [*actors])
            finally:
                for actor in actors:
                    with suppress(RayError):
                        ray.kill(actor)

    def _shards(self, batches: Iterator[Batch], idle: list[Any]) -> Iterator[Shard]:
        busy: dict[Any, Any] = {}
        following = next(batches, None)
        while following or busy:
            if self._work.stopping():
                following = None
            while following and idle:
                actor = idle.pop()
                busy[actor.label.remote(following)] = actor
                following = next(batches, None)  # read while the workers work
            for done in ray.wait([*busy], timeout=1)[0] if busy else ():
                idle.append(busy.pop(done))
                answer, said = ray.get(done)
                for line in said:
                    self._work.say(line)
                if isinstance(answer, BaseException):
                    raise answer
                yield answer
            if time.monotonic() >= self._again:
                self._ask([*busy.values()])

    def _ask(self, actors: list[Any]) -> None:
        """Have actors replaced that did not answer the last time, and ask these whether they are there."""
        late = ray.wait([*self._asked], num_returns=len(self._asked), timeout=0)[1] if self._asked else ()
        for one in late:
            self._work.say("an actor hangs; its shard is begun again")
            ray.kill(self._asked[one], no_restart=False)
        self._asked = {actor.is_there.remote(): actor for actor in actors}
        self._again = time.monotonic() + max(self._work.seconds, QUIET)


@contextmanager
def _cluster(work: Work) -> Iterator[None]:
    """Be connected to a cluster; to one that the caller is connected to already, where there is such."""
    if ray.is_initialized():
        yield
        return
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would report to its makers
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # its next default, which it warns of
    quiet: dict[str, Any] = {"configure_logging": False, "logging_level": "error", "log_to_driver": False}
    here: dict[str, Any] = {"address": "local", "num_cpus": work.workers, "include_dashboard": False, "object_store_memory": STORE}
    main = threading.current_thread() is threading.main_thread()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    host, _, port = (work.address or "").rpartition(":")
    try:
        if host and port.isdecimal():  # where nobody listens, ray goes on trying for minutes
            socket.create_connection((host.removeprefix("ray://"), int(port)), timeout=10).close()
        ray.init(**quiet, **({"address": work.address} if work.address else here))
    except (OSError, RuntimeError, ValueError, RayError) as error:
        raise StancekitError(f"ray: no cluster at {work.address or 'this machine'}: {str(error).splitlines()[0]}") from None
    try:
        if main:  # it takes signals over; here they are for the run, which lets the shard in work be finished
            for number, handler in before.items():
                signal.signal(number, handler)
        yield
    finally:
        ray.shutdown()


@contextmanager
def _said() -> Iterator[None]:
    """Say what ended the actors for good, in one line."""
    try:
        yield
    except RayError as error:
        what = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        raise StancekitError(f"ray: {what}; what is finished is kept: run the same command again") from None
