"""Executors by name, loaded on use, and what each of them is."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from stancekit.labelling.batches import Batch
from stancekit.labelling.job import Job, Shard

EXECUTORS = {
    "local": "stancekit.labelling.executors.local:Local",
    "process": "stancekit.labelling.executors.process:Processes",
    "ray": "stancekit.labelling.executors.ray:Actors",
}
"""Name → where the class is. A new one has its line here, and passes the contract test."""


@dataclass(frozen=True, slots=True)
class Work:
    """How the work is done: `workers` at once; a shard that takes more than so many `seconds` has hung; `say` is told what happens.

    While it is `stopping` no batch is begun, and those in work are finished. `address` is that of a cluster, where 0 workers are as many
    as it has processors.
    """

    workers: int
    seconds: float
    say: Callable[[str], object] = lambda _: None
    stopping: Callable[[], bool] = lambda: False
    address: str | None = None


class Executor(Protocol):
    """Labels batches, each in one piece, in any order.

    It takes the next batch when it has a worker for it or soon will, and gives a shard when it is made. A batch whose worker
    died is begun again.
    """

    def __init__(self, job: Job, work: Work) -> None: ...

    def shards(self, batches: Iterator[Batch]) -> Generator[Shard, None, None]:
        """Yield the shard of each batch. Closing the generator ends the workers. Raises what a batch raised, or what ends workers."""
        ...


def executor_class(name: str) -> type[Executor]:
    """Return the class of an executor."""
    module, _, attribute = EXECUTORS[name].partition(":")
    found: type[Executor] = getattr(import_module(module), attribute)
    return found
