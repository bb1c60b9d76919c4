"""Suggested actors: frequent speakers who are not in the registry, as entries for `actors.yaml`."""

import json
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from stancekit.actors import UNKNOWN, Actor, Actors, fold
from stancekit.records import NARRATOR, Statement
from stancekit.statements.english import nouns
from stancekit.statements.names.context import is_body
from stancekit.statements.names.titles import untitled
from stancekit.statements.text.wordlist import words

MIN_COUNT = 2
MAX_CONTEXTS = 3

_CONTEXT_CHARACTERS = 110
_SPEAKS_FOR = (" spokesperson", " members")
_BODY = "organisation"
_SHARE = 0.1
"""An organisation given with a smaller part of what somebody says is more likely a misreading."""
_LEGAL_FORMS = words("ltd limited plc inc llp corp")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?){1,3}(?<=\.)|[^\W\d_]")
_PLACES = frozenset(map(fold, nouns.PLACES | words("us uk u.s. u.k.")))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A speaker: in how many statements, of how many articles, and some of these statements.

    `kind` is `unknown` where no article says more than the name. `aliases` are other forms of the name that were found;
    `organisation` is a person's, the one most often given. `forms` are the names as they were found, each with its statements, the
    most frequent first. With `registered` the registry has the entry, and lacks some of the aliases.
    """

    name: str
    kind: str
    organisation: str | None
    aliases: tuple[str, ...]
    count: int
    articles: int
    contexts: tuple[str, ...]
    forms: tuple[tuple[str, int], ...] = ()
    registered: bool = False


def suggest_actors(statements: Iterable[Statement], actors: Actors, *, min_count: int = MIN_COUNT) -> list[Suggestion]:
    """Return named speakers who are not in the registry, the most frequent first.

    The names of one actor are merged: a surname, an initial with it, an acronym, or a name without its title, middle initial or legal
    form counts for the one full name that it is short for, which may be that of an entry; a spokesperson and members for their
    organisation. Descriptions ("doctors", "Hungarian police", "X’s family") are no names and left out.
    """
    seen: dict[str, _Seen] = {}
    described: dict[str, _Seen] = {}
    for statement in statements:
        for name, kind in _names(statement):
            if fold(name) and actors.find(name) is None:
                rows = described if _is_description(name) else seen
                rows.setdefault(fold(name), _Seen()).add(name, statement, kind)
    for key in seen.keys() & described.keys():  # a name in small letters
        seen[key].merge(described[key])
    known = {fold(entry.name): entry for entry in actors.actors}
    for key, home in _full_names(seen, known).items():
        seen.setdefault(home, _Seen()).merge(seen.pop(key))
    people = {
        word
        for row in seen.values()
        if row.kinds["person"] > row.kinds[_BODY]
        for name in row.names
        for word in (fold(name), fold(name.split()[-1]))
    }
    found = [row.suggestion(people | _PLACES, known.get(key)) for key, row in seen.items() if row.count >= min_count]
    return sorted(found, key=lambda s: (-s.count, -s.articles, s.name))


def render_suggestions(suggestions: Sequence[Suggestion]) -> str:
    """Write the suggestions as YAML that `load_actors` reads, with counts and contexts as comments."""
    lines = ["# Speakers that the registry does not have. Check each one before you paste it; `kind` is a guess."]
    lines.append("actors:" if suggestions else "actors: []")
    for s in suggestions:
        lines.append(f"  # {_times(s.count, 'statement')} in {_times(s.articles, 'article')}")
        lines.extend(f"  #   {_comment(context)}" for context in s.contexts)
        if len(s.forms) > 1 or s.registered:
            lines.append(f"  # {_comment('as ' + ', '.join(f'{name} ({n})' for name, n in s.forms))}")
        if s.registered:
            lines.append("  # The registry has this entry without the aliases that come last: put it in the place of that.")
        fields = [f"name: {_quoted(s.name)}", f"kind: {_quoted(s.kind)}"]
        fields += [f"organisation: {_quoted(s.organisation)}"] if s.organisation else []
        fields += [f"aliases: [{', '.join(map(_quoted, s.aliases))}]"] if s.aliases else []
        lines.append(f"  - {{{', '.join(fields)}}}")
    return "\n".join(lines) + "\n"


@dataclass(slots=True)
class _Seen:
    """What is gathered on one folded name. Only as many contexts are kept as are shown."""

    count: int = 0
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    organisations: Counter[str] = field(default_factory=Counter)
    articles: set[str] = field(default_factory=set)
    contexts: list[str] = field(default_factory=list)

    def add(self, name: str, statement: Statement, kind: str) -> None:
        """`kind` is what the statement says of the name. Its organisation is the name's where it has one speaker."""
        self.count += 1
        self.names[name] += 1
        self.articles.add(statement.article_id)
        if len(self.contexts) < MAX_CONTEXTS and (not self.contexts or name.split()[-1] in statement.text):
            self.contexts.append(statement.text)
        self.kinds[kind] += 1
        body = statement.organisation
        if name == statement.speaker and body and body.isprintable() and fold(body) != fold(name):
            self.organisations[body] += 1

    def merge(self, other: "_Seen") -> None:
        self.count += other.count
        self.names += other.names
        self.kinds += other.kinds
        self.organisations += other.organisations
        self.articles |= other.articles
        self.contexts = [*self.contexts, *other.contexts][:MAX_CONTEXTS]

    def suggestion(self, no_bodies: Container[str], entry: Actor | None) -> Suggestion:
        """`no_bodies` are folded names of people and places, which are nobody's organisation; `entry` is the registry's."""
        name = max(self.names, key=lambda text: (len(text.split()), not text.islower(), self.names[text], text))
        main = fold(entry.name if entry else name)
        forms = {text if text.islower() else fold(text): text for text in sorted(self.names) if fold(text) != main or text.islower()}
        aliases = tuple(forms.values())
        found = (self.count, len(self.articles), tuple(self.contexts), tuple(self.names.most_common()))
        if entry is not None:
            return Suggestion(entry.name, entry.kind, entry.organisation, (*entry.aliases, *aliases), *found, registered=True)
        bodies = ((n, body) for body, n in self.organisations.items() if fold(body) not in no_bodies and n >= _SHARE * self.count)
        organisation = max(bodies, default=(0, None))[1]
        surname = len(name.split()) > 1 and not is_body(name) and fold(name.split()[-1]) in forms
        kind = self._kind() or ("person" if organisation or surname else UNKNOWN)
        return Suggestion(name, kind, organisation, aliases, *found)

    def _kind(self) -> str:
        """What most statements say, a particular kind rather than `organisation`; `""` where none says any."""
        bodies = self.kinds - Counter({kind: self.kinds[kind] for kind in (UNKNOWN, "person")})
        if self.kinds["person"] >= max(bodies.total(), 1):
            return "person"
        particular = bodies - Counter({_BODY: bodies[_BODY]})
        return next((kind for kind, _ in (particular or bodies).most_common(1)), "")


def _names(statement: Statement) -> list[tuple[str, str]]:
    """Whom the statement's speaker names or speaks for, and the kind it gives each: of joint speakers the one they share."""
    if statement.speaker is None or statement.speaker == NARRATOR:
        return []
    found = []
    kinds = (statement.actor_kind or UNKNOWN).split("; ")
    for part in (part.strip() for part in statement.speaker.split(";")):
        ending = next((ending for ending in _SPEAKS_FOR if part.endswith(ending)), "")
        name = part.removesuffix(ending)
        if name.isprintable():
            kind = kinds[0] if len(kinds) == 1 else UNKNOWN
            if ending:  # who has members, or a spokesperson and a name that is no person's, is an organisation
                kind = _BODY if ending == " members" or is_body(name) else UNKNOWN
            found.append((name, kind))
    return found


def _is_description(name: str) -> bool:
    """Words for somebody without a name: common nouns, with what says whose they are or where from."""
    words = name.split()
    if not words or not any(c.isupper() for c in words[-1]):
        return True  # "Hungarian police", "X’s family"
    low = name.lower().removeprefix("the ")
    single = nouns.singular(low)
    if low in nouns.PEOPLE | nouns.FUNCTION_WORDS | nouns.DETERMINERS | nouns.DEMONYMS or low in nouns.ROLE_MODIFIERS - nouns.PARTIES:
        return True
    return nouns.is_role(single) or single in nouns.ORGANISATION_NOUNS | nouns.DOCUMENTS


def _full_names(seen: Mapping[str, "_Seen"], known: Mapping[str, Actor]) -> dict[str, str]:
    """Folded name → the folded full name that it is another form of, where there is just one. `known` are those of the registry."""
    names = {key: max(row.names, key=len) for key, row in seen.items()}
    short, surnames = (dict[str, set[str]]() for _ in range(2))
    registered = ((key, name) for key, entry in known.items() for name in [entry.name, *entry.aliases])
    for key, name in [*names.items(), *registered]:
        if len(core := _core(name)) > 1:
            surnames.setdefault(fold(name.split()[-1]), set()).add(key)
            for form in (" ".join(core), *_shortened(name, core)):
                short.setdefault(form, set()).add(key)
    homes: dict[str, str] = {}
    acronym = {key: name.replace(".", "").casefold() for key, name in names.items() if not name[1:].islower()}
    forms = {key: " ".join(core) if len(core := _core(name)) > 1 else acronym.get(key, "") for key, name in names.items()}
    by_length = sorted(forms.items(), key=lambda item: item[1][1:2] == " ")  # initials once the full names are merged, then surnames
    for index, key, form in [*((short, key, form) for key, form in by_length), *((surnames, key, key) for key in names)]:
        full = {homes.get(owner, owner) for owner in index.get(form, ())} - {key}
        full = (full & known.keys()) or full
        if len(full) == 1 and key not in homes:
            homes[key] = full.pop()
    return {key: homes.get(home, home) for key, home in homes.items()}


def _core(name: str) -> list[str]:
    """The folded words of a name without its title, middle initials and legal form; of an initial the letter."""
    found = [word[0] if _INITIALS.fullmatch(word) else word for word in untitled(name) if word.lower() != "the"]
    core = [fold(word) for place, word in enumerate(found) if len(word) > 1 or place in (0, len(found) - 1)]
    return core[:-1] if len(core) > 2 and core[-1] in _LEGAL_FORMS else core


def _shortened(name: str, core: Sequence[str]) -> set[str]:
    """What a full name may become: an initial with the surname; of an organisation the first letters, of all words or of capitals."""
    if not is_body(name):
        return {f"{core[0][:1]} {core[-1]}"} if len(core[0]) > 1 else set()
    if not any(nouns.singular(word) in nouns.ORGANISATION_NOUNS for word in core):
        return set()  # "Barbara Boxer of California" is not the BBC
    letters = [word[0] for word in re.split(r"[\s-]+", name) if word[:1].isalpha() and word.lower() != "the"]
    found = {"".join(chosen).casefold() for chosen in (letters, filter(str.isupper, letters))}
    return {form for form in found if len(form) > 2}


def _times(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _quoted(text: str) -> str:
    """A YAML scalar in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _comment(text: str) -> str:
    """One line without characters that do not show."""
    shown = "".join(c if c.isprintable() else " " for c in text[: 4 * _CONTEXT_CHARACTERS])
    line = " ".join(shown.split())
    return line if len(line) <= _CONTEXT_CHARACTERS else line[: _CONTEXT_CHARACTERS - 1].rstrip() + "…"
