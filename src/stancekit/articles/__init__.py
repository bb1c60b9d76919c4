"""Files → articles."""

from stancekit.articles.read import READERS, Rejected, article_files, read_articles

__all__ = ["READERS", "Rejected", "article_files", "read_articles"]
