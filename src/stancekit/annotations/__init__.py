"""Hand labels, checked against the codebook and the text."""

from stancekit.annotations.load import load_annotations

__all__ = ["load_annotations"]
