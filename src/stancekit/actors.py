"""The registry of actors: who may speak or act, under which names."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from stancekit.errors import InputError, counted
from stancekit.io import strict_yaml

UNKNOWN = "unknown"
"""The kind of an actor of whom no more than the names is known: whether it is a person, the text decides."""
_PERSON_KINDS = frozenset({"person", "individual", "people"})


class Actor(BaseModel):
    """One person or organisation. `organisation` is a person's; an organisation's is its own name."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    aliases: list[str] = []
    organisation: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether the entry says so: by an organisation other than itself, or by its kind."""
        return (self.organisation is not None and self.organisation != self.name) or self.kind.lower() in _PERSON_KINDS

    @property
    def is_open(self) -> bool:
        """Whether the entry leaves it to the text what it is."""
        return self.kind.lower() == UNKNOWN and not self.is_person


class Actors(BaseModel):
    """A registry of `actors`, and the common nouns by which each kind is spoken of ("the union", "the watchdog")."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    actors: list[Actor] = []
    nouns: Mapping[str, list[str]] = {}

    def __repr__(self) -> str:
        return f"<Actors: {counted(len(self.actors), 'actor')}>"

    @cached_property
    def by_alias(self) -> dict[str, Actor]:
        """Folded name or alias → entry."""
        return {fold(name): actor for actor in self.actors for name in [actor.name, *actor.aliases]}

    def find(self, name: str) -> Actor | None:
        """The entry that goes by this name, its case, accents and spacing folded."""
        return self.by_alias.get(fold(name))

    def masked(self, text: str, target: str = "") -> str:
        """The text with the names of actors replaced by what they are: `the union`, `a representative of the union`.

        A model that reads it can't learn what one union says and miss it in another's mouth. Whom the target names stays.
        """
        if self._names is None:
            return text

        def kind(match: re.Match[str]) -> str:
            entry = self.find(match["name"])
            if entry is None or entry.is_open or entry.name in target or (entry.organisation or entry.name) in target:
                return match[0]
            what = f"the {next(iter(self.nouns.get(entry.kind, [])), entry.kind)}"
            return what if entry.organisation is None else f"a representative of {what}"

        return self._names.sub(kind, text)

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """Any name or alias as it is written, a longer one before one that begins it; `None` without actors."""
        names = sorted({name for actor in self.actors for name in [actor.name, *actor.aliases]}, key=lambda name: (-len(name), name))
        either = "|".join(re.escape(name).replace("’", "['’]") for name in names)
        return re.compile(rf"(?<!\w)(?:[Tt]he )?(?P<name>{either})(?!\w)") if names else None

    def actor_of(self, holder: str | None) -> str | None:
        """The registered names of those who hold a position (`"A; B"`); `None` where the registry has none of them."""
        found = [self.find(part) for part in (holder or "").split(";")]
        return "; ".join(dict.fromkeys(entry.name for entry in found if entry)) or None

    def canonical(self, name: str) -> str:
        """The registered name; each of joint names (`"A; B"`) on its own; an unknown name as it is."""
        parts = [part.strip() for part in name.split(";")]
        return "; ".join(found.name if (found := self.find(part)) else part for part in parts)


def fold(name: str) -> str:
    """Casefolded letters and digits, accents off: `Mc Donald` and `McDonald` are one, `the` in front is dropped."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c) and c not in "'’")
    return "".join(words.removeprefix("the ").split())


def load_actors(path: str | Path) -> Actors:
    """Read and check a registry of actors: who may speak or act, under which names.

    Parameters
    ----------
    path : a YAML file: `actors`, each with name, kind and aliases, and the `nouns` of each kind.

    Returns
    -------
    Actors

    Raises
    ------
    InputError : The file is not sound, or two entries share an alias.
    """
    document = strict_yaml.load(Path(path))
    actors = strict_yaml.validate(document, Actors)
    owner: dict[str, str] = {}
    for index, actor in enumerate(actors.actors):
        for name in {fold(name): name for name in [actor.name, *actor.aliases]}.values():
            if owner.setdefault(fold(name), actor.name) != actor.name:
                raise InputError(document.where(("actors", index)), f"'{name}' already names {owner[fold(name)]}; an alias has one owner")
    return actors
