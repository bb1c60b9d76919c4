"""What a reader of the article has in mind at a point in it: who was named last, and who spoke."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from stancekit.statements.cast import Cast
from stancekit.statements.entities import Entity, Voice, Voices, voice_of
from stancekit.statements.nouns import GENERAL_KINDS

_KEPT = 40
"""So many entities are kept in mind; older ones are forgotten, which bounds the cost of every question."""


@dataclass(slots=True)
class Memory:
    """Changed as the article is read. `speakers` are those of the last statement that had any."""

    cast: Cast
    speakers: Voices = ()
    subject: Voices = ()
    person: Voice | None = None
    thing: Voices = ()
    group: Voice | None = None
    joint: Voices = ()
    roles: dict[str, Voice] = field(default_factory=dict)
    documents: dict[str, Voices] = field(default_factory=dict)
    recent: OrderedDict[Entity, None] = field(default_factory=OrderedDict)
    voices: dict[str, Entity] = field(default_factory=dict)

    def see(self, entity: Entity) -> None:
        """A name was read."""
        self.recent[entity] = None
        self.recent.move_to_end(entity)
        if len(self.recent) > _KEPT:
            self.recent.popitem(last=False)
        self.voices[entity.name] = entity
        if entity.kind == "person":
            if entity.role:
                self.roles[entity.role] = voice_of(entity)
            if self.person is None:
                self.person = voice_of(entity)

    def hear(self, voices: Voices, *, spoke: bool) -> None:
        """These were the subject of a statement, as speakers or as actors: pronouns point to them first."""
        if not voices:
            return
        if spoke:
            self.speakers = voices
        self.subject = voices
        for voice in voices:
            if voice.name in self.voices:
                self.see(self.voices[voice.name])
        if len(voices) > 1:
            self.joint = voices
        elif voices[0].kind == "person":
            self.person = voices[0]
        elif voices[0].kind == "group":
            self.group = voices[0]
        else:
            self.thing = voices

    def write(self, nouns: Iterable[str], voices: Voices) -> None:
        """These are the authors of "the letter", "the report"."""
        for noun in nouns:
            self.documents[noun] = voices

    def he_or_she(self, gender: str) -> Voices:
        """The last person heard, else the last named, else the first to come, whose title does not say otherwise."""
        if self.person is not None and gender in (self.person.gender or gender):
            return (self.person,)
        for entity in reversed(self.recent):
            if entity.kind == "person" and gender in (entity.gender or gender):
                return (voice_of(entity),)
        named_later = next((e for e in self.cast.people if gender in (e.gender or gender)), None)
        return () if named_later is None else (voice_of(named_later),)

    def it(self) -> Voices:
        """The last subject where it was no person, else the last organisation heard or named."""
        if len(self.subject) == 1 and self.subject[0].kind in ("organisation", "document"):
            return self.subject
        if self.thing:
            return self.thing
        return next(((voice_of(entity),) for entity in reversed(self.recent) if entity.kind == "organisation"), ())

    def they(self) -> Voices:
        """The last joint subject or group, else whoever spoke last."""
        if len(self.subject) > 1 or (self.subject and self.subject[0].kind in ("group", "organisation")):
            return self.subject
        return self.speakers or ((self.group,) if self.group is not None else ())

    def organisation(self, noun: str) -> Voices:
        """Whom "the union" means: the last one that goes by this noun, else the last whose kind is not known."""
        known = [entity for entity in reversed(self.recent) if entity.kind != "person"]
        for entity in known:
            if noun in entity.nouns:
                return (voice_of(entity),)
        for entity in known:
            if noun in entity.name.casefold().split():
                return (voice_of(entity),)
        for entity in known:
            if entity.nouns <= GENERAL_KINDS and (entity.kind == "organisation" or self._spoke(entity)):
                return (voice_of(entity),)
        return ()

    def next_organisation(self, noun: str) -> Voices:
        """Whom "a union" will turn out to be: the first organisation of the article that goes by this noun."""
        found = next((entity for entity in self.cast.organisations if noun in entity.nouns), None)
        return () if found is None else (voice_of(found),)

    def organisations(self, noun: str) -> Voices:
        """Whom "the unions" means: those who last acted together, else those who first will."""
        if self.joint and all(self._goes_by(voice.name, noun) for voice in self.joint):
            return self.joint
        if self.cast.joint and all(noun in entity.nouns or entity.nouns <= GENERAL_KINDS for entity in self.cast.joint):
            return tuple(voice_of(entity) for entity in self.cast.joint)
        return ()

    def _goes_by(self, name: str, noun: str) -> bool:
        entity = self.voices.get(name)
        return entity is not None and (noun in entity.nouns or entity.nouns <= GENERAL_KINDS) and entity.kind != "person"

    def _spoke(self, entity: Entity) -> bool:
        return any(voice.name == entity.name for voice in self.speakers)
