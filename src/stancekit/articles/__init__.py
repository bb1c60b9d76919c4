"""Files → articles."""

from stancekit.articles.read import READERS, Rejected, read_articles

__all__ = ["READERS", "Rejected", "read_articles"]
