"""Tokens of a sentence, with quotations and names folded into one token each."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from stancekit.statements.text.characters import COMBINING, UNSEEN, is_plain, shown
from stancekit.statements.text.types import Entity

MAX_SENTENCE = 4000
"""A sentence is read this far, in characters: what is longer is no sentence, and time stays linear."""

QUOTE = "<quote>"
"""The text of a token that stands for a whole quotation."""
SPOKEN = "<quote,>"
"""`low` of the token of a quotation that ends as speech does before its speaker is named: in a comma, `?`, `!` or a dash."""

# With the white space before it: counting lengths is faster than asking each match for its place.
_TOKEN = re.compile(r"(\s*+)((?:[A-Z]\.){2,}|\w++(?:[.’'&-]\w++)*+|[^\w\s])")
_TOKEN_WITH_MARKS = re.compile(rf"([\s{UNSEEN}]*+)((?:[A-Z]\.){{2,}}|\w++(?:[.’'&-]\w++|[{COMBINING}{UNSEEN}]++\w*+)*+|[^\w\s])")
_APOSTROPHES = frozenset("’'")


class Token(NamedTuple):
    """A word, a mark, a whole quotation, or (with `entity`) a whole name.

    `start` and `end` are offsets in the article; `word` is the text without a possessive ’s and without what does not show
    (soft hyphens, spaces of no width), `low` its lower case.
    """

    start: int
    end: int
    word: str
    low: str
    possessive: bool = False
    entity: Entity | None = None

    @property
    def is_word(self) -> bool:
        return self.entity is not None or self.word[0].isalnum()


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Tokenise `text[start:end]`, of a very long sentence its first `MAX_SENTENCE` characters."""
    tokens: list[Token] = []
    make = tuple.__new__  # a third faster than the class's own constructor, in the innermost loop of the package
    last = start
    end = min(end, start + MAX_SENTENCE)
    plain = is_plain(text, start, end)
    for gap, word in (_TOKEN if plain else _TOKEN_WITH_MARKS).findall(text, start, end):
        first = last + len(gap)
        last = first + len(word)
        if not plain:
            word = shown(word)
        if word[-2:-1] in _APOSTROPHES and word[-1] in "sS" and last - first > 2:
            word = word[:-2]
            tokens.append(make(Token, (first, last, word, word.lower(), True, None)))
        elif word in _APOSTROPHES and tokens and tokens[-1].end == first and tokens[-1].low.endswith("s"):
            tokens[-1] = tokens[-1]._replace(end=last, possessive=True)  # nurses’ plan
        else:
            tokens.append(make(Token, (first, last, word, word.lower(), False, None)))
    return tokens


def mask(tokens: Sequence[Token], quotes: Sequence[tuple[int, int]]) -> list[Token]:
    """Fold the tokens of each quotation `(start, end)` into one token `QUOTE`."""
    out: list[Token] = []
    index = 0
    for start, end in quotes:
        while index < len(tokens) and tokens[index].start < start:
            out.append(tokens[index])
            index += 1
        if index == len(tokens):
            return out
        out.append(Token(start, end, QUOTE, QUOTE))
        while index < len(tokens) and tokens[index].start < end:
            index += 1
    return [*out, *tokens[index:]]


def attach(tokens: Sequence[Token], mentions: Sequence[tuple[int, int, Entity]]) -> list[Token]:
    """Fold the tokens of each mention `(start, end, entity)` into one; mentions inside quotations fall away."""
    out: list[Token] = []
    index = 0
    for start, end, entity in mentions:
        while index < len(tokens) and tokens[index].start < start:
            out.append(tokens[index])
            index += 1
        first = index
        while index < len(tokens) and tokens[index].end <= end:
            index += 1
        if index > first and tokens[first].word != QUOTE:
            last = tokens[index - 1]
            out.append(Token(tokens[first].start, last.end, entity.name, entity.name.lower(), last.possessive, entity))
        else:
            out.extend(tokens[first:index])
    return [*out, *tokens[index:]]
