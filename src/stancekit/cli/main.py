"""The entry point: runs the command and turns what goes wrong into one message and an exit code."""

import io
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from stancekit.cli import (  # noqa: F401 - they hang their commands on the app
    annotating,
    codebooks,
    coverage,
    experiments,
    labelling,
    projects,
    queues,
    summaries,
)
from stancekit.cli.shared import app, say
from stancekit.errors import StancekitError, missing_extra


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    say("terminated: no file is left half-written; run the same command again")
    sys.exit(143)  # for a terminal that has gone too


def _hush() -> NoReturn:
    """The reader of our output has gone, as with `| head`: it has what it wanted, and nothing more can be told."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # what is left in a buffer goes there in the end
    sys.exit(0)


def main() -> None:
    """Run the command line; errors of the user's making end in one message and their exit code."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) != signal.SIG_IGN:  # as under nohup
            signal.signal(ending, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale: the texts are full of curly quotes
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except StancekitError as error:
        if error.__cause__ is not None and os.environ.get("STANCEKIT_DEBUG"):
            raise
        say(f"error: {error}")
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == 1 and isinstance(end.__context__, BrokenPipeError):  # so the library says that nobody reads on
            _hush()
        if end.code in (130, 1) and isinstance(end.__context__, KeyboardInterrupt):
            end = SystemExit(130)
        if end.code == 130:
            say("interrupted: no file is left half-written; run the same command again")
        raise end from None
    except KeyboardInterrupt:
        say("interrupted: no file is left half-written; run the same command again")
        sys.exit(130)
    except BrokenPipeError:
        _hush()
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and (missing := missing_extra(error)):
            say(f"error: {missing}")
            sys.exit(missing.exit_code)
        if isinstance(error, OSError) and not os.environ.get("STANCEKIT_DEBUG"):
            say(f"error: {error.filename or 'a file'}: {error.strerror or error}")
            sys.exit(4)
        if os.environ.get("STANCEKIT_DEBUG"):
            raise
        say(f"error: unexpected {type(error).__name__}: {error} (set STANCEKIT_DEBUG=1 for the traceback)")
        sys.exit(1)
