"""Speakers whom the line before a quotation names without a verb: `Here is the budget lead, Ann Example:`, `Statement from X`."""

from collections.abc import Sequence

from stancekit.statements.discourse.resolve import resolve
from stancekit.statements.discourse.state import Memory
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.types import Speakers, speaker_of
from stancekit.statements.text.wordlist import words

_ABOUT = words("to about on with against of for over")


def introduced(tokens: Sequence[Token], memory: Memory) -> Speakers:
    """Return the person last named but as whom others speak of or to, else from whom a statement is said to be, else the only body."""
    named = [(i, token.entity) for i, token in enumerate(tokens) if token.entity is not None and not token.possessive]
    people = [(i, entity) for i, entity in named if entity.kind == "person"]
    free = [entity for i, entity in people if not i or tokens[i - 1].low not in _ABOUT]
    if free:
        return (speaker_of(free[-1]),)
    source = next((i for i in reversed(range(len(tokens))) if tokens[i].low in ("from", "by")), None)
    if source is not None:
        end = next((i for i in range(source + 1, len(tokens)) if not tokens[i].is_word), len(tokens))
        if found := resolve(tokens[source + 1 : end], memory, anyone=False):
            return found
    bodies = {entity for _, entity in named if entity.kind == "organisation"}
    found = people[0][1] if people else bodies.pop() if len(bodies) == 1 else None
    return () if found is None else (speaker_of(found),)
