"""Speakers of the turns of a transcript, from their labels.

The speaker of a turn is that of every sentence in it, as of a quotation or a letter: what the turn reports of others ("The
operators say it is a tax") is said by its speaker.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from stancekit.statements.attribution.confidence import confidence
from stancekit.statements.discourse.document import Document
from stancekit.statements.english import nouns
from stancekit.statements.names.titles import untitled
from stancekit.statements.segmentation.turns import Turn, in_post, is_role
from stancekit.statements.text.results import Hearing, Reading
from stancekit.statements.text.types import Speaker, speaker_of

_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_BODY = re.compile(r"\b(?:of|for|from|at) (?:the )?(.+)")
_PARTIES = {"Lab": "Labour", "Lab/Co-op": "Labour", "Con": "Conservative", "LD": "Liberal Democrat", "PC": "Plaid Cymru", "Ind": ""}


def turn_readings(document: Document) -> dict[int, Reading]:
    """Return the reading of each sentence in a turn, by its unit's number."""
    readings = {}
    known: dict[str, Speaker] = {}
    bodies = {entity.name.casefold(): entity.name for entity in document.cast.organisations}
    for turn in document.turns:
        first, last = (bisect_left(document.units, place, key=attrgetter("start")) for place in (turn.end, turn.until))
        who = document.text[slice(*turn.who)]
        if who not in known:
            speaker = known[who] = _speaker(document, turn, who, bodies)
            if " " in speaker.name:
                known.setdefault("".join(word[0] for word in speaker.name.split()).upper(), speaker)  # `AE` after `Ann Example`
        reading = Reading(Hearing((known[who],), None, "rule", confidence("turn")), turn=True)
        readings.update({n: reading for n in range(first, last) if document.units[n].kind == "sentence"})
    return readings


def _speaker(document: Document, turn: Turn, who: str, bodies: Mapping[str, str]) -> Speaker:
    if who in ("Q", "A"):
        return Speaker("interviewer", None, "person") if who == "Q" else _answering(document)
    inside = _BRACKETS.findall(who)
    name, _, post = _BRACKETS.sub("", who).partition(",")
    if person := in_post(who):
        name, inside = person, []
    body = next((_PARTIES.get(words, words) for words in reversed(inside) if words[:1].isupper()), None) or None
    if body is None and post:
        found = _BODY.search(post)
        body = found[1] if found else None if any(nouns.is_role(w.lower()) or w.isdigit() for w in post.split()) else post.strip()
    speaker = _named(document, turn, name)
    if body is None or speaker.kind == "organisation":
        return speaker
    return replace(speaker, organisation=bodies.get(body.casefold(), body))


def _named(document: Document, turn: Turn, name: str) -> Speaker:
    """Whom the label names: as the article knows them, or, for a role, in small letters. `Chair of X` is not X."""
    if is_role(name):
        return Speaker(name.lower().removeprefix("the "), None, "person")
    start = document.text.index(name, turn.start)
    unit = bisect_left(document.units, turn.start, key=attrgetter("start"))
    found = next((m for m in document.cast.mentions.get(unit, ()) if start <= m.start < start + len(name)), None)
    before = document.text[start : found.start].split() if found else []
    if found is None or any(word.lower() in nouns.PREPOSITIONS_IN_ROLES for word in before):
        return Speaker(" ".join(untitled(name)), None, "person")
    return speaker_of(found.entity) if found.entity.kind != "unknown" else Speaker(found.entity.name, None, "person")


def _answering(document: Document) -> Speaker:
    """Who answers after `A.`: the only person whom the text before the first turn names, else an interviewee."""
    before = bisect_left(document.units, document.turns[0].start, key=attrgetter("start"))
    people = {m.entity for n in range(before) for m in document.cast.mentions.get(n, ()) if m.entity.kind == "person"}
    return speaker_of(people.pop()) if len(people) == 1 else Speaker("interviewee", None, "person")
