"""Progress of a run: how much, how fast, how long yet; a line every few seconds and one at the end."""

import time
from collections.abc import Callable

from stancekit.errors import counted

EVERY = 5.0
"""Seconds between two lines."""


class Progress:
    """Says how labelling goes on. `size` is that of all files, in bytes: what is left is reckoned by what was read of them."""

    def __init__(self, say: Callable[[str], object], size: int) -> None:
        self._say, self._size = say, size
        self._began = self._said = time.monotonic()
        self._labelled = self._rejected = self._done = self._read = self._skipped = 0

    def read(self, characters: int) -> None:
        """Count what was read."""
        self._read += characters

    def rejected(self) -> None:
        """Count a document that could not be read."""
        self._rejected += 1

    def had(self, rows: int) -> None:
        """Count rows of a shard that was finished before; no time of this run went into them."""
        self._done += rows
        self._skipped = self._read

    def labelled(self, rows: int, rejected: int) -> None:
        """Count a shard that is finished now."""
        self._labelled += rows
        self._rejected += rejected
        if time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            self._say(self._line() + self._left())

    def end(self) -> None:
        self._say(self._line())

    def _line(self) -> str:
        before = f", {self._done:,} rows were there" if self._done else ""
        rate = self._labelled / max(time.monotonic() - self._began, 1e-9)
        pace = f", {rate:,.0f} a second" if self._labelled >= 1_000 else ""
        return f"{counted(self._labelled, 'statement')} labelled, {self._rejected} rejected{before}{pace}"

    def _left(self) -> str:
        took, made = time.monotonic() - self._began, self._read - self._skipped
        left = self._size - self._read
        if made <= 0 or left <= 0:
            return ""
        minutes = took * left / made / 60
        return f", about {minutes:,.0f} min left" if minutes >= 1 else ", less than a minute left"
