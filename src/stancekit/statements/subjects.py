"""The words that are the subject of a verb, found without a parser.

A subject is what stands left of the verb up to the nearest barrier (a subordinator, another verb, a mark), or right of it
where the verb follows a quotation ("…," said X). Parentheses between subject and verb (", chair of Y,") are stepped over.
"""

from collections.abc import Sequence

from stancekit.statements import nouns
from stancekit.statements.cues import ADVERBS, AUXILIARIES, CUES, PREPOSITIONS, SUBORDINATORS
from stancekit.statements.tokens import QUOTE, Token

Chunk = tuple[Token, ...]

_REACH = 60
_DASHES = "–—-"
_MARKS = frozenset(",;:()[]–—…!?./")


def left_chunk(tokens: Sequence[Token], index: int) -> Chunk:
    """The subject that ends at or before `index`: between it and the verb there may be parentheses."""
    if index < 0:
        return ()
    token = tokens[index]
    if token.word in (",", ")", "]") or token.word in _DASHES:
        name = name_in_apposition(tokens, index)
        if name is not None:
            return (name,)
        index = _before_parenthesis(tokens, index)
    last = index
    while index >= 0 and last - index < _REACH and not _is_barrier(tokens, index):
        index -= 1
    return tuple(tokens[index + 1 : last + 1])


def name_in_apposition(tokens: Sequence[Token], comma: int) -> Token | None:
    """`The minister, X, said`: the name between the commas, after a role or a kind of organisation without one."""
    if comma < 3 or tokens[comma].word != "," or tokens[comma - 2].word != ",":
        return None
    name = tokens[comma - 1]
    return name if name.entity is not None and _ends_in_role(tokens, comma - 3) else None


def _ends_in_role(tokens: Sequence[Token], index: int) -> bool:
    """Whether a phrase with a role or a kind of organisation, and no person, ends here."""
    for token in reversed(tokens[max(0, index - 7) : index + 1]):
        if token.entity is not None and token.entity.kind == "person" and not token.possessive or not token.is_word:
            return False
        if token.entity is None and (token.low in nouns.ROLES or token.low in nouns.ORGANISATION_NOUNS) and not token.possessive:
            return True
    return False


def _is_barrier(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.entity is not None:
        return False
    if token.word == QUOTE or token.word in _MARKS or token.low in SUBORDINATORS:
        return True
    if token.low in AUXILIARIES:
        return True
    cue = CUES.get(token.low)
    return cue is not None and cue.group in ("say", "report") and cue.form in ("past", "ing") and token.low not in ("stated", "noted")


def _before_parenthesis(tokens: Sequence[Token], index: int) -> int:
    """Index of the last token of the subject, given the mark that ends a parenthesis before the verb."""
    for _ in range(6):
        mark = tokens[index].word
        opening = {")": "(", "]": "["}.get(mark, mark)
        position = index - 1
        limit = max(-1, index - _REACH)
        while position > limit and tokens[position].word != opening and not (mark == "," and tokens[position].word in (QUOTE, ";", ":")):
            position -= 1
        if position <= limit:
            return index - 1  # "However, said X": no opening mark
        if tokens[position].word in (QUOTE, ";", ":"):
            return index - 1
        before = position - 1
        if before < 0:
            return index - 1
        if tokens[before].word in (")", "]"):
            index = before
            continue
        if mark in "," and not _heads(tokens, before):
            index = position
            continue
        return before
    return index - 1


def _heads(tokens: Sequence[Token], index: int) -> bool:
    """Whether the words that end at `index` can be a subject of their own, rather than one more part of a parenthesis."""
    start = index
    while start >= 0 and tokens[start].word not in (",", ";", ":", "–", "—", "(", QUOTE) and index - start < _REACH:
        start -= 1
    segment = tokens[start + 1 : index + 1]
    if not segment or segment[0].word.isdigit() or segment[0].low in nouns.RELATIVES or segment[0].low == "whose":
        return False
    if start < 0 or tokens[start].word != ",":
        return True
    person = any(t.entity is not None and t.entity.kind == "person" and not t.possessive for t in segment)
    role = any(t.low in nouns.ROLES for t in segment)
    if person:
        return True
    if segment[0].low in PREPOSITIONS and segment[-1].entity is not None:
        return False
    if len(segment) == 1 and segment[0].entity is not None and start > 0 and tokens[start - 1].entity is not None:
        return False  # a place after a place
    return not role or not any(t.entity is not None and t.entity.kind == "person" for t in tokens[max(0, start - 8) : start + 1])


def right_chunk(tokens: Sequence[Token], index: int) -> Chunk:
    """The subject that begins at `index`, up to a mark or a verb; a name after a role and a comma is taken in."""
    start = index
    while index < len(tokens) and index - start < 24:
        token = tokens[index]
        if token.entity is None:
            if token.word == QUOTE or token.low in SUBORDINATORS or token.low in AUXILIARIES:
                break
            if token.word == "," and _name_follows(tokens, start, index):
                return (tokens[index + 1],)
            if token.word in _MARKS or token.low in ("in", "on", "after", "during", "before", "by") and index > start:
                break
            if token.low in CUES and CUES[token.low].form in ("past", "ing") and index > start:
                break
        index += 1
    return tuple(tokens[start:index])


def _name_follows(tokens: Sequence[Token], start: int, comma: int) -> bool:
    """`said its chair, X`: a role without a name, then the name."""
    segment = tokens[start:comma]
    named = any(t.entity is not None and t.entity.kind == "person" for t in segment)
    following = tokens[comma + 1] if comma + 1 < len(tokens) else None
    role = any(t.low in nouns.ROLES for t in segment)
    return role and not named and following is not None and following.entity is not None and following.entity.kind != "organisation"


def main_subject(tokens: Sequence[Token]) -> Chunk:
    """The subject of the main clause: the first noun phrase, after an opening phrase or clause up to its comma."""
    index, size = 0, min(len(tokens), 120)
    while index < size and (tokens[index].low in ("but", "and", "however", "yet", "so", ",", "meanwhile", "now", "then", "yesterday", "today", "also", "still")):
        index += 1
    if index < size and tokens[index].entity is None and (
        tokens[index].low in SUBORDINATORS or tokens[index].low in PREPOSITIONS or tokens[index].low.endswith(("ing", "ed")) and tokens[index].low not in nouns.PEOPLE
    ):
        comma = next((i for i in range(index, size) if tokens[i].word == ","), None)
        if comma is None:
            return ()
        while comma + 1 < size and not _can_begin(tokens[comma + 1]):
            later = next((i for i in range(comma + 1, size) if tokens[i].word == ","), None)
            if later is None:
                break
            comma = later
        index = comma + 1
    start = index
    while index < size:
        token = tokens[index]
        if token.entity is None and (
            token.word in _MARKS or token.word == QUOTE or token.low in AUXILIARIES or token.low in SUBORDINATORS
            or token.low in CUES and CUES[token.low].form in ("past", "s") and index > start
            or index > start and token.low.endswith("ed") and not tokens[index - 1].low in nouns.DETERMINERS
        ):  # fmt: skip
            break
        index += 1
    if index + 1 < size and tokens[index].word == "," and tokens[index + 1].entity is not None and _ends_in_role(tokens, index - 1):
        return (tokens[index + 1],)
    return tuple(t for t in tokens[start:index] if not (t.entity is None and (t.low in ADVERBS or t.low.endswith("ly"))))


def _can_begin(token: Token) -> bool:
    return token.entity is not None or token.low in nouns.DETERMINERS or token.low in nouns.PRONOUNS or token.low in nouns.PEOPLE or nouns.singular(token.low) in nouns.ORGANISATION_NOUNS
