"""Subjects joined by "and": `Mayor X and councillor Y`, `X, the chair of A, and Y, head of B,`, `coach X and her deputy, Y,`."""

from collections.abc import Iterator, Sequence

from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import ADVERBS, AUXILIARIES, CUES, DID, PREPOSITIONS, SUBORDINATORS
from stancekit.statements.text.tokens import QUOTE, Token

Chunk = tuple[Token, ...]

_REACH = 60
_PARTS = 6
_AND = frozenset({"and", "&"})
_BRACKETS = {"(": ")", "[": "]"}
_STOPS = frozenset(";:–—…!?/.")
# Plurals of roles: those whom two names after a comma name.
_SEVERAL = frozenset(role + "s" for role in nouns.ROLES) | nouns.PEOPLE - nouns.DETERMINERS
_OTHERS = nouns.DETERMINERS | {"other", "fellow"}


def conjuncts(chunk: Sequence[Token]) -> list[Chunk]:
    """Those whom "and" joins, each with the words before its name and without what stands between commas; `[]` where it joins none.

    One of them at least has a name. `The chair and founder X` is one person, so that a role without a name counts beside
    another only where that one has an article or is a bare name.
    """
    if not any(token.low in _AND for token in chunk):
        return []
    if _speaks_for_several(chunk):
        return []
    if people := _named_of_several(chunk):
        return people
    parts: list[Chunk] = []
    aside = closed = False
    pieces = _without_bodies(list(_pieces(chunk)))
    for index, (comma, joined, piece) in enumerate(pieces):
        named = _is_named(piece, opens=index == 0)
        if joined and aside and not comma:
            continue  # `X, chair and founder of A, …`
        if joined or not parts:
            if not named and not _is_described(piece):
                return []
            parts.append(piece)
            aside, closed = False, joined
        elif named and not _is_named(parts[-1]):
            parts[-1] = piece  # `her deputy, Y`
        elif named and not _is_apposition(pieces, index):
            parts.append(piece)
            aside = closed = False
        elif named or _is_aside(piece):
            aside = True
        else:
            return []
    return parts if closed and 2 <= len(parts) <= _PARTS and _are_two(parts) else []


def joint_start(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a joint subject begins whose last part is `tokens[start:end]`; `start` where it is on its own."""
    found, index = start, start
    limit = max(0, start - _REACH)
    while index > limit:
        index -= 1
        if _closes(tokens, index):
            break
        opens = index == 0 or tokens[index - 1].word == "," or _closes(tokens, index - 1)
        chunk = tokens[index:end]
        if opens and not _goes_on_from(tokens, index) and (len(conjuncts(chunk)) > 1 or _speaks_for_several(chunk)):
            found = index
    return found


def joint_end(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a joint subject ends whose first part is `tokens[start:end]`; `end` where it is on its own."""
    found, parts = end, conjuncts(tokens[start:end]) or [tuple(tokens[start:end])]
    for index in range(end + 1, min(len(tokens), start + _REACH) + 1):
        closes = index == len(tokens) or _closes(tokens, index)
        if closes or tokens[index].word == ",":
            longer = conjuncts(tokens[start:index])
            if _speaks_for_several(tokens[start:index]):
                found = index
            elif len(longer) > len(parts) or (len(longer) > 1 and longer[-1] != parts[-1]):
                found, parts = index, longer
        if closes:
            break
    return found


def may_be_several(chunk: Sequence[Token]) -> bool:
    """Whether "and" stands in it after a name, or after a role with an article, so that one speaker may not be all of them."""
    for index, token in enumerate(chunk[:-1]):
        if chunk[index + 1].entity is None and chunk[index + 1].low in _AND and not token.possessive:
            article = any(t.entity is None and t.low in nouns.DETERMINERS for t in chunk[max(0, index - 3) : index])
            if token.entity is not None or (article and nouns.is_role(token.low)):
                return True
    return False


def _named_of_several(chunk: Sequence[Token]) -> list[Chunk]:
    """`The leaders of A and B, X and Y`: the people named after the comma of a plural without a name."""
    comma = next((index for index, token in enumerate(chunk) if token.word == ","), 0)
    before = chunk[:comma]
    plural = next((i for i, token in enumerate(before) if token.entity is None and token.low in _SEVERAL and not token.possessive), None)
    if plural is None or any(_is_person(token) for token in before) or has_verb(before):
        return []
    people = conjuncts(chunk[comma + 1 :])
    return people if len(people) > 1 and all(len(part) == 1 and _is_person(part[0]) for part in people) else []


def _speaks_for_several(chunk: Sequence[Token]) -> bool:
    """`A spokesman for A, the B and the C`: one whom several bodies send."""
    if not any(token.word == "," for token in chunk):
        return False
    pieces = list(_pieces(chunk))
    if len(pieces) < 3:
        return False
    first = next((i for i, token in enumerate(pieces[0][2]) if token.entity is None and token.low in nouns.SPOKES), None)
    if first is None or not pieces[-1][1] or not _is_body(pieces[0][2]):
        return False
    words = [token.low for token in pieces[0][2][first + 1 : -1]]
    return words in (["for"], ["for", "the"]) and all(_is_body(piece) and len(piece) <= 2 for _, _, piece in pieces[1:])


def _pieces(chunk: Sequence[Token]) -> Iterator[tuple[bool, bool, Chunk]]:
    """Parts between commas and "and"s, without brackets: whether a comma and whether an "and" comes before, and the words."""
    comma = joined = False
    closing = ""
    piece: list[Token] = []
    for token in chunk:
        if closing:
            closing = "" if token.word == closing else closing
        elif token.word in _BRACKETS:
            closing = _BRACKETS[token.word]
        elif token.word == "," or (token.entity is None and token.low in _AND):
            if piece:
                yield comma, joined, tuple(piece)
                comma = joined = False
                piece = []
            comma, joined = comma or token.word == ",", joined or token.word != ","
        else:
            piece.append(token)
    if piece:
        yield comma, joined, tuple(piece)


def _without_bodies(pieces: list[tuple[bool, bool, Chunk]]) -> list[tuple[bool, bool, Chunk]]:
    """`X of A and Y of B` → X and Y, where all of them are people: in `X of A and B` nobody knows."""
    cut = [_without_body(piece) for _, _, piece in pieces]
    if len(cut) < 2 or not all(_is_person(piece[-1]) for piece in cut):
        return pieces
    return [(comma, joined, piece) for (comma, joined, _), piece in zip(pieces, cut, strict=True)]


def _without_body(piece: Chunk) -> Chunk:
    """A person's name, and the words before it, without `of A`."""
    person = next((index for index, token in enumerate(piece) if _is_person(token)), len(piece))
    after = [token.low for token in piece[person + 1 : -1]]
    body = after in (["of"], ["of", "the"]) and piece[-1].entity is not None and not _is_person(piece[-1])
    return piece[: person + 1] if body else piece


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
    if noun.entity is not None and noun.possessive and noun.entity.kind != "person" and tail == len(piece):
        return True  # `the leader of A, X, and B’s, Y`
    if noun.entity is not None or noun.possessive or has_verb(piece):
        return False
    return _is_role(noun) or noun.low in nouns.PEOPLE or noun.low in nouns.ORGANISATION_NOUNS


def _is_aside(piece: Chunk) -> bool:
    """What may stand between commas after a name: an age, a role, a place, a relative clause."""
    first = piece[0]
    if first.low in ("who", "whose", "aged") or first.word[0].isdigit() or (first.entity is None and first.low in PREPOSITIONS):
        return True
    if first.entity is None and (first.low.endswith("ed") or first.low in DID) and len(piece) > 1 and piece[1].low in PREPOSITIONS:
        return True  # `led by Z`
    return not has_verb(piece) and (first.entity is not None or any(_is_role(token) for token in piece) or first.low in nouns.DETERMINERS)


def _is_apposition(pieces: Sequence[tuple[bool, bool, Chunk]], index: int) -> bool:
    """`X, Rail Guild, and Y`, `X, the chair of its Rail Board`: a piece that tells of the one before, rather than one more of a list."""
    piece = pieces[index][2]
    if piece[0].low in PREPOSITIONS or (piece[0].low in nouns.DETERMINERS and any(_is_role(token) for token in piece)):
        return True
    follows = index + 1 < len(pieces) and pieces[index + 1][:2] == (False, True)
    return _is_body(piece) and not follows and _is_named(pieces[index - 1][2], opens=True) and not _is_body(pieces[index - 1][2])


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


def _goes_on_from(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands before the comma at `index - 1` ends in a name that is no part of an opening phrase: `He met X, Y and Z`."""
    if index < 2 or tokens[index - 1].word != "," or tokens[index - 2].entity is None:
        return False
    first = index - 2
    while first > 0 and index - first < _REACH and tokens[first - 1].word != "," and not _closes(tokens, first - 1):
        first -= 1
    opening = tokens[first].entity is None and (tokens[first].low in PREPOSITIONS or tokens[first].low in SUBORDINATORS)
    return not opening and first < index - 2


def _closes(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clause ends or another begins there."""
    token = tokens[index]
    if token.entity is not None:
        return False
    relative = token.low in nouns.RELATIVES and index > 0 and tokens[index - 1].word == ","
    return token.word == QUOTE or token.word in _STOPS or (token.low in SUBORDINATORS and not relative)


def has_verb(words: Sequence[Token]) -> bool:
    """Whether any of the words is a verb by its form, or a pronoun, which nothing in a noun phrase is."""
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
