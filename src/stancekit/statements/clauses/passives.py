"""Passive and reported-criticism constructions, whose subject is not the speaker."""

from collections.abc import Sequence

from stancekit.statements.clauses.subjects import TIMES, Chunk, right_subject
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import ADVERBS, AUXILIARIES, BE, CUES, SUBORDINATORS, Cue
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.wordlist import words

_REACH = 24
_SOON = 5
# Participles of what somebody feels or is about to do, and of being quoted: their subject is who speaks.
_STATES = words(
    "determined committed resolved agreed opposed decided planned set seen known felt quoted cited heard delighted pleased disappointed"
    " concerned worried convinced relieved thrilled honoured honored shocked saddened devastated outraged horrified excited prepared"
    " inclined resigned moved inspired forced obliged bound overjoyed surprised stunned amazed appalled disgusted humbled heartbroken"
    " encouraged embarrassed frustrated alarmed dismayed interested satisfied tired confused dedicated focused focussed expected left gone"
)
_IRREGULAR = words(
    "told found written thought said known made given put brought held sent hit led beaten shown seen called torn driven thrown taken"
)
_ACCUSATIONS = words(
    "claims accusations accusation allegations allegation criticism criticisms complaints charges suggestions rumours rumors reports calls"
    " concerns fears jibes taunts warnings demands"
)
_BEARING = words(
    "face faces faced facing draw draws drew drawing amid despite following over after against attract attracts attracted spark sparks"
    " sparked prompt prompts prompted sparking prompting meet met with by to under deny denies denied denying reject rejects rejected"
    " rejecting dismiss dismisses dismissed dismissing refute refutes refuted refuting rebut rebuts rebutted dispute disputes disputed"
    " counter counters countered ignore ignores ignored resist resists resisted survive survived of from"
)
_UNDER = words("fire attack pressure investigation scrutiny suspicion")
_NO_AGENTS = words(
    "end midnight noon law accident then now chance default hand far way next late early mid means virtue using letter email phone"
)
_WARNINGS = words("profit profits health safety weather flood early final written further stark no storm travel fire terror this another")
_UNFELT = words("no little any few some a an up off scant signs support remorse emotion respect mercy courage interest")


def is_state(participle: str) -> bool:
    """Tell whether a participle after "is" tells what the subject feels or means to do: `is determined`, `was quoted as saying`."""
    return participle in _STATES


def agent(tokens: Sequence[Token], index: int) -> tuple[Chunk, bool]:
    """Find who did what the passive at `index` tells, and whether that stands right beside it: `called “…” in a review by X`."""
    for at in range(index + 1, min(index + _REACH, len(tokens) - 1)):
        token = tokens[at]
        if token.entity is not None or token.word == QUOTE:
            continue
        if token.low == "by" and _may_act(tokens, at + 1):
            beside = at == index + 1
            return right_subject(tokens, at + 1), beside
        joins = token.low == "and" and tokens[at + 1].low.startswith(("<quote", "as"))  # `as “…” and as “…” by X`
        if token.word in ".;:–—" or (at > index + 1 and not joins and _ends_clause(token)):
            break
    return (), False


def _may_act(tokens: Sequence[Token], index: int) -> bool:
    first = next((token for token in tokens[index : index + 3] if token.low not in nouns.DETERMINERS or token.entity is not None), None)
    if first is None or first.entity is not None:
        return first is not None
    return not (first.low.endswith("ing") or first.word[0].isdigit() or first.low in TIMES or first.low in _NO_AGENTS)


def _ends_clause(token: Token) -> bool:
    cue = CUES.get(token.low)
    reports = cue is not None and cue.group in ("say", "report") and cue.form in ("past", "s")
    return reports or token.low in AUXILIARIES or (token.low in SUBORDINATORS and token.low != "amid") or token.low in ("and", "but")


def bears(tokens: Sequence[Token], index: int) -> Chunk | None:
    """Find whose claims are faced, denied or drawn at the noun `index`: the agent, `()` where nobody is named, None for no such noun.

    `faces claims that …`, `drew criticism from X for …`, `came under fire for …`.
    """
    low = tokens[index].low
    if low not in _ACCUSATIONS and low not in _UNDER:
        return None
    if low in _UNDER and index and tokens[index - 1].low == "under":
        found = True
    else:
        borne = next((i for i in range(index - 1, max(-1, index - 4), -1) if tokens[i].low in _BEARING), None)
        found = low in _ACCUSATIONS and borne is not None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if not found or following is None or following.entity is not None:
        return None
    if following.low in ("from", "by") and _may_act(tokens, index + 2):
        return right_subject(tokens, index + 2)
    return () if following.low in ("that", "of", "as", "for", "over", "to") or following.word == QUOTE else None


def faces(tokens: Sequence[Token], subject: Chunk) -> bool:
    """Tell whether all that the main subject does is to face what others say: `X faces claims that …`."""
    start = next((i for i, token in enumerate(tokens) if subject and token.start >= subject[-1].end), len(tokens))
    return any(bears(tokens, index) is not None for index in range(start, min(start + _SOON, len(tokens))))


def is_told_of(tokens: Sequence[Token], subject: Chunk) -> bool:
    """Tell whether the verb after the main subject is a passive: `X was jailed for “…”`."""
    following = [token.low for token in tokens if subject and token.start >= subject[-1].end and (token.is_word or token.word == QUOTE)][:8]
    index = 0
    while index < len(following) and (following[index] in AUXILIARIES or following[index] in ADVERBS or following[index].endswith("ly")):
        index += 1
    if index == 0 or index >= len(following) or following[index] in _STATES:
        return False
    passive = any(low in BE for low in following[:index]) and (following[index].endswith("ed") or following[index] in _IRREGULAR)
    return passive and (following[index - 1] not in ("has", "have", "had"))


def is_noun_in_ing(tokens: Sequence[Token], index: int) -> bool:
    """Tell a noun that looks like a participle: `a profit warning`."""
    return tokens[index].low == "warning" and index > 0 and (tokens[index - 1].low in _WARNINGS or tokens[index - 1].possessive)


def shows_feeling(tokens: Sequence[Token], index: int, cue: Cue) -> bool:
    """Tell verbs of showing that report nothing: `showed no emotion`, `showed support`."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return cue.lemma == "show" and following is not None and following.low in _UNFELT
