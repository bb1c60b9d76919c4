"""Cue verbs in a sentence: which words report speech, and the words that are their subjects."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from stancekit.statements.cues import BE, CUES, ISSUES, PARTICLES, PREPOSITIONS, STATEMENT_NOUNS, SUBORDINATORS, Cue, CueClass
from stancekit.statements.subjects import Chunk, left_subject, name_in_apposition, right_subject
from stancekit.statements.tokens import QUOTE, Token
from stancekit.statements.verbs import base_reports, is_adjective, is_passive, is_plural_noun, skip_left

Side = Literal["before", "after", "by", "inherit"]

_BESIDE = 6
_NO_SUBJECTS = frozenset({"that", "this", "them", "him", "her", "how", "why", "what"})
_CONJUNCTIONS = frozenset({"and", "but", "or", "then", "to"})


@dataclass(frozen=True, slots=True)
class Clue:
    """A report of speech: the cue at token `index`, and the words of its subject.

    `side`: the subject stands `before` or `after` the cue, in a `by` phrase, or is the sentence's own (`inherit`).
    `subordinate` clauses ("while X said …", "…, who said") do not speak for the sentence where another one does.
    """

    index: int
    text: str
    group: CueClass
    side: Side
    subject: Chunk
    beside_quote: bool = False
    subordinate: bool = False


def find_clues(tokens: Sequence[Token]) -> list[Clue]:
    """Clues in the order of their cues."""
    found: list[Clue] = []
    for index, token in enumerate(tokens):
        if token.entity is not None or token.possessive or token.word == QUOTE:
            continue
        clue = _phrase(tokens, index) if token.low in ("according", "words") else None
        cue = _cue(tokens, index) if clue is None else None
        if cue is not None:
            clue = _clue(tokens, index, cue)
        if clue is not None:
            found.append(clue)
    return found


def _phrase(tokens: Sequence[Token], index: int) -> Clue | None:
    """`according to X`, `in the words of X`."""
    following = _low(tokens, index + 1)
    if tokens[index].low == "according" and following == "to":
        return Clue(index, "according to", "report", "after", right_subject(tokens, index + 2))
    if tokens[index].low == "words" and following == "of" and _low(tokens, index - 2) == "in":
        return Clue(index, "in the words of", "report", "after", right_subject(tokens, index + 2))
    return None


def _cue(tokens: Sequence[Token], index: int) -> Cue | None:
    """The cue that the word is, in the class it has here, or None where it reports nothing."""
    low = tokens[index].low
    cue = CUES.get(low)
    if low in ISSUES and any(t.low in STATEMENT_NOUNS for t in tokens[index + 1 : index + 4]):
        return Cue("issue", "ing" if low.endswith("ing") else "past", "report")
    if cue is None:
        return None
    following = _low(tokens, index + 1)
    if following in PARTICLES.get(cue.lemma, ()):
        return Cue(cue.lemma, cue.form, "report")
    if cue.group != "beside" and cue.lemma not in ("add", "read"):
        return cue
    if _beside_quote(tokens, index):
        return Cue(cue.lemma, cue.form, "report")
    if cue.lemma == "add":
        return Cue("add", cue.form, "weak") if following == "to" else cue
    return None


def _clue(tokens: Sequence[Token], index: int, cue: Cue) -> Clue | None:
    """The clue that a cue verb at `index` gives, with its subject, or None where the word is no finite verb or participle."""
    text, group = tokens[index].word, cue.group
    before = tokens[index - 1] if index else None
    if cue.form == "past" and is_adjective(before):
        return None
    left = skip_left(tokens, index - 1)
    between = [token.low for token in tokens[left + 1 : index]]
    if cue.form == "past" and is_passive(between):
        by = _low(tokens, index + 1) == "by"
        return Clue(index, text, group, "by", right_subject(tokens, index + 2)) if by else None
    beside = _beside_quote(tokens, index)
    if cue.form == "ing":
        return _participle(tokens, left, between, Clue(index, text, group, "inherit", (), beside))
    subject = tokens[left] if left >= 0 else None
    if cue.form == "base":
        joined = left >= 2 and any(token.low == "and" for token in tokens[left - 2 : left])
        if not base_reports(cue, subject, joined, between, _low(tokens, index + 1), beside):
            return None
    elif cue.form == "s" and is_plural_noun(tokens[index].low, subject, _low(tokens, index + 1)):
        return None
    return _finite(tokens, index, left, between, Clue(index, text, group, "inherit", (), beside))


def _participle(tokens: Sequence[Token], left: int, between: Sequence[str], clue: Clue) -> Clue:
    """`X is warning`, `with X urging`, or a participle that has the sentence's subject; after a preposition a weak one."""
    if any(low in BE for low in between):
        return _with(clue, "before", tuple(tokens[slice(*left_subject(tokens, left))]))
    own = _own_subject(tokens, left)
    if own is not None:
        return _with(clue, "before", (own,), subordinate=True)
    if left >= 0 and tokens[left].low in PREPOSITIONS:
        return Clue(clue.index, clue.text, "weak", "inherit", (), clue.beside_quote)
    return clue


def _finite(tokens: Sequence[Token], index: int, left: int, between: Sequence[str], clue: Clue) -> Clue:
    """The subject of a finite cue: after it where a quotation comes before, else before it, else the sentence's own."""
    start, end = left_subject(tokens, left)
    if _follows_quote(tokens, index) and (not between or start == end):
        after = right_subject(tokens, index + 1)
        if after and not (len(after) == 1 and after[0].low in _NO_SUBJECTS):
            return _with(clue, "after", after)
    if left >= 0 and tokens[left].low in ("who", "which"):
        antecedent = _antecedent(tokens, left)
        return _with(clue, "before" if antecedent else "inherit", antecedent, subordinate=True)
    if start == end or (tokens[end - 1].entity is None and tokens[end - 1].low in _CONJUNCTIONS):
        return clue
    opening = _low(tokens, start - 1)
    return _with(clue, "before", tuple(tokens[start:end]), subordinate=opening in SUBORDINATORS and opening != "that")


def _with(clue: Clue, side: Side, subject: Chunk, subordinate: bool = False) -> Clue:
    return Clue(clue.index, clue.text, clue.group, side, subject, clue.beside_quote or side == "after", subordinate)


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


def _own_subject(tokens: Sequence[Token], left: int) -> Token | None:
    """`with X urging …`, `with its chair, X, urging …`: a participle's own subject."""
    if left < 1 or not any(token.low == "with" for token in tokens[max(0, left - 9) : left]):
        return None
    if tokens[left].entity is not None and not tokens[left].possessive:
        return tokens[left]
    return name_in_apposition(tokens, left)


def _antecedent(tokens: Sequence[Token], relative: int) -> Chunk:
    """The name that "who" or "which" takes up: the last person before it, or the organisation right before it."""
    person = tokens[relative].low == "who"
    for token in reversed(tokens[max(0, relative - 14) : relative]):
        if token.word in (QUOTE, ".", ";", ":"):
            break
        if token.entity is not None and not token.possessive and (token.entity.kind == "person") == person:
            return (token,)
        if not person and token.word != ",":
            break
    return ()


def _beside_quote(tokens: Sequence[Token], index: int) -> bool:
    """A quotation within a few words on either side, with no other cue between."""
    for step in (1, -1):
        for position in range(index + step, index + step * (_BESIDE + 1), step):
            if not 0 <= position < len(tokens):
                break
            if tokens[position].word == QUOTE:
                return True
            if tokens[position].word in (".", ";") or tokens[position].low in CUES:
                break
    return False


def _follows_quote(tokens: Sequence[Token], index: int) -> bool:
    """A quotation right before the cue, but for a mark and words such as "also"."""
    for position in range(index - 1, max(-1, index - 5), -1):
        if tokens[position].word == QUOTE:
            return True
        if tokens[position].word not in (",", "–", "—", "-", ".") and tokens[position].low not in ("so", "as", "also", "then"):
            return False
    return False
