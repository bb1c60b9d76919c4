"""The cast of an article: every name in it, put together into persons and organisations.

The first of two passes. The second, in reading order, asks who "she", "the union" or a bare surname is.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from stancekit.actors import Actors
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import AUXILIARIES, CUES
from stancekit.statements.names.classify import Name
from stancekit.statements.names.context import describes, is_personal
from stancekit.statements.names.linking import Identities, Key, Sighting, gender_of_title, key_of, kind_noun
from stancekit.statements.names.spans import find_names
from stancekit.statements.names.titles import without_letters
from stancekit.statements.segmentation.segment import Unit
from stancekit.statements.text.characters import COMBINING, UNSEEN, is_plain, shown
from stancekit.statements.text.tokens import Token, tokenise
from stancekit.statements.text.types import Entity

KEEP_TOKENS = 1_000_000
"""Of a text of more characters the tokens are made again when they are needed, to save memory."""
_PLACES = frozenset(map(key_of, nouns.PLACES))
_NEAR = 8
_OWNS = re.compile(rf"[’'][{UNSEEN}]*[sS]?[{UNSEEN}]*$")
_UPPER = re.compile(r"(?<=[a-z,] )[A-Z][^\W_][\w-]{0,30}")
_LOWER = re.compile(r"(?<![\w’'-])[^\W\dA-Z_][\w’'-]{0,30}")
_UPPER_WITH_MARKS = re.compile(rf"(?<=[a-z,] )[A-Z][{COMBINING}]*+[^\W_][\w{COMBINING}-]{{0,30}}")
_LOWER_WITH_MARKS = re.compile(rf"(?<![\w’'{COMBINING}-])[^\W\dA-Z_][\w’'{COMBINING}-]{{0,30}}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `text[start:end]` and whom it names."""

    start: int
    end: int
    entity: Entity


@dataclass(frozen=True, slots=True)
class Cast:
    """Mentions by the number of the unit they stand in; organisations and people in the order of their first mention.

    `joint` is the first pair or more of organisations that act together ("A and the B said"), for the journalist who
    writes "the two unions" first. `tokens` are those of the units of a text that is not too long to keep them,
    and `kinds` the nouns by which organisations go, in the singular.
    """

    mentions: Mapping[int, tuple[Mention, ...]] = field(default_factory=dict)
    organisations: tuple[Entity, ...] = ()
    people: tuple[Entity, ...] = ()
    joint: tuple[Entity, ...] = ()
    tokens: Mapping[int, list[Token]] = field(default_factory=dict)
    kinds: frozenset[str] = nouns.ORGANISATION_NOUNS


def find_cast(text: str, units: Sequence[Unit], actors: Actors, labels: Collection[int] = ()) -> Cast:
    """Resolve all names in the text's sentences, headings and `labels` of turns (where they begin) to entities."""
    plain = is_plain(text)
    lower = set((_LOWER if plain else _LOWER_WITH_MARKS).findall(text))
    upper = {word for word in (_UPPER if plain else _UPPER_WITH_MARKS).findall(text) if word.lower() not in lower}
    phrases: dict[str, list[list[str]]] = {}
    for actor in actors.actors:
        for parts in (name.split() for name in (actor.name, *actor.aliases) if name.strip()):
            upper.add(parts[0])
            if len(parts) > 1 and not actor.is_person:
                phrases.setdefault(parts[0].lower(), []).append([word.lower() for word in parts])
    found: list[tuple[int, int, int, Key]] = []
    sightings: dict[Key, Sighting] = {}
    pairs: list[tuple[Key, ...]] = []
    kept: dict[int, list[Token]] = {}
    for number, unit in enumerate(units):
        if unit.kind == "boilerplate" and unit.start not in labels:
            continue
        tokens = tokenise(text, unit.start, unit.end)
        if len(text) <= KEEP_TOKENS:
            kept[number] = tokens
        known = [(name, _key(text, tokens, name)) for name in find_names(tokens, lower, upper, phrases)]
        names, keys = [name for name, key in known if key.name], [key for _, key in known if key.name]
        for name, key in zip(names, keys, strict=True):
            if not describes(tokens, name, upper):
                _see(sightings, text, tokens, name, key, names, upper)
            found.append((number, tokens[name.first].start, tokens[name.last].end, key))
        if unit.kind == "sentence":
            pairs.extend(_joint(tokens, names, keys))
        if unit.start not in labels:
            _tell_apart(keys, sightings)
            _link_acronyms(tokens, names, keys, sightings)
    entities = Identities(sightings, actors).entities()
    mentions: dict[int, list[Mention]] = {}
    for number, start, end, key in found:
        if key in entities:
            mentions.setdefault(number, []).append(Mention(start, end, entities[key]))
    organisations = tuple(dict.fromkeys(e for e in entities.values() if e.kind == "organisation"))
    people = tuple(dict.fromkeys(e for e in entities.values() if e.kind == "person"))
    joints = (tuple(dict.fromkeys(entities[key] for key in pair if key in entities)) for pair in pairs)
    joint = next((j for j in joints if len(j) > 1 and all(e.kind != "person" for e in j)), ())
    return Cast({number: tuple(row) for number, row in mentions.items()}, organisations, people, joint, kept, _kinds(actors))


def _kinds(actors: Actors) -> frozenset[str]:
    """Nouns by which organisations go: the usual ones, and the registry's own."""
    return nouns.ORGANISATION_NOUNS | {kind_noun(noun) for row in actors.nouns.values() for noun in row}


def _clean(text: str, tokens: Sequence[Token], name: Name) -> str:
    last = tokens[name.last]
    written = text[tokens[name.first].start : last.end]
    return without_letters(shown(_OWNS.sub("", written) if last.possessive else written).removeprefix("the "))


def _key(text: str, tokens: Sequence[Token], name: Name) -> Key:
    """By which a name is known; `Mr X` and `Mrs X` are two."""
    return Key(key_of(_clean(text, tokens, name)), gender_of_title(name.civil))


def _see(
    sightings: dict[Key, Sighting], text: str, tokens: Sequence[Token], name: Name, key: Key, names: Sequence[Name], known: Collection[str]
) -> None:
    seen = sightings.setdefault(key, Sighting(_clean(text, tokens, name)))
    if name.kind == "person":
        seen.person = seen.person + 3.0 if name.sure else max(seen.person, 1.0)  # guesses do not add up
        seen.role = seen.role or name.noun
        if name.organisation is not None and (seen.employer is None or seen.employer not in sightings):
            seen.employer = _employer(sightings, text, tokens, name, names, known)
        if seen.employer is None:
            seen.employer_noun = seen.employer_noun or _noun_before(tokens, name)
    elif name.kind == "organisation":
        seen.organisation = seen.organisation + 3.0 if name.sure else max(seen.organisation, 1.0)
        if name.noun:
            seen.nouns.add(name.noun)


def _employer(
    sightings: dict[Key, Sighting], text: str, tokens: Sequence[Token], person: Name, names: Sequence[Name], known: Collection[str]
) -> Key | None:
    """The key of the name of whose role a person has, which this makes an organisation's unless people have that role too."""
    other = next((n for n in names if n.first == person.organisation), None)
    if other is None:
        return None
    if other.first == other.last and tokens[other.first].low in nouns.DEMONYMS:
        return None
    key = Key(key_of(_clean(text, tokens, other)))
    if key.name and not is_personal(tokens, other, person) and not describes(tokens, other, known):
        sightings.setdefault(key, Sighting(_clean(text, tokens, other))).organisation += 2.0
    return key


def _noun_before(tokens: Sequence[Token], name: Name) -> str | None:
    """`the union’s general secretary, X`: the noun whose role it is."""
    for token in reversed(tokens[max(0, name.first - 6) : name.first]):
        if token.possessive and nouns.singular(token.low) in nouns.ORGANISATION_NOUNS:
            return nouns.singular(token.low)
        if token.low not in nouns.ROLES | nouns.ROLE_MODIFIERS and token.word != ",":
            return None
    return None


def _joint(tokens: Sequence[Token], names: Sequence[Name], keys: Sequence[Key]) -> list[tuple[Key, ...]]:
    """Names joined by "and" right before a verb."""
    out = []
    for index in range(1, len(names)):
        gap = [t.low for t in tokens[names[index - 1].last + 1 : names[index].first]]
        after = tokens[names[index].last + 1].low if names[index].last + 1 < len(tokens) else ""
        if gap in (["and"], ["and", "the"], ["&"]) and (after in CUES or after in AUXILIARIES):
            first = index - 1
            while first and [t.low for t in tokens[names[first - 1].last + 1 : names[first].first]] in ([","], [",", "the"]):
                first -= 1
            out.append(tuple(key for key in keys[first : index + 1] if key.title or key.name not in _PLACES))
    return out


def _tell_apart(keys: Sequence[Key], sightings: dict[Key, Sighting]) -> None:
    """`X thanked his mother, Y X`: a bare surname before a full name in the same sentence is somebody else's."""
    for index, key in enumerate(keys):
        for later in keys[index + 1 : index + 1 + _NEAR]:
            longer = later != key and not key.title and later.name.endswith(key.name)
            if longer and key in sightings and " " not in sightings[key].text:
                sightings[key].others.add(later)


def _link_acronyms(tokens: Sequence[Token], names: Sequence[Name], keys: Sequence[Key], sightings: dict[Key, Sighting]) -> None:
    """`Name of Something (ABC)`: the acronym goes by the long name from here on."""
    for index in range(1, len(names)):
        long, short = names[index - 1], names[index]
        apart = short.first == short.last == long.last + 2 and tokens[long.last + 1].word == "("
        if (
            apart
            and keys[index] in sightings
            and keys[index - 1] in sightings
            and _abbreviates(tokens[short.first], tokens[long.first : long.last + 1])
        ):
            sightings[keys[index]].long_form = keys[index - 1]
            sightings[keys[index - 1]].organisation += 3.0


def _abbreviates(short: Token, long: Sequence[Token]) -> bool:
    """Whether what stands in brackets after a name is short for it: a party or a state (`X (D-Va.)`) is not."""
    return short.word.isalnum() and any(token.word[0] == short.word[0] for token in long)
