"""Labelling in several processes of this machine, which are replaced when they die or hang."""

import pickle
import socket
import struct
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Generator, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from typing import Any

from stancekit.errors import StancekitError
from stancekit.labelling.batches import Batch
from stancekit.labelling.executors.process_worker import READY
from stancekit.labelling.executors.registry import Work
from stancekit.labelling.job import Job, Shard

IN_A_ROW = 10
"""So many workers may die, or hang, without a shard between them; then something is wrong that no new one puts right."""
TRIES = 2
"""A batch is tried so often in one piece, then document by document, and a document that ends so many workers is rejected."""
STARTING = 120
"""Seconds in which a worker is to be ready: the model is loaded by then."""
LATE = 10
"""Seconds after which a worker that nobody has stopped stops itself."""
_GONE = (EOFError, OSError, pickle.UnpicklingError)


class _Worker:
    """A process and the batch that it has; `document` is the number of the one in work, where that is known."""

    def __init__(self, job: bytes, seconds: float) -> None:
        ours, theirs = socket.socketpair()
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):  # one that hangs in the middle of a message holds up nobody for ever
            ours.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", int(seconds) + 1, 0))
        with theirs:
            module = "stancekit.labelling.executors.process_worker"
            command = [sys.executable, "-P", "-m", module, str(theirs.fileno()), str(seconds + LATE)]
            quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], **quiet)  # type: ignore[call-overload]
        self.pipe = Connection(ours.detach())
        self._seconds, self._job = seconds, job
        self.batch: Batch | None = None
        self.document: int | None = None
        self.until = 0.0

    def give(self, batch: Batch, *, singly: bool) -> None:
        """Raises `OSError` where it is gone."""
        self.batch, self.document = batch, None
        self.until = time.monotonic() + self._seconds
        if self._job:
            self.until += STARTING
            self.pipe.send_bytes(self._job)
            self._job = b""
        self.pipe.send((batch, singly))

    def answer(self) -> Any:
        """What it has to say; a number is that of the document that it begins. Raises one of `_GONE` where it is gone."""
        self.until = time.monotonic() + self._seconds
        return self.pipe.recv()

    def end(self) -> str:
        """Stop it; returns how it ended."""
        self.pipe.close()
        hung = self.batch is not None and time.monotonic() >= self.until
        if hung or self.batch is None:
            self.process.kill()
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        if hung:
            return f"took longer than {self._seconds:g} seconds"
        return f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}"


class Processes:
    """Labels in up to `workers` processes; they are started when there is work for them and end with whoever started them."""

    def __init__(self, job: Job, work: Work) -> None:
        self._job, self._work = pickle.dumps(job), work
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._again: deque[Batch] = deque()
        self._tries: Counter[str] = Counter()
        self._blamed: Counter[tuple[str, int]] = Counter()
        self._in_a_row = 0

    def shards(self, batches: Iterator[Batch]) -> Generator[Shard, None, None]:
        """Yield the shard of each batch, as they are made."""
        try:
            following = next(batches, None)
            while self._again or following or self._busy:
                if self._work.stopping():
                    self._again.clear()
                    following = None
                while (self._again or following) and len(self._busy) < self._work.workers:
                    if self._again:
                        self._give(self._again.popleft())
                    elif following:
                        self._give(following)
                        following = next(batches, None)  # read while the workers work
                yield from self._answers()
        finally:
            self.close()

    def shard(self, batch: Batch) -> Shard:
        """Return the shard of one batch; the worker stays for the next, until `close`."""
        self._again.append(batch)
        while True:
            if self._again:
                self._give(self._again.popleft())
            for shard in self._answers():
                return shard

    def close(self) -> None:
        """End the workers."""
        for worker in [*self._idle, *self._busy]:
            worker.batch = None
            worker.end()

    def _give(self, batch: Batch) -> None:
        worker = self._idle.pop() if self._idle else _Worker(self._job, self._work.seconds)
        self._busy.append(worker)
        try:
            worker.give(batch, singly=self._tries[batch.name] >= TRIES)
        except OSError:
            self._lost(worker)

    def _answers(self) -> Iterator[Shard]:
        if not self._busy:
            return
        soonest = min(worker.until for worker in self._busy)
        ready = wait([worker.pipe for worker in self._busy], timeout=max(0.0, soonest - time.monotonic()))
        for worker in list(self._busy):
            if worker.pipe in ready:
                try:
                    answer = worker.answer()
                except _GONE:
                    self._lost(worker)
                    continue
                if isinstance(answer, int):
                    worker.document = answer if answer != READY else None
                    continue
                if isinstance(answer, BaseException):
                    raise answer
                self._in_a_row = 0
                self._busy.remove(worker)
                self._idle.append(worker)
                yield answer
            elif time.monotonic() >= worker.until:
                self._lost(worker)

    def _lost(self, worker: _Worker) -> None:
        """Have the batch of a dead worker done by another, without the document that ends all who try it."""
        batch, number = worker.batch, worker.document
        assert batch is not None
        self._busy.remove(worker)
        why = worker.end()
        self._in_a_row += 1
        self._tries[batch.name] += 1
        if self._in_a_row >= IN_A_ROW:
            what = f"{self._in_a_row} workers on end {why.replace('took', 'ended or took', 1)} at shard {batch.name}"
            raise StancekitError(f"{what}; what is finished is kept: run the same command again")
        if number is not None:
            self._blamed[batch.name, number] += 1
            if self._blamed[batch.name, number] >= TRIES:
                batch = replace(batch, unusable={**batch.unusable, number: f"whoever labels it {why}"})
        self._again.append(batch)
        self._work.say(f"a worker {why}; its shard {batch.name} is begun again")
