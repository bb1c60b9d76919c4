"""Hand labels, checked against the codebook and the text."""

from stancekit.annotations.load import load_annotations
from stancekit.annotations.write import annotation_row, write_annotations

__all__ = ["annotation_row", "load_annotations", "write_annotations"]
