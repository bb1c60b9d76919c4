"""Discourse state: who was named last, and who spoke."""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from stancekit.statements.discourse.pronouns import Gender, People
from stancekit.statements.english.nouns import GENERAL_KINDS, PLACES
from stancekit.statements.names.cast import Cast
from stancekit.statements.text.types import Entity, Voice, Voices, voice_of
from stancekit.statements.text.wordlist import words

_SOUGHT = 1000
_KEPT = 40
"""So many entities are kept in mind; older ones are forgotten, which bounds the cost of every question."""
# Nouns that name their own: another body than a government is not "the government", whatever it is.
_OWN_NOUNS = words(
    "government court police parliament senate congress hospital school university church army navy college embassy jury council trust"
)
# Nouns for a body that a bare name may well be.
_FIRMS = words("company firm retailer bank airline supplier operator developer manufacturer carmaker business chain brewery insurer")


@dataclass(slots=True)
class Memory:
    """Changed as the article is read. `speakers` are those of the last statement that had any."""

    cast: Cast
    people: People = field(default_factory=People)
    speakers: Voices = ()
    subject: Voices = ()
    told: bool = False
    person: Voice | None = None
    thing: Voices = ()
    group: Voice | None = None
    roles: dict[str, Voice] = field(default_factory=dict)
    documents: dict[str, Voices] = field(default_factory=dict)
    recent: OrderedDict[Entity, None] = field(default_factory=OrderedDict)
    voices: dict[str, Entity] = field(default_factory=dict)
    acting: set[str] = field(default_factory=set)

    def see(self, entity: Entity, place: int = 0, *, acts: bool = True) -> None:
        """A name was read at an offset; `acts` tells that a verb follows it."""
        self.recent[entity] = None
        self.recent.move_to_end(entity)
        if len(self.recent) > _KEPT:
            self.recent.popitem(last=False)
        self.voices[entity.name] = entity
        if acts:
            self.acting.add(entity.name)
        if entity.kind == "person":
            if entity.role:
                self.roles[entity.role] = voice_of(entity)
            if self.person is None:
                self.person = voice_of(entity)
        self.people.see(entity, place, acts=acts)

    def hear(self, voices: Voices, *, spoke: bool) -> None:
        """These were the subject of a statement, as speakers or as actors: pronouns point to them first."""
        if not voices:
            return
        if spoke:
            self.speakers = voices
        self.told = not spoke
        self.subject = voices
        for voice in voices:
            if voice.name in self.voices:
                self.see(self.voices[voice.name], acts=False)
        if len(voices) > 1:
            return
        self.people.hear(voices[0])
        if voices[0].kind == "person":
            self.person = voices[0]
        elif voices[0].kind == "group":
            self.group = voices[0]
        else:
            self.thing = voices

    def write(self, documents: Iterable[str], voices: Voices) -> None:
        """These are the authors of "the letter", "the report"."""
        for noun in documents:
            self.documents[noun] = voices

    def floating(self) -> Voices:
        """Resolve a quotation that names nobody: the person of whom the narrator has just told, else whoever spoke last."""
        told = self.subject if self.told else ()
        return told if len(told) == 1 and told[0].kind == "person" else self.speakers

    def he_or_she(self, gender: Gender, but: Collection[str] = ()) -> Voices:
        """Whom "he" (`m`) or "she" (`f`) means; none of those called `but`."""
        return self.people.he_or_she(gender, but, self.cast.people)

    def may_be(self, voices: Voices, gender: Gender) -> bool:
        """Whether "he" or "she" can mean these: one person, or a bare name, of no other gender."""
        if len(voices) != 1:
            return False
        voice, entity = voices[0], self.voices.get(voices[0].name)
        person = voice.kind == "person" or (entity is not None and entity.kind == "unknown")
        return person and self.people.apparent(voice) in (gender, "")

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

    def organisation(self, noun: str, *, sure: bool = False) -> Voices:
        """Resolve "the union": the last one that goes by this noun, else the last whose kind is not known.

        Unless it is to be `sure`, a bare name will do that spoke last and that nothing told to be a person's.
        """
        known = [entity for entity in reversed(self.recent) if entity.kind != "person" or not (entity.sure or entity.role)]
        for entity in known:
            if noun in entity.nouns:
                return (voice_of(entity),)
        for entity in known:
            if noun in entity.name.casefold().split():
                return (Voice(entity.name, entity.name, "organisation"),)  # its own name tells that a `Clear Water Club` is no person
        if noun in _OWN_NOUNS:
            return ()
        if not sure and noun in _FIRMS and (acting := self._only_body()) is not None:
            return (Voice(acting.name, acting.name, "organisation"),)
        for entity in known:
            if entity.name.casefold() in PLACES or not entity.nouns <= GENERAL_KINDS:
                continue
            if entity.kind == "organisation" or (not sure and self._spoke(entity)):
                return (Voice(entity.name, entity.name, "organisation"),)
        return ()

    def _only_body(self) -> Entity | None:
        """The only bare name of which a verb has told what it does and that may be a company's: nothing makes it a man's or woman's."""
        people = self.people.genders
        bare = [e for e in self.recent if e.name in self.acting and e.kind == "unknown" and e.name not in people]
        bare = [entity for entity in bare if entity.name.casefold() not in PLACES]
        return bare[0] if len(bare) == 1 and all(entity.kind != "organisation" for entity in self.recent) else None

    def _spoke(self, entity: Entity) -> bool:
        """Whether it spoke last, as no man or woman."""
        return entity.name not in self.people.genders and any(voice.name == entity.name for voice in self.speakers)

    def is_body(self, voice: Voice) -> bool:
        """Whether a voice is an organisation's: a bare name is a person's once "he" or "she" has been said of it."""
        entity = self.voices.get(voice.name)
        bare = entity is not None and entity.kind != "organisation"
        return voice.kind == "organisation" and not (bare and voice.name in self.people.genders)

    def next_organisation(self, noun: str) -> Voices:
        """Resolve "a union" to the first organisation of the article that goes by this noun."""
        found = next((entity for entity in self.cast.organisations[:_SOUGHT] if noun in entity.nouns), None)
        return () if found is None else (voice_of(found),)

    def organisations(self, noun: str) -> Voices:
        """Resolve "the unions" to those whom the article first names together."""
        if self.cast.joint and all(noun in entity.nouns or entity.nouns <= GENERAL_KINDS for entity in self.cast.joint):
            return tuple(voice_of(entity) for entity in self.cast.joint)
        return ()
