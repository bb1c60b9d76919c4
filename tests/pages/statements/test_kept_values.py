"""What the browser keeps for the page, a switch and a place in the address, may hold anything: the page opens."""

import random
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.browser

KEYS = "stancekit/browse/keys"
PARTS = [
    "first",
    "third:",
    ":",
    "-",
    "0",
    "18",
    "\x00",
    "\u202e",
    "🙂",
    "%",
    "/",
    "#",
    "constructor",
    "__proto__",
    "9" * 30,
    " ",
    "null",
    "[",
    "{",
]


def test_the_page_opens_whatever_200_places_in_its_address_say(visit: Any, made_page: Path) -> None:
    draw = random.Random(27)
    visitor = visit(made_page)
    for _ in range(200):
        place = "".join(draw.choices(PARTS, k=draw.randrange(5)))
        place = place if draw.random() < 0.3 else quote(place)
        place = place[:-1] if draw.random() < 0.2 else place  # half an escape
        visitor.page.evaluate("place => { location.hash = place; }", place)
    visitor.page.wait_for_timeout(50)
    assert visitor.title() in ("The plan is debated", "second", "A vote")
    for place in ("#%", "#%ff", "#third:12-3", "#__proto__", "#" + "9" * 4000):
        assert visit(made_page, place).title() in ("The plan is debated", "A vote")


@pytest.mark.parametrize("kept", ["", "on", "off", "null", "{", "[]", "\ud800", "x" * 10_000])
def test_the_page_opens_whatever_is_kept_of_its_switch(visit: Any, made_page: Path, kept: str) -> None:
    visitor = visit(made_page, viewport={"width": 1280, "height": 900})
    visitor.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEYS, kept])
    visitor.page.reload()
    assert visitor.title() == "The plan is debated"
    assert visitor.page.is_checked("#keys-on", strict=True) == (kept != "off")
