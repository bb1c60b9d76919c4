"""Speakers of the turns of a transcript, from their labels.

The speaker of a turn is that of every sentence in it, as of a quotation or a letter: what the turn reports of others ("The
operators say it is a tax") is said by its speaker.
"""

import re
from bisect import bisect_left
from operator import attrgetter

from stancekit.statements.attribution.confidence import confidence
from stancekit.statements.discourse.document import Document
from stancekit.statements.english import nouns
from stancekit.statements.names.titles import untitled
from stancekit.statements.segmentation.turns import Turn, is_role_label
from stancekit.statements.text.results import Hearing, Reading
from stancekit.statements.text.types import Entity, Speaker, speaker_of

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BODY = re.compile(r"(?:^|\b(?:of|for|from|at)\s+(?:the\s+)?)([A-Z].*)$|^for\s+(?:the\s+)?(\w.*)$")
_PARTIES = {"Lab": "Labour", "Lab/Co-op": "Labour", "Con": "Conservative", "LD": "Liberal Democrat", "PC": "Plaid Cymru"}
INTERVIEWER, INTERVIEWEE = Speaker("interviewer", None, "person"), Speaker("interviewee", None, "person")
"""Who asks after `Q.`, and who answers after `A.` where the text before names nobody or several."""


def turn_readings(document: Document) -> dict[int, Reading]:
    """Return the reading of each sentence in a turn, by its unit's number."""
    readings = {}
    short: dict[str, Speaker] = {}
    for turn in document.turns:
        first, last = (bisect_left(document.units, place, key=attrgetter("start")) for place in (turn.end, turn.until))
        speaker = _speaker(document, turn)
        if " " in speaker.name:
            short.setdefault("".join(word[0] for word in speaker.name.split()).upper(), speaker)
        speaker = short.get(document.text[slice(*turn.who)], speaker)  # `AE` after `Ann Example`
        reading = Reading(Hearing((speaker,), None, "rule", confidence("turn")), turn=True)
        readings.update({n: reading for n in range(first, last) if document.units[n].kind == "sentence"})
    return readings


def _speaker(document: Document, turn: Turn) -> Speaker:
    who = document.text[slice(*turn.who)]
    if who in ("Q", "A"):
        return INTERVIEWER if who == "Q" else _answering(document)
    start = turn.who[0]
    inside = _BRACKETS.findall(who)
    name, _, post = _BRACKETS.sub("", who).strip().partition(",")
    if inside and is_role_label(name.split(" for ")[0].split(" of ")[0].removeprefix("The ")) and len(inside[0].split()) > 1:
        start, name, inside = start + who.index(inside[0]), inside[0], inside[1:]  # `The Minister for X (Ann Example)`
    body = next((_PARTIES.get(text, text) for text in reversed(inside) if text[:1].isupper()), None)
    if body is None and (found := _BODY.search(post.strip())):
        body = found[1] or found[2]
    organisation = _known(document, body) if body else None
    entity = _named(document, turn, start, start + len(name))
    if entity is not None and entity.kind != "unknown":
        speaker = speaker_of(entity)
    else:
        own = entity.name if entity is not None else " ".join(untitled(name))
        speaker = Speaker(own.lower().removeprefix("the ") if is_role_label(name) else own, None, "person")
    if speaker.kind == "organisation" or organisation is None:
        return speaker
    return Speaker(speaker.name, organisation, speaker.kind, speaker.gender)


def _named(document: Document, turn: Turn, start: int, end: int) -> Entity | None:
    """Whom the label names, if no post comes before it: `Chair of X` is not X."""
    number = bisect_left(document.units, turn.start, key=attrgetter("start"))
    found = next((m for m in document.cast.mentions.get(number, ()) if start <= m.start < end), None)
    if found is None:
        return None
    before = document.text[start : found.start].split()
    return found.entity if all(word.lower().strip(".") in nouns.TITLES | nouns.ROLES | nouns.ROLE_MODIFIERS for word in before) else None


def _known(document: Document, name: str) -> str:
    """The organisation's name as the article has it."""
    names = (entity.name for entity in document.cast.organisations)
    return next((known for known in names if known.casefold() == name.casefold()), name)


def _answering(document: Document) -> Speaker:
    """Who answers: the only person whom the text before the first turn names."""
    before = bisect_left(document.units, document.turns[0].start, key=attrgetter("start"))
    people = {m.entity for n in range(before) for m in document.cast.mentions.get(n, ()) if m.entity.kind == "person"}
    return speaker_of(people.pop()) if len(people) == 1 else INTERVIEWEE
