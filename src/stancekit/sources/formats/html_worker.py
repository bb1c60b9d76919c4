"""Worker of `PageProcess` for web pages."""

import copy
import re
from typing import Any
from urllib.parse import urljoin

import lxml.html
from htmldate import find_date
from trafilatura import bare_extraction, load_html

from stancekit.sources.formats.html_blocks import HEADINGS, Block, blocks_of, completed, headline_link
from stancekit.sources.formats.html_kinds import no_article, separate_articles
from stancekit.sources.formats.process import serve

_DECLARED = ".//script[contains(@type, 'ld+json')] | .//*[@itemprop='datePublished'] | (.//article//time[@datetime] | .//time[@pubdate])[1]"
"""Where, below the head, a page says when it was published."""

_SITE = ".//meta[@property='og:site_name']/@content"
_LANGUAGE = "/html/@lang | .//meta[@property='og:locale' or translate(@http-equiv, 'CL', 'cl')='content-language']/@content"


def extract(page: str) -> dict[str, Any]:
    """Return `articles`, of each its text and what the page declares of it, or `refused`, what the page is instead, with its `words`.

    An article has `text`, `title`, `outlet`, `byline`, `date`, `url` and `language`, each a string or None, and `furniture`: with
    the first, how many visible words of the page are in none.
    """
    tree = load_html(page)
    if tree is None:
        return {"articles": []}
    blocks = blocks_of(tree)
    whole = _article(tree, blocks) or {"text": None, "url": None}
    articles = [_separate(element, whole) for element in separate_articles(tree, blocks, whole["url"])] if whole["text"] else []
    if not articles:
        text = whole["text"] or "\n".join(block.text for block in blocks)
        if reason := no_article(tree, text, blocks, whole["url"]):
            return {"refused": reason, "words": sum(len(block.text.split()) for block in blocks)}
        articles = [whole] if whole["text"] else []
    kept = sum(len(article["text"].split()) for article in articles)
    furniture = max(0, sum(len(block.text.split()) for block in blocks) - kept)
    return {"articles": [article | {"furniture": 0 if number else furniture} for number, article in enumerate(articles)]}


def _article(tree: lxml.html.HtmlElement, blocks: list[Block]) -> dict[str, Any] | None:
    found = bare_extraction(
        tree, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params={"extensive_search": False}
    )
    if found is None:
        return None
    outlet = next((name.strip() for name in tree.xpath(_SITE)), None) or found.sitename  # the library changes its capitals
    language = next((re.split("[-_]", value)[0].lower() for value in tree.xpath(_LANGUAGE) if value[:2].isalpha()), None)
    text = completed(found.text, blocks, found.url) if found.text else None
    declared = {"title": found.title, "outlet": outlet, "byline": found.author, "date": _date(tree, found.url), "url": found.url}
    return {"text": text, "language": language, **declared}


def _separate(element: lxml.html.HtmlElement, whole: dict[str, Any]) -> dict[str, Any]:
    """One of several articles on a page, read as a page of its own."""
    page = lxml.html.document_fromstring("<html><head></head><body></body></html>")
    page.body.append(copy.deepcopy(element))
    found = _article(page, blocks_of(page)) or {"text": ""}
    heading = next(page.iter(*HEADINGS))
    link = headline_link(page.body, whole["url"])
    found |= {"title": " ".join(heading.text_content().split()), "url": urljoin(whole["url"] or "", link) if link else None}
    return found | {name: found.get(name) or whole[name] for name in ("outlet", "language")}  # its title and address are not the page's


def _date(tree: lxml.html.HtmlElement, url: str | None) -> str | None:
    """The day of publication as the address, the head or the markup says it: dates in running text are about something else."""
    declared = lxml.html.Element("html")
    for head in tree.xpath("./head"):
        declared.append(copy.deepcopy(head))
    for title in declared.xpath("./head/title"):
        title.getparent().remove(title)
    body = lxml.html.Element("body")
    body.extend(copy.deepcopy(tree.xpath(_DECLARED)))
    declared.append(body)
    date: str | None = find_date(declared, extensive_search=False, original_date=True, url=url)
    return date


if __name__ == "__main__":
    serve(lambda page: extract(page.decode()))
