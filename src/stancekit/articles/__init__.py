"""Files → articles."""

from stancekit.articles.read import MANIFEST, READERS, Rejected, read_articles

__all__ = ["MANIFEST", "READERS", "Rejected", "read_articles"]
