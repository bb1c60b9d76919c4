"""Possessors of a common noun: possessives and "of" phrases."""

from collections.abc import Sequence

from stancekit.statements.discourse.descriptions import written
from stancekit.statements.discourse.state import Memory
from stancekit.statements.english import nouns
from stancekit.statements.text.tokens import Token
from stancekit.statements.text.types import Speaker, Speakers, speaker_of
from stancekit.statements.text.wordlist import words

OWNING = words("of from by for at")
_NEAR = 4
# Whose `a school nurse` is need not be said; whose `a school spokesman` is, is.
_PLACES_OF_WORK = words("school college university service court")


def owner_of(head: Sequence[Token], tail: Sequence[Token], memory: Memory, *, everybody: bool = False) -> Speakers:
    """Resolve the possessor: `the ABC letter`, `ABC’s chair`, `the union’s executive`, `the letter from unions`, `members of ABC`.

    `everybody` tells that a noun such as `school` is an owner too, rather than what sort of person is meant (`a school nurse`).
    """
    for index, token in reversed(list(enumerate(head))):
        if token.entity is not None:
            return (speaker_of(token.entity),)
        if _is_kind(token, memory) and (everybody or nouns.singular(token.low) not in _PLACES_OF_WORK):
            return _body(head, index, memory, sure=everybody)
        if token.low in ("its", "their"):
            return memory.it() if token.low == "its" else memory.they()
        if token.low in ("his", "her") and memory.person is not None:
            return (memory.person,)
    if tail and tail[0].low in OWNING:
        for index, token in enumerate(tail[1:8], start=1):
            if token.entity is not None:
                return _ministry(tail, index, memory) or _owners(tail, index)
            if index + 1 < len(tail) and _is_kind(token, memory) and tail[index + 1].entity is not None and not token.possessive:
                return _owners(tail, index + 1)  # `the charity X`
            if _is_kind(token, memory) and token.low not in nouns.PEOPLE:
                while index + 1 < len(tail) and not tail[index].possessive and _is_kind(tail[index + 1], memory):
                    index += 1  # `the hospital trust`
                return _body(tail, index, memory, sure=everybody)
    return ()


def _ministry(tail: Sequence[Token], index: int, memory: Memory) -> Speakers:
    """`Malaysia’s health ministry`: a body that is named by whose it is."""
    entity = tail[index].entity
    if not tail[index].possessive or entity is None or entity.nouns:
        return ()
    end = index + 1
    while end < len(tail) and end - index < _NEAR and tail[end].entity is None and tail[end].is_word and not _is_kind(tail[end], memory):
        end += 1
    if end == len(tail) or not _is_kind(tail[end], memory) or tail[end].low in nouns.ORGANS:
        return ()
    name = written(tail[index : end + 1])
    return (Speaker(name, name, "organisation"),)


def _owners(tail: Sequence[Token], index: int) -> Speakers:
    """Whom the name at `index` names, and those whom "and" joins to it: `the chair of A and the B`."""
    first = tail[index].entity
    found = [] if first is None else [speaker_of(first)]
    while not tail[index].possessive:
        after = index + 1
        joined = after < len(tail) and tail[after].entity is None and tail[after].low in ("and", "&")
        after += joined
        after += after < len(tail) and tail[after].low == "the" and tail[after].entity is None
        entity = tail[after].entity if after < len(tail) else None
        if entity is None or not (joined or (first is not None and entity.kind == first.kind)):
            break
        found.append(speaker_of(entity))
        index = after
    return tuple(dict.fromkeys(found))


def _is_kind(token: Token, memory: Memory) -> bool:
    return token.entity is None and nouns.singular(token.low) in memory.cast.kinds


def _body(words: Sequence[Token], index: int, memory: Memory, *, sure: bool) -> Speakers:
    """Whom the kind of organisation at `index` means, else its own words: `trust`, `hospital trust`, `parents’ charity`."""
    token, single = words[index], nouns.singular(words[index].low)
    found = memory.organisation(single, sure=sure) if single == token.low or token.possessive else memory.organisations(single)
    if found:
        return found
    first = index
    while first and words[first - 1].entity is None and (_is_kind(words[first - 1], memory) or words[first - 1].possessive):
        first -= 1
    name = written([*words[first:index], token._replace(possessive=False)]).lower()
    return (Speaker(name, name, "organisation"),)
