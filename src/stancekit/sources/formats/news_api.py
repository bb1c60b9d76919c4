"""Answers of NewsAPI and Event Registry, recognised by their keys: the articles in them, under the names of our fields."""

from typing import Any

from stancekit.errors import InputError

_NEWSAPI = {"source", "title", "url", "publishedAt", "content"}
_EVENT_REGISTRY = {"uri", "title", "url", "body"}
"""Keys of an article. https://newsapi.org/docs/endpoints/everything, https://newsapi.ai/documentation"""


class Answers:
    """The answers in one file: how many articles they hold, and how many were found by the question."""

    def __init__(self) -> None:
        self._held = self._found = 0

    def documents(self, value: dict[str, Any], where: object) -> list[dict[str, Any]]:
        """Return the articles of an answer, or the one that an object is; any other object alone and as it is.

        Raises `InputError` for an answer that holds none.
        """
        answer, held = value, value.get("articles")
        if isinstance(held, dict):  # Event Registry
            answer, held = held, held.get("results")
        elif value.get("status") == "error" and {"code", "message"} <= value.keys():
            raise InputError(where, f"holds no articles but an error of NewsAPI: {value['message']}")
        if not isinstance(held, list) or not all(isinstance(article, dict) for article in held):
            return [_named(value)]
        if not held:
            raise InputError(where, "holds no articles")
        self._held += len(held)
        self._found = max(self._found, total if isinstance(total := answer.get("totalResults"), int) else 0)
        return [_named(article) for article in held]

    @property
    def missing(self) -> str | None:
        """What is to be fetched where the answers are some pages of several."""
        what = f"holds {self._held:,} of the {self._found:,} articles that were found: fetch the other pages of results too"
        return what if self._found > self._held else None


def _named(article: dict[str, Any]) -> dict[str, Any]:
    source = article.get("source")
    if not isinstance(source, dict):
        return article
    if article.keys() >= _NEWSAPI:
        names = {"text": article["content"], "date": article["publishedAt"], "outlet": source.get("name")}
    elif article.keys() >= _EVENT_REGISTRY:
        outlet = source.get("title") or source.get("uri")
        names = {"id": article["uri"], "text": article["body"], "date": article.get("dateTime"), "outlet": outlet}
        names["language"] = article.get("lang")
    else:
        return article
    return {**names, **article}
