"""Lists and quotations that a line leads in to: `The union called for:`, then an item a line; `Ann Example, chair`, then her words."""

import re
from collections.abc import Sequence

from stancekit.statements.clauses.subjects import Chunk, main_subject
from stancekit.statements.english.reporting_verbs import SAYING_NOUNS
from stancekit.statements.segmentation.letters.signatures import is_signatory
from stancekit.statements.segmentation.segment import Unit
from stancekit.statements.text.tokens import Token

_ITEM = re.compile(r"(?:[•●▪‣◦*·–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s?\S")
_STATEMENT = re.compile(r"(?:\w+ ){0,2}(?:statement|response|reaction|comment|reply|message)s? (?:from|by) ", re.IGNORECASE)
_MARKS = '“„«"‘'
_LONGEST = 60
_WANTING = re.compile(r"(?:want|propose|promise|pledge|seek|recommend|oppose)s?")
_DEMANDS = SAYING_NOUNS | {"demands", "proposals", "recommendations", "priorities", "requests", "pledges", "aims"}


def leads_in(text: str, unit: Unit) -> bool:
    """Whether a sentence or a heading ends in a colon."""
    return text[unit.end - 1] == ":" and unit.kind in ("sentence", "heading")


def is_item(text: str, unit: Unit) -> bool:
    """Whether a unit begins as an item of a list does: with a bullet, a dash or a number."""
    return unit.kind != "boilerplate" and bool(_ITEM.match(text, unit.start, unit.end))


def introduction(text: str, units: Sequence[Unit], index: int) -> int:
    """Return the number of the unit that leads in to the list in which unit `index` is an item; `index` itself where it is none."""
    first = index
    while first > 0 and index - first < _LONGEST and is_item(text, units[first]):
        first -= 1
    return first if first < index and leads_in(text, units[first]) else index


def introduces(text: str, units: Sequence[Unit], number: int) -> bool:
    """Whether a unit leads in to a quotation with which the next one begins: in a colon, as a name, as a `Statement from X`."""
    if number + 1 == len(units) or text[units[number + 1].start] not in _MARKS:
        return False
    line = text[units[number].start : units[number].end]
    return leads_in(text, units[number]) or (units[number].kind == "heading" and bool(is_signatory(line) or _STATEMENT.match(line)))


def demanding(tokens: Sequence[Token]) -> Chunk:
    """Find whose demands are listed: `The X’s demands include:`, `Among its proposals:`, `The X wants:`."""
    for index, token in enumerate(tokens[1:], start=1):
        if token.entity is not None or token.low not in _DEMANDS:
            continue
        for at in range(index - 1, max(-1, index - 4), -1):
            if tokens[at].possessive:
                own = tokens[at]._replace(possessive=False)
                return (own,) if own.entity is not None else (*tokens[max(0, at - 2) : at], own)
            if pronoun := {"its": "it", "their": "they", "his": "he", "her": "she"}.get(tokens[at].low):
                return (tokens[at]._replace(word=pronoun, low=pronoun),)
    verb = len(tokens) - (3 if len(tokens) > 2 and tokens[-2].low == "to" else 2)
    return main_subject(tokens[:verb]) if verb > 0 and _WANTING.fullmatch(tokens[verb].low) else ()
