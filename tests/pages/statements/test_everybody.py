"""Everybody can use the page: on a phone, by keyboard, with a screen reader, in the dark."""

from pathlib import Path
from typing import Any

import pytest

from chromium import CONTRAST, names_of

pytestmark = pytest.mark.browser

FINGERS = "button, input:not([type=checkbox]), label.switch"
SMALL = """all => all.filter((e) => e.checkVisibility() && !e.closest("dialog:not([open])") && e.getBoundingClientRect().height < 43.9)
    .map((e) => e.outerHTML)"""
WIDTH = "document.documentElement.scrollWidth"


def test_a_phone_shows_it_without_scrolling_sideways_and_with_room_for_a_finger(visit: Any, seeds_page: Path) -> None:
    visitor = visit(seeds_page, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = visitor.page
    found: list[tuple[int, list[str]]] = []

    def look() -> None:
        found.append((page.evaluate(WIDTH), page.eval_on_selector_all(FINGERS, SMALL)))

    for k in range(5):
        page.tap("#views [data-do=articles]")
        look()
        assert not page.is_visible("#text")
        page.tap(f"#contents li:nth-child({k + 1}) button")
        assert page.is_visible("#text")
        look()
    page.tap("#moves [data-do=doubtful]")
    look()
    page.tap("#correct-open")
    look()
    page.tap("#cancel")
    page.tap("#only")
    page.tap("#card [data-do=close]")
    assert page.is_visible("#filter")
    page.tap("#views [data-do=speakers]")
    look()
    page.tap("#voices button >> nth=1")
    page.tap("#views [data-do=text]")
    page.tap("[data-do=help]")
    look()
    page.tap("#help [data-close]")
    page.tap("[data-do=corrections]")
    look()
    assert found == [(360, [])] * 15
    for width in (320, 768, 1024):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDTH) == width


@pytest.mark.parametrize("width", [1280, 390])
def test_text_and_borders_stand_out(visit: Any, seeds_page: Path, width: int) -> None:
    """Of the colours that the browser computed, for every speaker's, what is drawn by the style sheet included."""
    visitor = visit(seeds_page, "#002_07f4d263576c4178", viewport={"width": width, "height": 900})
    found = []

    def look() -> None:
        for scheme in ("light", "dark"):
            visitor.page.emulate_media(color_scheme=scheme)
            found.append(visitor.page.evaluate(CONTRAST))

    look()
    visitor.press("d")
    look()
    visitor.press("o", "/")
    visitor.page.keyboard.type("union")
    visitor.press("Enter")
    look()
    visitor.press("Escape", "Escape", "c")
    look()
    visitor.press("Enter")
    look()
    for view in ("speakers", "articles", "help"):
        visitor.page.evaluate(f"document.querySelector('[data-do={view}]').click()")
        look()
    visitor.press("Escape", "m")
    look()
    assert [f["faults"] for f in found] == [[]] * 18
    assert found[0]["texts"] > 100
    assert found[2]["texts"] > found[0]["texts"]


def test_every_control_has_a_name_and_a_role(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    page = visitor.page
    visitor.press("d")
    found = names_of(page)
    assert [pair for pair in found if not pair[1]] == []
    buttons = {"Previous article", "Next article", "Previous doubtful statement", "Next doubtful statement", "Only this speaker", "Close"}
    assert {("button", name) for name in buttons} <= set(found)
    statements = {"Statement 1: narrator, narrator", "Statement 3: Union A; Union B, reported, doubtful"}
    assert {("button", name) for name in statements} <= set(found)
    assert ("searchbox", "Search the articles") in found
    assert ("spinbutton", "Confidence below which an attribution is doubtful") in found
    assert ("link", "https://news.example/1") in found
    for key in "?mc":
        visitor.press(key)
        assert [pair for pair in names_of(page) if not pair[1]] == []
        visitor.press("Escape")
    ids = page.eval_on_selector_all("[id]", "all => all.map((e) => e.id)")
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        named = page.eval_on_selector_all(f"[{attribute}]", "(all, name) => all.map((e) => e.getAttribute(name))", attribute)
        assert {one for several in named for one in several.split()} <= set(ids), attribute
    assert page.locator("h1:visible").count() == 1
    assert visitor.said() == "Doubtful 1 of 4."
    assert page.get_by_role("navigation", name="Articles").is_visible()
    assert page.get_by_role("button", name="The plan is debated").get_attribute("aria-current") == "true"


FOCUSED = """() => {
  const [e, style] = [document.activeElement, getComputedStyle(document.activeElement)];
  return [e === document.body ? "" : e.id || e.dataset.do || e.dataset.index || e.dataset.rank || e.className || e.tagName,
          style.outlineStyle, style.outlineWidth];
}"""


def test_the_focus_is_seen_and_goes_round_without_a_trap(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    visitor.press("d")
    visitor.page.focus("#query")
    seen = ["query"]
    for _ in range(40):
        visitor.press("Tab")
        name, *outline = visitor.page.evaluate(FOCUSED)
        if not name:
            break
        assert outline == ["solid", "3px"], name
        seen.append(name)
    lists = ["0", "1", "2", "voice-box", "0", "1", "2", "3"]
    article = ["article-back", "article", "A", "chip", "turn-over"]
    card = ["close", "correct-open", "only"]
    assert seen == ["query", "corrections", "help", *lists, *article, *card, "threshold", "doubtful-back", "doubtful"]


def test_what_is_off_is_said_without_a_script(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page, java_script_enabled=False)
    assert "needs JavaScript" in visitor.page.inner_text("noscript")
