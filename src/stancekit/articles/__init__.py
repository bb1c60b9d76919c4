"""Files → articles."""

from stancekit.articles.read import article_files, read_articles
from stancekit.articles.reading import Reading
from stancekit.articles.registry import READERS
from stancekit.articles.source import Rejected

__all__ = ["READERS", "Reading", "Rejected", "article_files", "read_articles"]
