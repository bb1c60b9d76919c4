"""Worker of `PageProcess` for web pages."""

import copy
from typing import Any

import lxml.html
from htmldate import find_date
from trafilatura import bare_extraction, load_html

from stancekit.sources.formats.process import serve

_DECLARED = ".//script[contains(@type, 'ld+json')] | .//*[@itemprop='datePublished'] | (.//article//time[@datetime] | .//time[@pubdate])[1]"
"""Where, below the head, a page says when it was published."""

_SITE = ".//meta[@property='og:site_name']/@content"


def extract(page: str) -> dict[str, Any]:
    """`text`, `title`, `outlet`, `date`, `url`, each a string or None; nothing where there is no article."""
    tree = load_html(page)
    if tree is None:
        return {}
    found = bare_extraction(
        tree, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params={"extensive_search": False}
    )
    if found is None:
        return {}
    outlet = next((name.strip() for name in tree.xpath(_SITE)), None) or found.sitename  # the library changes its capitals
    return {"text": found.text, "title": found.title, "outlet": outlet, "date": _date(tree, found.url), "url": found.url}


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
