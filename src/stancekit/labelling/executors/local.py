"""Labelling in this process, a batch at a time."""

from collections.abc import Generator, Iterator

from stancekit.labelling.batches import Batch
from stancekit.labelling.executors.registry import Work
from stancekit.labelling.job import Job, Shard


class Local:
    """Labels with the model that is loaded already; what hangs or ends it, hangs or ends the run."""

    def __init__(self, job: Job, work: Work) -> None:  # noqa: ARG002 - the contract gives more than this one needs
        self._job = job

    def shards(self, batches: Iterator[Batch]) -> Generator[Shard, None, None]:
        """Yield the shard of each batch, in order."""
        yield from map(self._job, batches)
