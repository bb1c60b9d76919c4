"""Salience of persons: resolution of "he", "she" and "the striker"."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from stancekit.statements.english import nouns
from stancekit.statements.text.types import Entity, Speaker, Speakers, speaker_of

Gender = Literal["f", "m"]

_KEPT = 40
"""At most this many people are kept in mind; others are forgotten, which bounds the cost of every question."""
# What counts for a person whom a pronoun may mean, in sentences of recency.
_HEARD = 2.0
_GENDER = 0.75
_ONLY_A_SURNAME = -0.5
_LOOK_BACK = 5
_PRONOUNS = frozenset({"he", "she"})
_CLEAR = 0.5
"""So much apart two people are not confused."""


@dataclass(slots=True)
class _Person:
    """Someone in mind: the sentences of the last mention and of the last in which they spoke or acted.

    `guessed` tells that a pronoun has been taken for theirs, since they were last named, that may have been another's.
    """

    speaker: Speaker
    sure: bool
    role: str | None = None
    seen: int = -1
    place: int = 0
    heard: int = -100
    guessed: bool = False


@dataclass(slots=True)
class People:
    """Changed as the article is read. `sentence` counts those with words of the narrator's; `genders` are by name."""

    sentence: int = 0
    genders: dict[str, Gender] = field(default_factory=dict)
    known: OrderedDict[str, _Person] = field(default_factory=OrderedDict)

    def see(self, entity: Entity, place: int) -> None:
        """A name was read at an offset. A bare name may be a place's."""
        if entity.kind == "person":
            self._meet(speaker_of(entity), place, sure=entity.sure).role = entity.role

    def hear(self, speaker: Speaker) -> None:
        """A person speaks or acts in this sentence."""
        if speaker.kind == "person":
            self._meet(speaker, sure=True).heard = self.sentence

    def _meet(self, speaker: Speaker, place: int = 0, *, sure: bool) -> _Person:
        person = self.known.setdefault(speaker.name, _Person(speaker, sure))
        if person.seen < self.sentence:
            person.place = place
        person.guessed = person.guessed and not place
        person.seen, person.sure = self.sentence, person.sure or sure
        self.known.move_to_end(speaker.name)
        if len(self.known) > _KEPT:
            self.known.popitem(last=False)
        return person

    def gender(self, speaker: Speaker) -> Literal["f", "m", ""]:
        """Return the gender stated in the text; `""` if none is."""
        return speaker.gender or self.genders.get(speaker.name, "")

    def he_or_she(self, gender: Gender, cast: Sequence[Entity]) -> Speakers:
        """Resolve "he" or "she": whoever is most in mind and not stated to be of another gender; else the only one of the cast.

        Those who spoke or acted come before those only mentioned in the sentences just read. What is found teaches the gender,
        unless it is a guess. Where all are of another gender it is somebody without a name, who is called by the pronoun.
        """
        known = self.known.values()
        fitting = [p for p in known if self._may_be(p.speaker, gender)]
        if fitting:
            best = max(fitting, key=lambda p: (self._salience(p, gender), -p.place))
            best.guessed = self._is_guess(best, gender, fitting)
            if not best.guessed and (self.sentence - best.heard <= 1 or (len(fitting) == 1 < len(known))):
                self.genders.setdefault(best.speaker.name, gender)
            return (best.speaker,)
        later = [speaker_of(e) for e in cast[:_KEPT] if e.sure and e.name not in self.known]
        later = [speaker for speaker in later if self._may_be(speaker, gender)]
        if len(later) == 1 or (later and later[0].gender == gender):
            return (later[0],)
        return (self._nameless(gender),) if known else ()

    def is_guess(self, speaker: Speaker) -> bool:
        """Tell whether the last pronoun resolved to this person was resolved by the order of several names alone."""
        person = self.known.get(speaker.name)
        return person is not None and person.guessed

    def _nameless(self, gender: Gender) -> Speaker:
        """A man or woman without a name."""
        speaker = Speaker("he" if gender == "m" else "she", None, "person", gender)
        self._meet(speaker, sure=True).guessed = True
        return speaker

    def _may_be(self, speaker: Speaker, gender: Gender) -> bool:
        """Tell whether no other gender is stated of the person."""
        return self.gender(speaker) in (gender, "")

    def _is_guess(self, best: _Person, gender: Gender, fitting: Sequence[_Person]) -> bool:
        """Whether nothing tells the best of several apart: no gender, and no better place in mind."""
        if self.gender(best.speaker) == gender:
            return best.speaker.name in _PRONOUNS
        score = self._salience(best, gender)
        return best.guessed or any(p is not best and score - self._salience(p, gender) < _CLEAR for p in fitting)

    def the(self, noun: str, organisation: str | None) -> Speakers:
        """Resolve "the striker": the person most in mind, a few sentences ago at most, unless role or gender are another's."""
        gender = nouns.gender_of(noun)
        for person in sorted(self.known.values(), key=lambda p: -self._salience(p, gender)):
            recent = self.sentence - max(person.seen, person.heard) <= _LOOK_BACK
            role = person.role in (None, noun) or person.role in nouns.STATIONS or not nouns.is_role(noun)
            body = organisation in (None, person.speaker.organisation or organisation)
            if recent and role and body and person.sure and (not gender or self.gender(person.speaker) in (gender, "")):
                return (person.speaker,)
        return ()

    def _salience(self, person: _Person, gender: str) -> float:
        told = _GENDER if self.gender(person.speaker) == gender else 0.0
        doubt = 0.0 if person.sure else _ONLY_A_SURNAME
        return max(person.seen, person.heard + _HEARD) + told + doubt
