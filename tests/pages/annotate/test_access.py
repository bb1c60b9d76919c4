"""Everybody can use the page: on a phone, by keyboard, with a screen reader, in the dark."""

from pathlib import Path
from typing import Any

import pytest

from chromium import CONTRAST, names_of

pytestmark = pytest.mark.browser


FINGERS = "button, summary, label.pick, label.also, label.switch, .filters label, #holder, #note"
SMALL = """all => all.filter((e) => e.checkVisibility() && !e.closest("dialog:not([open])") && e.getBoundingClientRect().height < 43.9)
    .map((e) => e.outerHTML)"""


@pytest.mark.parametrize("width", [360, 390, 768])
def test_a_phone_shows_it_without_scrolling_sideways_and_with_room_for_a_finger(hire: Any, seeds_page: Path, width: int) -> None:
    reader = hire(seeds_page, viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True)
    assert reader.page.evaluate("document.documentElement.scrollWidth") == width
    reader.start("A name of an annotator as long as names can be")
    reader.page.evaluate("document.querySelectorAll('.task > header button').forEach((button) => button.click())")
    assert reader.page.evaluate("document.documentElement.scrollWidth") == width
    reader.page.tap("text=oppose")
    reader.page.tap("#task-1 >> text=timing")
    assert reader.page.get_attribute("#tasks .active", "id") == "task-2"
    reader.page.locator("#strip").wait_for()  # the statement is scrolled away, so it stands at the top of the screen
    assert reader.text("#strip") == reader.page.text_content("#text")
    reader.page.tap("#task-1 .choice:nth-of-type(1) .also")
    reader.page.tap("#task-2 >> text=positive")
    reader.page.tap("#confirm")
    assert reader.text("#counts").startswith("1 done")
    assert reader.page.evaluate("scrollY") == 0
    if width < 640:
        for opener in (None, "help", "overview"):
            if opener:
                reader.page.tap(f"[data-do={opener}]")
            assert reader.page.eval_on_selector_all(FINGERS, SMALL) == []
            reader.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_text_and_borders_stand_out(hire: Any, seeds_page: Path, scheme: str, width: int) -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for the borders of controls, of the colours that the browser computed."""
    reader = hire(seeds_page, color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    found = [reader.page.evaluate(CONTRAST)]
    reader.start("reader a")
    reader.press("151", "Enter", "s", "15", "Shift+Digit3", "e")
    reader.page.evaluate("for (const id of ['warning', 'finished']) document.getElementById(id).hidden = false")
    found.append(reader.page.evaluate(CONTRAST))
    for key in "?ow":
        reader.press(key)
        found.append(reader.page.evaluate(CONTRAST))
        reader.press("Escape")
    reader.upload("x.jsonl", "x")
    found.append(reader.page.evaluate(CONTRAST))
    assert [f["faults"] for f in found] == [[]] * 6
    assert found[0]["texts"] > 5
    assert found[1]["texts"] > 60
    assert reader.page.evaluate("getComputedStyle(document.getElementById('bar-done')).transitionDuration") == "0s"


def test_every_control_has_a_name_and_a_role(hire: Any, topics_page: Path) -> None:
    reader = hire(topics_page)
    assert ("textbox", "Your name or code as annotator") in names_of(reader.page)
    reader.start("coder 1")
    reader.press("1")
    found = names_of(reader.page)
    assert [pair for pair in found if not pair[1]] == []
    assert ("radiogroup", "sort Which of twelve?") in found
    assert ("group", "named What is named? Any number of labels, or none.") in found
    labels = {("radio", "sort 12"), ("checkbox", "people"), ("checkbox", "also vote")}
    buttons = {("button", name) for name in ("Done, next", "Previous", "Download 0", "Annotator coder 1 : change")}
    assert labels | buttons | {("combobox", "Holder"), ("textbox", "Note")} <= set(found)
    for key in "?o":
        reader.press(key)
        assert [pair for pair in names_of(reader.page) if not pair[1]] == []
        reader.press("Escape")
    ids = reader.page.eval_on_selector_all("[id]", "all => all.map((e) => e.id)")
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "for", "list"):
        named = reader.page.eval_on_selector_all(f"[{attribute}]", "(all, name) => all.map((e) => e.getAttribute(name))", attribute)
        assert {one for several in named for one in several.split()} <= set(ids), attribute
    bar = reader.page.get_by_role("progressbar", name="Statements done or skipped")
    assert (bar.get_attribute("aria-valuenow"), bar.get_attribute("aria-valuemax")) == ("0", "30")
    assert reader.page.locator("h1:visible").count() == 1
    assert reader.page.get_by_role("status").text_content().startswith("sort: sort 1. Next: named.")


# Which element has the focus, empty for none, and its outline.
FOCUSED = """() => {
  const [e, style] = [document.activeElement, getComputedStyle(document.activeElement)];
  const name = e === document.body ? "" : e.id || e.dataset.do || e.getAttribute("aria-labelledby") || e.ariaLabel;
  return [name, style.outlineStyle, style.outlineWidth];
}"""


def test_the_focus_is_seen_and_goes_round_without_a_trap(hire: Any, topics_page: Path) -> None:
    reader = hire(topics_page, "coder 1")
    seen: list[str] = []
    for _ in range(2):  # from the first task to the end of the page, then all of it from the top
        for _ in range(60):
            reader.press("Tab")
            name, *outline = reader.page.evaluate(FOCUSED)
            if not name:
                break
            assert outline == ["solid", "3px"], name
            seen.append(name)
        else:
            pytest.fail(f"the focus never left the page: {seen}")
    buttons = ["open", "overview", "upload", "download", "help", "leave", "article", "holder", "note"]
    moves = ["previous", "next", "undo", "skip", "confirm"]
    tasks = ["task-0-0", "task-1-0", "task-1-1", "task-1-2", "task-2-0", "also plan", "also vote", "also rest"]
    assert sorted(seen) == sorted([*tasks, *moves, *buttons, *tasks, *moves])
    reader.press("Tab", "?", "Tab", "Tab", "Tab", "Escape")
    assert reader.page.evaluate("document.activeElement.dataset.do") == "open"  # closing a dialog gives the focus back
