"""What a web page is: one article, several of their own, or none (a wall, an error, a list of teasers)."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice

from stancekit.sources.formats.html_blocks import HEADINGS, Block, Element, headline_link, is_aside, upwards, words_of

_WALLS = {
    "only a notice that asks for consent to cookies": re.compile(
        r"\b(cookies?|consent|legitimate interest|partners|privacy|personal data)\b", re.I
    ),
    "only a wall that asks to subscribe, register or sign in": re.compile(
        r"\b(subscri\w+|sign[ -]?(?:in|up)|log[ -]?in|register|free account|(?:continue|keep) reading|unlimited|free trial|cancel)\b", re.I
    ),
}
_ADDRESSED, _REPORTED = (re.compile(words, re.I) for words in (r"\b(?:we|us|you|our|your)\b", r"\b(?:said|says|told)\b"))
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_ERROR = re.compile(
    r"^(?:error )?(?:40\d|410|50\d)\b|\b(?:page|file|article) (?:was |can)?(?:not|no longer) (?:be )?(?:found|available)|\bcaptcha\b|"
    r"\baccess (?:to this page )?(?:has been )?denied|\bservice (?:temporarily )?unavailable|are you (?:human|a robot)|enable javascript",
    re.I,
)
WALL_WORDS, ERROR_WORDS = 300, 120
"""A page with more words than this is no wall, no error."""
HEADLINES, BESIDE = 4, 50
"""So many headings that link to other pages make a list of articles, with fewer characters than this beside the teasers for each."""
TEASER = 600
"""Characters of a box with a heading that links to another page, and the text below it."""
OWN_WORDS = 60
"""Words of prose below which one of several `article` elements is a teaser or a part."""


def no_article(page: Element, text: str, blocks: Sequence[Block], address: str | None) -> str | None:
    """Return what a page is instead of an article, by its blocks and the text that was extracted; None where it may be one.

    A wall hardly says anything but what its readers should do, and reports nothing. A list of teasers has little beside texts that
    stand below a heading that links to another page, and does not declare itself to be an article.
    """
    words = len(text.split())
    if words <= ERROR_WORDS and any(_ERROR.search(line) for line in (page.findtext(".//title") or "", *text.split("\n")[:3])):
        return "an error page"
    headings = {block.text for block in blocks if block.element.tag in HEADINGS}
    said = "\n".join(line for line in text.split("\n") if line not in headings)  # a wall stands below the headline of what it hides
    sentences = [] if words > WALL_WORDS or _REPORTED.search(said) else _SENTENCE.split(said)
    for name, terms in _WALLS.items():
        asking = [s for s in sentences if terms.search(s) and (len(s.split()) < 9 or _ADDRESSED.search(s))]
        if len(set(terms.findall(" ".join(asking).lower()))) > 1 and sum(len(s.split()) for s in asking) >= len(said.split()) * 2 / 3:
            return name
    headlines = sum(headline_link(heading, address) is not None for heading in page.iter(*HEADINGS))
    is_teaser = cache(lambda card: headline_link(card, address) is not None and len(card.text_content()) < TEASER)
    listed = {words_of(block.text) for block in blocks if not block.is_prose or any(map(is_teaser, islice(upwards(block.element), 4)))}
    beside = sum(len(line) for line in text.split("\n") if words_of(line) not in listed)
    return (
        "a list of teasers that link to articles"
        if headlines >= HEADLINES and beside < BESIDE * headlines and not _declared(page)
        else None
    )


def _declared(page: Element) -> bool:
    return bool(page.xpath("//meta[@property='og:type'][@content='article']"))


def separate_articles(page: Element, blocks: Sequence[Block], address: str | None) -> list[Element]:
    """Return the `article` elements that are articles of their own; none where they are parts or posts of one, as in a live blog.

    Each has the length of an article, a date or a byline, and a main heading (`h1`), or one that links to its own page where the
    page does not declare itself to be one article.
    """
    if page.xpath("//script[contains(., 'LiveBlogPosting')] | //*[contains(@itemtype, 'LiveBlog')]"):
        return []
    words: dict[Element, int] = {}
    for block in blocks:
        outer = [around for around in upwards(block.element) if around.tag == "article"][-1:]
        if block.is_prose and outer and not any(map(is_aside, outer[0].iterancestors())):
            words[outer[0]] = words.get(outer[0], 0) + len(block.text.split())
    long = [element for element, n in words.items() if n >= OWN_WORDS]
    own = [e for e in long if e.find(".//h1") is not None or (not _declared(page) and headline_link(e, address))]
    signed = [e for e in own if e.xpath(".//time | .//*[@rel='author' or contains(@class, 'byline') or contains(@class, 'author')]")]
    return signed if 1 < len(signed) == len(long) else []
