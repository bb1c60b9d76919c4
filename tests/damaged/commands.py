"""A command run in this process, under a clock, with what it says and what it leaves behind."""

import io
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

import typer.main

from stancekit.cli.main import main

CODES = {0, 2, 3, 4, 5}
"""Those that the README lists, but for 1 (unexpected) and what an interruption gives."""
SECONDS = {signal.ITIMER_VIRTUAL: 15, signal.ITIMER_REAL: 90}
"""A command may work so long, and may take so long on a machine that others use too."""
_built = cache(typer.main.get_command)
"""The commands with their options: built anew each time they take longer than most files."""


class Hung(BaseException):
    """The command did not end in time. No `except Exception` takes it."""


@contextmanager
def clock() -> Iterator[None]:
    """Raises `Hung` in what takes too long."""

    def ring(*_: object) -> None:
        raise Hung

    before = {number: signal.signal(number, ring) for number in (signal.SIGVTALRM, signal.SIGALRM)}
    for timer, seconds in SECONDS.items():
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for timer in SECONDS:
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def run(*words: object) -> tuple[int | str, str]:
    """The exit code of `stancekit WORDS` and what it said on standard error; `hung` where it did not end in time."""
    said = io.StringIO()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    argv = patch.object(sys, "argv", ["stancekit", *map(str, words)])
    with argv, patch.object(typer.main, "get_command", _built), redirect_stdout(io.StringIO()), redirect_stderr(said):
        try:
            with clock():
                main()
            code: int | str = 0
        except SystemExit as end:
            code = end.code if end.code is not None else 0
        except Hung:
            code = "hung"
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
    return code, said.getvalue()


def content(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file below a folder → what changes when it is written to, or another takes its place."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)  # noqa: PTH118 - some thousand times in each test
            about = os.lstat(path)
            found[os.path.relpath(path, folder)] = (about.st_size, about.st_mtime_ns, about.st_ino)
    return found


@dataclass
class Trial:
    """A folder of inputs of which one file is damaged, and a command that reads it.

    `words` are the command's, its output in a folder `out` beside that of the inputs, `output` the file it writes there, or a
    folder; empty where it writes none. An earlier file must be there as it was, or anew and whole: `whole` raises where it is half.
    """

    inputs: Path
    damaged: str
    words: Sequence[object]
    output: str = ""
    whole: Callable[[Path], object] = lambda path: None

    def faults(self, copy: bytes) -> list[str]:
        """What goes wrong with a damaged copy of the file: nothing, where all goes as the README says."""
        out = self.inputs.parent / "out"
        (self.inputs / self.damaged).write_bytes(copy)
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        if Path(self.output).suffix:
            (out / self.output).write_text("an earlier result", encoding="utf-8")
        before, earlier = content(self.inputs), content(out)
        code, said = run(*self.words)
        found = self._faults(code, said, before, earlier)
        return [f"{self.words[0]} {self.words[1]}: exit {code}: {fault}: {_last(said)}" for fault in found]

    def _faults(self, code: int | str, said: str, before: object, earlier: Mapping[str, object]) -> Iterator[str]:
        out = self.inputs.parent / "out"
        if code not in CODES:
            yield "the exit code is none of the README's"
        elif code != 0 and not said.strip():
            yield "nothing is said"
        if content(self.inputs) != before:
            yield "an input has changed"
        after = content(out)
        if code != 0 and after != earlier:
            yield f"outputs have changed: {sorted(set(after.items()) ^ set(earlier.items()))}"
        if code == 0 and Path(self.output).suffix:
            try:
                self.whole(out / self.output)
            except Exception as error:
                yield f"{self.output} is not whole: {error!r}"


def _last(said: str) -> str:
    return said.strip().splitlines()[-1][-300:] if said.strip() else "-"
