"""Confidence of an attribution, by syntactic pattern and kind of mention.

Measured on 294 real quotations and reported statements read by hand and on the 149 of the held-out half of the invented articles of the
tests. The shares are rounded down, as other articles are a little harder, and where a sort is rare drawn towards the others.
"""

from collections.abc import Sequence
from typing import Literal

from stancekit.statements.clauses.reporting_clauses import Clue
from stancekit.statements.discourse.state import Memory
from stancekit.statements.english import nouns
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.types import Speakers

Sort = Literal["beside", "near", "far", "weak", "shared", "parsed", "led", "floating", "letter", "turn"]
"""Where a quotation's speaker stands: named beside it, in its sentence, far off in it, by a verb that seldom reports, as the
subject of an earlier verb, by the parse alone, without a verb, nowhere (carried on from before), under a letter, or in the label
of a turn (not measured)."""
Naming = Literal["name", "pronoun", "guess", "noun", "words", "nobody"]
"""By what: a name, a pronoun, a pronoun that may mean several, a noun for somebody named elsewhere, words that name nobody further, or
`another` alone."""

SURE: frozenset[Sort] = frozenset({"beside", "near", "far", "shared"})
"""Sorts of rule that come before the parse."""
_SORTS: dict[Sort, float] = {
    "beside": 0.97, "near": 0.96, "far": 0.95, "weak": 0.8, "shared": 0.88, "parsed": 0.85, "led": 0.86, "floating": 0.92, "letter": 0.9,
    "turn": 0.95,
}  # fmt: skip
_NAMINGS: dict[Naming, float] = {"name": 1.0, "pronoun": 0.95, "guess": 0.68, "noun": 0.65, "words": 0.85, "nobody": 0.5}
_FAR = 8


def sort_of(clue: Clue, place: int, tokens: Sequence[Token]) -> Sort:
    """Classify how a reporting clause stands to the quotation at token `place`."""
    if clue.group == "weak":
        return "weak"
    if clue.side == "inherit":
        return "shared"
    first, last = sorted((place, clue.index))
    own = {token.start for token in clue.subject}
    between = [token for token in tokens[first + 1 : last] if token.is_word and token.start not in own and token.word != QUOTE]
    return "beside" if not between else "near" if len(between) < _FAR else "far"


def naming(clue: Clue, speakers: Speakers, memory: Memory) -> Naming:
    """Classify by what the subject of a reporting clause names its speakers."""
    last = clue.subject[-1] if clue.subject else None
    if last is not None and last.low in ("one", "another") and speakers[0].name.lower() == last.low:
        return "nobody"
    if last is None or last.entity is not None:
        return "name"
    if last.low in nouns.PRONOUNS | nouns.RELATIVES:
        return "guess" if any(memory.people.is_guess(speaker) for speaker in speakers) else "pronoun"
    return "noun" if speakers[0].name in memory.entities else "words"


def confidence(sort: Sort, naming: Naming = "name", carried: float = 1.0) -> float:
    """Return the share of such attributions that is right (0 to 1). `carried` is that of the one from which the speaker is carried on."""
    return round(_SORTS[sort] * _NAMINGS[naming] * carried, 2)
