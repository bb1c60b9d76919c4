"""A process that finds the article in web pages: nothing else can be stopped when a page takes too long, or take a crash."""

import json
import subprocess
import sys
import time
from typing import Any

from stancekit.errors import MissingError


class PageProcess:
    """Starts with the first page, serves one at a time, begins anew after one that it did not survive."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def extract(self, page: str) -> dict[str, Any]:
        """What `page_worker.extract` gives.

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
        data = page.encode()
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
        command = [sys.executable, "-P", "-m", "stancekit.sources.formats.html_worker", str(self._seconds)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if not process.stdout.readline():  # type: ignore[union-attr] # it says that it is ready: no page's time goes by before
            process.communicate()
            what = f"web pages can't be read: '{sys.executable} -m stancekit.sources.formats.html_worker 1' says why"
            raise MissingError(f"{what}; perhaps pip install 'stancekit[html]' helps")
        return process
