"""Subject of a verb, without a parser.

A subject is what stands left of the verb up to the nearest barrier (a subordinator, another verb, a mark), or right of it
where the verb follows a quotation ("…," said X). Parentheses between subject and verb (", chair of Y,") are stepped over.
"""

from collections.abc import Sequence

from stancekit.statements.clauses.verbs import has_verb
from stancekit.statements.english import nouns
from stancekit.statements.english.calendar import DAYS, MONTHS
from stancekit.statements.english.reporting_verbs import ADVERBS, AUXILIARIES, CUES, PREPOSITIONS, SUBORDINATORS
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.wordlist import words

Chunk = tuple[Token, ...]

_REACH = 60
_SENTENCE = 120
_ONE_OF = 10
_DASHES = frozenset("–—-")
_MARKS = frozenset(",;:()[]–—…!?./")
_BREAKS = frozenset({QUOTE, ";", ":"})
_OBJECTS = words("him them me us")
TIMES = DAYS | MONTHS | words("week month year weekend night morning evening afternoon day days weeks months years")
_ENDS_SUBJECT = words("in on after during before by")
_GO_ON = PREPOSITIONS | {"and", "&"}
_OPENERS = words("but and however yet so , meanwhile now then yesterday today also still")


def left_subject(tokens: Sequence[Token], index: int) -> tuple[int, int]:
    """Find the span `tokens[start:end]` of the subject that ends at or before `index`; there may be parentheses between it and the verb."""
    if index < 0:
        return 0, 0
    word = tokens[index].word
    if word in (",", ")", "]") or word in _DASHES:
        if name_in_apposition(tokens, index) is not None:
            return index - 1, index
        index = _before_parentheses(tokens, index)
    last = index
    while index >= 0 and last - index < _REACH and not _is_barrier(tokens[index]):
        index -= 1
    start = _after_clause(tokens, index + 1, last)
    if (name := _introduced(tokens, start)) is not None:
        return name, name + 1
    while start > 1 and tokens[start - 1].word == "," and any(t.low == "and" for t in tokens[start : last + 1]):
        if tokens[start - 2].entity is None or tokens[start - 2].possessive or (start > 2 and tokens[start - 3].low in nouns.DETERMINERS):
            break
        start -= 2  # `X, Y and Z said`
    return start, last + 1


def _introduced(tokens: Sequence[Token], start: int) -> int | None:
    """`X, an actor in the film wrote`: the person before an apposition that no comma closes."""
    if start < 2 or tokens[start - 1].word != "," or not is_person(tokens[start - 2]) or tokens[start].low not in ("a", "an"):
        return None
    opens = start == 2 or not tokens[start - 3].is_word or (tokens[start - 3].entity is None and tokens[start - 3].low in SUBORDINATORS)
    role = any(nouns.is_role(token.low) and token.low not in nouns.SPOKES for token in tokens[start + 1 : start + 5])
    return start - 2 if opens and role and not any(is_person(token) for token in tokens[start : start + 5]) else None


def _after_clause(tokens: Sequence[Token], start: int, last: int) -> int:
    """`The broadcasts began in May and X says`: where the subject begins after an "and" that ends a clause of its own."""
    joins = [i for i in range(start + 1, last) if tokens[i].entity is None and tokens[i].low in ("and", "but")]
    return next((i + 1 for i in reversed(joins) if has_verb(tokens[start:i])), start)


def name_in_apposition(tokens: Sequence[Token], comma: int) -> Token | None:
    """Find the name between commas in `The minister, X, said`, after a role or a kind of organisation without one."""
    mark = tokens[comma].word
    if comma < 3 or (mark != "," and mark not in _DASHES):
        return None
    name = tokens[comma - 1]
    if name.entity is None or name.possessive:
        return None
    opening = comma - 2
    while opening > comma - 9 and opening > 0 and tokens[opening].is_word:
        opening -= 1
    if tokens[opening].word != mark or _is_place_of_post(tokens, opening, (name,)):
        return None
    if not _ends_in_role(tokens, opening - 1, "," if mark in _DASHES else ""):
        return None
    # Words before the name in the apposition end in a role too: `His wife, a former X aide Y, said`.
    return name if opening == comma - 2 or (name.entity.kind == "person" and nouns.is_role(tokens[comma - 2].low)) else None


def right_subject(tokens: Sequence[Token], start: int) -> Chunk:
    """Return the subject that begins at `start`, up to a mark or a verb; of a role, a comma and a name (`its chair, X`) the name."""
    end = min(len(tokens), start + 24)
    for index in range(start, end):
        token = tokens[index]
        if token.entity is not None:
            continue
        if token.word == "," and _name_follows(tokens, start, index):
            return (tokens[index + 1],)
        if token.word == QUOTE or token.word in _MARKS or token.low in SUBORDINATORS or token.low in AUXILIARIES:
            return tuple(tokens[start:index])
        if index > start and ((token.low in _ENDS_SUBJECT and not _is_authored(tokens, index)) or _has_form(token, "past", "ing")):
            return tuple(tokens[start:index])
    return tuple(tokens[start:end])


def _is_authored(tokens: Sequence[Token], index: int) -> bool:
    """`a report by X`."""
    return tokens[index].low == "by" and tokens[index - 1].entity is None and nouns.singular(tokens[index - 1].low) in nouns.DOCUMENTS


def main_subject(tokens: Sequence[Token]) -> Chunk:
    """Return the subject of the main clause: the first noun phrase, after an opening phrase or clause up to its comma."""
    size = min(len(tokens), _SENTENCE)
    start = next((i for i in range(size) if tokens[i].low not in _OPENERS), size)
    if start < size and (timed := _after_time(tokens, start)):
        start = timed
    elif start < size and _opens_phrase(tokens[start]):
        commas = [i for i in range(start, size) if tokens[i].word == ","]
        if not commas:
            return ()
        begins = [i for i in commas if i + 1 < size and _can_begin(tokens[i + 1])]
        start = (begins or commas[-1:])[0] + 1
    end = next((i for i in range(start, size) if _ends_main(tokens, start, i)), size)
    if end + 1 < size and tokens[end].word == "," and _ends_in_role(tokens, end - 1):
        closing = next((i for i in range(end + 1, min(end + 9, size)) if tokens[i].word == ","), end)
        name = tokens[end + 1] if tokens[end + 1].entity is not None else name_in_apposition(tokens, closing)
        if name is not None:
            return (name,)
    return tuple(t for t in tokens[start:end] if t.entity is not None or not (t.low in ADVERBS - {"on"} or t.low.endswith("ly")))


def _after_time(tokens: Sequence[Token], start: int) -> int:
    """`On Monday the union said`: where the clause begins after a time that no comma closes; 0 where there is none."""
    if tokens[start].entity is not None or tokens[start].low not in ("on", "in", "at", "last", "this", "late", "early", "by"):
        return 0
    for index in range(start + 1, min(start + 5, len(tokens) - 1)):
        timed = tokens[index].entity is None and (
            tokens[index].low in TIMES or (tokens[index].word.isdigit() and len(tokens[index].word) == 4)
        )
        if timed and _can_begin(tokens[index + 1]):
            return index + 1
    return 0


def _has_form(token: Token, *forms: str) -> bool:
    cue = CUES.get(token.low)
    return cue is not None and cue.form in forms


def _opens_phrase(token: Token) -> bool:
    """A phrase or clause before the main one begins: `In …`, `Unless …`, `Using …`."""
    if token.entity is not None:
        return False
    participle = token.low.endswith(("ing", "ed")) and token.low not in nouns.PEOPLE
    return participle or token.low in SUBORDINATORS or token.low in PREPOSITIONS


def _can_begin(token: Token) -> bool:
    """Whether a main clause can begin with the word."""
    if token.entity is not None or token.low in nouns.DETERMINERS or token.low in nouns.PRONOUNS or token.low in nouns.PEOPLE:
        return True
    return nouns.singular(token.low) in nouns.ORGANISATION_NOUNS


def _ends_main(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Whether the subject that began at `start` has ended: a mark, or what looks like a verb."""
    token = tokens[index]
    if token.entity is not None:
        return False
    if token.word in _MARKS or token.word == QUOTE or token.low in AUXILIARIES or token.low in SUBORDINATORS:
        return True
    if index == start:
        return False
    if is_person(tokens[index - 1]) and token.low not in _GO_ON:
        return True  # `X shook her head`: what follows a person's name is a verb
    return _has_form(token, "past", "s") or (token.low.endswith("ed") and tokens[index - 1].low not in nouns.DETERMINERS)


def _is_barrier(token: Token) -> bool:
    if token.entity is not None:
        return False
    if token.word == QUOTE or token.word in _MARKS or token.low in SUBORDINATORS or token.low in AUXILIARIES or token.low in _OBJECTS:
        return True
    cue = CUES.get(token.low)
    return cue is not None and cue.group in ("say", "report") and cue.form in ("past", "ing") and token.low != "noted"


def _ends_in_role(tokens: Sequence[Token], index: int, mark: str = "") -> bool:
    """Whether a phrase with a role or a kind of organisation, and no person, ends at `index`. It may have the `mark` in it."""
    for at in range(index, max(-1, index - 8), -1):
        token = tokens[at]
        owner = at and tokens[at - 1].entity is None and tokens[at - 1].low in PREPOSITIONS
        if (is_person(token) and not owner) or not (token.is_word or token.word == mark):
            return False
        if token.entity is None and (nouns.is_role(token.low) or token.low in nouns.ORGANISATION_NOUNS) and not token.possessive:
            return True
    return False


def _before_parentheses(tokens: Sequence[Token], index: int) -> int:
    """Index of the last token of the subject, given the mark that ends a parenthesis (or the last of several) before a verb."""
    for _ in range(6):
        mark = tokens[index].word
        opening = {")": "(", "]": "["}.get(mark, mark)
        position = index - 1
        limit = max(-1, index - _REACH)
        while position > limit and tokens[position].word != opening and not (mark == "," and tokens[position].word in _BREAKS):
            position -= 1
        before = position - 1
        if position <= limit or tokens[position].word in _BREAKS or before < 0:
            return index - 1  # no opening mark: `However, X`
        before = _before_brackets(tokens, before)
        if mark == "," and not _heads(tokens, before):
            index = position
        else:
            return before
    return index - 1


def _before_brackets(tokens: Sequence[Token], index: int) -> int:
    """Index of the token before brackets that end at `index`; `index` where none do."""
    opening = {")": "(", "]": "["}.get(tokens[index].word)
    if opening is None:
        return index
    limit = max(0, index - _REACH)
    return next((i - 1 for i in range(index - 1, limit, -1) if tokens[i].word == opening), index)


def _heads(tokens: Sequence[Token], index: int) -> bool:
    """Whether the words that end at `index` can be a subject of their own, rather than one more part of a parenthesis."""
    start = index
    while start >= 0 and index - start < _REACH and tokens[start].word not in (",", ";", ":", "–", "—", "(", QUOTE):
        start -= 1
    segment = tokens[start + 1 : index + 1]
    if not segment or segment[0].word.isdigit() or segment[0].low in nouns.RELATIVES:
        return False
    if start < 0 or tokens[start].word != "," or any(is_person(token) for token in segment):
        return True
    role = any(nouns.is_role(token.low) for token in segment)
    return not (role and any(is_person(token) for token in tokens[max(0, start - 8) : start + 1]))


def _is_place_of_post(tokens: Sequence[Token], comma: int, segment: Sequence[Token]) -> bool:
    """`X, chair of the University of A, B, said`: a bare name after another, in what is said of a person."""
    if comma < 2 or tokens[comma].word != "," or tokens[comma - 1].entity is None or len(segment) > 1 or is_person(segment[0]):
        return False
    before = tokens[max(0, comma - _ONE_OF * 2) : comma]
    return segment[0].entity is not None and any(map(is_person, before)) and any(nouns.is_role(token.low) for token in before)


def is_person(token: Token) -> bool:
    """Tell whether the token names a person who owns nothing here."""
    return token.entity is not None and token.entity.kind == "person" and not token.possessive


def _name_follows(tokens: Sequence[Token], start: int, comma: int) -> bool:
    """`said its chair, X`: a role without a name, then the name."""
    segment = tokens[start:comma]
    following = tokens[comma + 1].entity if comma + 1 < len(tokens) else None
    if following is None or following.kind == "organisation":
        return False
    return any(nouns.is_role(token.low) for token in segment) and not any(is_person(token) for token in segment)
