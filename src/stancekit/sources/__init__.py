"""Paths, formats and rows: what lies on the disk or comes by standard input, read strictly and within bounds."""

from stancekit.sources.options import ReadOptions

__all__ = ["ReadOptions"]
