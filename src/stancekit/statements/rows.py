"""Rows of output: a statement with what is known of its article."""

from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from stancekit.actors import Actors
from stancekit.records import ARTICLE_COLUMNS, Article, Statement

_STATEMENT = tuple(field.name for field in fields(Statement))


class Rows:
    """Makes the rows of `stancekit statements`, and the first columns of those of `stancekit label`."""

    def __init__(self, actors: Actors | None, keep: Sequence[str] = ()) -> None:
        """`keep` : columns of the article's own row that are carried along."""
        self._keep = keep
        self.actor = lru_cache(maxsize=4096)((actors or Actors()).actor_of)

    def of(self, statement: Statement, article: Article) -> dict[str, Any]:
        """Return the statement's fields, its article's and the columns that are kept; `None` for what is not known."""
        row = {name: getattr(statement, name) for name in _STATEMENT}  # `asdict` copies every value, three times as slowly
        for name in ARTICLE_COLUMNS:
            row[name] = getattr(article, name)
        for name in self._keep:
            row[name] = article.kept.get(name)
        return row
