"""The page in a real browser: it shows the articles as they are, and of every statement what is known of it."""

import re
from pathlib import Path
from typing import Any

import pytest
from made_articles import ARTICLES, Pair, article, by, page_of, told

from stancekit.pages.statements import encode
from stancekit.records import Article, Statement
from stancekit.report.wording import visible

pytestmark = pytest.mark.browser

# [the text shown, [each unit's pieces in one], [each quoted part]]
SHOWN = """() => {
  const pieces = new Map();
  for (const piece of document.querySelectorAll("#text .unit"))
    pieces.set(piece.dataset.k, (pieces.get(piece.dataset.k) ?? "") + piece.textContent);
  const quoted = [...document.querySelectorAll("#text .quoted")].map((node) => node.textContent);
  return [document.getElementById("text").textContent, [...pieces.values()], quoted];
}"""
CONTROLS = "".join(map(chr, [*range(1, 0xA, 1), 0xB, 0xC, *range(0xE, 0x20), *range(0x7F, 0xA1), *range(0x2000, 0x2070), 0x61C, 0xFEFF]))


ENDS = re.compile("[\r\n\u2028\u2029]")


def wild() -> Pair:
    """Wide characters before and within quotes, every kind of line end, hidden characters, lines that statements run over."""
    texts = [
        "\ufeff🙂 One 👩‍👩‍👧 said.\r\n",
        "She said “so 🇬🇧\u202e” 🙂 and\n\nwent \ton.",
        "\r\n \r",
        CONTROLS,
        "\u2028 مرحبا “😀” \u2029",
    ]
    statements, start = [], 0
    for text in texts:
        words = text.strip("\r\n")
        if words.strip():
            quotes = ((start + words.index("“"), start + words.index("”") + 1),) if "”" in words else ()
            statements.append(Statement(f"wild:{start}", "wild", start, start + len(words), words, mode="mixed", quotes=quotes))
        start += len(text)
    return Article("wild", "".join(texts)), statements


def test_the_text_is_the_articles_text_to_the_character(visit: Any, seeds: list[Pair], tmp_path: Path) -> None:
    pairs = [*seeds, *ARTICLES, wild(), article("windows", [[told("One.")], [told("Two.")]], line_end="\r\n\r\n")]
    visitor = visit(page_of(pairs, tmp_path / "page.html"))
    for a, statements in pairs:
        assert visitor.title() == (a.title or a.id)
        text, units, quoted = visitor.page.evaluate(SHOWN)
        assert text == a.text
        # A unit or a quote that runs over several lines is in several pieces; line ends are between them.
        assert units == [ENDS.sub("", s.text) for s in statements]
        assert "".join(quoted) == ENDS.sub("", "".join(a.text[start:end] for s in statements for start, end in s.quotes))
        visitor.press("n")
    assert visitor.said() == "This is the last article."


def test_the_lines_are_what_is_seen(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    assert visitor.page.inner_text("#text p:visible >> nth=0") == "A plan comes too soon"
    assert visitor.page.get_by_role("heading", name="A plan comes too soon").is_visible()
    assert visitor.page.locator("#text .boilerplate p").inner_text() == "Your thoughts"
    labels = "all => all.map((node) => [...node.children].map((label) => label.dataset.label))"
    assert visitor.page.eval_on_selector_all("#text .who", labels) == [
        ["heading"], ["Union A"], ["Union A", "Union B"], ["Union B"], ["boilerplate"],
    ]  # fmt: skip
    assert visitor.lit() == ["N", "2", "2&1?", "1?"]
    assert visitor.page.text_content("#about") == "firstA paper2026-01-02https://news.example/1"
    link = visitor.page.locator("#about a")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == ("https://news.example/1", "noreferrer noopener")
    visitor.press("n", "n")
    assert visitor.page.text_content("#about") == "thirdjavascript:alert(1)"  # no web address is no link
    assert visitor.page.locator("#about a").count() == 0


QUOTED = f"2 spans, {100 * 20 / len(ARTICLES[0][1][2].text):.0f} %"
JOINT = {
    "Speaker": "2 Union A 1 Union B", "Organisation": "Union A; Union B", "Kind of actor": "none", "Holder": "Union A; Union B",
    "Mode": "indirect: reported", "Cue": "“said”", "Quoted": "none", "Attribution": "by parse", "Attribution confidence": "0.5",
}  # fmt: skip


def test_pointing_shows_what_is_known(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    assert visitor.card() == {}
    assert visitor.page.is_visible("#no-card")
    visitor.page.hover("text=asked for a delay")
    s = ARTICLES[0][1][3]
    assert visitor.card() == JOINT | {"Characters": f"{s.start}–{s.end}", "Id": s.id}
    assert visitor.page.inner_text("#doubt") == "Doubtful: below 0.75"
    assert visitor.page.inner_text("#card-title") == "Statement 3 of 4"
    visitor.page.hover("text=too soon” 👍🏽")
    found = visitor.card()
    assert (found["Kind of actor"], found["Mode"]) == ("union", "mixed: partly quoted")
    assert found["Quoted"] == QUOTED
    assert not visitor.page.is_visible("#doubt")
    visitor.page.hover("text=We are not sure")
    assert visitor.page.inner_text("#doubt") == "Doubtful: quoted, and no confidence is given"
    assert (visitor.card()["Attribution confidence"], visitor.card()["Cue"]) == ("none", "none")
    visitor.page.hover("text=Your thoughts")
    s = ARTICLES[0][1][5]
    assert visitor.card() == {"Characters": f"{s.start}–{s.end}", "Id": s.id}
    assert visitor.page.inner_text("#card-title") == "No statement: a boilerplate"
    visitor.page.hover("#title")
    assert visitor.card() == {}


def test_a_click_keeps_the_card_until_it_is_closed(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    visitor.page.click("text=asked for a delay")
    visitor.page.hover("text=We are not sure")
    assert visitor.card()["Speaker"] == "1 Union B"  # what is pointed at comes first
    visitor.page.hover("#title")
    assert visitor.card()["Speaker"] == JOINT["Speaker"]
    visitor.press("Escape")
    assert visitor.card() == {}
    visitor.page.click("text=asked for a delay")
    visitor.page.click("text=asked for a delay")
    visitor.page.hover("#title")
    assert visitor.card() == {}
    visitor.page.click("text=asked for a delay", click_count=2)  # a word is marked, to be copied
    assert visitor.page.evaluate("String(getSelection())").strip()


def test_the_focus_shows_what_is_known(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    visitor.page.focus("#title")
    visitor.press("Tab", "Tab")  # past the article's address
    assert visitor.chosen() == "Members of Union A met on Monday."
    assert visitor.card()["Speaker"] == "N narrator"
    name = "document.activeElement.getAttribute('aria-label')"
    assert visitor.page.evaluate(name) == "Statement 1: narrator, narrator"
    visitor.press("ArrowDown", "ArrowRight")
    assert visitor.page.evaluate(name) == "Statement 3: Union A; Union B, reported, doubtful"
    assert visitor.card()["Speaker"] == JOINT["Speaker"]
    visitor.press("ArrowUp")
    assert visitor.card()["Quoted"] == QUOTED
    visitor.press("Enter")  # as a click would
    assert visitor.card() == {}
    visitor.press("Space")
    assert visitor.card()["Quoted"] == QUOTED
    visitor.press("Tab")
    assert visitor.page.evaluate("document.activeElement.id") == "turn-over"  # one stop for all statements


def test_a_tap_opens_the_card_and_leaves_the_statement_in_sight(visit: Any, seeds_page: Path) -> None:
    visitor = visit(seeds_page, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True)
    for k in (0, 9, 18):
        chip = visitor.page.locator("#text .chip").nth(k)
        chip.evaluate("node => node.scrollIntoView({ block: 'center' })")
        chip.tap()
        assert visitor.card()["Speaker"]
        top = visitor.page.locator("#card").bounding_box()["y"]
        box = visitor.page.locator("#text .chosen").first.bounding_box()
        assert 0 <= box["y"] < top - 20
        bar = visitor.page.locator("footer").bounding_box()
        card = visitor.page.locator("#card").bounding_box()
        assert card["y"] + card["height"] <= bar["y"] + 1  # the steps stay in reach
    visitor.page.tap("#moves [data-do=doubtful]")
    assert visitor.page.is_visible("#doubt")
    visitor.page.tap("#card [data-do=close]")
    assert visitor.card() == {}


def test_hostile_text_is_shown_and_does_nothing(visit: Any, tmp_path: Path) -> None:
    text = f"<img src=x onerror=alert(1)></script><script>alert(2)</script>&amp;{CONTROLS} \u202eend\u202c."
    named = by(text, organisation=text, cue=text, actor_kind=text, holder=text)
    visitor = visit(page_of([article("a", [[told(text, **named)]], title=text, outlet=text)], tmp_path / "page.html", title=text))
    visitor.page.hover(".chip")
    for selector in ("#title", "h1", "#about", "#contents .name", "#voices button", "#facts"):
        assert visible(text) in visitor.page.text_content(selector), selector
    assert visitor.page.query_selector_all("main img, main script, aside img, #lists img") == []
    shown = visitor.page.eval_on_selector_all("#text .control", "all => all.map((node) => getComputedStyle(node, '::before').content)")
    assert '"[U+202E]"' in shown
    assert visitor.page.evaluate("getComputedStyle(document.querySelector('#text .control span')).display") == "none"


def test_a_thousand_articles_are_one_at_a_time(visit: Any, tmp_path: Path) -> None:
    def generated(i: int) -> Pair:
        lines = [[told(f"Statement {i} {k} is made.", **by(f"Speaker {(i + k) % 300}", attribution_confidence=0.9))] for k in range(20)]
        return article(f"article_{i:04}", lines)

    visitor = visit(page_of((generated(i) for i in range(1000)), tmp_path / "page.html"), "#article_0999:0-24")
    assert (visitor.title(), visitor.chosen()) == ("article_0999", "Statement 999 0 is made.")
    assert visitor.page.locator("#text .unit").count() == 20
    assert visitor.page.locator("#voices tr").count() == 40
    assert visitor.page.text_content("#more") == "Show all 300"
    visitor.page.fill("#find", "speaker 299")
    times = sum((i + k) % 300 == 299 for i in range(1000) for k in range(20))
    assert visitor.table() == [f"300 Speaker 299 0 {times} 0"]
    assert visitor.page.evaluate("performance.now()") < 20_000


def test_what_was_left_out_is_seen(visit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "MAX_ARTICLE", 100)
    monkeypatch.setattr(encode, "MAX_CHARACTERS", 150)
    more = [article(name, [[told("It rained on the market. " * 3)]]) for name in ("fourth", "fifth")]
    visitor = visit(page_of([*ARTICLES, *more], tmp_path / "page.html"))
    assert visitor.title() == "The plan is debated"
    why = f"left out of the page: it has {len(ARTICLES[0][0].text)} characters, and a page shows articles of at most 100"
    assert f"The text is {why}." in visitor.page.inner_text("#about")
    assert why in visitor.page.inner_text("#contents li:first-child")
    assert visitor.page.inner_text("#left-out") == "The page is full: 1 more article left out."
    visitor.press("n", "n", "p", "p", "d")
    assert visitor.title() == "second"
    alone = visit(page_of(ARTICLES[:1], tmp_path / "alone.html"))
    alone.press("n", "d", "j", "/")
    assert why in alone.page.inner_text("#about")
    assert not alone.page.is_visible("#left-out")
