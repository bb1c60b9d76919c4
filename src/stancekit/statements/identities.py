"""Sightings of names → the persons and organisations they name."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from stancekit.actors import Actor, Actors, fold
from stancekit.statements import nouns
from stancekit.statements.entities import Entity, EntityKind

key_of = lru_cache(maxsize=16384)(fold)
"""`fold`, remembered: the same few names recur."""
_PERSON_KINDS = frozenset({"person", "individual", "people"})


@dataclass(slots=True)
class Sighting:
    """All that the article says of one name."""

    text: str
    person: float = 0.0
    organisation: float = 0.0
    nouns: set[str] = field(default_factory=set)
    role: str | None = None
    employer: str | None = None
    employer_noun: str | None = None
    long_form: str | None = None
    others: set[str] = field(default_factory=set)


class Identities:
    """Sightings → entities: surnames and acronyms go to the full name, registered names to their entry."""

    def __init__(self, sightings: dict[str, Sighting], actors: Actors) -> None:
        self.sightings = sightings
        self.actors = actors
        self.full: dict[str, str] = {}
        self.order = {key: number for number, key in enumerate(sightings)}
        self.genders: dict[str, Literal["f", "m"]] = {}
        self.by_noun: dict[str, str] = {}
        first_names: dict[str, str] = {}
        for key, seen in sightings.items():
            words = _without_title(seen.text)
            kind = self._kind(key)
            if kind == "person" and len(words) > 1:
                for cut in range(len(words)):
                    self.full.setdefault(key_of(" ".join(words[cut:])), key)
                first_names.setdefault(key_of(words[0]), key)
            elif kind == "organisation":
                if len(words) > 2:
                    self.full.setdefault(_initials(seen.text), key)
                for noun in seen.nouns:
                    self.by_noun.setdefault(noun, key)
        self.full = first_names | self.full
        for key in sightings:
            if ":" in key:
                self.full.setdefault(key.partition(":")[2], key)  # nobody of that surname is named in full

    def entities(self) -> dict[str, Entity]:
        made: dict[str, Entity] = {}
        homes = {key: self._home(key) for key in self.sightings}
        for key, home in homes.items():  # what is said of a surname is said of the full name
            if self._kind(home) == "person":
                self.sightings[home].person = max(self.sightings[home].person, self.sightings[key].person)
        for key, home in homes.items():
            if home not in made:
                made[home] = self._entity(home)
            made[key] = made[home]
        return made

    def _titled(self, key: str) -> str:
        """`Ms X` is the X named in full before, unless the text has called that one `Mr`; else a person of her own."""
        gender, _, name = key.partition(":")
        home = self.full.get(name)
        if home is None or self.order[home] > self.order[key] or self._gender_of(home) not in ("", gender):
            return key
        self.genders[home] = "f" if gender == "f" else "m"
        return home

    def _home(self, key: str) -> str:
        """The key of the fullest name for whom `key` names. A few steps at most: names in brackets can go in circles."""
        if ":" in key:
            return self._titled(key)
        for _ in range(3):
            seen = self.sightings[key]
            home = self.full.get(key) or self.full.get(key_of(" ".join(_without_title(seen.text))))
            if home is None and seen.long_form is not None:
                home = seen.long_form
            if home in seen.others:
                break
            if home is None or home == key or self._actor(key) is not None:
                break
            key = home
        return key

    def _actor(self, key: str) -> Actor | None:
        """The registry's entry for a name, with or without its title, or for the organisation whose organ it names."""
        words = _without_title(self.sightings[key].text)
        key = key.rpartition(":")[2]
        actor = self.actors.by_alias.get(key) or self.actors.by_alias.get(key_of(" ".join(words)))
        if actor is None and len(words) == 2 and words[1].lower() in nouns.ORGANS:
            actor = self.actors.by_alias.get(key_of(words[0]))
            return None if actor is None or _is_person(actor) else actor
        return actor

    def _entity(self, key: str) -> Entity:
        seen, actor = self.sightings[key], self._actor(key)
        if actor is not None and _is_person(actor):
            organisation = self.actors.canonical(actor.organisation) if actor.organisation else None
            return Entity(actor.name, "person", organisation, role=seen.role, gender=_gender(actor.name) or self._gender_of(key))
        if actor is not None:
            kinds = frozenset(kind_noun(noun) for noun in self.actors.nouns.get(actor.kind, []))
            return Entity(actor.name, "organisation", actor.name, kinds | seen.nouns)
        kind = self._kind(key)
        if kind != "person":
            organisation = seen.text if kind == "organisation" else None
            return Entity(seen.text, kind, organisation, frozenset(seen.nouns), sure=seen.organisation > 1.0)
        employer = seen.employer or self.by_noun.get(seen.employer_noun or "")
        sure = seen.person > 1.0
        return Entity(_without_rank(seen.text), "person", self._name(employer), role=seen.role, gender=self._gender_of(key), sure=sure)

    def _gender_of(self, key: str) -> Literal["f", "m", ""]:
        """As a title, a role or a surname with a title tells it."""
        seen, title = self.sightings[key], key.partition(":")[0]
        if ":" in key:
            return "f" if title == "f" else "m"
        return self.genders.get(key) or _gender(seen.text) or nouns.gender_of(seen.role or "")

    def _name(self, key: str | None) -> str | None:
        if key is None or key not in self.sightings:
            return None
        home = self._home(key)
        actor = self._actor(home)
        return actor.name if actor is not None else self.sightings[home].text

    def _kind(self, key: str) -> EntityKind:
        seen = self.sightings[key]
        if seen.person > seen.organisation:
            return "person"
        return "organisation" if seen.organisation else "unknown"


def kind_noun(noun: str) -> str:
    """The singular by which a registry's noun is compared; of several words the last counts."""
    return nouns.singular(noun.lower().split()[-1]) if noun.strip() else ""


def _is_person(actor: Actor) -> bool:
    return (actor.organisation is not None and actor.organisation != actor.name) or actor.kind.lower() in _PERSON_KINDS


def _without_title(name: str) -> list[str]:
    words = name.split()
    while len(words) > 1 and words[0].lower().strip(".") in nouns.TITLES:
        words = words[1:]
    return words


def _without_rank(name: str) -> str:
    """A person's name without `Mr`, `Dr` or a rank; honours such as `Dame` are part of it."""
    words = name.split()
    ranks = nouns.TITLES - nouns.HONOURS
    while len(words) > 1 and words[0].lower().strip(".") in ranks:
        words = words[1:]
        ranks = ranks | nouns.ROLES  # "Detective Inspector"
    return " ".join(words)


def _gender(name: str) -> Literal["f", "m", ""]:
    return gender_of_title((name.split() or [""])[0].lower().strip("."))


def gender_of_title(title: str) -> Literal["f", "m", ""]:
    return "f" if title in nouns.FEMALE_TITLES else "m" if title in nouns.MALE_TITLES else ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).casefold()
