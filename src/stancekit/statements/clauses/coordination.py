"""Coordinated subjects: `Mayor X and councillor Y`, `coach X and her deputy, Y,`."""

from collections.abc import Iterator, Sequence

from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import ADVERBS, AUXILIARIES, CUES, DID, PREPOSITIONS, SUBORDINATORS
from stancekit.statements.text.tokens import QUOTE, Token

Chunk = tuple[Token, ...]

_REACH = 60
_PARTS = 6
_AND = frozenset({"and", "&"})
_STOPS = frozenset(";:–—…!?/.")
_OTHERS = nouns.DETERMINERS | {"other", "fellow"}


def conjuncts(chunk: Sequence[Token]) -> list[Chunk]:
    """Split a subject at "and" into its conjuncts, each with the words before its name; `[]` where none are joined.

    One of them at least has a name. `The chair and founder X` is one person, so that a role without a name counts beside
    another only where that one has an article or is a bare name.
    """
    if not any(token.low in _AND for token in chunk):
        return []
    both = chunk[0].entity is None and chunk[0].low == "both"
    parts: list[Chunk] = []
    closed = False
    for index, (joined, piece) in enumerate(_pieces(chunk[both:])):
        named = _is_named(piece, opens=index == 0)
        if joined or not parts:
            if not named and not _is_described(piece):
                return []
            parts.append(piece)
            closed = joined
        elif named and not _is_named(parts[-1]):
            parts[-1] = piece  # `her deputy, Y`
        elif named:
            parts.append(piece)
            closed = False
        else:
            return []
    return parts if closed and 2 <= len(parts) <= _PARTS and (both or _are_two(parts)) else []


def joint_start(tokens: Sequence[Token], start: int, end: int) -> int:
    """Find where a joint subject begins whose last part is `tokens[start:end]`; `start` where it is on its own."""
    found, index = start, start
    limit = max(0, start - _REACH)
    while index > limit:
        index -= 1
        if _closes(tokens, index):
            break
        opens = index == 0 or tokens[index - 1].word == "," or _closes(tokens, index - 1)
        chunk = tokens[index:end]
        if opens and len(conjuncts(chunk)) > 1:
            found = index
    return found


def joint_end(tokens: Sequence[Token], start: int, end: int) -> int:
    """Find where a joint subject ends whose first part is `tokens[start:end]`; `end` where it is on its own."""
    found, parts = end, conjuncts(tokens[start:end]) or [tuple(tokens[start:end])]
    for index in range(end + 1, min(len(tokens), start + _REACH) + 1):
        closes = index == len(tokens) or _closes(tokens, index)
        if closes or tokens[index].word == ",":
            longer = conjuncts(tokens[start:index])
            if len(longer) > len(parts) or (len(longer) > 1 and longer[-1] != parts[-1]):
                found, parts = index, longer
        if closes:
            break
    return found


def _pieces(chunk: Sequence[Token]) -> Iterator[tuple[bool, Chunk]]:
    """Parts between commas and "and"s: whether an "and" comes before, and the words."""
    joined = False
    piece: list[Token] = []
    for token in chunk:
        if token.word == "," or (token.entity is None and token.low in _AND):
            if piece:
                yield joined, tuple(piece)
                joined, piece = False, []
            joined = joined or token.word != ","
        else:
            piece.append(token)
    if piece:
        yield joined, tuple(piece)


def _is_named(piece: Chunk, *, opens: bool = False) -> bool:
    """Whether a name ends it, after a role or a kind of organisation at most; the first may have an opening phrase before it."""
    *before, last = piece
    if last.entity is None or last.possessive:
        return False
    if not before:
        return True
    near = before[-2] if len(before) > 1 and before[-1].low in nouns.DETERMINERS else before[-1]
    if (near.entity is None and near.low in PREPOSITIONS) or any(_is_person(token) for token in before) or has_verb(before):
        return False
    words = [token for token in before if token.entity is not None or token.low not in nouns.DETERMINERS | ADVERBS]
    if not words or (opens and words[0].entity is None and words[0].low in PREPOSITIONS):
        return True
    title = words[-1]
    if title.entity is not None:
        return title.possessive and not _is_body(piece)  # `Labour’s X`
    kind = nouns.singular(title.low) in nouns.ORGANISATION_NOUNS
    return kind if _is_body(piece) else any(_is_role(token) or token.low in nouns.PEOPLE | nouns.NATIONALITIES for token in words)


def _is_described(piece: Chunk) -> bool:
    """`her deputy`, `the chair of A`, `X’s husband`, `the union`: a role or a kind of organisation with an article and no name."""
    if piece[0].low not in _OTHERS and not any(token.possessive for token in piece[:-1]):
        return False
    tail = next((i for i, token in enumerate(piece) if i and token.entity is None and token.low in PREPOSITIONS), len(piece))
    head = piece[:tail]
    noun = head[-1]
    if noun.entity is not None or noun.possessive or has_verb(piece):
        return False
    return _is_role(noun) or noun.low in nouns.PEOPLE or noun.low in nouns.ORGANISATION_NOUNS


def _are_two(parts: Sequence[Chunk]) -> bool:
    """Whether the first is another than the second, and somebody has a name."""
    first, second = parts[:2]
    if not any(_is_named(part, opens=True) for part in parts):
        return False
    if _is_named(first, opens=True):
        field = len(first) == 1 and first[0].entity is not None and first[0].entity.kind == "unknown" and " " not in first[0].word
        return not field or len(second) == 1 or _is_owned(second)  # `Health and social care secretary X`
    if any(token.entity is None and token.low in PREPOSITIONS for token in first):
        # `the parents of X and Y`, `the chair of A and B`: what "and" joins may be whose they are.
        return first[-1].entity is None or (not _is_person(first[-1]) and _is_person(second[-1]))
    return len(second) == 1 or _is_owned(second)


def _is_owned(piece: Chunk) -> bool:
    return piece[0].low in nouns.DETERMINERS or piece[0].possessive


def _closes(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clause ends or another begins there."""
    token = tokens[index]
    if token.entity is not None:
        return False
    relative = token.low in nouns.RELATIVES and index > 0 and tokens[index - 1].word == ","
    return token.word == QUOTE or token.word in _STOPS or (token.low in SUBORDINATORS and not relative)


def has_verb(words: Sequence[Token]) -> bool:
    """Tell whether any of the words is a verb by its form, or a pronoun: no noun phrase has one."""
    for index, token in enumerate(words):
        if token.entity is not None or _is_role(token):
            continue
        low = token.low
        cue = CUES.get(low)
        if low in AUXILIARIES or low in DID or low in nouns.PRONOUNS or low in SUBORDINATORS or (cue and cue.form in ("past", "ing")):
            return True
        before = words[index - 1] if index else None
        if low.endswith("ed") and before is not None and not before.possessive and before.low not in nouns.DETERMINERS | ADVERBS:
            return True  # `Police arrested X`, but not `the disgraced mayor X`
    return False


def _is_role(token: Token) -> bool:
    return token.entity is None and not token.possessive and nouns.is_role(token.low)


def _is_person(token: Token) -> bool:
    return token.entity is not None and token.entity.kind == "person" and not token.possessive


def _is_body(piece: Chunk) -> bool:
    return piece[-1].entity is not None and piece[-1].entity.kind == "organisation"
