"""The page holds the articles and nothing else: offsets are right, text stays text, the same input gives the same bytes."""

import re
from dataclasses import replace
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_articles import ARTICLES, Pair, article, by, told

from chromium import Reader
from stancekit.errors import InputError
from stancekit.pages.statements import encode, statements_page
from stancekit.pages.statements.page import SCRIPTS
from stancekit.records import Article, Kind, Statement
from stancekit.report.wording import visible

HOSTILE = "</script><script>alert(1)</script><!-- <![CDATA[ \u2028 &lt; {{DATA}} {{SCRIPT}} \\u003c \u202eevil\u202c"


def decoded(html: str) -> list[Pair]:
    """What a page holds, as records."""
    data = Reader(html).data
    pairs = []
    for row in data["articles"]:
        text, statements = row["text"], []
        for start, end, confidence, quotes, *told_ in row["statements"]:
            names = {name: data["strings"][k] for name, k in zip(data["names"], told_, strict=True)}
            spans = tuple(zip(quotes[::2], quotes[1::2], strict=True))
            identity = f"{row['id']}:{start}-{end}"
            statements.append(
                Statement(identity, row["id"], start, end, text[start:end], **names, attribution_confidence=confidence, quotes=spans)
            )
        known = {name: row.get(name) for name in ("title", "date", "outlet", "url")}
        pairs.append((Article(row["id"], text, **known), statements))
    return pairs


def test_everything_known_of_articles_and_statements_is_in_the_page(seeds: list[Pair]) -> None:
    assert decoded(statements_page(seeds)) == seeds
    assert decoded(statements_page(ARTICLES)) == ARTICLES


def test_the_page_is_not_much_more_than_the_text(seeds: list[Pair]) -> None:
    html = statements_page(seeds)
    code = statements_page([(Article("a", "."), [])])
    text = sum(len(a.text.encode()) for a, _ in seeds)
    assert len(html.encode()) - len(code.encode()) < 1.75 * text


@given(words=st.text(min_size=1), title=st.text() | st.just(HOSTILE))
@settings(max_examples=30, deadline=None)
def test_no_text_gets_out_of_the_data(words: str, title: str) -> None:
    plain = Reader(statements_page([article("a", [[told("A plan.")]])]))
    hostile = words + HOSTILE
    pair = article(hostile, [[told(hostile, **by(hostile, cue=hostile))]], title=hostile, url=hostile)
    html = statements_page([pair], title=title)
    page = Reader(html)
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]  # no text has become a tag
    assert (page.raw[0], page.raw[2], page.policy) == (plain.raw[0], plain.raw[2], plain.policy)
    assert decoded(html) == [pair]
    assert page.title == visible(title or "Statements").replace("\r\n", "\n")


@given(st.text())
@settings(deadline=None)
def test_wide_characters_are_counted(text: str) -> None:
    """Offsets are code points; what the page adds to them gives the units of UTF-16 that JavaScript counts."""
    wide = Reader(statements_page([(Article("a", text), [])])).data["articles"][0]["wide"]
    for place in range(len(text) + 1):
        assert place + sum(w < place for w in wide) == len(text[:place].encode("utf-16-le")) // 2


def test_the_page_names_nothing_outside_itself() -> None:
    html = statements_page([article("a", [[told("A plan.")]])])
    assert not [tag for tag, attrs in Reader(html).tags if {"src", "href", "srcset", "style", "action", "onclick"} & set(attrs)]
    assert not re.search(r"url\(|@import|\bimport\b|fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\beval\b|Function\(", html)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|srcdoc", html)


def test_the_same_arguments_give_the_same_bytes(seeds: list[Pair]) -> None:
    assert statements_page(seeds) == statements_page(iter(list(seeds)))


def test_what_cannot_be_made_into_a_page_is_said() -> None:
    [(a, [s])] = [ARTICLES[1]]
    with pytest.raises(InputError, match="page: there is no article to show"):
        statements_page([])
    with pytest.raises(InputError, match=r"threshold: 1.5 is not a confidence \(allowed: 0 to 1\)"):
        statements_page(ARTICLES, threshold=1.5)
    for wrong in (replace(s, text="Council D disagreed."), replace(s, article_id="x"), replace(s, end=s.start, text="")):
        with pytest.raises(InputError, match="second:0-20: does not stand there in article 'second'"):
            statements_page([(a, [wrong])])
    with pytest.raises(InputError, match="overlaps the statement before it, or is out of order"):
        statements_page([(a, [s, s])])
    with pytest.raises(InputError, match="has a quote that lies outside it"):
        statements_page([(a, [replace(s, quotes=((0, 21),))])])


def test_what_the_page_has_no_room_for_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(encode, "MAX_ARTICLE", 100)
    [first, second, third] = ARTICLES
    assert len(first[0].text) > 100 > len(third[0].text)
    html = statements_page(ARTICLES, notice=said.append)
    why = f"left out of the page: it has {len(first[0].text)} characters, and a page shows articles of at most 100"
    assert said == [f"first: {why}"]
    assert decoded(html) == [(replace(first[0], text=""), []), second, third]
    data = Reader(html).data
    assert [row.get("left_out") for row in data["articles"]] == [why, None, None]
    assert data["left_out"] == 0
    assert decoded(statements_page([first])) == [(replace(first[0], text=""), [])]  # a page that says so, where there is no other

    said.clear()
    monkeypatch.setattr(encode, "MAX_CHARACTERS", 50)
    data = Reader(statements_page(((Article(name, "x" * 20), []) for name in "abcde"), notice=said.append)).data
    assert [row["id"] for row in data["articles"]] == ["a", "b"]
    assert data["left_out"] == 3
    full = "c: left out of the page: it is full, as a page holds 50 characters"
    assert said == [full, "page: 3 articles are left out; make one of fewer"]


def test_the_sources_fit_together() -> None:
    """Every element that a script asks for is in the page once; every button's and every key's command is the reader's."""
    sources = {
        name: (files("stancekit.pages.statements") / name).read_text(encoding="utf-8") for name in (*SCRIPTS, "page.html", "page.css")
    }
    script = "\n".join(sources[name] for name in SCRIPTS)
    frame = (files("stancekit.pages.frame") / "page.html").read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([\w-]+)"', frame + sources["page.html"])
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\$\("([\w-]+)"\)', script)) <= set(ids)
    assert set(re.findall(r"#([a-z][\w-]*)(?=[^;{}]*\{)", sources["page.css"])) <= set(ids)
    commands = re.search(r"this\.commands = \{(.*?)\};", script, re.DOTALL)
    keys = re.search(r"const KEYS = \{(.*?)\};", script, re.DOTALL)
    assert commands
    assert keys
    known = set(re.findall(r'"?([\w-]+)"?: \(', commands[1]))
    assert set(re.findall(r'data-do="([\w-]+)"', sources["page.html"])) <= known
    assert set(re.findall(r': "([\w-]+)"', keys[1])) <= known
    classes = set(re.findall(r"\.([a-z][\w-]*)(?=[^;{}]*\{)", sources["page.css"])) - set(get_args(Kind))
    assert classes <= set(re.findall(r"[\w-]+", script + sources["page.html"]))  # no style for what is not there
