"""Speakers corrected and names merged on the page: what it shows is what its downloads make of the statements."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from made_articles import ARTICLES, Pair, Visitor, page_of

from stancekit import load_corrections
from stancekit.actors import Actor, Actors, load_actors
from stancekit.records import Statement

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}  # a browser context of its own: corrections are kept
ACTORS = Actors(actors=[Actor(name="Union B", kind="union", aliases=["UB"]), Actor(name="Ann Lee", kind="union", organisation="Union B")])
FIELDS = ("speaker", "organisation", "holder")


def download(visitor: Visitor, folder: Path, button: str) -> Path:
    with visitor.page.expect_download() as caught:
        visitor.page.click(f"#{button}")
    path = folder / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


def correct(visitor: Visitor, **names: str) -> None:
    """Correct the chosen statement by keyboard."""
    visitor.press("c")
    for field, name in names.items():
        visitor.page.fill(f"#{field}", name)
    visitor.press("Enter")


def merge(visitor: Visitor, alias: str, name: str) -> str:
    """Merge two names; returns why they can't be."""
    visitor.press("m")
    visitor.page.fill("#alias", alias)
    visitor.page.fill("#canonical", name)
    visitor.page.click("#merge button")
    fault = str(visitor.page.text_content("#merge-fault"))
    close(visitor)
    return fault


def close(visitor: Visitor) -> None:
    """Close the dialog, and wait for the focus to be out of it."""
    visitor.press("Escape")
    visitor.page.locator("dialog:focus-within").wait_for(state="detached")


def shown(visitor: Visitor) -> dict[str, list[str | None]]:
    """Of every sentence what the page says: the names as the form has them, the rest as the card has it."""
    found: dict[str, list[str | None]] = {}
    visitor.page.click("#contents button >> nth=0")
    visitor.press("j")
    while (card := visitor.card())["Id"] not in found:
        visitor.press("c")
        names = [visitor.page.input_value(f"#{field}") or None for field in FIELDS]
        visitor.press("Escape")
        rest = [card["Kind of actor"], card["Mode"].split(":")[0], card["Attribution"], card["Attribution confidence"]]
        found[card["Id"]] = names + [None if value == "none" else value for value in rest]
        visitor.press("j")
    return found


def expected(s: Statement) -> list[str | None]:
    how = {"rule": "by rule", "parse": "by parse", "corrected": "by hand", None: None}[s.attribution]
    sure = None if s.attribution_confidence is None else f"{s.attribution_confidence:g}"
    return [s.speaker, s.organisation, s.holder, s.actor_kind, s.mode, how, sure]


def as_corrected(file: Path, pairs: list[Pair]) -> dict[str, list[str | None]]:
    corrections = load_corrections(file)
    found = {s.id: expected(s) for a, statements in pairs for s in corrections.apply(a, statements) if s.kind == "sentence"}
    assert corrections.not_applied == []
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_download_applied_is_what_the_page_shows(visit: Any, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    visitor = visit(page_of(ARTICLES, tmp_path / "page.html", actors=ACTORS), viewport=DESK)
    names = ["Union A", "Union B", "Council C", "narrator", "Ann Lee", "Ann  Lee ; Union A;", "“Q” \\ 🙂 مرحبا", "UB", "a; A"]
    for _ in range(12):
        if draw.random() < 0.3:
            merge(visitor, draw.choice(names), draw.choice(names))  # refused now and then
            continue
        visitor.press(*["j"] * draw.randrange(1, 5))
        given = {field: draw.choice(names) for field in FIELDS if draw.random() < 0.4}
        correct(visitor, **given)
    visitor.press("m")
    file = download(visitor, tmp_path, "save-corrections")
    close(visitor)
    page = shown(visitor)
    assert page == as_corrected(file, ARTICLES)
    assert page != {s.id: expected(s) for _, statements in ARTICLES for s in statements if s.kind == "sentence"}
    visitor.page.reload()  # the browser has kept them
    assert shown(visitor) == page


def test_a_speaker_brings_their_organisation_along(visit: Any, tmp_path: Path) -> None:
    visitor = visit(page_of(ARTICLES, tmp_path / "page.html", actors=ACTORS), viewport=DESK)
    visitor.press("d")
    assert visitor.page.inner_text("#doubts") == "4 doubtful"
    visitor.page.click("#correct-open")
    assert visitor.page.evaluate("document.activeElement.id") == "speaker"
    options = visitor.page.eval_on_selector_all("#names option", "all => all.map((option) => option.value)")
    assert options == ["Ann Lee", "Council C", "narrator", "Union A", "Union B"]
    visitor.page.fill("#speaker", "Union B")  # an organisation is its own
    assert [visitor.page.input_value(f"#{field}") for field in FIELDS] == ["Union B"] * 3
    visitor.page.fill("#speaker", "Ann Lee")
    assert [visitor.page.input_value(f"#{field}") for field in FIELDS] == ["Ann Lee", "Union B", "Union B"]
    visitor.page.click("#correct [type=submit]")
    assert visitor.said() == "Statement 3: Ann Lee, by hand."
    assert visitor.page.evaluate("document.activeElement.closest('.chosen') !== null")  # on from there by key
    card = visitor.card()
    assert (card["Speaker"], card["Kind of actor"], card["Attribution"]) == ("4 Ann Lee", "union", "by hand")
    assert visitor.lit()[2] == "4✓"
    assert visitor.table()[-1] == "4 Ann Lee Union B · union 1 1 0"
    assert visitor.page.inner_text("#doubts") == "3 doubtful"
    visitor.press("d")
    correct(visitor)  # as it is: checked
    assert visitor.page.inner_text("#doubts") == "2 doubtful"
    visitor.press("c")
    visitor.page.click("#nobody")
    visitor.page.click("#correct [type=submit]")
    assert (visitor.card()["Mode"], visitor.card()["Holder"]) == ("narrator", "narrator")
    visitor.press("c")
    visitor.page.fill("#speaker", "somebody")
    visitor.press("Escape")
    assert visitor.said() == "Statement 4: what was typed is not saved."
    visitor.press("c")
    visitor.page.click("#as-found")
    assert (visitor.card()["Speaker"], visitor.lit()[3]) == ("1 Union B", "1?")
    visitor.press("c")
    visitor.page.fill("#speaker", "  ;")
    visitor.press("Enter")  # nobody at all is no speaker
    assert visitor.page.is_visible("#correct")


def test_merged_names_are_one_speaker_and_an_entry_of_the_registry(visit: Any, tmp_path: Path) -> None:
    registry = Actors(actors=[*ACTORS.actors, Actor(name="Council C", kind="council", aliases=["CC"])])
    visitor = visit(page_of(ARTICLES, tmp_path / "page.html", actors=registry), viewport=DESK)
    assert merge(visitor, "Union A", "Union A") == "These are one actor already."
    assert merge(visitor, "narrator", "Union A") == "The narrator is no actor."
    assert merge(visitor, "Union Q", "Union A") == "Nobody here is called Union Q."
    assert merge(visitor, "A; B", "Union A") == "Give two single names."
    assert merge(visitor, "Union A", "Union B") == ""
    assert visitor.said() == "Union A means Union B."
    assert merge(visitor, "Union B", "Union A") == "These are one actor already."
    assert visitor.lit() == ["N", "1", "1?", "1?"]
    assert merge(visitor, "Union B", "Council C") == ""  # and so does Union A
    assert [row.split()[1] for row in visitor.table()] == ["narrator", "Council"]
    visitor.press("m")
    entries = load_actors(download(visitor, tmp_path, "save-entries"))
    assert [(a.name, a.kind, a.aliases) for a in entries.actors] == [("Council C", "council", ["CC", "Union B", "UB", "Union A"])]
    rows = [json.loads(line) for line in download(visitor, tmp_path, "save-corrections").read_text(encoding="utf-8").splitlines()]
    assert rows == [{"merge": "Union A", "into": "Council C"}, {"merge": "Union B", "into": "Council C"}]
    visitor.page.click("#merged button >> nth=0")
    visitor.page.click("#merged button")
    visitor.press("Escape")
    assert visitor.lit() == ["N", "2", "2&1?", "1?"]


def test_all_corrections_are_listed_gone_to_and_undone(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page, viewport=DESK)
    visitor.press("d", "d", "d")
    correct(visitor, speaker="Council D")
    visitor.press("n", "m")
    assert visitor.page.text_content("#correction-count") == "1"
    assert visitor.page.locator("#corrected li").all_text_contents() == ["Council C disagreed.Council C → Council DUndo"]
    visitor.page.click("#corrected [data-to]")
    assert (visitor.title(), visitor.chosen()) == ("second", "Council C disagreed.")
    visitor.press("m")
    visitor.page.click("#corrected [data-id]")
    assert not visitor.page.is_visible("#save-corrections")
    assert visitor.page.evaluate("document.querySelector('#corrections').contains(document.activeElement)")
    visitor.press("Escape")
    assert visitor.card()["Speaker"] == "3 Council C"


KEPT = ["", "null", "{", "[]", '{"statements": [["x", {}]], "merges": []}', '{"statements": [], "merges": [["narrator", "x"]]}',
        '{"statements": [["second:0-20", {"speaker": " "}]], "merges": []}', '{"statements": [], "merges": [[1, 2]]}']  # fmt: skip


def test_the_page_opens_whatever_the_browser_has_kept_and_nothing_is_lost(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page, viewport=DESK)
    visitor.press("d")
    correct(visitor)
    [key] = [key for key in visitor.page.evaluate("Object.keys(localStorage)") if key.startswith("stancekit/statements/1/")]
    for text in KEPT:
        visitor.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
        visitor.page.reload()
        assert visitor.lit() == ["N", "2", "2&1?", "1?"]
        assert visitor.page.text_content("#correction-count") == "!"
        assert visitor.page.evaluate("key => localStorage.getItem(key)", f"{key}/aside") == text
        visitor.press("m")
        assert visitor.page.text_content("#put-aside-as") == f"{key}/aside"
        visitor.press("Escape")


def test_what_the_browser_does_not_keep_is_said(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page, viewport=DESK)
    visitor.page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    visitor.press("d")
    correct(visitor, speaker="Council D")
    assert visitor.said() == "Statement 3: Council D, by hand. This browser does not keep it: download it before you close the page."
    visitor.press("m")
    assert visitor.page.is_visible("#at-risk")


def test_two_tabs_show_the_same(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page, viewport=DESK)
    other = visitor.page.context.new_page()
    other.goto(made_page.as_uri())
    visitor.press("d")
    correct(visitor, speaker="Council D")
    other.locator("#correction-count", has_text="1").wait_for()
    other.close()
