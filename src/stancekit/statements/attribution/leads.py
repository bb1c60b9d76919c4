"""Speakers whom the line before a quotation names without a verb: `Here is the budget lead, Ann Example:`, `Statement from X`."""

from collections.abc import Iterable, Sequence

from stancekit.statements.discourse.resolve import resolve
from stancekit.statements.discourse.state import Memory
from stancekit.statements.english.reporting_verbs import PREPOSITIONS
from stancekit.statements.quotations import Quote
from stancekit.statements.segmentation.letters.signatures import is_signatory, names_in, organisation_in
from stancekit.statements.segmentation.lines import SIGNED_BELOW
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.types import Speaker, Speakers, speaker_of


def signed_below(text: str, quotes: Iterable[Quote]) -> dict[int, Speakers]:
    """Return who says the quotations that are lines with a name on the next, as testimonials are, by where each begins.

    None unless that holds of two, and of half of the quotations that are lines; nor where a name stands above the first.
    """
    found: dict[int, Speakers] = {}
    before = ((quote, text[max(0, quote.start - 160) : quote.start].rpartition("\n")) for quote in quotes if quote.is_speech)
    alone = [(q, above.rstrip()) for q, (above, _, line) in before if not line.strip() and text[q.end : q.end + 1] in ("", "\n", "\r")]
    for quote, above in alone:
        if signed := SIGNED_BELOW.match(text, quote.end):
            if not found and above and is_signatory(above.rpartition("\n")[2]):
                return {}
            found[quote.start] = (Speaker(signed["name"], organisation_in(signed["post"] or ""), "person"),)
    return found if len(found) > 1 and 2 * len(found) >= len(alone) else {}


def introduced(line: str, tokens: Sequence[Token], memory: Memory) -> Speakers:
    """Return the person last named but after a preposition, else from whom a statement is said to be, else whom the line names alone."""
    named = [(i, token.entity) for i, token in enumerate(tokens) if token.entity is not None and not token.possessive]
    people = [(i, entity) for i, entity in named if entity.kind == "person"]
    free = [entity for i, entity in people if not i or tokens[i - 1].low not in PREPOSITIONS]
    if free:
        return (speaker_of(free[0 if is_signatory(line) else -1]),)
    source = next((i for i in reversed(range(len(tokens))) if tokens[i].low in ("from", "by")), None)
    if source is not None:
        end = next((i for i in range(source + 1, len(tokens)) if not tokens[i].is_word), len(tokens))
        if found := resolve(tokens[source + 1 : end], memory, anyone=False):
            return found
    bodies = {entity for _, entity in named if entity.kind == "organisation"}
    if people or len(bodies) == 1:
        return (speaker_of(people[0][1] if people else bodies.pop()),)
    body = organisation_in(line.removesuffix(":"))
    if is_signatory(line):
        return (Speaker(names_in(line)[0], body, "person"),)
    whole = body is not None and all(word[0].isupper() or word in PREPOSITIONS | {"and", "the"} for word in body.split())
    return (Speaker(body, body, "organisation"),) if body is not None and whole else ()
