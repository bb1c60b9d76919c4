"""Labels for new coverage: nothing lost, nothing twice."""

from stancekit.labelling.export import export_labels
from stancekit.labelling.label import label_paths
from stancekit.labelling.labels import Labels
from stancekit.labelling.status import status_of

__all__ = ["Labels", "export_labels", "label_paths", "status_of"]
