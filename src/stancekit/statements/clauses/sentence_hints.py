"""Evidence beside the reporting clauses: who acts, disjoint reference of pronouns, authorship."""

from collections.abc import Sequence

from stancekit.statements.clauses.reporting_clauses import Clue
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import ADVERBS, AUXILIARIES, CUES, DID, PREPOSITIONS
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.wordlist import words

_AUTHORING = words("written wrote write writes sent sends published publishes issued issues penned produced signed drafted")


def acts(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb seems to follow the name."""
    following = next((t for t in tokens[index + 1 : index + 3] if not (t.low in ADVERBS or t.low.endswith("ly"))), None)
    if following is None or following.entity is not None or tokens[index].possessive:
        return False
    if index and tokens[index - 1].entity is None and tokens[index - 1].low in PREPOSITIONS:
        return False  # `a banner over X reading …`
    return following.low in AUXILIARIES or following.low in DID or following.low in CUES or following.low.endswith("ed")


def others(tokens: Sequence[Token], clue: Clue) -> tuple[str, ...]:
    """Return whom a pronoun does not mean: those named after it in the sentence, as in `She told X`."""
    start = next((i for i, token in enumerate(tokens) if clue.subject and token.start == clue.subject[0].start), clue.index)
    named = [token.entity.name for token in tokens[start:] if token.entity is not None]
    return tuple(named)


def documents(tokens: Sequence[Token]) -> list[str]:
    """List the kinds of document that the sentence's subject wrote: `X has written a letter`, `In a letter to Y, X said`."""
    found = []
    for index, token in enumerate(tokens):
        if token.entity is None and nouns.singular(token.low) in nouns.DOCUMENTS:
            before = [t.low for t in tokens[max(0, index - 5) : index]]
            if "in" in before[-4:] or any(low in _AUTHORING for low in before):
                found.append(nouns.singular(token.low))
    return found
