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
class Speaker:
    """Speaker: a person, an organisation, the members of one, or a document whose author is not known."""

    name: str
    organisation: str | None
    kind: Literal["person", "organisation", "group", "document"]
    gender: Literal["f", "m", ""] = ""


Speakers = tuple[Speaker, ...]


def speaker_of(entity: Entity) -> Speaker:
    """The entity as a speaker. An organisation is its own organisation."""
    if entity.kind == "person":
        return Speaker(entity.name, entity.organisation, "person", entity.gender)
    return Speaker(entity.name, entity.name, "organisation")
