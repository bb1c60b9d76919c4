"""Entity linking within an article: sightings of names to persons and organisations."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from stancekit.actors import Actor, Actors, fold
from stancekit.statements.english import nouns
from stancekit.statements.names.classify import classify_name
from stancekit.statements.names.titles import is_rank, is_title, surname, untitled
from stancekit.statements.text.tokens import tokenise
from stancekit.statements.text.types import Entity, EntityKind

key_of = lru_cache(maxsize=16384)(fold)
"""`fold`, remembered: the same few names recur."""
_HALF = 0.5
"""Beside a guess by form, enough to be sure."""


class Key(NamedTuple):
    """By what a name is known in an article: its folded letters, and the gender of the `Mr` or `Mrs` before it."""

    name: str
    title: Literal["f", "m", ""] = ""


@dataclass(slots=True)
class Sighting:
    """All that the article says of one name."""

    text: str
    person: float = 0.0
    organisation: float = 0.0
    nouns: set[str] = field(default_factory=set)
    role: str | None = None
    employer: Key | None = None
    employer_noun: str | None = None
    long_form: Key | None = None
    others: set[Key] = field(default_factory=set)

    def learn(self, other: "Sighting") -> None:
        """What is said of another name for the same."""
        self.person = max(self.person, other.person)
        self.organisation = max(self.organisation, other.organisation)
        self.nouns |= other.nouns
        self.role = self.role or other.role
        self.employer = self.employer or other.employer
        self.employer_noun = self.employer_noun or other.employer_noun


class Identities:
    """Sightings → entities: surnames and acronyms go to the full name, registered names to their entry."""

    def __init__(self, sightings: dict[Key, Sighting], actors: Actors) -> None:
        self.sightings = sightings
        self.actors = actors
        self.full: dict[str, Key] = {}
        self.order = {key: number for number, key in enumerate(sightings)}
        self.genders: dict[Key, Literal["f", "m"]] = {}
        self.surnames = self._surnames()
        self.open = self._pool()
        self.by_noun: dict[str, Key] = {}
        first_names: dict[str, Key] = {}
        for key, seen in sightings.items():
            words = untitled(seen.text)
            kind = self._kind(key)
            if kind == "person" and len(words) > 1:
                elder = words[: words.index(surname(seen.text)) + 1]  # without `Jr`
                for row in (words, elder):
                    for cut in range(len(row)):
                        self.full.setdefault(key_of(" ".join(row[cut:])), key)
                first_names.setdefault(key_of(words[0]), key)
            elif kind == "organisation":
                if len(words) > 2:
                    self.full.setdefault(_initials(seen.text), key)
                for noun in seen.nouns:
                    self.by_noun.setdefault(noun, key)
        self.full = first_names | self.full
        self.bearers: dict[str, list[Key]] = {}
        for key, seen in sightings.items():
            if len(untitled(seen.text)) > 1 and not key.title and self._kind(key) == "person":
                self.bearers.setdefault(key_of(surname(seen.text)), []).append(key)
        for key in sightings:
            if key.title:
                self.full.setdefault(key.name, key)  # nobody of that surname is named in full

    def entities(self) -> dict[Key, Entity]:
        made: dict[Key, Entity] = {}
        homes = {key: self._home(key) for key in self.sightings}
        for key, home in homes.items():  # what is said of a surname is said of the full name
            if home != key and self._kind(home) == "person":
                seen, short = self.sightings[home], self.sightings[key]
                alone = key == Key(key_of(surname(seen.text))) and self.full.get(key.name) == home and not short.organisation
                # A surname on its own after the full name: of organisations it is the first word that goes on alone.
                seen.person = max(seen.person, short.person, seen.person + _HALF if alone else 0.0)
        for key, home in homes.items():
            if home not in made:
                made[home] = self._entity(home)
            made[key] = made[home]
        return made

    def _surnames(self) -> dict[str, set[Key]]:
        """Surname → the full names that end in it, of people whom the registry does not have."""
        found: dict[str, set[Key]] = {}
        for key, seen in self.sightings.items():
            if " " in seen.text and self._kind(key) == "person" and (key.title or key.name not in self.actors.by_alias):
                found.setdefault(key_of(surname(seen.text)), set()).add(key)
        return found

    def _pool(self) -> dict[Key, Key]:
        """Names of an entry of unknown kind → the fullest of them that the article has, which learns what is said of each.

        Where the article tells nothing, the form of the registered name gives the guess.
        """
        groups: dict[str, list[Key]] = {}
        for key in self.sightings:
            actor = self._actor(key)
            if actor is not None and actor.is_open:
                groups.setdefault(actor.name, []).append(key)
        pooled: dict[Key, Key] = {}
        for name, keys in groups.items():
            home = max(keys, key=lambda key: (not key.title, len(self.sightings[key].text.split())))
            seen = self.sightings[home]
            for key in keys:
                seen.learn(self.sightings[key])
                pooled[key] = home
                if key.title:
                    self.genders.setdefault(home, key.title)
            if not seen.person and not seen.organisation:
                guess = _guess(name)
                seen.person, seen.organisation = float(guess == "person"), float(guess == "organisation")
        return pooled

    def _titled(self, key: Key) -> Key:
        """`Ms X` is the one of that surname named in full before whom the text does not make a man; else a person of her own."""
        home = self.full.get(key.name)
        if home is None or self.order[home] > self.order[key]:
            return key
        family = [k for k in self.bearers.get(key.name, ()) if self.order[k] < self.order[key]]
        fitting = [k for k in family or [home] if self._gender_of(k) in ("", key.title)]
        if not fitting:
            return key
        found = fitting[0]
        if key.title:
            self.genders[found] = key.title
        return found

    def _home(self, key: Key) -> Key:
        """The key of the fullest name for whom `key` names. A few steps at most: names in brackets can go in circles."""
        if key in self.open:
            return self.open[key]
        if key.title:
            return self._titled(key)
        for _ in range(3):
            seen = self.sightings[key]
            home = self.full.get(key.name) or self.full.get(key_of(" ".join(untitled(seen.text)))) or seen.long_form
            if home in seen.others:
                break
            if home is None or home == key or self._actor(key) is not None:
                break
            key = home
        return self.open.get(key, key)

    def _actor(self, key: Key) -> Actor | None:
        """The registry's entry for a name, with or without its title, or for the organisation whose organ it names."""
        words = untitled(self.sightings[key].text)
        if len(words) == 1 and self._is_namesake(key.name):
            return None
        actor = self.actors.by_alias.get(key.name) or self.actors.by_alias.get(key_of(" ".join(words)))
        if actor is None and len(words) == 2 and words[1].lower() in nouns.ORGANS:
            actor = self.actors.by_alias.get(key_of(words[0]))
            return None if actor is None or actor.is_person else actor
        return actor

    def _is_namesake(self, surname: str) -> bool:
        """Whether the article names somebody else of a registered surname in full, and the registry's own nowhere."""
        actor = self.actors.by_alias.get(surname)
        if actor is None or surname not in self.surnames:
            return False
        return surname != key_of(actor.name) and not any(Key(key_of(n)) in self.sightings for n in (actor.name, *actor.aliases) if " " in n)

    def _entity(self, key: Key) -> Entity:
        seen, actor = self.sightings[key], self._actor(key)
        if actor is not None and actor.is_person:
            organisation = self.actors.canonical(actor.organisation) if actor.organisation else self._employer(seen)
            return Entity(actor.name, "person", organisation, role=seen.role, gender=_gender(actor.name) or self._gender_of(key))
        if actor is not None and not actor.is_open:
            kinds = frozenset(kind_noun(noun) for noun in self.actors.nouns.get(actor.kind, []))
            return Entity(actor.name, "organisation", actor.name, kinds | seen.nouns)
        kind = self._kind(key)
        if kind != "person":
            name = actor.name if actor is not None else seen.text
            return Entity(name, kind, name if kind == "organisation" else None, frozenset(seen.nouns), sure=seen.organisation > 1.0)
        name = actor.name if actor is not None else _own_name(seen.text)
        return Entity(name, "person", self._employer(seen), role=seen.role, gender=self._gender_of(key), sure=seen.person > 1.0)

    def _employer(self, seen: Sighting) -> str | None:
        """The organisation that the text gives a person."""
        return self._name(seen.employer or self.by_noun.get(seen.employer_noun or ""))

    def _gender_of(self, key: Key) -> Literal["f", "m", ""]:
        """As a title, a role or a surname with a title tells it."""
        seen = self.sightings[key]
        return key.title or self.genders.get(key) or _gender(seen.text) or nouns.gender_of(seen.role or "")

    def _name(self, key: Key | None) -> str | None:
        if key is None or key not in self.sightings:
            return None
        home = self._home(key)
        actor = self._actor(home)
        person = self._kind(home) == "person" if actor is None or actor.is_open else actor.is_person
        if person:
            return None  # `X’s sister, Y`: nobody's organisation
        return actor.name if actor is not None else self.sightings[home].text

    def _kind(self, key: Key) -> EntityKind:
        seen = self.sightings[key]
        if seen.person > seen.organisation:
            return "person"
        return "organisation" if seen.organisation else "unknown"


def kind_noun(noun: str) -> str:
    """The singular by which a registry's noun is compared; of several words the last counts."""
    return nouns.singular(noun.lower().split()[-1]) if noun.strip() else ""


def _guess(name: str) -> EntityKind:
    """What a registered name is the name of, by its form."""
    tokens = tokenise(name, 0, len(name))
    return classify_name(tokens, 0, len(tokens) - 1, titled=len(tokens) > 1 and is_title(tokens[0].word)).kind if tokens else "unknown"


def _own_name(name: str) -> str:
    """A person's name without `Mr`, `Dr`, a rank or `Mother-of-two`; honours such as `Dame` are part of it."""
    words = name.split()
    while len(words) > 2 and (_describes(words[0]) or words[0].lower() in nouns.DEMONYMS - {"christian"}):
        words = words[1:]
    ranks = nouns.TITLES - nouns.HONOURS
    while len(words) > 1 and (words[0].lower().strip(".") in ranks or is_rank(words[0].strip("."))):
        words = words[1:]
        ranks = ranks | nouns.ROLES  # "Detective Inspector"
    return " ".join(words)


def _describes(word: str) -> bool:
    """`Mother-of-two`, `Ex-soldier`: a common noun in front of a name that begins the sentence."""
    first, *rest = word.split("-")
    return first.istitle() and bool(rest) and all(part.islower() for part in rest)


def _gender(name: str) -> Literal["f", "m", ""]:
    return gender_of_title((name.split() or [""])[0].lower().strip("."))


def gender_of_title(title: str) -> Literal["f", "m", ""]:
    return "f" if title in nouns.FEMALE_TITLES else "m" if title in nouns.MALE_TITLES else ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).casefold()
