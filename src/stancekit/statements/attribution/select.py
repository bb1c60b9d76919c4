"""Which of a sentence's clues counts: for the sentence as a whole, and for each quotation in it."""

from collections.abc import Sequence

from stancekit.statements.clauses.reporting_clauses import Clue
from stancekit.statements.text.tokens import QUOTE, SPOKEN, Token
from stancekit.statements.text.types import Voices

_FACED = 4
"""What is denied stands so many words after the verb at most."""


def main_clue(clues: Sequence[Clue], voices: Sequence[Voices], tokens: Sequence[Token] = ()) -> int | None:
    """The clue of the sentence as a whole: the first that is no subordinate or weak one, else the first that reports.

    A verb of finding such as `showed` comes after one of saying that has the quotation to itself, and any verb after one that
    a comma parts from the quotation (`X said that Y told her, “…”`).
    """
    heard = [i for i, v in enumerate(voices) if v]
    quoting = [i for i in heard if clues[i].beside_quote and clues[i].side == "before" and clues[i].group in ("say", "report")]
    if len(quoting) == 1 and all(clues[i].index < clues[quoting[0]].index and not clues[i].beside_quote for i in heard if i != quoting[0]):
        others = [clues[i] for i in heard if i != quoting[0] and clues[i].group != "weak"]
        if all(clue.group == "found" for clue in others) or _leads_in(tokens, clues[quoting[0]]):
            return quoting[0]
    according = _according(clues, heard)
    if according is not None and all(clues[i].group in ("weak", "found") for i in heard if i != according):
        return according
    for strong in (True, False):
        for i in heard:
            if clues[i].group != "weak" and (not strong or (not clues[i].subordinate and clues[i].side != "inherit")):
                return i
    return heard[0] if heard else None


def _leads_in(tokens: Sequence[Token], clue: Clue) -> bool:
    """Whether a comma or colon after the verb, and whom it is said to, begins a whole quotation: `told her, “…”`."""
    place = next((i for i in range(clue.index + 1, len(tokens)) if tokens[i].word == QUOTE), 0)
    return place - clue.index > 1 and tokens[place - 1].word in (",", ":") and all(t.is_word for t in tokens[clue.index + 1 : place - 1])


def _according(clues: Sequence[Clue], heard: Sequence[int]) -> int | None:
    return next((i for i in heard if clues[i].text == "according to"), None)


def _is_tag(clue: Clue, place: int) -> bool:
    """A verb right after the quotation, with its subject after it."""
    return clue.index == place + 1 and clue.side == "after" and clue.group != "weak" and clue.text != "according to"


def choose_clue(place: int, tokens: Sequence[Token], clues: Sequence[Clue], voices: Sequence[Voices], *, begins: bool) -> int | None:
    """Which clue a quotation at token `place` belongs to."""
    heard = [i for i, v in enumerate(voices) if v]
    according = _according(clues, heard)
    if according is not None and all(clues[i].group in ("weak", "found") for i in heard if i != according):
        return according
    after = [i for i in heard if clues[i].index > place]
    before = [i for i in heard if clues[i].index < place]
    opens = not any(token.is_word and token.word != QUOTE for token in tokens[:place])
    near = [i for i in after if not any(t.word == QUOTE for t in tokens[place + 1 : clues[i].index])] or after[:1]
    if (opens or not begins) and near:
        return next((i for i in near if clues[i].group != "weak"), near[0])
    if near and tokens[place].low == SPOKEN and _is_tag(clues[near[0]], place):
        return near[0]  # `… called for “a vote,” said X`
    strong = [i for i in before if clues[i].group != "weak"] if begins else []
    if strong:
        last = strong[-1]
        later_weak = [i for i in before if clues[i].group == "weak" and i > last and clues[i].side == "before"]
        return (
            later_weak[-1]
            if later_weak and voices[later_weak[-1]][0].kind != "document" and _clause_between(tokens, clues, last, later_weak[-1])
            else last
        )
    if near:
        strong_near = [i for i in near if clues[i].group != "weak"]
        if strong_near and not (begins and before):
            return strong_near[0]
    if begins and before:
        return before[-1]
    return near[0] if near else None


def is_unsaid(place: int, tokens: Sequence[Token], clues: Sequence[Clue], voices: Sequence[Voices], chosen: int | None) -> bool:
    """Whether the quotation at token `place` is what somebody unnamed says of others: `X was called “…”`, `X denies claims of “…”`."""
    silent = [c for c, v in zip(clues, voices, strict=True) if c.side == "by" and not v and c.index < place]
    if not silent or chosen is None:
        return bool(silent)
    last, clue = silent[-1], clues[chosen]
    if clue.index < place:
        return clue.index < last.index and (clue.group == "weak" or (last.subordinate and last.index - clue.index <= _FACED))
    if clue.side != "before":
        return clue.side != "after"
    return any(token.is_word for token in tokens[place + 1 :] if token.start < clue.subject[0].start)  # not `…”, Y said`


def _clause_between(tokens: Sequence[Token], clues: Sequence[Clue], first: int, second: int) -> bool:
    """Whether a new main clause begins between two cues (`X said no, but Y wants "…"`)."""
    return any(t.low in ("but", ";", "while", "whereas") for t in tokens[clues[first].index : clues[second].index])
