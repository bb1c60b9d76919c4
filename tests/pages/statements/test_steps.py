"""Going through the page: from doubt to doubt, by speaker, by words, by key, and back to where one was."""

from pathlib import Path
from typing import Any

import pytest
from made_articles import ARTICLES, Pair, article, by, page_of, told

pytestmark = pytest.mark.browser

DOUBTFUL = ["Union A and Union B asked for a delay.", "“We are not sure.”", "Council C disagreed.", "Union B will vote."]


def test_doubtful_statements_one_after_the_other(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    assert visitor.page.inner_text("#doubts") == "4 doubtful"
    found = []
    for _ in range(5):
        visitor.press("d")
        found.append((visitor.title(), visitor.chosen()))
        assert visitor.page.is_visible("#doubt")
        assert visitor.page.evaluate("document.activeElement.closest('.chosen') !== null")
    titles = ["The plan is debated", "The plan is debated", "second", "A vote"]
    assert found == list(zip([*titles, titles[0]], [*DOUBTFUL, DOUBTFUL[0]], strict=True))
    assert visitor.said() == "Doubtful 1 of 4. Round again from the first."
    visitor.press("Shift+D")
    assert (visitor.chosen(), visitor.said()) == (DOUBTFUL[3], "Doubtful 4 of 4. Round again from the last.")
    visitor.press("Shift+D")
    assert visitor.chosen() == DOUBTFUL[2]
    visitor.page.click("#moves [data-do=doubtful]")
    assert visitor.chosen() == DOUBTFUL[3]


def test_the_threshold_can_be_changed(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    assert visitor.page.input_value("#threshold") == "0.75"
    visitor.press("-", "-", "-")
    assert visitor.said() == "Doubtful below 0.6: 2."
    assert visitor.page.inner_text("#doubts") == "2 doubtful"
    assert visitor.lit() == ["N", "2", "2&1?", "1?"]
    visitor.page.fill("#threshold", "0.5")  # below, so .5 itself is not
    assert visitor.page.inner_text("#doubts") == "1 doubtful"
    assert visitor.lit() == ["N", "2", "2&1", "1?"]
    visitor.page.fill("#threshold", "7")
    assert visitor.page.inner_text("#doubts") == "1 doubtful"
    visitor.press("Enter")
    assert visitor.page.input_value("#threshold") == "0.5"
    visitor.press("+", "=")
    assert visitor.page.input_value("#threshold") == "0.6"
    rows = visitor.table()
    assert rows == ["N narrator 1 3 0", "1 Union B 2 3 2", "2 Union A union 2 2 1", "3 Council C 0 1 0"]
    visitor.press("n", "-", "-", "-")
    visitor.page.click("#voices button:has-text('Council C')")
    visitor.press("d")
    assert visitor.said() == "No attribution here is below 0.45. The least sure has 0.7."


def test_one_speaker_alone(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    assert visitor.table() == ["N narrator 1 3 0", "1 Union B 2 3 3", "2 Union A union 2 2 1", "3 Council C 0 1 1"]
    visitor.page.click("#voices button:has-text('Union B')")
    assert visitor.lit() == ["2&1?", "1?"]
    assert visitor.page.locator("#voices [aria-pressed=true]").inner_text().split() == ["1", "Union", "B"]
    assert visitor.page.locator("#contents li:visible").all_inner_texts() == [
        "The plan is debated\n2026-01-02 · A paper\n2 of 4 · 2 doubtful", "A vote\n1 of 3 · 1 doubtful",
    ]  # fmt: skip
    assert visitor.page.inner_text("#filter-name").split() == ["1", "Union", "B"]
    found = []
    for key in "djd":
        visitor.press(key)
        found.append(visitor.chosen())
    assert found == [DOUBTFUL[0], DOUBTFUL[1], DOUBTFUL[3]]
    visitor.press("p")
    assert visitor.title() == "The plan is debated"  # past the article that has none of theirs
    visitor.press("p")
    assert visitor.said() == "This is the first article that the filters leave."
    visitor.page.click("#filter")
    assert visitor.lit() == ["N", "2", "2&1?", "1?"]
    assert not visitor.page.is_visible("#filter")
    visitor.page.click("#voices button >> nth=3")
    assert visitor.title() == "second"  # the first that they speak in
    visitor.press("Escape")
    assert visitor.said() == "All speakers."
    visitor.press("o")
    assert visitor.said() == "Choose a statement first."
    visitor.press("j", "o")
    assert visitor.said() == "Council C alone: 1 statement."
    visitor.press("o")
    assert visitor.said() == "All speakers."


def test_words_are_found_and_gone_through(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    visitor.press("/")
    assert visitor.page.evaluate("document.activeElement.id") == "query"
    visitor.page.keyboard.type("UNION b")
    visitor.press("Enter")
    assert visitor.page.inner_text("#hits") == "2 found"
    assert visitor.chosen() == DOUBTFUL[0]
    lit = "[...CSS.highlights.get('hit') ?? []].map(String)"
    assert visitor.page.evaluate(lit) == ["Union B"]
    visitor.press("Enter")
    assert (visitor.title(), visitor.chosen(), visitor.said()) == ("A vote", DOUBTFUL[3], "Match 2 of 2.")
    visitor.press("Shift+Enter")
    assert visitor.chosen() == DOUBTFUL[0]
    assert visitor.page.evaluate("document.activeElement.id") == "query"
    visitor.page.fill("#query", '"too  soon"')  # whatever the marks and the white space, across characters that are two units long
    visitor.press("Enter")
    assert visitor.page.evaluate(lit) == ["“too soon”"]
    visitor.page.fill("#query", "too soon")
    visitor.press("Enter")
    assert visitor.page.inner_text("#hits") == "2 found"  # in a heading too
    visitor.page.fill("#query", "(.*")
    visitor.press("Enter")
    assert visitor.page.inner_text("#hits") == "0 found"
    assert visitor.page.is_visible("#no-article")
    assert visitor.said() == "No statement is left by the filters."
    visitor.press("Escape")
    assert (visitor.page.input_value("#query"), visitor.page.inner_text("#hits")) == ("", "")
    assert visitor.page.evaluate(lit) == []
    assert visitor.lit() == ["N", "2", "2&1?", "1?"]
    visitor.page.click("#voices button:has-text('Union B')")
    visitor.page.fill("#query", "union")
    visitor.page.locator("#hits", has_text="4 found").wait_for()  # by itself, a moment after the last key
    visitor.press("Enter", "Enter")
    assert visitor.said() == "Match 2 of 2."  # the speaker and the words together


def test_keys_wait_where_they_would_disturb(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page, locale="en-GB")  # a browser context of its own, because the switch is kept
    for chord in ("Control+d", "Alt+j", "Meta+n"):
        visitor.press(chord)
    visitor.press("?", "d", "n", "Escape")
    visitor.page.focus("#query")
    visitor.page.keyboard.type("djn-")
    visitor.press("Escape")
    assert (visitor.title(), visitor.chosen(), visitor.page.input_value("#threshold")) == ("The plan is debated", "", "0.75")
    visitor.press("?")
    visitor.page.uncheck("#keys-on")
    visitor.press("Escape", "d", "n", "o", "/")
    assert (visitor.title(), visitor.chosen()) == ("The plan is debated", "")
    visitor.page.reload()  # the switch is kept
    visitor.press("d")
    assert visitor.chosen() == ""


def test_the_address_keeps_the_place(visit: Any, made_page: Path) -> None:
    visitor = visit(made_page)
    visitor.press("d", "d", "d")
    assert visitor.page.url.endswith("#second%3A0-20")
    visitor.page.reload()
    assert (visitor.title(), visitor.chosen()) == ("second", DOUBTFUL[2])
    visitor.page.click("#contents button >> nth=2")
    assert visitor.page.evaluate("document.activeElement.id") == "title"
    visitor.page.reload()
    assert (visitor.title(), visitor.chosen()) == ("A vote", "")
    visitor.page.evaluate(f"location.hash = encodeURIComponent('{ARTICLES[0][1][3].id}')")
    visitor.page.locator("#text .chosen").wait_for()
    assert visitor.chosen() == DOUBTFUL[0]
    visitor.page.evaluate("location.hash = '#nowhere'")
    visitor.page.evaluate("location.hash = '#second:0-21'")  # no statement, but an article
    visitor.page.locator("#title", has_text="second").wait_for()
    assert visitor.chosen() == ""
    assert visit(made_page, "#%").title() == "The plan is debated"


def test_an_article_without_statements_and_names_that_look_alike(visit: Any, tmp_path: Path) -> None:
    pairs: list[Pair] = [
        article("empty", []),
        article("one", [[told("Said.", **by("constructor")), told("Said.", **by("__proto__")), told("Said.", speaker=None, mode=None)]]),
    ]
    visitor = visit(page_of(pairs, tmp_path / "page.html", threshold=1))
    assert visitor.page.text_content("#text") == ""
    visitor.press("d")
    assert visitor.chosen() == "Said."
    assert visitor.lit() == ["1?", "2?", "–"]
    assert [row.split()[1] for row in visitor.table()] == ["constructor", "__proto__"]
