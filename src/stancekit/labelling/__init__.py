"""Labels for new coverage: nothing lost, nothing twice."""

from stancekit.labelling.label import label_paths
from stancekit.labelling.labeller import Labeller
from stancekit.labelling.labels import Labels
from stancekit.labelling.status import status_of

__all__ = ["Labeller", "Labels", "label_paths", "status_of"]
