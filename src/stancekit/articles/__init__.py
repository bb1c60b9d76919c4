"""Files → articles."""

from stancekit.articles.read import article_files, read_articles
from stancekit.sources.options import Reading
from stancekit.sources.registry import READERS
from stancekit.sources.source import Rejected

__all__ = ["READERS", "Reading", "Rejected", "article_files", "read_articles"]
