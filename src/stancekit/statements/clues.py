"""Cue verbs in a sentence: which words report speech, and the words that are their subjects."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stancekit.statements import nouns
from stancekit.statements.cues import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CUES,
    ISSUES,
    PARTICLES,
    PREPOSITIONS,
    STATEMENT_NOUNS,
    SUBORDINATORS,
    Cue,
    CueClass,
)
from stancekit.statements.subjects import Chunk, left_chunk, name_in_apposition, right_chunk
from stancekit.statements.tokens import QUOTE, Token

Side = Literal["before", "after", "by", "inherit"]

_EXPECTED = BE | {"expected", "due", "set"}
_EXPECTED_TO = frozenset({"to", "expected", "due", "set"})
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october"
    " november december".split()
)


@dataclass(frozen=True, slots=True)
class Clue:
    """A report of speech: the cue at token `index`, and the words of its subject.

    `side`: the subject stands `before` or `after` the cue, in a `by` phrase, or is the sentence's own (`inherit`).
    """

    index: int
    text: str
    group: CueClass
    side: Side
    subject: Chunk
    beside_quote: bool
    subordinate: bool = False


def find_clues(tokens: Sequence[Token]) -> list[Clue]:
    """Clues in the order of their cues."""
    found: list[Clue] = []
    for index, token in enumerate(tokens):
        if token.entity is not None or token.word == QUOTE:
            continue
        clue = _according(tokens, index) if token.low in ("according", "words", "to") else _clue(tokens, index)
        if clue is not None:
            found.append(clue)
    return found


def _according(tokens: Sequence[Token], index: int) -> Clue | None:
    """`according to X`, `in the words of X`."""
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if tokens[index].low == "according" and following == "to":
        return Clue(index, "according to", "report", "after", right_chunk(tokens, index + 2), False)
    if tokens[index].low == "words" and following == "of" and index >= 2 and tokens[index - 2].low == "in":
        return Clue(index, "in the words of", "report", "after", right_chunk(tokens, index + 2), False)
    return None


def _clue(tokens: Sequence[Token], index: int) -> Clue | None:
    token = tokens[index]
    cue = CUES.get(token.low)
    if token.low in ISSUES and any(t.low in STATEMENT_NOUNS for t in tokens[index + 1 : index + 4]):
        cue = Cue("issue", "ing" if token.low.endswith("ing") else "past", "report")
    if cue is None or token.possessive or cue.form == "past" and index and _modifies(tokens[index - 1]):
        return None
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    group: CueClass = cue.group
    if following in PARTICLES.get(cue.lemma, ()):
        group = "report"
    beside = _beside_quote(tokens, index)
    if cue.lemma in ("add", "refer") and following == "to" and not beside:
        group = "weak"
    if group == "beside":
        if not beside:
            return None
        group = "report"
    if cue.lemma == "read" and not beside:
        return None
    left = _skip_left(tokens, index - 1)
    between = [t.low for t in tokens[left + 1 : index]]
    if any(low in BE for low in between) and cue.form == "past" and not any(low in ("has", "have", "had") and "been" not in between for low in between[-1:]):
        return _passive(tokens, index, group, token.word)
    if cue.form == "ing":
        if between and between[-1] in BE or left >= 0 and tokens[left].entity is not None and any(low in BE for low in between):
            return Clue(index, token.word, group, "before", left_chunk(tokens, left), beside)
        own = _own_subject(tokens, left)
        if own is not None:
            return Clue(index, token.word, group, "before", (own,), beside, True)
        gerund = left >= 0 and tokens[left].low in PREPOSITIONS
        return Clue(index, token.word, "weak" if gerund else group, "inherit", (), beside)
    if cue.form == "base":
        if not _base_reports(tokens, index, left, between, beside):
            return None
    elif cue.form == "s" and _is_noun(tokens, index, left):
        return None
    if _follows_quote(tokens, index):
        after = right_chunk(tokens, index + 1)
        if after and not (after[0].low in ("that", "it", "this", "they", "them", "him", "her", "how", "why", "what") and len(after) == 1 and after[0].low not in nouns.PRONOUNS):
            if not between or not left_chunk(tokens, left):
                return Clue(index, token.word, group, "after", after, True)
    if left >= 0 and tokens[left].low in ("who", "which"):
        antecedent = _antecedent(tokens, left)
        return Clue(index, token.word, group, "before" if antecedent else "inherit", antecedent, beside, True)
    subject = left_chunk(tokens, left)
    if not subject or subject[-1].entity is None and subject[-1].low in ("and", "but", "or", "then", "to"):
        return Clue(index, token.word, group, "inherit", (), beside)
    opening = tokens[index - 1] if not subject else _token_before(tokens, subject[0])
    subordinate = opening is not None and opening.low in SUBORDINATORS and opening.low != "that"
    return Clue(index, token.word, group, "before", subject, beside, subordinate)


def _modifies(before: Token) -> bool:
    """Whether a participle after this word is an adjective: `the proposed plan`."""
    return before.entity is None and (before.low in nouns.DETERMINERS - nouns.BARE_SUBJECTS or before.possessive)


def _own_subject(tokens: Sequence[Token], left: int) -> Token | None:
    """`with X urging …`, `with its chair, X, urging …`: a participle's own subject."""
    if left < 1 or not any(token.low == "with" for token in tokens[max(0, left - 9) : left]):
        return None
    if tokens[left].entity is not None and not tokens[left].possessive:
        return tokens[left]
    return name_in_apposition(tokens, left)


def _token_before(tokens: Sequence[Token], token: Token) -> Token | None:
    position = next((i for i, other in enumerate(tokens) if other.start == token.start), 0)
    return tokens[position - 1] if position else None


def _antecedent(tokens: Sequence[Token], relative: int) -> Chunk:
    """The name that "who" or "which" takes up."""
    person = tokens[relative].low == "who"
    for token in reversed(tokens[max(0, relative - 14) : relative]):
        if token.word == QUOTE or token.word in ".;:":
            break
        if token.entity is not None and not token.possessive and (token.entity.kind == "person") == person:
            return (token,)
        if not person and token.word != ",":
            break
    return ()


def _beside_quote(tokens: Sequence[Token], index: int) -> bool:
    """A quotation within a few words on either side, with no other verb of saying between."""
    for step in (1, -1):
        position = index + step
        for _ in range(6):
            if not 0 <= position < len(tokens):
                break
            if tokens[position].word == QUOTE:
                return True
            if tokens[position].word in ".;" or tokens[position].low in CUES:
                break
            position += step
    return False


def _follows_quote(tokens: Sequence[Token], index: int) -> bool:
    position = index - 1
    while position >= 0 and (tokens[position].word in (",", "–", "—", "-", ".") or tokens[position].low in ("so", "as", "also", "then")):
        position -= 1
    return position >= 0 and tokens[position].word == QUOTE


def _skip_left(tokens: Sequence[Token], index: int) -> int:
    """Steps over auxiliaries and adverbs left of a verb; the index of the first token that is neither."""
    while index >= 0:
        token = tokens[index]
        if token.entity is not None or token.possessive:
            break
        low = token.low
        if low in AUXILIARIES or low in ADVERBS or low in _DAYS or low.endswith("ly") and low not in ("family", "assembly", "july", "italy", "ally"):
            index -= 1
        elif low in _EXPECTED_TO and index and any(t.low in _EXPECTED for t in tokens[max(0, index - 2) : index]):
            index -= 1
        else:
            break
    return index


def _base_reports(tokens: Sequence[Token], index: int, left: int, between: list[str], beside: bool) -> bool:
    """A base form reports after "will", after "expected to", or after a plural subject; else it is a noun or an infinitive."""
    if any(low in ("will", "would", "to", "may", "might", "could", "did", "do") for low in between):
        return ("will" in between or "to" in between or "did" in between) and (beside or tokens[index].low in ("say", "warn", "tell", "argue", "call"))
    if left < 0 or between and between[-1] in AUXILIARIES:
        return False
    token = tokens[left]
    if token.low in ("they", "we", "i", "who", "and", "others", "many", "some", "most"):
        return token.low not in ("we", "i", "and")
    if token.entity is not None:
        return left >= 2 and tokens[left - 1].low in ("and", "the") and any(t.low == "and" for t in tokens[left - 2 : left])
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    return token.low in nouns.PEOPLE or nouns.singular(token.low) != token.low and (
        nouns.singular(token.low) in nouns.ORGANISATION_NOUNS | nouns.ROLES | nouns.DOCUMENTS
    ) or tokens[index].low == "say" and token.low.endswith("s") and following not in ("in", "on", "over")


def _is_noun(tokens: Sequence[Token], index: int, left: int) -> bool:
    """Whether a form in -s is a plural noun here: after a possessive, an adjective, a preposition or nothing."""
    low = tokens[index].low
    if low in ("says", "tells", "insists", "argues", "denies", "believes", "thinks", "explains", "describes", "accuses", "writes", "wants", "asks", "adds"):
        return False
    if index + 1 < len(tokens) and (tokens[index + 1].low in AUXILIARIES or tokens[index + 1].low in ("of", "by", "from", "about", "over", "and", "to")):
        return not (low in ("calls", "points") and tokens[index + 1].low in ("for", "on", "out"))
    if left < 0:
        return True
    before = tokens[left]
    if before.possessive or before.low in PREPOSITIONS or before.low in nouns.DETERMINERS or before.low in ("his", "new", "of"):
        return True
    if before.entity is not None or before.low in nouns.PRONOUNS or before.low in nouns.RELATIVES or before.word in (",", ")", "–", "and"):
        return False
    return not (before.low in nouns.ORGANISATION_NOUNS | nouns.ROLES | nouns.DOCUMENTS | nouns.SPOKES | nouns.ORGANS)


def _passive(tokens: Sequence[Token], index: int, group: CueClass, text: str) -> Clue | None:
    """`were told by X`; without `by` nobody is named who says it."""
    if index + 1 < len(tokens) and tokens[index + 1].low == "by":
        return Clue(index, text, group, "by", right_chunk(tokens, index + 2), False)
    return None
