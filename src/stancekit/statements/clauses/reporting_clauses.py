"""Reporting clauses of a sentence: cue verbs, and the words of their subjects."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from stancekit.statements.clauses.antecedents import (
    CONJUNCTIONS,
    antecedent,
    head_of,
    is_verb_of_relative,
    joined_before,
    noun_phrase,
    own_subject,
)
from stancekit.statements.clauses.passives import agent, is_state
from stancekit.statements.clauses.subjects import Chunk, left_subject, right_subject
from stancekit.statements.clauses.verbs import base_reports, is_passive, is_plural_noun, skip_left
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import (
    BE,
    CLAUSAL,
    CUES,
    ISSUES,
    PARTICLES,
    PREPOSITIONS,
    SAYING_NOUNS,
    STATEMENT_NOUNS,
    SUBORDINATORS,
    Cue,
    CueClass,
)
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.wordlist import words

Side = Literal["before", "after", "by", "inherit"]

_BESIDE = 6
_AUTHORING = words("written wrote write writes sent sends published publishes issued issues penned produced signed drafted")
_NO_SUBJECTS = frozenset({"that", "this", "them", "him", "her", "how", "why", "what"})


@dataclass(frozen=True, slots=True)
class Clue:
    """A report of speech: the cue at token `index`, and the words of its subject.

    `side`: the subject stands `before` or `after` the cue, in a `by` phrase, or is the sentence's own (`inherit`). Of a passive
    or of `claims that …` somebody faces it is the agent, or `()` where nobody is named.
    `subordinate` clauses ("while X said …", "…, who said") do not speak for the sentence where another one does, and a `closing` one
    ("…, X said.") speaks for all before it.
    """

    index: int
    text: str
    group: CueClass
    side: Side
    subject: Chunk
    beside_quote: bool = False
    subordinate: bool = False
    closing: bool = False


def find_clues(tokens: Sequence[Token]) -> list[Clue]:
    """Find the reporting clauses in the order of their cues."""
    found: list[Clue] = []
    for index, token in enumerate(tokens):
        if token.entity is not None or token.possessive or token.word == QUOTE:
            continue
        clue = _phrase(tokens, index) if token.low in ("according", "words") else _noun(tokens, index)
        cue = _cue(tokens, index) if clue is None else None  # a noun of saying beside its quotation, or a verb
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


def _noun(tokens: Sequence[Token], index: int) -> Clue | None:
    """`X’s “…” comments`, `his claim that “…”`: a noun of saying with whose it is, beside what is quoted; `faces claims that …`."""
    if tokens[index].low not in SAYING_NOUNS:
        return None
    apart = index + 2 if _low(tokens, index + 1) in ("that", ",", ":") else index + 1
    near = any(tokens[i].word == QUOTE for i in (index - 1, index + 1, apart) if 0 <= i < len(tokens))
    if not near and not any(token.low == "that" for token in tokens[index + 1 : index + 8]):
        return None
    owner = next((i for i in range(index - 1, max(-1, index - 4), -1) if _owns(tokens[i])), None)
    if owner is None or not all(t.word == QUOTE or (t.is_word and t.entity is None) for t in tokens[owner + 1 : index]):
        return None
    if tokens[owner].possessive:
        own = tokens[owner]._replace(possessive=False)
        subject = (own,) if own.entity is not None else (*noun_phrase(tokens, owner)[:-1], own)
    else:
        pronoun = {"his": "he", "her": "she", "its": "it", "their": "they"}[tokens[owner].low]
        subject = (tokens[owner]._replace(word=pronoun, low=pronoun),)
    return Clue(index, tokens[index].word, "report", "before", subject, beside_quote=True, subordinate=True)


def _cue(tokens: Sequence[Token], index: int) -> Cue | None:
    """The cue that the word is, in the class it has here, or None where it reports nothing."""
    low = tokens[index].low
    cue = CUES.get(low)
    if low in CLAUSAL and _opens_content(tokens, index + 1):
        cue = CLAUSAL[low]
    if low in ISSUES and any(t.low in STATEMENT_NOUNS for t in tokens[index + 1 : index + 4]):
        return Cue("issue", "ing" if low.endswith("ing") else "past", "report")
    if cue is None:
        return None
    following = _low(tokens, index + 1)
    if cue.lemma == "call" and any(token.word == QUOTE for token in tokens[index + 1 : index + 9]):
        return Cue(cue.lemma, cue.form, "report")  # `called the plan “…”`
    if following in PARTICLES.get(cue.lemma, ()):
        return Cue(cue.lemma, cue.form, "report")
    if cue.group != "beside" and cue.lemma not in ("add", "read"):
        return cue
    if _beside_quote(tokens, index):
        return Cue(cue.lemma, cue.form, "report")
    if cue.lemma == "add":
        return Cue("add", cue.form, "weak") if following == "to" else cue
    return None


def _opens_content(tokens: Sequence[Token], index: int) -> bool:
    """Whether "that" or a quotation comes next, after a comma or a colon at most."""
    return _low(tokens, index) == "that" or any(token.word == QUOTE for token in tokens[index : index + 2])


def _owns(token: Token) -> bool:
    return token.possessive or token.low in ("his", "her", "its", "their")


def _token(tokens: Sequence[Token], index: int) -> Token | None:
    return tokens[index] if 0 <= index < len(tokens) else None


def _clue(tokens: Sequence[Token], index: int, cue: Cue) -> Clue | None:
    """The clue that a cue verb at `index` gives, with its subject, or None where the word is no finite verb or participle."""
    text, group = tokens[index].word, cue.group
    if cue.form == "past" and _is_answered(tokens, index, cue):
        return None
    left = skip_left(tokens, index - 1)
    between = [token.low for token in tokens[left + 1 : index]]
    if cue.form == "past" and (is_passive(between) or _is_by(tokens, index)):
        return _passive(tokens, index, cue)
    beside = _beside_quote(tokens, index)
    if cue.form == "ing":
        return _participle(tokens, left, between, Clue(index, text, group, "inherit", (), beside))
    subject = tokens[left] if left >= 0 else None
    if cue.form == "base" and (going := _goes_on(tokens, index)) is not None:
        return _finite(tokens, going, skip_left(tokens, going - 1), (), Clue(index, text, group, "inherit", (), beside))
    if cue.form == "base":
        joined = left >= 2 and any(token.low == "and" for token in tokens[left - 2 : left])
        if not base_reports(cue, head_of(tokens, left), joined, between, _low(tokens, index + 1), beside):
            return None
    elif cue.form == "s" and is_plural_noun(tokens[index].low, subject, _low(tokens, index + 1)):
        return None
    return _finite(tokens, index, left, between, Clue(index, text, group, "inherit", (), beside))


def _goes_on(tokens: Sequence[Token], index: int) -> int | None:
    """`went on to say`, `went as far as to say`: where the verb stands that has the subject."""
    if _low(tokens, index - 1) != "to" or _low(tokens, index - 2) not in ("on", "far", "as"):
        return None
    return next((at for at in range(index - 3, max(-1, index - 7), -1) if tokens[at].low in ("went", "goes", "going", "go", "gone")), None)


def _passive(tokens: Sequence[Token], index: int, cue: Cue) -> Clue | None:
    """`described by X`, `accused of “…” by X`, `told that …`: the agent's, or nobody's; None where it tells of a feeling."""
    if is_state(cue.lemma) or is_state(tokens[index].low):
        return None
    subject, beside = agent(tokens, index)
    group = cue.group if beside or cue.group != "say" else "report"  # "by" so far off must name somebody who can speak
    return Clue(index, tokens[index].word, group, "by", subject)


def _is_answered(tokens: Sequence[Token], index: int, cue: Cue) -> bool:
    """`Asked whether …, X said`: somebody asked, but not the subject."""
    return cue.lemma in ("ask", "question", "tell") and (index == 0 or not tokens[index - 1].is_word) and (
        _low(tokens, index + 1) in ("if", "whether", "about", "by", "why", "what", "when", "how", "who", "that", "which", "where")
    )  # fmt: skip


def _is_by(tokens: Sequence[Token], index: int) -> bool:
    """`described by X`, but not `responded by saying`."""
    return _low(tokens, index + 1) == "by" and not _low(tokens, index + 2).endswith("ing")


def _participle(tokens: Sequence[Token], left: int, between: Sequence[str], clue: Clue) -> Clue:
    """`X is warning`, `with X urging`, or a participle that has the sentence's subject; after a preposition a weak one."""
    if any(low in BE for low in between):
        return _with(clue, "before", tuple(tokens[slice(*left_subject(tokens, left))]))
    own = own_subject(tokens, left)
    if own:
        return _with(clue, "before", own, subordinate=True)
    if left >= 0 and tokens[left].low in PREPOSITIONS:
        return Clue(clue.index, clue.text, "weak", "inherit", (), clue.beside_quote)
    return clue


def _finite(tokens: Sequence[Token], index: int, left: int, between: Sequence[str], clue: Clue) -> Clue:
    """The subject of a finite cue: after it where a quotation comes before, else before it, else the sentence's own."""
    start, end = left_subject(tokens, left)
    if (speaker := _parenthetical(tokens, index)) is not None:
        return _with(clue, "after", (speaker,))
    if _follows_quote(tokens, index) and (not between or start == end):
        after = right_subject(tokens, index + 1)
        if after and not (len(after) == 1 and after[0].low in _NO_SUBJECTS):
            return _with(clue, "after", after)
    if left >= 0 and tokens[left].low in ("who", "which"):
        taken_up = antecedent(tokens, left)
        return _with(clue, "before" if taken_up else "inherit", taken_up, subordinate=True)
    if start == end or (tokens[end - 1].entity is None and tokens[end - 1].low in CONJUNCTIONS):
        return clue
    opening = _low(tokens, start - 1)
    if opening in ("who", "which") and is_verb_of_relative(tokens[start]):
        start, end = left_subject(tokens, start - 2)  # `staff who spoke on condition of anonymity described`: staff
        return _with(clue, "before", tuple(tokens[start:end]))
    found = _with(
        clue,
        "before",
        (*joined_before(tokens, start), *tokens[start:end]),
        subordinate=opening in SUBORDINATORS and (opening != "that" or _low(tokens, start - 2) in CUES),
    )
    closing = opening == "," and start == end - 1 and _is_over(tokens, index + 1) and not any(t.word == QUOTE for t in tokens[:start])
    return replace(found, closing=True) if closing else found


def _is_over(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clause ends here."""
    return index >= len(tokens) or tokens[index].word in (".", ";", ":", "!", "?")


def _parenthetical(tokens: Sequence[Token], index: int) -> Token | None:
    """`Recipients, said X, are required to …`: a name between the verb and a mark."""
    before, name, mark = (_token(tokens, at) for at in (index - 1, index + 1, index + 2))
    if before is None or before.word != "," or name is None or name.entity is None or name.possessive:
        return None
    return name if mark is None or mark.word in (",", ".", ";") else None


def _with(clue: Clue, side: Side, subject: Chunk, subordinate: bool = False) -> Clue:
    return Clue(clue.index, clue.text, clue.group, side, subject, clue.beside_quote or side == "after", subordinate)


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""


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


def documents(tokens: Sequence[Token]) -> list[str]:
    """List the kinds of document that the sentence's subject wrote: `X has written a letter`, `In a letter to Y, X said`."""
    found = []
    for index, token in enumerate(tokens):
        if token.entity is None and nouns.singular(token.low) in nouns.DOCUMENTS:
            before = [t.low for t in tokens[max(0, index - 5) : index]]
            if "in" in before[-4:] or any(low in _AUTHORING for low in before):
                found.append(nouns.singular(token.low))
    return found
