"""Paths, formats and rows: what lies on the disk or comes by standard input, read strictly and within bounds."""
