"""A process that reads documents which could hang or end the one that asks."""

import contextlib
import faulthandler
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from stancekit.errors import MissingError


class PageProcess:
    """A process that finds the text in documents: nothing else can be stopped when one takes too long, or take a crash.

    Starts with the first, serves one at a time, begins anew after one that it did not survive. `worker` is the module that is run,
    which calls `serve`; `what` and `extra` are for the message where it does not start.
    """

    def __init__(self, seconds: float, worker: str = "html_worker", what: str = "web pages", extra: str = "html") -> None:
        self._seconds, self._worker, self._what, self._extra = seconds, f"stancekit.sources.formats.{worker}", what, extra
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, page: str | bytes) -> dict[str, Any]:
        """What the worker's function gives.

        Raises
        ------
        TimeoutError
            It took longer than `seconds`, and was stopped.
        ChildProcessError
            It ended in another way.
        MissingError
            It does not start.
        """
        process = self._process = self._process or self._start()
        data = page.encode() if isinstance(page, str) else page
        started = time.monotonic()
        try:
            process.stdin.write(len(data).to_bytes(8, "big") + data)  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            answer = process.stdout.readline()  # type: ignore[union-attr]
        except BrokenPipeError:
            answer = b""
        except BaseException:  # interrupted: what is on its way belongs to no page that comes
            self.close()
            raise
        if not answer:
            took = time.monotonic() - started
            self.close()
            raise TimeoutError if took >= self._seconds else ChildProcessError("the page ended the process that read it")
        found: dict[str, Any] = json.loads(answer)
        if "error" in found:
            raise ChildProcessError(found["error"])
        return found

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", self._worker, str(self._seconds)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if not process.stdout.readline():  # type: ignore[union-attr] # it says that it is ready: no page's time goes by before
            process.communicate()
            what = f"{self._what} can't be read: '{sys.executable} -m {self._worker} 1' says why"
            raise MissingError(f"{what}; perhaps pip install 'stancekit[{self._extra}]' helps")
        return process


def serve(extract: Callable[[bytes], dict[str, Any]]) -> None:
    """Read documents from standard input and write a line of JSON for each.

    It ends itself when a document takes too long, so it leaves nothing behind even when the process that asked is gone.
    """
    seconds = float(sys.argv[1])
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no answer
    pages = sys.stdin.buffer
    with open(os.devnull, "w") as nowhere, contextlib.suppress(KeyboardInterrupt):  # noqa: PTH123
        print(file=answers, flush=True)
        while header := pages.read(8):
            page = pages.read(int.from_bytes(header, "big"))
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            try:
                answer = extract(page)
            except Exception as error:  # whatever it is, it is about this page alone
                answer = {"error": f"{type(error).__name__}: {error}"}
            faulthandler.cancel_dump_traceback_later()
            print(json.dumps(answer), file=answers, flush=True)
