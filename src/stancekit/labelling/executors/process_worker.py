"""A process that labels: gets a job and then batches by a pipe, and gives shards. Its arguments are the pipe's number and its seconds.

It ends when whoever asks is gone, and where it hangs, by itself when a shard has taken longer than the seconds.
"""

import faulthandler
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from stancekit.errors import StancekitError
from stancekit.labelling.batches import Batch
from stancekit.labelling.job import Job, Shard

READY = -1
"""What is sent first; other numbers are those of documents that are begun."""


def serve(pipe: Connection, seconds: float) -> None:
    """Answer each batch with its shard or the error that it raised. Raises `EOFError` when whoever asks is gone."""
    job: Job = pipe.recv()
    pipe.send(_tried(job.prepare) or READY)
    nowhere = open(os.devnull, "w")  # noqa: PTH123, SIM115 - as long as the process lasts

    def label(batch: Batch, singly: bool) -> Shard:
        for number, document in enumerate(batch.documents if singly else ()):
            if number not in batch.unusable:
                faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
                pipe.send(number)
                job.rows_of([document])  # to see what it does
        return job(batch)

    while True:
        batch, singly = pipe.recv()
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        pipe.send(_tried(label, batch, singly))
        faulthandler.cancel_dump_traceback_later()


def _tried(act: Callable[..., Any], *arguments: Any) -> Any:
    """What it returns, or the error that it raises, as one that can be pickled."""
    try:
        return act(*arguments)
    except StancekitError as error:
        return error
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        return RuntimeError(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # they are for the run, which lets the shard in work be finished
        signal.signal(number, signal.SIG_IGN)
    try:
        serve(Connection(int(sys.argv[1])), float(sys.argv[2]))
    except (EOFError, BrokenPipeError, ConnectionResetError):  # the run has ended
        sys.exit(0)
