"""Letters in an article, line by line: from a salutation, or a line that announces one, to what closes and signs it.

A letter that nothing closes ends where the article reports again. The time is linear in the length of the text.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from stancekit.records import Kind
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import AUXILIARIES, CUES, has_cue
from stancekit.statements.segmentation.lines import MAX_HEADING_CHARACTERS, is_salutation, is_sign_off
from stancekit.statements.text.quotation_marks import Span

_ANNOUNCED = re.compile(r"\b(?P<noun>letter|e-?mail|message|note|statement)\b[^.!?]{0,80}:$", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"(?<![\w’'-])(?:I(?:[’'](?:m|ve|d|ll)\b|(?= [a-z]))|(?:[Ww]e|[Oo]urs?|us|[Mm]y|me|mine)(?![\w-]))")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_PARTS, _AND = re.compile(r"\s*[,;|(]\s*|\s[–—-]\s"), re.compile(r"\s(?:and|&)\s")
_PARTICLES = frozenset(["de", "da", "du", "van", "von", "der", "den", "del", "bin", "al", "la", "le", "ap", "ab"])
_BODIES = nouns.ORGANISATION_WORDS | nouns.ORGANISATION_NOUNS
_TITLE = re.compile(rf"(?:(?:{'|'.join(sorted(nouns.TITLES - nouns.HONOURS))})\.? )+", re.IGNORECASE)
_MAX_NAME = 5
_STOPS = frozenset('.!?…:;”"»')
_MARKS = '“„«"'
_NEAR, _LEAD = 2000, 200
_MAX_WORDS = 20
MAX_SIGNATURE = 60
"""A signature has at most this many lines."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The body is `text[start:end]`; `signature` holds where the lines that sign it begin, `noun` is what the article calls it."""

    start: int
    end: int
    signature: tuple[int, ...] = ()
    noun: str = "letter"


def find_letters(text: str, lines: Sequence[Span], kinds: Sequence[Kind]) -> list[Letter]:
    """Find the letters in order. `lines` are those of the text that are not empty, without white space around them, with their `kinds`."""
    short = [text[start : min(end, start + MAX_HEADING_CHARACTERS + 1)] for start, end in lines]
    opened = {n: noun for n in range(len(lines)) if (noun := _opens(text, lines, short, n))}
    openings, closings = list(opened), [n for n, line in enumerate(short) if is_sign_off(line)]
    found: list[Letter] = []
    for opening, noun in opened.items():
        if opening + 1 in opened:
            continue  # `The letter in full:`, then `Dear …,`
        stop = _next(openings, opening, len(lines))
        closing = _next(closings, opening, len(lines))
        begin, after = opening + 1, closing
        while after < stop and is_sign_off(short[after]):
            after += 1  # one closing phrase after the other
        end = closing if closing < stop else next((n for n in range(begin, stop) if _is_over(text, lines, kinds, short, n)), stop)
        first = after if closing < stop else end
        stop = next((n for n in range(first, min(stop, first + MAX_SIGNATURE)) if kinds[n] == "boilerplate"), stop)
        signature = _signature(short, first, stop, closed=end == closing < len(lines))
        if begin < end:
            start, last = lines[begin][0], lines[end][0] if end < len(lines) else len(text)
            called = opened.get(opening - 1, noun) if opening else noun
            found.append(Letter(start, last, tuple(lines[n][0] for n in signature), called))
    return found


def is_signatory(line: str) -> bool:
    """Tell whether a line is a name of two words or more, alone or with a role, an organisation or a place after it."""
    if len(line) > MAX_HEADING_CHARACTERS or line[-1] in _STOPS or "@" in line or len(line.split()) > _MAX_WORDS:
        return False
    return bool(read_signature(line)[0]) and not any(word in CUES or word in AUXILIARIES for word in line.split())


def read_signature(line: str) -> tuple[list[str], str | None]:
    """Return the names that a line of a signature begins with, without `Mr` or `Dr`, and the organisation that it names."""
    first, *rest = _PARTS.split(line)
    names = [_TITLE.sub("", name) for name in _AND.split(first) if _is_name(name.split())]
    bodies = (part.removeprefix("of ").removeprefix("the ").strip(") ") for part in (rest if names else (first, *rest)))
    return names, next((body for body in bodies if body[:1].isupper() and " " in body and _BODIES & set(body.lower().split())), None)


def _is_name(words: Sequence[str]) -> bool:
    capitals = all((word[0].isupper() and word.lower() not in nouns.FUNCTION_WORDS) or word in _PARTICLES for word in words)
    return 1 < len(words) <= _MAX_NAME and capitals and words[-1].lower() not in _BODIES


def _opens(text: str, lines: Sequence[Span], short: Sequence[str], number: int) -> str:
    """What the line opens, `""` for none: a salutation, or an announcement of what the next line says in the first person."""
    if is_salutation(short[number]):
        return "letter"
    start, end = lines[number]
    found = _ANNOUNCED.search(text, max(start, end - _LEAD), end) if text[end - 1] == ":" else None
    if found is None or number + 1 == len(lines):
        return ""
    first, last = lines[number + 1]
    own = is_salutation(short[number + 1]) or _FIRST_PERSON.search(text, first, min(last, first + _NEAR))
    return found["noun"].lower() if own and text[first] not in _MARKS else ""


def _is_over(text: str, lines: Sequence[Span], kinds: Sequence[Kind], short: Sequence[str], number: int) -> bool:
    """Whether a letter that no phrase closes ends before the line: it is signed, others are reported, or the page's furniture begins."""
    if kinds[number] == "boilerplate":
        return True
    if is_signatory(short[number]):  # not a heading of the letter’s own
        return number + 1 == len(lines) or bool(_PARTS.search(short[number])) or not _FIRST_PERSON.search(short[number + 1])
    line = text[slice(*lines[number])]
    outside = _QUOTED.sub(" ", line)
    told = any((cue := CUES.get(word.lower())) is not None and cue.group == "say" and cue.form in ("past", "s") for word in outside.split())
    return quotes_others(line) or (told and not _FIRST_PERSON.search(outside))


def quotes_others(line: str) -> bool:
    """Whether somebody is quoted in a paragraph and nobody says "I" or "we" outside the quotation."""
    outside = _QUOTED.sub(" ", line)
    return outside != line and has_cue(outside) and not _FIRST_PERSON.search(outside)


def _signature(short: Sequence[str], first: int, stop: int, *, closed: bool) -> range:
    """The lines of the signature from the first on; where no phrase closes the letter only a name begins one."""
    last = first
    while last < min(stop, first + MAX_SIGNATURE) and short[last][-1] not in _STOPS and len(short[last]) <= MAX_HEADING_CHARACTERS:
        if not (closed or is_signatory(short[first])):
            break
        last += 1
    return range(first, last)


def _next(numbers: Sequence[int], number: int, size: int) -> int:
    place = bisect_right(numbers, number)
    return numbers[place] if place < len(numbers) else size
