"""Spokespeople and the organisations that they speak for."""

from typing import Literal

from stancekit.statements.discourse.descriptions import mention
from stancekit.statements.discourse.possessives import OWNING, owner_of
from stancekit.statements.discourse.state import Memory
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import PREPOSITIONS
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.types import Speaker, Speakers
from stancekit.statements.text.wordlist import words

_OF_SPOKESPEOPLE = words("official chief senior own second further unnamed named male female new former other same")


def spokesperson(head: list[Token], tail: list[Token], memory: Memory) -> Speakers:
    """Name `<Organisation> spokesperson`; of whoever spoke last where the phrase does not say. A person is nobody's organisation."""
    gender = nouns.gender_of(head[-1].low)
    owner = owner_of(head[:-1], tail, memory, everybody=True)
    if owner:
        return tuple(_spokesperson_for(v, memory, gender) for v in owner)
    if tail and tail[0].low in OWNING:
        named = mention([token for token in tail[1:] if token.low not in PREPOSITIONS] or head)
        return tuple(Speaker(f"{v.name} spokesperson", None, "person", gender) for v in named)  # `a spokesperson for the family`
    bodies = [_employer(v, memory) for v in (*memory.speakers, *memory.subject, *memory.it())]
    body = next((name for name in bodies if name is not None), None)
    if body is None or not all(token.low in nouns.DETERMINERS | _OF_SPOKESPEOPLE for token in head[:-1]):
        return mention(head, "person")  # `a palace spokesman` is not the last speaker's
    return (Speaker(f"{body} spokesperson", body, "person", gender),)


def _spokesperson_for(speaker: Speaker, memory: Memory, gender: Literal["f", "m", ""]) -> Speaker:
    body = _employer(speaker, memory) or (speaker.name if memory.is_body(speaker) else None)
    return Speaker(f"{body or speaker.name} spokesperson", body, "person", gender)


def _employer(speaker: Speaker, memory: Memory) -> str | None:
    """Return a speaker's organisation."""
    return speaker.organisation if speaker.kind != "organisation" or memory.is_body(speaker) else None
