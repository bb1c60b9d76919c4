"""Text in capitals → sentence case of the same length, so that names, verbs and roles are read as in other text.

Names get capitals by evidence: the registry, given names, titles, roles and verbs of saying beside them, words that only bodies
have in their names. What has none stays in small letters.
"""

import re
from collections.abc import Iterator, Sequence

from stancekit.actors import Actors
from stancekit.statements.english import nouns
from stancekit.statements.english import reporting_verbs as verbs
from stancekit.statements.english.first_names import gender_of_given
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.wordlist import words

_SAMPLE = 4000
_SHARE = 0.9
_RUN = 3
_INITIALS = 3
"""A label of no more letters is an abbreviation or initials."""
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\w*(?:[’'-]\w+)*")
_STARTS = re.compile(r"(?:^|[.!?…][\"”’')]*\s+)[\"“‘'(]?$|[,:—–-]\s*[\"“‘']$")
_OWN = re.compile(r"[’']s?$")
_COMMON = (
    nouns.FUNCTION_WORDS | nouns.ROLES | nouns.ROLE_MODIFIERS | nouns.PEOPLE | nouns.ORGANISATION_NOUNS | nouns.ORGANS | nouns.DOCUMENTS
    | nouns.SPOKES | nouns.DETERMINERS | nouns.ORGANISATION_WORDS | verbs.AUXILIARIES | verbs.ADVERBS | verbs.SUBORDINATORS
    | verbs.PREPOSITIONS | verbs.DID | verbs.SAYING_NOUNS | verbs.STATEMENT_NOUNS
)  # fmt: skip
_SHORT = words("uk un eu usa us. nato fifa uefa nasa opec aids")


def natural(name: str) -> str:
    """A name in capitals with small letters, of the same length: `ANN O’NEILL` → `Ann O’Neill`; letters without a vowel stay."""
    return _WORD.sub(lambda found: _name(found.group()), name) if name.isupper() else name


def recase(text: str, lines: Sequence[Span], labels: Sequence[Span], actors: Actors) -> str:
    """Return the text with its lines in capitals in sentence case, where most of it is in capitals, and `labels` as names are written."""
    sample = text[:_SAMPLE]
    capitals, small = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    if small and capitals < _SHARE * (capitals + small) or not capitals:
        lines = []
    caps = [span for span in lines if _is_upper(text[slice(*span)])]
    if not caps and not labels:
        return text
    pieces = list(text)
    names = set(_names(text, caps)) if caps else set()
    fixed = _fixed(actors) if caps else None
    for start, end in caps:
        pieces[start:end] = _lined(text[start:end], names, fixed)
    for start, end in labels:
        if end - start > _INITIALS:
            pieces[start:end] = natural(text[start:end])
    return "".join(pieces)


def _is_upper(line: str) -> bool:
    small = sum(map(str.islower, line))
    return small <= (1 - _SHARE) * (small + sum(map(str.isupper, line)))


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _name(word: str) -> str:
    """One word of a name."""
    low = _lower(word)
    if not re.search("[aeiouy]", low) or "." in word or low in _SHORT:
        return word
    if low in verbs.PREPOSITIONS | {"and", "the"}:
        return low
    return re.sub(r"(?:^|-|^[od][’'])(?:\w)", lambda found: found.group().upper(), low)


def _is_common(low: str) -> bool:
    word = _OWN.sub("", low)
    return word in _COMMON or word in verbs.CUES or nouns.is_role(word) or nouns.singular(word) in _COMMON or low.endswith(("n't", "n’t"))


def _names(text: str, lines: Sequence[Span]) -> Iterator[str]:
    """Words that are names by what stands beside them, in small letters."""
    for start, end in lines:
        found = list(_WORD.finditer(text, start, end))
        low = [_OWN.sub("", _lower(word.group())) for word in found]
        gaps = [text[a.end() : b.start()] for a, b in zip(found, found[1:], strict=False)] + [text[found[-1].end() : end] if found else ""]
        first = 0
        while first < len(found):
            last = first
            if _is_common(low[first]):
                first += 1
                continue
            while last + 1 < len(found) and last - first < _RUN and gaps[last] in (" ", ". ") and not _is_common(low[last + 1]):
                last += 1
            yield from _run(low, gaps, first, last)
            first = last + 1


def _run(low: Sequence[str], gaps: Sequence[str], first: int, last: int) -> Iterator[str]:
    """The names in a run of words that are no common ones."""
    before, gap = (low[first - 1], gaps[first - 1]) if first else ("", ".")
    after = low[last + 1] if last + 1 < len(low) else ""
    given = next((n for n in range(first, last + 1) if gender_of_given(low[n])), None)
    cue = verbs.CUES.get(before if gap == " " else "")
    said = cue is not None and cue.group == "say" and cue.form == "past"
    says = verbs.CUES.get(after if gaps[last] == " " else "")
    opens = gap.strip()[-1:] in (",", ".", "”", '"', "’", "'", ":") or before in ("and", "but")
    saying = says is not None and says.group in ("say", "report") and opens
    role = nouns.is_role(before) and gap in (" ", ", ")
    next_two = low[last + 1 : last + 6] if gaps[last] == ", " else []
    apposed = opens and last > first and any(nouns.is_role(word) for word in next_two)
    if before.strip(".") in nouns.TITLES or said or saying or role or apposed:
        yield from low[given or first : last + 1]
    elif given is not None and last > given:
        yield from low[given : last + 1]


def _fixed(actors: Actors) -> re.Pattern[str] | None:
    """What is a name wherever it stands: the registry's."""
    known = {name for actor in actors.actors for name in (actor.name, *actor.aliases) if name.strip()}
    return re.compile(rf"\b(?:{'|'.join(re.escape(n) for n in sorted(known, key=len, reverse=True))})\b", re.IGNORECASE) if known else None


def _lined(line: str, names: set[str], fixed: re.Pattern[str] | None) -> str:
    """A line in sentence case."""
    low = _lower(line)
    out = list(low)
    found = list(_WORD.finditer(line))
    small = [_OWN.sub("", _lower(word.group())) for word in found]
    for number, word in enumerate(found):
        start, end = word.span()
        if small[number] in names or _is_always(small[number]):
            out[start:end] = _name(word.group())
        elif small[number] in ("i", "i'm", "i’m", "i've", "i’ve", "i'll", "i’ll", "i'd", "i’d") or _STARTS.search(line[max(0, start - 8) : start] if start > 8 else line[:start]):
            out[start] = line[start]
        if small[number] in nouns.ORGANISATION_WORDS and (first := _body(line, found, small, number)) < number:
            for piece in found[first : number + 1]:
                out[piece.start() : piece.end()] = _name(piece.group())
    for name in fixed.finditer(line) if fixed is not None else ():
        out[name.start() : name.end()] = natural(line[name.start() : name.end()])
    return "".join(out)


def _body(line: str, found: Sequence[re.Match[str]], small: Sequence[str], last: int) -> int:
    """Where the name of a body begins that ends in word `last`, after an article: `the Ferry Operators’ Association`; `last` if none does."""
    first = last
    while first and last - first <= _RUN:
        gap = line[found[first - 1].end() : found[first].start()]
        owns = gap in ("’ ", "' ")
        if not owns and (gap != " " or (_is_common(small[first - 1]) and small[first - 1] not in nouns.ORGANISATION_WORDS | nouns.PARTS_OF_PLACES)):
            break
        first -= 1
    return first if first and small[first - 1] == "the" else last


def _is_always(low: str) -> bool:
    return low in nouns.DEMONYMS or low in nouns.DAYS or low in nouns.MONTHS - {"may", "march"} or not re.search("[aeiouy]", low) or low in _SHORT
