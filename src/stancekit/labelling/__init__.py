"""Labels for new coverage: nothing lost, nothing twice."""

from stancekit.labelling.label import label_paths

__all__ = ["label_paths"]
