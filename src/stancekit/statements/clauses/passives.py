"""Those of whom something is said: subjects of a passive, and those who face what others say. They are not who says it."""

from collections.abc import Sequence

from stancekit.statements.clauses.subjects import TIMES, Chunk, right_subject
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import ADVERBS, AUXILIARIES, BE, CUES, PREPOSITIONS, SUBORDINATORS, Cue
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
# Verbs of which somebody is the object, and what follows their participle where the object is not there.
_OBJECT_VERBS = words(
    "accuse describe brand dub call label condemn dismiss hail criticise criticize praise denounce rate deem portray characterise"
    " characterize ridicule attack blame rebuke mock slam blast lambast term tell warn deride judge commend applaud cast paint tout"
)
_FOLLOWING = {
    "accuse": words("of"), "blame": words("for"), "rebuke": words("for"), "tell": words("that it he she they to"), "warn": words("of that"),
    "call": frozenset({QUOTE}), "rate": frozenset({QUOTE}), "term": frozenset({QUOTE}), "judge": frozenset({QUOTE, "to"}),
    "deem": frozenset({QUOTE, "to"}), "commend": words("for"), "attack": words("as for over"), "criticise": words("as for over"),
    "criticize": words("as for over"), "praise": words("as for"), "slam": words("as for over"), "blast": words("as for over"),
    "lambast": words("as for over"),
}  # fmt: skip
_AS_OR_QUOTE = frozenset({"as", QUOTE})
_WITHIN = words("as a an and for of over that to last this in on just only ago")
_BEFORE_PARTICIPLES = words("when while although though once if")
_FRONTED = words("what which whom that whatever")
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
_NO_AGENTS = words("end midnight noon law accident then now chance default hand far way dint next late early mid means virtue using")
_WARNINGS = words("profit profits health safety weather flood early final written further stark no storm travel fire terror this another")
_UNFELT = words("no little any few some a an up off scant signs support remorse emotion respect mercy courage interest")


def is_state(participle: str) -> bool:
    """Whether a participle after "is" tells what the subject feels or means to do: `is determined`, `was quoted as saying`."""
    return participle in _STATES


def agent(tokens: Sequence[Token], index: int) -> tuple[Chunk, bool]:
    """Who did what the passive at `index` tells, and whether that stands right beside it: `called “…” in a review by X`."""
    for at in range(index + 1, min(index + _REACH, len(tokens) - 1)):
        token = tokens[at]
        if token.entity is not None or token.word == QUOTE:
            continue
        if token.low == "by" and _may_act(tokens, at + 1):
            beside = at == index + 1
            return (right_subject if beside else _agent)(tokens, at + 1), beside
        joins = token.low == "and" and tokens[at + 1].low.startswith(("<quote", "as"))  # `as “…” and as “…” by X`
        if token.word in ".;:–—" or (at > index + 1 and not joins and _ends_clause(token)):
            break
    return (), False


def _agent(tokens: Sequence[Token], start: int) -> Chunk:
    """The noun phrase that begins at `start`, without what the agent is said to do: `by the union for …`, `by X of “…”`."""
    chunk = list(right_subject(tokens, start))
    other = PREPOSITIONS - {"of", "at", "from"}
    end = next((i for i, token in enumerate(chunk) if i and token.entity is None and token.low in other), len(chunk))
    while end > 1 and chunk[end - 1].entity is None and chunk[end - 1].low in PREPOSITIONS:
        end -= 1
    return tuple(chunk[:end])


def _may_act(tokens: Sequence[Token], index: int) -> bool:
    first = next((token for token in tokens[index : index + 3] if token.low not in nouns.DETERMINERS or token.entity is not None), None)
    if first is None or first.entity is not None:
        return first is not None
    return not (first.low.endswith("ing") or first.word[0].isdigit() or first.low in TIMES or first.low in _NO_AGENTS)


def _ends_clause(token: Token) -> bool:
    cue = CUES.get(token.low)
    reports = cue is not None and cue.group in ("say", "report") and cue.form in ("past", "s")
    return reports or token.low in AUXILIARIES or (token.low in SUBORDINATORS and token.low != "amid") or token.low in ("and", "but")


def is_reduced_passive(tokens: Sequence[Token], index: int, cue: Cue) -> bool:
    """`X, accused of “…” by Y,` and `Branded “…”, X …`: a participle without "was", told by the object that is not there."""
    if cue.lemma not in _OBJECT_VERBS or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    if following.entity is not None or following.low.replace("<quote,>", QUOTE) not in _FOLLOWING.get(cue.lemma, _AS_OR_QUOTE):
        return following.low == "by" and index > 0 and tokens[index - 1].word == ","
    if any(token.low in _FRONTED or token.word == QUOTE for token in tokens[max(0, index - 12) : index]):
        return False  # `what X described as “…”`
    if cue.lemma == "accuse":
        return True
    if index == 0 or tokens[index - 1].low in _BEFORE_PARTICIPLES:
        return not any(token.low in ("has", "have", "had") for token in tokens[max(0, index - 3) : index])
    return tokens[index - 1].word == "," and cue.lemma != "warn" and _closes(tokens, index + 1)


def _closes(tokens: Sequence[Token], index: int) -> bool:
    """Whether nothing but quoted words, "by" or a comma follows, as an object that comes late would: `described as “…” the plan`."""
    for token in tokens[index : index + 10]:
        if token.entity is not None:
            return False
        if token.word == "," or token.low == "by":
            return True
        if token.word != QUOTE and not (token.low in _WITHIN or token.low in TIMES or token.word[0].isdigit()):
            return False
    return False


def bears(tokens: Sequence[Token], index: int) -> Chunk | None:
    """Whose claims are faced, denied or drawn at the noun `index`: the agent, `()` where nobody is named, None for no such noun.

    `faces claims that …`, `drew criticism from X for …`, `came under fire for …`.
    """
    low = tokens[index].low
    if low not in _ACCUSATIONS and low not in _UNDER:
        return None
    if low in _UNDER and index and tokens[index - 1].low == "under":
        found = True
    else:
        borne = next((i for i in range(index - 1, max(-1, index - 4), -1) if tokens[i].low in _BEARING), None)
        found = low in _ACCUSATIONS and borne is not None and not any(_is_source(token) for token in tokens[borne + 1 : index])
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if not found or following is None or following.entity is not None:
        return None
    if following.low in ("from", "by") and _may_act(tokens, index + 2):
        return _agent(tokens, index + 2)
    return () if following.low in ("that", "of", "as", "for", "over", "to") or following.word == QUOTE else None


def _is_source(token: Token) -> bool:
    """Whether a word before "claims" tells whose they are, or is the subject of the verb: `after the union claims that …`."""
    if token.entity is not None or token.possessive or token.low in ("his", "her", "its", "their", *nouns.PRONOUNS):
        return True
    return token.low in nouns.ORGANISATION_NOUNS or token.low in nouns.PEOPLE or nouns.is_role(token.low)


def faces(tokens: Sequence[Token], subject: Chunk) -> bool:
    """Whether all that the main subject does is to bear what others say: `X faces claims that …`."""
    start = next((i for i, token in enumerate(tokens) if subject and token.start >= subject[-1].end), len(tokens))
    return any(bears(tokens, index) is not None for index in range(start, min(start + _SOON, len(tokens))))


def is_told_of(tokens: Sequence[Token], subject: Chunk) -> bool:
    """Whether the verb after the main subject is a passive of any verb: `X was jailed for “…”`."""
    following = [token.low for token in tokens if subject and token.start >= subject[-1].end and (token.is_word or token.word == QUOTE)][:8]
    index = 0
    while index < len(following) and (following[index] in AUXILIARIES or following[index] in ADVERBS or following[index].endswith("ly")):
        index += 1
    if index == 0 or index >= len(following) or following[index] in _STATES:
        return False
    passive = any(low in BE for low in following[:index]) and (following[index].endswith("ed") or following[index] in _IRREGULAR)
    return passive and (following[index - 1] not in ("has", "have", "had"))


def is_noun_in_ing(tokens: Sequence[Token], index: int) -> bool:
    """`a profit warning`: a noun that looks like a participle."""
    return tokens[index].low == "warning" and index > 0 and (tokens[index - 1].low in _WARNINGS or tokens[index - 1].possessive)


def shows_feeling(tokens: Sequence[Token], index: int, cue: Cue) -> bool:
    """`showed no emotion`, `showed support`: nothing is reported."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return cue.lemma == "show" and following is not None and following.low in _UNFELT
