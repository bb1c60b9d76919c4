"""Visible text of a web page, block by block, and the paragraphs of its article that an extractor left out.

Goes by the structure that publishing systems share (landmarks, headings, links, words in class names), never by a site's name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, chain, islice
from typing import Any, NamedTuple

from lxml import etree

Element = Any
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNSEEN, _INLINE, _PARAGRAPHS, _ASIDE, _ASIDE_ROLES = (frozenset(names.split()) for names in (
    "head script style noscript template svg iframe object audio video canvas textarea option",
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr",
    "p blockquote ul ol li dl dd pre",
    "nav aside footer form button figure figcaption dialog select label table address menu",
    "navigation complementary banner contentinfo search dialog alertdialog form menu",
))  # fmt: skip
_ASIDE_WORDS = re.compile(
    r"(?<![a-z])(?:ads?|advert\w*|sponsor\w*|promo\w*|newsletter\w*|sign[-_]?up\w*|subscri\w*|related\w*|recirc\w*|recommend\w*|most[-_]?\w+"
    r"|popular|trending|shar(?:e|ing)\w*|social\w*|comment\w*|cookie\w*|consent\w*|paywall\w*|side[-_]?bar\w*|widget\w*|teasers?|breadcrumb\w*"
    r"|menu\w*|nav\w*|footer\w*|bio|byline|caption\w*|credits?|copyright|modal|popup|overlay|banner|more[-_]\w+|see[-_]?also|hidden|donat\w*"
    r"|read[-_]?(?:more|next)|author[-_]?(?:bio|box|info)|gallery|slideshow)(?![a-z])"
)
"""Words in the class or the id of what stands beside an article."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"\d+")
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
        words, size = len(_WORD.findall(self.text)), len(self.text)
        return self.linked < size / 2 and (words >= 12 or (max(words / 3, size / 12) >= 1 and bool(_ENDS.search(self.text))))


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
    such), or are long and stand around the article's text; and not in what is beside it. A heading comes back with the
    paragraph below it.
    """
    lines = text.split("\n")
    keys = [words_of(line) for line in lines]
    placed = list(zip(blocks, _places(blocks, keys), strict=True))
    taken = [block for block, at in placed if at is not None]
    holding = {around for block in taken for around in upwards(block.element)}
    kinds = {_place(block.element)[1] for block in taken if block.is_prose}
    beside = cache(lambda element: element not in holding and (is_aside(element) or headline_link(element, address) is not None))
    had, heading, last = set(keys), None, -1
    after: dict[int, list[str]] = {}
    for block, at in placed:
        key, (box, kind), around = words_of(block.text), _place(block.element), list(upwards(block.element))
        if at is not None:
            last, heading = at, None
        elif not key or key in had or any(map(beside, around)):
            continue
        elif block.element.tag in HEADINGS:
            heading = block
        elif block.is_prose and (kind in kinds or (len(block.text) >= LONG and _is_around(box, holding))):
            near = heading is not None and not set(islice(heading.element.iterancestors(), 2)).isdisjoint(around)
            after.setdefault(last, []).extend([heading.text, block.text] if heading is not None and near else [block.text])
            had.add(key)
            heading = None
    return "\n".join([*after.get(-1, []), *(line for i, own in enumerate(lines) for line in (own, *after.get(i, [])))])


def _places(blocks: list[Block], keys: list[str]) -> list[int | None]:
    """The extracted line that has the text of each block; None where none has. Up to three words have to be a line of their own."""
    joined, ends = f" {' '.join(keys)} ", list(accumulate(len(key) + 1 for key in keys))
    places: list[int | None] = []
    last = 0
    for block in blocks:
        key = words_of(block.text)
        is_long = key.count(" ") >= 3
        at = joined.find(f" {key} ", last) if key and (is_long or key in keys) else -1
        at = joined.find(f" {key} ") if at < 0 and is_long else at
        places.append(bisect_right(ends, at) if at >= 0 else None)
        last = at if at >= 0 and is_long else last
    return places


def _place(element: Element) -> tuple[Element, tuple[bool, str, Any]]:
    """The box of a paragraph; whether the text has no element of its own in it, its kind, and its name, or else what it stands in."""
    box = next((around for around in upwards(element) if around.tag not in _PARAGRAPHS), element)
    name = _DIGITS.sub("", box.get("class") or "") or (box.tag not in ("article", "section") and box.getparent())
    return box, (box is element, box.tag, name)


def _is_around(box: Element, holding: set[Element]) -> bool:
    """Whether a box is around the article's text, or beside that in the same `article` or `main`."""
    if box in holding:
        return bool(box.tag != "body")
    return box.getparent() in holding and any(around.tag in ("article", "main") for around in box.iterancestors())


def upwards(element: Element) -> Iterator[Element]:
    """Return an element and all around it, the nearest first."""
    return chain([element], element.iterancestors())


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
