"""Statements page: one HTML file with articles and their statements, to check attributions."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from stancekit.actors import Actor, Actors
from stancekit.errors import InputError
from stancekit.pages.frame import web_page
from stancekit.pages.statements.encode import Encoder
from stancekit.records import NARRATOR, Article, Statement

SCRIPTS = ("corpus.js", "corrections.js", "places.js", "text.js", "card.js", "voices.js", "contents.js", "search.js", "correct.js",
           "reader.js", "keys.js", "page.js")  # fmt: skip
"""Read in this order into one module."""


def statements_page(
    articles: Iterable[tuple[Article, Sequence[Statement]]],
    *,
    title: str = "",
    threshold: float = 0.75,
    actors: Actors | None = None,
    notice: Callable[[str], object] | None = None,
) -> str:
    """Write a self-contained page of articles with their statements marked by speaker; the same arguments give the same bytes.

    Speakers can be corrected on it and the names of one actor merged; the browser keeps that until it is downloaded
    (`load_corrections` reads it).

    The articles are read once, one after the other, and kept as what goes into the page. It shows one article at a time, so a
    thousand are no slower to look at than one. Nothing on it can load or reach the network.

    Parameters
    ----------
    articles : each with its statements in order.
    title : the page's; "Statements" where it is empty.
    threshold : an attribution of less confidence counts as doubtful (0 to 1), at first: who looks can change it. Below the
        default one in four attributions of that pattern is wrong. Quoted words whose attribution has no confidence are always doubtful.
    actors : the registry, whose names are suggested where a speaker is corrected on the page.
    notice : called with a message about what the page has no room for: an article of more than `MAX_ARTICLE` characters, which
        is listed without its text, and those past `MAX_CHARACTERS` in all, which are counted. The page says so too.

    Raises
    ------
    InputError
        There is no article, statements overlap or are not at their place in the article, or the threshold is no share.
    """
    if not 0 <= threshold <= 1:
        raise InputError("threshold", f"{threshold} is not a confidence", ["0 to 1"])
    encoder = Encoder()
    for article, statements in articles:
        if (why := encoder.add(article, statements)) and notice:
            notice(f"{article.id}: {why}")
    if encoder.left_out > 1 and notice:
        notice(f"page: {encoder.left_out:,} articles are left out; make one of fewer")
    if not encoder.articles:
        raise InputError("page", "there is no article to show")
    heading = title or "Statements"
    shown = encoder.data()
    registry = [entry.model_dump() | {"organisation": _home(entry)} for entry in (actors or Actors()).actors]
    data = {"title": heading, "threshold": threshold, "narrator": NARRATOR, "digest": _digest(shown), "actors": registry, **shown}
    return web_page("stancekit.pages.statements", title=heading, scripts=SCRIPTS, data=data)


def _home(entry: Actor) -> str | None:
    """The organisation of an entry: an organisation's is its own name, as in statements."""
    return entry.organisation or (None if entry.is_person or entry.is_open else entry.name)


def _digest(shown: Any) -> str:
    """Digest of the articles and what was found in them, 16 hexadecimal digits: corrections of others are other work."""
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]
