"""Discourse state: who was named last, and who spoke."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from stancekit.statements.discourse.pronouns import Gender, People
from stancekit.statements.english.nouns import PLACES, may_be
from stancekit.statements.names.cast import Cast
from stancekit.statements.text.types import Entity, Speaker, Speakers, speaker_of
from stancekit.statements.text.wordlist import words

_SOUGHT = 1000
_KEPT = 40
"""At most this many entities are kept in mind; older ones are forgotten, which bounds the cost of every question."""
# Nouns that name their own: another body than a government is not "the government", whatever it is.
_OWN_NOUNS = words(
    "government court police parliament senate congress hospital school university church army navy college embassy jury council trust"
)


@dataclass(slots=True)
class Memory:
    """Changed as the article is read. `speakers` are those of the last statement that had any."""

    cast: Cast
    people: People = field(default_factory=People)
    speakers: Speakers = ()
    subject: Speakers = ()
    told: bool = False
    person: Speaker | None = None
    thing: Speakers = ()
    group: Speaker | None = None
    roles: dict[str, Speaker] = field(default_factory=dict)
    documents: dict[str, Speakers] = field(default_factory=dict)
    described: dict[str, Speakers] = field(default_factory=dict)
    recent: OrderedDict[Entity, None] = field(default_factory=OrderedDict)
    entities: dict[str, Entity] = field(default_factory=dict)
    entry: int = 0

    def see(self, entity: Entity, place: int = 0) -> None:
        """A name was read at an offset."""
        self.recent[entity] = None
        self.recent.move_to_end(entity)
        if len(self.recent) > _KEPT:
            self.recent.popitem(last=False)
        self.entities[entity.name] = entity
        if entity.kind == "person":
            if entity.role:
                self.roles[entity.role] = speaker_of(entity)
            if self.person is None:
                self.person = speaker_of(entity)
        self.people.see(entity, place)

    def hear(self, speakers: Speakers, *, spoke: bool) -> None:
        """These were the subject of a statement, as speakers or as actors: pronouns point to them first."""
        if not speakers:
            return
        if spoke:
            self.speakers = speakers
        self.told = not spoke
        self.subject = speakers
        for speaker in speakers:
            if speaker.name in self.entities:
                self.see(self.entities[speaker.name])
        if len(speakers) > 1:
            return
        if spoke and speakers[0].name not in self.entities:
            self.described[speakers[0].name.rsplit(" ", 1)[-1]] = speakers
        self.people.hear(speakers[0])
        if speakers[0].kind == "person":
            self.person = speakers[0]
        elif speakers[0].kind == "group":
            self.group = speakers[0]
        else:
            self.thing = speakers

    def enter(self, entry: int) -> None:
        """Read on in this entry of a live blog: where it is another, no pronoun reaches over its stamp, back or ahead."""
        if entry == self.entry:
            return
        self.entry, self.cast = entry, replace(self.cast, people=())
        self.people.known.clear()
        self.speakers, self.subject, self.thing = (), (), ()
        self.person, self.group, self.told = None, None, False

    def write(self, documents: Iterable[str], speakers: Speakers) -> None:
        """These are the authors of "the letter", "the report"."""
        for noun in documents:
            self.documents[noun] = speakers

    def floating(self) -> Speakers:
        """Resolve a quotation that names nobody: the person of whom the narrator has just spoken, else whoever spoke last."""
        told = self.subject if self.told else ()
        return told if len(told) == 1 and told[0].kind == "person" else self.speakers

    def he_or_she(self, gender: Gender) -> Speakers:
        """Whom "he" (`m`) or "she" (`f`) means."""
        return self.people.he_or_she(gender, self.cast.people)

    def it(self) -> Speakers:
        """The last subject where it was no person, else the last organisation heard or named."""
        if len(self.subject) == 1 and self.subject[0].kind in ("organisation", "document"):
            return self.subject
        if self.thing:
            return self.thing
        return next(((speaker_of(entity),) for entity in reversed(self.recent) if entity.kind == "organisation"), ())

    def they(self) -> Speakers:
        """The last joint subject or group, else whoever spoke last."""
        if len(self.subject) > 1 or (self.subject and self.subject[0].kind in ("group", "organisation")):
            return self.subject
        return self.speakers or ((self.group,) if self.group is not None else ())

    def organisation(self, noun: str, *, sure: bool = False) -> Speakers:
        """Resolve "the union": the last one that goes by this noun, else the last whose kind is not known.

        Unless it is to be `sure`, a bare name will do that spoke last and that nothing told to be a person's.
        """
        bare = (e for e in reversed(self.recent) if e.kind != "person" or not (e.sure or e.role or e.organisation))
        known = [entity for entity in bare if entity.name.casefold() not in PLACES or noun in entity.nouns]
        for entity in known:
            if noun in entity.nouns:
                return (speaker_of(entity),)
        for entity in known:
            if noun in entity.name.casefold().split():
                return (Speaker(entity.name, entity.name, "organisation"),)  # its own name tells that a `Clear Water Club` is no person
        if noun in _OWN_NOUNS:
            return ()
        for entity in known:
            if not may_be(noun, entity.nouns):
                continue
            if entity.kind == "organisation" or (not sure and self._spoke(entity)):
                return (Speaker(entity.name, entity.name, "organisation"),)
        return ()

    def _spoke(self, entity: Entity) -> bool:
        """Whether it spoke last, as no man or woman."""
        return entity.name not in self.people.genders and any(speaker.name == entity.name for speaker in self.speakers)

    def is_body(self, speaker: Speaker) -> bool:
        """Whether a speaker is an organisation's: a bare name is a person's once "he" or "she" has been said of it."""
        entity = self.entities.get(speaker.name)
        bare = entity is not None and entity.kind != "organisation"
        return speaker.kind == "organisation" and not (bare and speaker.name in self.people.genders)

    def next_organisation(self, noun: str) -> Speakers:
        """Resolve "a union" to the first organisation of the article that goes by this noun."""
        found = next((entity for entity in self.cast.organisations[:_SOUGHT] if noun in entity.nouns), None)
        return () if found is None else (speaker_of(found),)

    def organisations(self, noun: str) -> Speakers:
        """Resolve "the unions" to those whom the article first names together."""
        if self.cast.joint and all(may_be(noun, entity.nouns) for entity in self.cast.joint):
            return tuple(speaker_of(entity) for entity in self.cast.joint)
        return ()
