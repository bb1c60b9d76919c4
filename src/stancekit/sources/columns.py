"""What a table without the wanted columns may be: which of its columns hold the fields, or where its texts are to be had."""

import re
from collections.abc import Collection, Mapping

_KNOWN_AS = {
    "text": "body content full_text fulltext article article_text maintext main_text story message tweet transcript paragraph",
    "id": "uri uuid doc_id document_id article_id",
    "title": "headline headlines article_title",
    "date": "published published_at publishedat publish_date publication_date pub_date pubdate date_published datetime created_at",
    "outlet": "source source.name publication publisher newspaper media_name domain",
    "url": "link href web_url permalink",
}
"""Field → what its column is often called. A name is proposed, never taken without a word: `source` may be a person, `id` a count."""

_GDELT = ("documentidentifier", "sourceurl", "mentionidentifier")
"""The addresses of articles in GDELT's knowledge graph, events and mentions. https://www.gdeltproject.org/data.html"""
_GKG_ID = re.compile(r"\d{14}-T?\d+")
_FETCH = "fetch the pages at {0}, save each as HTML and name their folder, or put their texts in a column 'text'"


def proposal(columns: Collection[str], names: Mapping[str, str], hint: str) -> str:
    """Return what may help where a table has no column of texts: columns that may hold the fields, or the pages to fetch."""
    others = {column.casefold(): column for column in columns if column not in names.values()}
    found = {}
    for name, known in _KNOWN_AS.items():
        if name in names and names[name] not in columns and (fits := [others[word] for word in known.split() if word in others]):
            found[name] = fits[0]
    if "text" in found:
        return ", perhaps " + " ".join(hint.format(name).replace("NAME", column) for name, column in found.items())
    where = next((column for column in columns if column.casefold() in ("url", *_KNOWN_AS["url"].split())), None)
    return f"; if none does, {_FETCH.format(repr(where))}" if where else ""


def textless(columns: Collection[str]) -> str | None:
    """Name the sort of a table that is known to hold no texts, and what to do about it; `None` for any other table."""
    cells = [cell for column in columns for cell in column.split("\t")]  # GDELT's `.csv` files have tabs, and no header
    known = {cell.casefold(): cell for cell in cells}
    if known.keys() & _KNOWN_AS["text"].split():
        return None
    if {"media_name", "publish_date"} <= known.keys() or "stories_id" in known:
        return f"is a Media Cloud list of stories without their texts: {_FETCH.format(repr(known.get('url', 'url')))}"
    if where := next((known[name] for name in _GDELT if name in known), None):
        return f"is a table of GDELT without texts: {_FETCH.format(repr(where))}"
    if len(cells) > 15 and (_GKG_ID.fullmatch(cells[0]) or (cells[0].isdigit() and re.fullmatch(r"\d{8}|\d{14}", cells[1]))):
        return f"is a table of GDELT without texts and without a header: {_FETCH.format('the addresses in it')}"
    return None
