"""The page holds its data and nothing else: whatever the texts say, it stays text; it can neither load nor send."""

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chromium import Reader
from stancekit.annotations.items import Item
from stancekit.codebook import Codebook, Label, Task
from stancekit.errors import InputError
from stancekit.pages.annotate import annotation_page
from stancekit.pages.annotate.page import SCRIPTS
from stancekit.records import Statement
from stancekit.report.wording import visible

HOSTILE = "</script><script>alert(1)</script><!-- <![CDATA[ \u2028\u2029 &lt; {{DATA}} {{SCRIPT}} \\u003c \u202eevil\u202c \0\r\n"
SOURCES = {name: (files("stancekit.pages.annotate") / name).read_text(encoding="utf-8") for name in (*SCRIPTS, "page.html", "page.css")}


def small(text: str = "A plan.", **more: Any) -> Item:
    return Item(Statement(f"a:0-{len(text)}", "a", 0, len(text), text, holder="Union A"), **more)


def codebook(text: str = "-") -> Codebook:
    task = Task(
        question=text, labels={name: Label(definition=text, examples=[text], counterexamples=[text]) for name in ("yes", "no")}, ties=[text]
    )
    return Codebook(name=text, version="1.0.0", target=text, unit=text, tasks={"stance": task})


def test_every_statement_and_definition_is_in_the_page(items: list[Item], codebook: Codebook) -> None:
    data = Reader(annotation_page(items, codebook)).data
    assert len(data["items"]) == 130
    for row, item in zip(data["items"], items, strict=True):
        s = item.statement
        assert (row["id"], row["article"], row["start"], row["end"], row["text"]) == (s.id, s.article_id, s.start, s.end, s.text)
        assert (row["before"], row["after"], row["holder"], row["mode"]) == (item.before, item.after, s.holder, s.mode)
    assert data["codebook"]["digest"] == codebook.meaning
    shown = {(t["name"], label["name"]): label["definition"] for t in data["codebook"]["tasks"] for label in t["labels"]}
    assert shown == {(t, name): label.definition for t, task in codebook.tasks.items() for name, label in task.labels.items()}


@given(text=st.text(min_size=1).filter(str.strip) | st.just(HOSTILE), title=st.text() | st.just(HOSTILE))
@settings(max_examples=60, deadline=None)
def test_no_text_gets_out_of_the_data(text: str, title: str) -> None:
    plain = Reader(annotation_page([small()], codebook()))
    page = Reader(annotation_page([small(text, before=text, after=text)], codebook(text), title=title, annotator=text))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]  # no text has become a tag
    assert page.raw[0] == plain.raw[0]
    assert page.raw[2] == plain.raw[2]
    assert page.data["items"][0]["text"] == text
    assert page.data["items"][0]["before"] == text
    assert page.data["annotator"] == text
    assert page.data["codebook"]["tasks"][0]["labels"][0]["examples"] == [text]
    assert not re.search("[<>&\u2028\u2029]", page.raw[1])
    assert page.title == visible(title or text).replace("\r\n", "\n")


def test_only_its_own_style_and_script_run() -> None:
    page = Reader(annotation_page([small(HOSTILE)], codebook(HOSTILE)))
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(page.raw[k].encode()).digest()).decode()}'" for k in (0, 2)]
    assert page.policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_the_page_names_nothing_outside_itself() -> None:
    html = annotation_page([small()], codebook())
    page = Reader(html)
    assert not [tag for tag, attrs in page.tags if {"src", "href", "srcset", "style", "action", "onclick"} & set(attrs)]
    assert not re.search(
        r"https?:|url\(|@import|\bimport\b|fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|\beval\b|Function\(", html
    )
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|srcdoc", html)


def test_the_same_arguments_give_the_same_bytes(items: list[Item], codebook: Codebook) -> None:
    assert annotation_page(items, codebook) == annotation_page(list(items), codebook)


def test_work_on_other_statements_is_other_work(items: list[Item], codebook: Codebook) -> None:
    def digest(several: list[Item]) -> str:
        return str(Reader(annotation_page(several, codebook)).data["digest"])

    assert digest(items) == digest([replace(item, before="", suggested={"stance": {"oppose": 1.0}}) for item in items])
    assert len({digest(items), digest(items[1:]), digest(items[::-1])}) == 3


def test_a_model_is_neither_seen_nor_held_unless_asked_for() -> None:
    queued = small(suggested={"stance": {"yes": 0.987654}}, reason="the closest call")
    blind = annotation_page([queued], codebook())
    assert "0.987654" not in blind
    assert "closest call" not in blind
    item = Reader(annotation_page([queued], codebook(), suggestions=True)).data["items"][0]
    assert (item["suggested"], item["reason"]) == ({"stance": {"yes": 0.987654}}, "the closest call")


def test_what_cannot_be_made_into_a_page_is_said() -> None:
    with pytest.raises(InputError, match="annotate: there is no statement to label"):
        annotation_page([], codebook())
    with pytest.raises(InputError, match="statement 'a:0-7' occurs twice"):
        annotation_page([small(), small()], codebook())
    with pytest.raises(InputError, match="no statement has any; give a queue or a model's labels"):
        annotation_page([small()], codebook(), suggestions=True)


def test_the_sources_fit_together() -> None:
    """Every element that a script asks for is in the page once, and every button's command is the desk's."""
    script = "\n".join(SOURCES[name] for name in SCRIPTS)
    frame = (files("stancekit.pages.frame") / "page.html").read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([\w-]+)"', frame + SOURCES["page.html"])
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\$\("([\w-]+)"\)', script)) <= set(ids)
    assert set(re.findall(r"#([a-z][\w-]*)(?=[^;{}]*\{)", SOURCES["page.css"])) <= set(ids)
    commands = re.search(r"this\.commands = \{(.*?)\};", script, re.DOTALL)
    assert commands
    known = set(re.findall(r"(\w+): \(", commands[1]))
    assert set(re.findall(r'data-do="(\w+)"', SOURCES["page.html"])) <= known
    keys = re.search(r"const KEYS = \{(.*?)\};", script, re.DOTALL)
    letters = re.search(r'LABEL_KEYS = \[\.\.\."(\w+)"\]', script)
    assert keys
    assert letters
    assert set(re.findall(r': "(\w+)"', keys[1])) <= known
    assert not set(re.findall(r"(\w): ", keys[1])) & set(letters[1])  # no key means two things
