"""Distinguish cue verbs from nouns, adjectives and infinitives of the same form."""

from collections.abc import Sequence

from stancekit.statements.english import nouns
from stancekit.statements.english.calendar import DAYS, MONTHS
from stancekit.statements.english.reporting_verbs import ADVERBS, AUXILIARIES, BE, CUES, DID, PREPOSITIONS, SUBORDINATORS, Cue
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.wordlist import words

_EXPECTED = BE | {"expected", "due", "set"}
_EXPECTED_TO = frozenset({"to", "expected", "due", "set"})
_NO_ADVERBS = words("family assembly july italy ally supply reply")
_MODALS = words("will would to may might could did do")
_PREVIEWS = words("say warn tell argue call")
# Forms in -s that are hardly ever plural nouns.
_ONLY_VERBS = words("says tells insists argues denies believes thinks explains describes accuses writes wants asks adds")
_AFTER_NOUNS = words("of by from about over and to")
_SPEAKING_NOUNS = nouns.ORGANISATION_NOUNS | nouns.ROLES | nouns.DOCUMENTS
_STEPS = 10


def skip_left(tokens: Sequence[Token], index: int) -> int:
    """Step over auxiliaries, adverbs and days left of a verb; the index of the first token that is none of them."""
    limit = index - _STEPS
    while index >= 0 and index > limit:
        token = tokens[index]
        if token.entity is not None or token.possessive:
            break
        low = token.low
        adverb = low in ADVERBS or low in DAYS or low in MONTHS or (low.endswith("ly") and low not in _NO_ADVERBS)
        before = [t.low for t in tokens[max(0, index - 2) : index]]
        expected = low in _EXPECTED_TO and any(word in _EXPECTED for word in (before[-1:] if low == "to" else before))
        if not (low in AUXILIARIES or adverb or expected):
            break
        index -= 1
    return index


def is_passive(between: Sequence[str]) -> bool:
    """Tell whether a past form after these auxiliaries and adverbs is a passive: "was told", but not "had told"."""
    return any(low in BE for low in between) and not (between[-1] in ("has", "have", "had") and "been" not in between)


def base_reports(cue: Cue, before: Token | None, article: bool, between: Sequence[str], following: str, beside: bool) -> bool:
    """Tell whether a base form reports: after "will" or "expected to", or after a plural subject `before` it.

    `article` tells that a name before it is joined by "and"; `beside` that a quotation is near.
    """
    if any(low in _MODALS for low in between):
        return any(low in ("will", "to", "did") for low in between) and (beside or cue.lemma in _PREVIEWS)
    if before is None or (between and between[-1] in AUXILIARIES):
        return False
    if before.entity is not None:
        return article or (before.entity.kind != "person" and cue.lemma in _PREVIEWS and not before.possessive)  # `the X say`
    if before.low in ("they", "who", "others", "many", "some", "most") or before.low in nouns.PEOPLE:
        return True
    single = nouns.singular(before.low)
    plural = single != before.low
    return plural and (single in _SPEAKING_NOUNS or (cue.lemma == "say" and following not in ("in", "on", "over")))


def is_plural_noun(word: str, before: Token | None, following: str) -> bool:
    """Tell whether a form in -s is a noun: after a possessive, an article, a preposition or nothing, or before "of", "were" …"""
    if word in _ONLY_VERBS:
        return False
    if following in AUXILIARIES or following in _AFTER_NOUNS:
        return True
    if before is None or before.possessive or before.low in PREPOSITIONS or before.low in nouns.DETERMINERS or before.low == "new":
        return True
    if before.entity is not None or before.low in nouns.PRONOUNS | nouns.RELATIVES or before.word in (",", ")", "–", "and"):
        return False
    return before.low not in _SPEAKING_NOUNS | nouns.SPOKES | nouns.ORGANS


def has_verb(words: Sequence[Token]) -> bool:
    """Tell whether any of the words is a verb by its form, or a pronoun: no noun phrase has one."""
    for index, token in enumerate(words):
        if token.entity is not None or (not token.possessive and nouns.is_role(token.low)):
            continue
        low = token.low
        cue = CUES.get(low)
        if low in AUXILIARIES or low in DID or low in nouns.PRONOUNS or low in SUBORDINATORS or (cue and cue.form in ("past", "ing")):
            return True
        before = words[index - 1] if index else None
        if low.endswith("ed") and before is not None and not before.possessive and before.low not in nouns.DETERMINERS | ADVERBS:
            return True  # `Police arrested X`, but not `the disgraced mayor X`
    return False
