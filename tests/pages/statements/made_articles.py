"""Made-up articles with their statements, and somebody who looks at them in a browser."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.pages.statements import statements_page
from stancekit.records import Article, Statement

Pair = tuple[Article, list[Statement]]
Told = tuple[str, dict[str, Any]]


def told(text: str, **fields: Any) -> Told:
    """One unit; `quotes` are given as the quoted words."""
    return text, fields


def article(identity: str, lines: Sequence[Sequence[Told]], *, line_end: str = "\n", **more: str) -> Pair:
    """An article of lines of units, a blank between two."""
    text, statements = "", []
    for line in lines:
        for words, fields in line:
            start, end = len(text), len(text) + len(words)
            quotes = [(text + words).index(quoted, start) for quoted in fields.get("quotes", ())]
            spans = tuple((place, place + len(quoted)) for place, quoted in zip(quotes, fields.get("quotes", ()), strict=True))
            known = {} if "kind" in fields else {"mode": "narrator", "speaker": "narrator", "holder": "narrator"}
            statements.append(Statement(f"{identity}:{start}-{end}", identity, start, end, words, **(known | fields | {"quotes": spans})))
            text += words + " "
        text = text.removesuffix(" ") + line_end
    return Article(identity, text, **more), statements


def by(speaker: str, **fields: Any) -> dict[str, Any]:
    """What is told of a unit that somebody says."""
    known = {"mode": "indirect", "holder": speaker, "cue": "said", "attribution": "rule", "attribution_confidence": 0.9}
    return known | {"speaker": speaker} | fields


ARTICLES: list[Pair] = [
    article(
        "first",
        [
            [told("A plan comes too soon", kind="heading")],
            [told("Members of Union A met on Monday."), told("Union A said 🙂 that “the plan” 🇬🇧 is “too soon” 👍🏽.", **by(
                "Union A", organisation="Union A", actor_kind="union", mode="mixed", quotes=["“the plan”", "“too soon”"]))],
            [told("Union A and Union B asked for a delay.", **by(
                "Union A; Union B", organisation="Union A; Union B", attribution="parse", attribution_confidence=0.5))],
            [told("“We are not sure.”", **by(
                "Union B", mode="direct", cue=None, attribution_confidence=None, quotes=["“We are not sure.”"]))],
            [told("Your thoughts", kind="boilerplate")],
        ],
        title="The plan is debated", date="2026-01-02", outlet="A paper", url="https://news.example/1",
    ),
    article("second", [[told("Council C disagreed.", **by("Council C", holder="Council C", attribution_confidence=0.7))]]),
    article(
        "third",
        [[told("Nobody was asked."), told("Union B will vote.", **by("Union B", attribution_confidence=0.65)), told("It rained.")]],
        title="A vote", url="javascript:alert(1)",
    ),
]  # fmt: skip
"""In order: doubtful below .75 are .5, none (quoted), .7, .65."""


def page_of(pairs: Iterable[Pair], path: Path, **options: Any) -> Path:
    path.write_text(statements_page(pairs, **options), encoding="utf-8")
    return path


# The card as a dictionary.
CARD = """() => Object.fromEntries([...document.querySelectorAll("#facts > div")].map((row) =>
    [row.querySelector("dt").textContent, [...row.querySelectorAll("dd")].map((dd) => dd.innerText.replace(/\\s+/g, " ")).join("")]))"""
# The units that are shown in colour, by what is written before them.
LIT = """() => [...document.querySelectorAll("#text .unit.sentence:not(.off) > .chip")].map((chip) => chip.dataset.label)"""


@dataclass
class Visitor:
    """Somebody with a browser of their own at a page, and what went wrong in it."""

    page: Any
    faults: list[str]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def said(self) -> str:
        return str(self.page.text_content("#said"))

    def title(self) -> str:
        return str(self.page.text_content("#title"))

    def card(self) -> dict[str, str]:
        """What the card says; empty where it is closed."""
        return dict(self.page.evaluate(CARD)) if self.page.is_visible("#card") else {}

    def chosen(self) -> str:
        """The text of the chosen statement."""
        return "".join(self.page.locator("#text .chosen").all_text_contents())

    def lit(self) -> list[str]:
        return list(self.page.evaluate(LIT))

    def table(self) -> list[str]:
        """The rows of speakers: label, name, here, all, doubtful."""
        return [" ".join(row.split()) for row in self.page.locator("#voices tr").all_inner_texts()]
