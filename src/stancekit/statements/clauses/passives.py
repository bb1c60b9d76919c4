"""Passive and reported-criticism constructions, whose subject is not the speaker."""

from collections.abc import Sequence

from stancekit.statements.clauses.subjects import Chunk, right_subject
from stancekit.statements.english.reporting_verbs import AUXILIARIES, BE, SUBORDINATORS
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.wordlist import words

_REACH = 24
# Participles of what somebody feels or is about to do, and of being quoted: their subject is who speaks.
_STATES = words(
    "determined committed resolved agreed opposed decided planned set seen known felt quoted cited heard delighted pleased disappointed"
    " concerned worried convinced relieved thrilled honoured honored shocked saddened devastated outraged horrified excited prepared"
    " inclined resigned moved inspired forced obliged bound overjoyed surprised stunned amazed appalled disgusted humbled heartbroken"
    " encouraged embarrassed frustrated alarmed dismayed interested satisfied tired confused dedicated focused focussed expected left gone"
)
_BEARING = words("face faces faced draw draws drew drawn come came comes met meets under attracted attracts sparked")


def is_state(participle: str) -> bool:
    """Tell whether a participle after "is" tells what the subject feels or means to do: `is determined`, `was quoted as saying`."""
    return participle in _STATES


def is_told_of(tokens: Sequence[Token], subject: Chunk, *, passives: bool = True) -> bool:
    """Tell whether the main subject bears what others say (`X faces claims of “…”`), or, with `passives`, its verb is one."""
    after = next((i for i, token in enumerate(tokens) if subject and token.start >= subject[-1].end), len(tokens))
    following = [token.low for token in tokens[after : after + 8] if token.is_word][:5]
    while following and following[0] in ("has", "have", "had", "been", "also", "now"):
        following = following[1:]
    passive = len(following) > 1 and following[0] in BE and following[1].endswith("ed") and not is_state(following[1])
    return following[:1] != [] and (following[0] in _BEARING or "under" in following[1:3] or (passives and passive))


def agent(tokens: Sequence[Token], index: int) -> tuple[Chunk, bool]:
    """Find who did what the passive at `index` tells, and whether that stands right beside it: `called “…” in a review by X`."""
    for at in range(index + 1, min(index + _REACH, len(tokens) - 1)):
        token = tokens[at]
        if token.entity is not None or token.word == QUOTE:
            continue
        if token.low == "by":
            beside = at == index + 1
            return right_subject(tokens, at + 1), beside
        joins = token.low == "and" and tokens[at + 1].low.startswith(("<quote", "as"))  # `as “…” and as “…” by X`
        if token.word in ".;:–—" or (at > index + 1 and not joins and (token.low in AUXILIARIES or token.low in SUBORDINATORS)):
            break
    return (), False
