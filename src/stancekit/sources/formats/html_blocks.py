"""Visible text of a web page, block by block, and the paragraphs of its article that an extractor left out.

Goes by the structure that publishing systems share (landmarks, headings, links, words in class names), never by a site's name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

Element = Any
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_UNSEEN = set("head script style noscript template svg iframe object audio video canvas textarea option".split())
_INLINE = set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q ruby s samp small span strike strong sub sup time u var wbr".split()
)
_PARAGRAPHS = set("p blockquote ul ol li dl dd pre".split())
_ASIDE = set("nav aside footer form button figure figcaption dialog select label table address menu".split())
_ASIDE_ROLES = set("navigation complementary banner contentinfo search dialog alertdialog form menu".split())
_ASIDE_WORDS = re.compile(
    r"(?<![a-z])(?:ads?|advert\w*|sponsor\w*|promo\w*|newsletter\w*|sign[-_]?up\w*|subscri\w*|related\w*|recirc\w*|recommend\w*|most[-_]?\w+|popular"
    r"|trending|shar(?:e|ing)\w*|social\w*|comment\w*|disqus\w*|cookie\w*|consent\w*|paywall\w*|side[-_]?bar\w*|widget\w*|teasers?|breadcrumb\w*"
    r"|menu\w*|nav\w*|footer\w*|tags|bio|byline|caption\w*|credits?|copyright|disclaimer|modal|popup|overlay|banner|more[-_]\w+|see[-_]?also"
    r"|read[-_]?(?:more|next)|hidden|sr[-_]only|visually[-_]?hidden|donat\w*|toolbar|author[-_]?(?:bio|box|info)|gallery|slideshow)(?![a-z])"
)
"""Words in the class or the id of what stands beside an article."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?…:;。！？।۔؟][\"'”’»)\]\s]*$")
LONG = 60
"""Characters of a paragraph that is the article's anywhere around its text, as a standfirst is; a shorter one is often a label."""


class Block(NamedTuple):
    """A run of visible text and the block element it stands in; `linked` of its characters are in links."""

    element: Element
    text: str
    linked: int

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a paragraph, not like a label, a menu or a time stamp."""
        words = len(_WORD.findall(self.text))
        return self.linked < len(self.text) / 2 and (words >= 12 or bool(_ENDS.search(self.text)) and (words >= 3 or len(self.text) >= 12))


def words_of(text: str) -> str:
    """Return the words of a text, parted by single spaces: by them the same text is known on the page and in what was extracted."""
    return " ".join(_WORD.findall(text.casefold()))


def blocks_of(root: Element) -> list[Block]:
    """Return the visible text below an element in the order of the page."""
    found: list[Block] = []
    parts: list[tuple[str, bool]] = []  # a piece of text, and whether it is in a link
    open_blocks, links = [root], 0

    def flush() -> None:
        if text := " ".join("".join(piece for piece, _ in parts).split()):
            found.append(Block(open_blocks[-1], text, sum(len(piece) for piece, linked in parts if linked)))
        parts.clear()

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        is_block = element.tag not in _INLINE
        if not _is_seen(element):
            walk.skip_subtree()  # the end of it is told all the same
        elif event == "start":
            if is_block:
                flush()
                open_blocks.append(element)
            links += element.tag == "a"
            parts.append((element.text or "", links > 0))
        else:
            links -= element.tag == "a"
            if is_block:
                flush()
                open_blocks.pop()
        if event == "end" and element is not root:
            parts.append((element.tail or "", links > 0))
    return found


def _is_seen(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.tag not in _UNSEEN and element.get("hidden") is None and "display:none" not in style


def completed(text: str, blocks: list[Block], address: str | None) -> str:
    """Put back, where they stand on the page, the paragraphs of the article that `text`, the extractor's, lacks.

    Those stand in a box of the kind and name of one from which text was taken (an advertisement parts an article into several
    such), or are long and stand right around the article's text; and not in what is beside it. A heading comes back with the
    paragraph below it.
    """
    lines = text.split("\n")
    places = _places(blocks, lines)
    taken = [block for block, place in zip(blocks, places, strict=True) if place is not None]
    holding = {ancestor for block in taken for ancestor in upwards(block.element)}
    kinds = {_kind(block.element) for block in taken if block.is_prose}
    beside = cache(lambda element: element not in holding and (is_aside(element) or headline_link(element, address) is not None))
    had, heading, at = {words_of(line) for line in lines}, None, -1
    after: dict[int, list[str]] = {}
    for block, place in zip(blocks, places, strict=True):
        key, box = words_of(block.text), _box(block.element)
        if place is not None:
            at, heading = place, None
        elif not key or key in had or any(map(beside, upwards(block.element))):
            continue
        elif block.element.tag in HEADINGS:
            heading = block
        elif block.is_prose and (_kind(block.element) in kinds or (len(block.text) >= LONG and box in holding and box.tag != "body")):
            near = heading is not None and not set(islice(heading.element.iterancestors(), 2)).isdisjoint(upwards(block.element))
            after.setdefault(at, []).extend([heading.text, block.text] if heading is not None and near else [block.text])
            had.add(key)
            heading = None
    return "\n".join([*after.get(-1, []), *(line for i, own in enumerate(lines) for line in (own, *after.get(i, [])))])


def _places(blocks: list[Block], lines: list[str]) -> list[int | None]:
    """The extracted line that has the text of each block; None where none has. Up to three words have to be a line of their own."""
    keys = [words_of(line) for line in lines]
    joined, starts = " ", []
    for key in keys:
        starts.append(len(joined) - 1)
        joined += f"{key} "
    places: list[int | None] = []
    last = 0
    for block in blocks:
        key = words_of(block.text)
        is_long = key.count(" ") >= 3
        at = -1
        if key and (is_long or key in keys):
            at = joined.find(f" {key} ", last)
            at = at if at >= 0 else joined.find(f" {key} ")
        places.append(bisect_right(starts, at) - 1 if at >= 0 else None)
        last = at if at >= 0 and is_long else last
    return places


def _box(element: Element) -> Element:
    return next((e for e in upwards(element) if e.tag not in _PARAGRAPHS), element)


def _kind(element: Element) -> tuple[bool, Element]:
    """What a paragraph stands in, by kind and name, or itself where it has no name; and whether the text has an element of its own there."""
    box = _box(element)
    name = box.get("class") or (box.tag in ("article", "section") and box.tag)
    return box is element, (box.tag, name) if name else box


def upwards(element: Element) -> Iterator[Element]:
    """Yield an element and all around it."""
    yield element
    yield from element.iterancestors()


def is_aside(element: Element) -> bool:
    """Tell whether an element stands beside an article, by its kind or its name."""
    names = _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}").lower()
    by_kind = element.tag in _ASIDE or element.get("role") in _ASIDE_ROLES or element.get("aria-hidden") == "true"
    return by_kind or bool(_ASIDE_WORDS.search(names))


def headline_link(element: Element, address: str | None) -> str | None:
    """Return the other page that the first heading of an element links to, as a teaser's does; None where there is none."""
    heading = next(element.iter(*HEADINGS), None)
    if heading is None:
        return None
    words = words_of(heading.text_content())
    link = next((a for a in (*heading.iter("a"), *heading.iterancestors("a")) if words and words in words_of(a.text_content())), None)
    target = "" if link is None else (link.get("href") or "").partition("#")[0]
    same = target.partition("?")[0].rstrip("/")
    return target if target and not (address and "/" in same and address.rstrip("/").endswith(same)) else None
