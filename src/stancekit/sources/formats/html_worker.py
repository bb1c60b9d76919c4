"""Worker of `PageProcess`: reads pages from standard input and writes a line of JSON for each.

It ends itself when a page takes too long, so it leaves nothing behind even when the process that asked is gone.
"""

import contextlib
import copy
import faulthandler
import json
import os
import sys
from typing import Any

import lxml.html
from htmldate import find_date
from trafilatura import bare_extraction, load_html

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


def main() -> None:
    seconds = float(sys.argv[1])
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no answer
    pages = sys.stdin.buffer
    with open(os.devnull, "w") as nowhere, contextlib.suppress(KeyboardInterrupt):  # noqa: PTH123
        print(file=answers, flush=True)
        while header := pages.read(8):
            page = pages.read(int.from_bytes(header, "big")).decode()
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            try:
                answer = extract(page)
            except Exception as error:  # whatever it is, it is about this page alone
                answer = {"error": f"{type(error).__name__}: {error}"}
            faulthandler.cancel_dump_traceback_later()
            print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
