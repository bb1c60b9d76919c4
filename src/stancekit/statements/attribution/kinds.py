"""Kind of actor of a speaker: from the registry, else from evidence in the text."""

from collections.abc import Mapping

from stancekit.actors import Actors
from stancekit.statements.english.nouns import GENERAL_KINDS
from stancekit.statements.names.cast import Cast
from stancekit.statements.names.linking import kind_noun
from stancekit.statements.text.types import Entity, Speaker, Speakers


class Kinds:
    """Kinds of actor of the speakers of one article."""

    def __init__(self, cast: Cast, actors: Actors) -> None:
        self._actors = actors
        self._entities: Mapping[str, Entity] = {entity.name: entity for entity in (*cast.people, *cast.organisations)}
        self._by_noun = {kind_noun(noun): kind for kind, row in actors.nouns.items() for noun in row}

    def of(self, speakers: Speakers) -> str | None:
        """Join the kinds by `"; "`; None where that of any speaker is not known."""
        kinds = [self._kind(speaker) for speaker in speakers]
        return "; ".join(dict.fromkeys(kind for kind in kinds if kind)) if kinds and all(kinds) else None

    def _kind(self, speaker: Speaker) -> str | None:
        """The registry's kind of the actor or of whom they speak for; else the noun the text has for an organisation, or "person".

        An entry whose own kind is `unknown` tells none.
        """
        for name in (speaker.name, speaker.organisation):
            actor = self._actors.find(name) if name else None
            if actor is not None and not actor.is_open:
                return actor.kind
        entity = self._entities.get(speaker.name)
        if speaker.kind == "person":
            return "person" if entity is None or entity.sure else None
        home = entity or self._entities.get(speaker.organisation or "")
        if home is None or home.kind != "organisation" or not home.sure:
            return None
        nouns = sorted(home.nouns - GENERAL_KINDS)
        return self._by_noun.get(nouns[0], nouns[0]) if len(nouns) == 1 else "organisation"
