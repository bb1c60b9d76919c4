"""Progress of a run: how much, how fast, how long yet; a line every few seconds and one at the end."""

import time
from collections.abc import Callable

from stancekit.errors import counted

EVERY = 5.0
"""Seconds between two lines."""


class Progress:
    """Says how labelling goes on. `size` is that of all files, in bytes: what is left is reckoned by the characters read of them.

    `read` counts these, `labelled` and `rejected` what came of them, and `done` the rows that were there before.
    """

    def __init__(self, say: Callable[[str], object], size: int) -> None:
        self._say, self._size = say, size
        self._began = self._said = time.monotonic()
        self.read = self.labelled = self.rejected = self.done = self._passed = 0

    def had(self, rows: int) -> None:
        """Count rows of a shard that was finished before: no time of this run went into what was read till now."""
        self.done += rows
        self._passed = self.read

    def tell(self, *, end: bool = False) -> None:
        """Say a line, if it is time for one or the end."""
        now, made, left = time.monotonic(), self.read - self._passed, self._size - self.read
        if not end and now - self._said < EVERY:
            return
        self._said, took = now, max(now - self._began, 1e-9)
        line = f"{counted(self.labelled, 'statement')} labelled, {self.rejected} rejected"
        line += f", {self.done:,} rows were there" if self.done else ""
        line += f", {self.labelled / took:,.0f} a second" if self.labelled >= 1_000 else ""
        if not end and made > 0 and left > 0:
            seconds = took * left / made
            line += f", about {seconds / 60:.0f} min left" if seconds > 100 else f", about {seconds:.0f} s left"
        self._say(line)
