"""Text → sentence-level units with exact code-point offsets.

Every newline is a hard break; a line is a heading, boilerplate or prose; prose is cut after a stop by a small set of
rules. One pass over the text, and every look back or ahead is bounded, so the time is linear in its length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stancekit.records import Kind
from stancekit.statements.lines import classify, stripped_lines
from stancekit.statements.wordlist import words


@dataclass(frozen=True, slots=True)
class Unit:
    """`text[start:end]` is one unit, without white space at either end."""

    start: int
    end: int
    kind: Kind


# A stop and the marks that close with it. Possessive, and without a condition on what follows: each run is read once.
_STOP = re.compile(r"[.!?…]++[\"'”’»)\]]*+")
_AHEAD = re.compile(r"\s++((?:[\"'“‘„«(\[•*–—-]|\s)*+)(\S?)")
_WORD = re.compile(r"[^\W\d_][\w’'-]{0,30}")
_BEFORE = re.compile(r"[\w.’'&-]+$")
_LOOK_BACK = 24

# Never the end of a sentence where something follows.
_TITLES = words(
    "mr mrs ms mx dr prof rev fr hon sen rep gov gen col lt capt cpl sgt maj cmdr adm insp supt st mt messrs mme mlle"
    " pres det dept asst assoc e.g i.e eg ie cf viz vs v al approx ca"
)
# Not the end before a number: "No. 10", "Sept. 3", "p. 12".
_BEFORE_NUMBER = words("no nos jan feb mar apr jun jul aug sep sept oct nov dec p pp vol fig art sec para ch c ver ed eds")
# The end only where the next word is one that begins sentences: "in the U.K. The", against "the U.K. Treasury".
_MAYBE = words(
    "inc ltd co corp plc llc jr sr bros a.m p.m am pm u.s u.k u.n e.u d.c ph.d b.a m.a m.d b.sc m.sc calif fla mass"
    " conn ill ind mich minn miss ark ariz colo ga ky md okla ore pa tenn tex va vt wash wis n.y n.j n.c s.c l.a ave"
    " blvd rd"
)
_STARTERS = words(
    "a after all also although an and another are as at because before both but by can could despite did do does"
    " during each even every few finally first for from had has have he her here his how however i if in instead is it"
    " its just last later many meanwhile more most much my neither no nobody nor not nothing now of on once one only or other"
    " others our over perhaps she should since so some still such than that the their then there these they this those"
    " though through thus to today together two under unless unlike until we well were what when where whether which"
    " while who whose why will with within without would yesterday yet you your"
)
# What may stand between a quotation that ends in ? or ! and the verb of saying: "“Why?” Dr Example asked."
_CUE_AFTER = re.compile(
    r"\s+(?:(?:[A-Z][\w.’'-]*|the|a|an|of|union|one|another)\s+){1,5}"
    r"(?:said|says|asked|asks|added|adds|wondered|replied|shouted|cried|wrote|demanded|exclaimed|continued|tweeted)\s*(?:[.,;:–—]|$|\w+\s*[.,])"
)


def segment(text: str) -> list[Unit]:
    """Units of the text in order. They do not overlap, none is empty, and only white space lies between them."""
    lines = list(stripped_lines(text))
    units: list[Unit] = []
    for index, (start, end) in enumerate(lines):
        before = text[slice(*lines[index - 1])] if index else ""
        after = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        kind = classify(text[start:end], before, after)
        if kind == "sentence":
            units.extend(Unit(s, e, kind) for s, e in _sentences(text, start, end))
        else:
            units.append(Unit(start, end, kind))
    return units


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in one line of prose."""
    first = start
    for stop in _STOP.finditer(text, start, end):
        after = stop.end()
        if after >= end or not text[after].isspace():
            continue
        ahead = _AHEAD.match(text, after, end)
        if ahead is None or not _breaks(text, first, end, stop, ahead):
            continue
        yield first, after
        first = after + len(ahead.group(0)) - len(ahead.group(0).lstrip())
    if first < end:
        yield first, end


def _breaks(text: str, first: int, end: int, stop: re.Match[str], ahead: re.Match[str]) -> bool:
    """Whether a sentence that began at `first` ends with this stop."""
    nxt = ahead.group(2)
    marks = stop.group(0)
    if not nxt or nxt.islower() or nxt in ".!?…,;:":
        return False
    if marks[-1] in "\"'”’»" and any(c in "!?…" for c in marks) and _CUE_AFTER.match(text, stop.end(), min(end, stop.end() + 120)):
        return False
    if marks.startswith("...") or marks[0] == "…":
        return not (
            marks[-1] in ".…" and _WORD.match(text, ahead.start(2), end) and text[ahead.start(2) : ahead.start(2) + 2] in ("I ", "I’", "I'")
        )
    return marks != "." or not _abbreviates(text, first, end, stop.start(), ahead)


def _abbreviates(text: str, first: int, end: int, dot: int, ahead: re.Match[str]) -> bool:
    """Whether a lone full stop belongs to the word before it."""
    found = _BEFORE.search(text[max(first, dot - _LOOK_BACK) : dot])
    if found is None:
        return False
    word = found.group(0)
    low = word.casefold().lstrip("'’")
    if dot - len(word) <= first and ((word.isdigit() and len(word) <= 3) or (len(word) == 1 and word.islower())):
        return True  # "1. Delay the start"
    if low in _TITLES:
        return not (low in ("v", "al", "dept") and _starts_sentence(text, end, ahead))
    if low in _BEFORE_NUMBER:
        return ahead.group(2).isdigit()
    initial = (len(word) == 1 and word.isupper()) or ("." in word and all(len(part) == 1 for part in word.split(".")))
    return (initial or low in _MAYBE) and not _starts_sentence(text, end, ahead)


def _starts_sentence(text: str, end: int, ahead: re.Match[str]) -> bool:
    if any(c in '“"‘' for c in ahead.group(1)):
        return True
    word = _WORD.match(text, ahead.start(2), end)
    return word is not None and re.split("[’']", word.group(0))[0].casefold() in _STARTERS
