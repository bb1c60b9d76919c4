"""Entities and speakers: an entity is one person or organisation, by whatever names."""

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["person", "organisation", "unknown"]


@dataclass(frozen=True, slots=True)
class Entity:
    """`name` is canonical within the article; `nouns` are the common nouns it goes by (`union`); `role` is a person's.

    `sure` tells a kind for which there is evidence from a guess by the form of the name.
    """

    name: str
    kind: EntityKind
    organisation: str | None = None
    nouns: frozenset[str] = frozenset()
    role: str | None = None
    gender: Literal["f", "m", ""] = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is heard: a person, an organisation, the members of one, or a document whose author is not known."""

    name: str
    organisation: str | None
    kind: Literal["person", "organisation", "group", "document"]
    gender: Literal["f", "m", ""] = ""


Voices = tuple[Voice, ...]


def voice_of(entity: Entity) -> Voice:
    """The entity as a speaker. An organisation is its own organisation."""
    if entity.kind == "person":
        return Voice(entity.name, entity.organisation, "person", entity.gender)
    return Voice(entity.name, entity.name, "organisation")
