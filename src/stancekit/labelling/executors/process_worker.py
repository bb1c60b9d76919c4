"""A process that labels: gets a job and then batches by a pipe, and gives shards. Its arguments are the pipe's number and its seconds.

It ends when whoever asks is gone, and where it hangs, by itself when a shard has taken longer than the seconds.
"""

import faulthandler
import os
import signal
import sys
from multiprocessing.connection import Connection

from stancekit.errors import StancekitError
from stancekit.labelling.job import Job


def serve(pipe: Connection, seconds: float) -> None:
    """Answer each batch with its shard or the error that it raised. Raises `EOFError` when whoever asks is gone."""
    job: Job = pipe.recv()
    nowhere = open(os.devnull, "w")  # noqa: PTH123, SIM115 - as long as the process lasts
    while True:
        batch, singly = pipe.recv()
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            for number, document in enumerate(batch.documents if singly else ()):
                if number not in batch.unusable:
                    faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
                    pipe.send(number)
                    job.alone(document)
            answer: object = job(batch)
        except StancekitError as error:
            answer = error
        except Exception as error:  # one that can be pickled, whatever it was
            answer = RuntimeError(f"{type(error).__name__}: {error}")
        pipe.send(answer)
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # they are for the run, which lets the shard in work be finished
        signal.signal(number, signal.SIG_IGN)
    try:
        serve(Connection(int(sys.argv[1])), float(sys.argv[2]))
    except (EOFError, BrokenPipeError, ConnectionResetError):  # the run has ended
        sys.exit(0)
