"""Files → articles."""

from stancekit.articles.read import article_files, read_articles, read_located
from stancekit.sources.options import ReadOptions
from stancekit.sources.registry import READERS
from stancekit.sources.source import Rejected

__all__ = ["READERS", "ReadOptions", "Rejected", "article_files", "read_articles", "read_located"]
