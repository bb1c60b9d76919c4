"""Selection of the reporting clause of a sentence, and of each quotation in it."""

from collections.abc import Sequence

from stancekit.statements.clauses.reporting_clauses import Clue
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.types import Speakers


def main_clue(clues: Sequence[Clue], speakers: Sequence[Speakers]) -> int | None:
    """Return the reporting clause of the sentence as a whole: the first that is no subordinate or weak one, else the first that reports."""
    heard = [i for i, v in enumerate(speakers) if v]
    if heard and clues[heard[-1]].closing and clues[heard[-1]].group != "weak":
        return heard[-1]  # `X suggested …, she said.`
    for strong in (True, False):
        for i in heard:
            if clues[i].group != "weak" and (not strong or (not clues[i].subordinate and clues[i].side != "inherit")):
                return i
    return heard[0] if heard else None


def _according(clues: Sequence[Clue], heard: Sequence[int]) -> int | None:
    return next((i for i in heard if clues[i].text == "according to"), None)


def choose_clue(place: int, tokens: Sequence[Token], clues: Sequence[Clue], speakers: Sequence[Speakers], *, begins: bool) -> int | None:
    """Return the reporting clause to which a quotation at token `place` belongs."""
    heard = [i for i, v in enumerate(speakers) if v]
    according = _according(clues, heard)
    if according is not None and all(clues[i].group in ("weak", "found") for i in heard if i != according):
        return according
    after = [i for i in heard if clues[i].index > place]
    before = [i for i in heard if clues[i].index < place]
    opens = not any(token.is_word and token.word != QUOTE for token in tokens[:place])
    near = [i for i in after if not any(t.word == QUOTE for t in tokens[place + 1 : clues[i].index])] or after[:1]
    if (opens or not begins) and near:
        return next((i for i in near if clues[i].group != "weak"), near[0])
    strong = [i for i in before if clues[i].group != "weak"] if begins else []
    if strong:
        return strong[-1]
    if begins and before:
        return before[-1]
    return near[0] if near else None


def is_unsaid(place: int, clues: Sequence[Clue], speakers: Sequence[Speakers], chosen: int | None) -> bool:
    """Tell whether the quotation at token `place` is what somebody unnamed says of others: `X was called “…”`, `X denies claims of “…”`."""
    silent = [c for c, v in zip(clues, speakers, strict=True) if c.side == "by" and not v and c.index < place]
    if not silent or chosen is None:
        return bool(silent)
    return clues[chosen].index < silent[-1].index < place and clues[chosen].group == "weak"
