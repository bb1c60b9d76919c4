"""What to label next: statements for training, and labels that look wrong. Neither ever sets a label."""

from stancekit.suggest.next_items import next_to_label
from stancekit.suggest.review import review_queue

__all__ = ["next_to_label", "review_queue"]
