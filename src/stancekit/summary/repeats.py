"""Near-duplicates over any number of statements: their runs of six words are sorted on the disk, where there are many."""

from array import array
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from stancekit.duplicates import shingles

MOST = 4_000_000
"""Runs of words that are in memory at a time, of 16 bytes each."""
PARTS = 64
"""Files that they are dealt to by their hash, where there are more."""
Ints = NDArray[np.int64]


class Groups:
    """Connected components of "repeats", as `duplicates.groups` gives them, over texts that are added one by one.

    Memory grows by eight bytes a text. Two runs are taken for one where their 64 bits are: once in 10¹² pairs of texts.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._count = most, 0
        self._hashes, self._rows = array("q"), array("q")
        self._folder: TemporaryDirectory[str] | None = None

    def add(self, texts: Iterable[str]) -> None:
        for text in texts:
            found = [hash(run) for run in shingles(text)]
            self._hashes.extend(found)
            self._rows.extend([self._count] * len(found))
            self._count += 1
        if len(self._hashes) > self._most:
            self._spill()

    def roots(self) -> Ints:
        """For each text the number of the first of its group, (n,)."""
        root = np.arange(self._count)
        if self._folder is None:
            return _joined(root, np.array(self._hashes, np.int64), np.array(self._rows, np.int64))
        self._spill()
        with self._folder as folder:
            for path in sorted(Path(folder).iterdir()):
                pairs = np.fromfile(path, np.int64).reshape(-1, 2)
                root = _joined(root, pairs[:, 0], pairs[:, 1])
        return root

    def _spill(self) -> None:
        self._folder = self._folder or TemporaryDirectory()
        pairs = np.column_stack([np.array(self._hashes, np.int64), np.array(self._rows, np.int64)])
        part = pairs[:, 0] % PARTS
        for number in range(PARTS):
            with (Path(self._folder.name) / f"{number:02}").open("ab") as file:
                pairs[part == number].tofile(file)
        self._hashes, self._rows = array("q"), array("q")


def _joined(root: Ints, hashes: Ints, rows: Ints) -> Ints:
    """The roots with those groups joined that have a hash in common."""
    order = np.argsort(hashes, kind="stable")
    hashes, rows = hashes[order], root[rows[order]]
    same = hashes[1:] == hashes[:-1]
    first, second, n = rows[:-1][same], rows[1:][same], len(root)
    if not len(first):
        return root
    _, part = connected_components(coo_array((np.ones(len(first), np.int8), (first, second)), shape=(n, n)), directed=False)
    lowest = np.full(part.max() + 1, n)
    np.minimum.at(lowest, part, np.arange(n))
    return np.asarray(lowest[part[root]])
