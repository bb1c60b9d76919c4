"""Frequent speakers whom the registry does not have, ready to be looked at and pasted into `actors.yaml`."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stancekit.actors import Actors, fold
from stancekit.records import NARRATOR, Statement
from stancekit.statements import nouns

MIN_COUNT = 2
MAX_CONTEXTS = 3
UNKNOWN = "unknown"
"""The kind of a speaker of whom no article says more than the name."""

_CONTEXT_CHARACTERS = 110
_SPEAKS_FOR = (" spokesperson", " members")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A speaker: in how many statements, of how many articles, and some of these statements.

    `aliases` are other forms of the name that were found; `organisation` is a person's, the one most often given.
    """

    name: str
    kind: str
    organisation: str | None
    aliases: tuple[str, ...]
    count: int
    articles: int
    contexts: tuple[str, ...]


def suggest_actors(statements: Iterable[Statement], actors: Actors, *, min_count: int = MIN_COUNT) -> list[Suggestion]:
    """Speakers with a name whom the registry does not know, those heard most often first.

    A surname on its own counts for the one full name that ends in it; a spokesperson and members for their organisation.
    Common nouns ("doctors") are no names and left out.
    """
    seen: dict[str, _Seen] = {}
    for statement in statements:
        for name, own in _names(statement):
            if fold(name) and actors.find(name) is None:
                seen.setdefault(fold(name), _Seen()).add(name, statement, own)
    full = _full_names(seen)
    for key, home in full.items():
        seen[home].merge(seen.pop(key))
    found = [row.suggestion() for row in seen.values() if row.count >= min_count]
    return sorted(found, key=lambda s: (-s.count, -s.articles, s.name))


def render_suggestions(suggestions: Sequence[Suggestion]) -> str:
    """The suggestions as YAML that `load_actors` reads, with counts and contexts as comments."""
    lines = ["# Speakers that the registry does not have. Check each one before you paste it; `kind` is a guess."]
    lines.append("actors:" if suggestions else "actors: []")
    for s in suggestions:
        lines.append(f"  # {_times(s.count, 'statement')} in {_times(s.articles, 'article')}")
        lines.extend(f"  #   {_comment(context)}" for context in s.contexts)
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

    def add(self, name: str, statement: Statement, own: bool) -> None:
        """`own` tells that the statement's kind and organisation are those of the name."""
        self.count += 1
        self.names[name] += 1
        self.articles.add(statement.article_id)
        if len(self.contexts) < MAX_CONTEXTS and (not self.contexts or name.split()[-1] in statement.text):
            self.contexts.append(statement.text)
        if own:
            self.kinds[statement.actor_kind or UNKNOWN] += 1
            if statement.organisation and statement.organisation.isprintable() and fold(statement.organisation) != fold(name):
                self.organisations[statement.organisation] += 1

    def merge(self, other: "_Seen") -> None:
        self.count += other.count
        self.names += other.names
        self.articles |= other.articles
        self.contexts = [*self.contexts, *other.contexts][:MAX_CONTEXTS]

    def suggestion(self) -> Suggestion:
        name = max(self.names, key=lambda text: (len(text.split()), self.names[text], text))
        aliases = {fold(text): text for text in sorted(self.names) if fold(text) != fold(name)}
        known = self.kinds - Counter({UNKNOWN: self.kinds[UNKNOWN]})
        kind = (known or self.kinds or Counter([UNKNOWN])).most_common(1)[0][0]
        organisation = self.organisations.most_common(1)[0][0] if self.organisations else None
        return Suggestion(name, kind, organisation, tuple(aliases.values()), self.count, len(self.articles), tuple(self.contexts))


def _names(statement: Statement) -> list[tuple[str, bool]]:
    """Whom the statement's speaker names or speaks for, and whether its kind and organisation are theirs.

    Of joint speakers, and of a spokesperson, it is not known.
    """
    if statement.speaker is None or statement.speaker == NARRATOR:
        return []
    found = []
    parts = [part.strip() for part in statement.speaker.split(";")]
    for part in parts:
        name = next((part.removesuffix(ending) for ending in _SPEAKS_FOR if part.endswith(ending)), part)
        if any(c.isupper() for c in name) and name.isprintable() and not _is_common(name.lower()):
            found.append((name, len(parts) == 1 and name == part))
    return found


def _is_common(word: str) -> bool:
    """A common noun that began a sentence."""
    single = nouns.singular(word)
    return word in nouns.PEOPLE or nouns.is_role(single) or single in nouns.ORGANISATION_NOUNS | nouns.DOCUMENTS


def _full_names(seen: dict[str, _Seen]) -> dict[str, str]:
    """Folded surname → the folded full name it stands for, where there is just one."""
    owners: dict[str, set[str]] = {}
    for key, row in seen.items():
        words = max(row.names, key=len).split()
        if len(words) > 1:
            owners.setdefault(fold(words[-1]), set()).add(key)
    return {key: next(iter(homes)) for key, homes in owners.items() if key in seen and len(homes) == 1 and key not in homes}


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
