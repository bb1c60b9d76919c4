"""Disambiguation of full stops: sentence ends, abbreviations, initials and numbers.

Every look back or ahead is bounded, so that the time is linear in the length of the text.
"""

import re
from collections.abc import Set

from stancekit.statements.english.abbreviations import (
    AFTER_CLOCK,
    BEFORE_NUMBER,
    CLOCK,
    LATIN,
    LETTERED,
    LOWER_STARTERS,
    MARKED_NAMES,
    MAYBE,
    MEASURES,
    PLAIN_STARTERS,
    STARTERS,
    STATES,
    STATES_OF_PLACES,
    TITLES,
    TITLES_THAT_END,
)
from stancekit.statements.english.calendar import SHORT_WORDS

# A stop and the marks that close with it, after a space too where they can only close; numbers of notes. Possessive, and
# without a condition on what follows: each run is read once.
STOP = re.compile("[.!?…]++[\"'”’»)\\]\u200b\u2060\ufeff]*+(?:[ \u00a0\u2009\u202f][”»)\\]]++)*+(?:\\[\\d{1,3}\\]|[¹²³⁰-⁹])*+")
AHEAD = re.compile(r"\s++((?:[\"'“‘„«(\[•*–—-]|\s|(?:…|\.\.\.)\])*+)(\S?)")

_LOOK_BACK = 24
_LOOK_AHEAD = 160
_MARKS_BEFORE = 8
_WORD = re.compile(r"[^\W\d_][\w’'-]{0,30}")
_WORD_BEFORE = re.compile(r"(?<![\w.’'&-])[\w.’'&-]++$")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})")
_ITEM = re.compile(r"[a-z]{1,4}\)\s")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_NICKNAME = re.compile(r"[\"“‘'(][\w. ’'-]{1,20}[\"”’')] [A-Z]")
_NUMBER = re.compile(r"Nos?\. ?\d")
_OPENING_TIME = re.compile(r"(?:At|By|Around|About|Before|After|Until|From|Since)(?: \w+)? [\d.:]{1,5} ?")
_CLOSING_QUOTES = "\"'”’»"
_GOES_ON = ("–", "—", "-", "(")
_OPENING_QUOTES = "\"'“‘„«"

# What may stand between a quotation that ends in ? or ! and what follows its verb of saying: "“Why?” Dr Example, chair of X, asked."
_ASKED = "asked asks told tells".replace(" ", "|")
_SAID = (
    "said says added adds wondered wonders replied replies shouted shouts cried cries wrote writes demanded demands exclaimed"
    " exclaims continued continues tweeted tweets yelled joked quipped answered insisted called chanted screamed posted"
    " declared remarked retorted pleaded queried inquired enquired"
).replace(" ", "|")
_NO_NAME = "is are was were be been had has have did does do will would could can should may might must that who which if but"
_NAME_WORD = rf"(?!(?:{_NO_NAME.replace(' ', '|')})\b)[\w.’'-]++"
_CUE_AFTER = re.compile(
    rf"\s++{_NAME_WORD}(?:\s{_NAME_WORD}){{0,6}}?(?:,\s[^,.!?“”\"]{{1,60}},)?\s(?:(?:also|then|later|had|has)\s)?"
    rf"(?:(?:{_ASKED}|{_SAID})(?=\s*(?:[.,;:–—]|$|\w+\s*[.,])|\s(?:to|in|on|at|during|after|as|with|when|while)\s)"
    rf"|(?:{_ASKED})(?=(?:\s\w+){{1,4}}\s*[.,]))"
)


def ends_sentence(text: str, first: int, end: int, stop: re.Match[str], ahead: re.Match[str]) -> bool:
    """Tell whether a sentence that began at `first` ends with `stop`, given what is `ahead` before the `end` of its line."""
    following = ahead.group(2)
    marks = stop.group()
    if not following:
        return ahead.group(1)[-2:] in ("…]", ".]")  # "[…]" stands alone
    if following in ".!?…,;:":
        return False
    if following.islower():
        return marks in (".", "?", "!") and _lost_capital(text, first, end, stop, ahead)
    if marks[-1] in _CLOSING_QUOTES and any(c in "!?…" for c in marks):
        return not _CUE_AFTER.match(text, stop.end(), min(end, stop.end() + _LOOK_AHEAD))
    if marks[-1] in ")]" and _is_aside(text, first, stop) and not _starts_sentence(text, end, ahead):
        return False
    if marks.startswith("...") or marks[0] == "…":
        return not _trails_on(text, first, end, stop, ahead)
    if marks[0] == "!" and _word_before(text, first, stop.start()).casefold() in MARKED_NAMES:
        return _starts_sentence(text, end, ahead)
    lone = marks[0] == "." and marks[1:2] not in (".", "!", "?", "…") and marks[-1] not in _CLOSING_QUOTES
    return not (lone and _abbreviates(text, first, end, stop.start(), ahead))


def ends_without_space(text: str, first: int, end: int, stop: re.Match[str]) -> bool:
    """Tell whether the space after a stop was lost: `…in the ward.The trust…`, and no name such as `Example.Com`."""
    position = stop.end()
    word = _word_before(text, first, stop.start())
    if len(word) < 3 or not word.isalpha() or word.isupper():
        return False
    if text[position] in "“‘":
        return True
    found = _WORD.match(text, position, end)
    if found is None or not text[position].isupper() or found.end() >= end or text[found.end()] not in " ,":
        return False
    return _base(found.group()) in STARTERS


def _lost_capital(text: str, first: int, end: int, stop: re.Match[str], ahead: re.Match[str]) -> bool:
    """A sentence begins with a small letter: a name (iPhone), an item `(b)`, a pronoun after a word that is no abbreviation."""
    if _CAMEL.match(text, ahead.start(2), end):
        return not _abbreviates(text, first, end, stop.start(), ahead)
    if ahead.group(1).endswith("(") and _ITEM.match(text, ahead.start(2), end):
        return True
    found = _WORD.match(text, ahead.start(2), end)
    if found is None or ahead.group(1).strip() or found.group().replace("’", "'") not in LOWER_STARTERS:
        return False
    word = _word_before(text, first, stop.start())
    low = word.casefold()
    if stop.group() != ".":
        return low not in MARKED_NAMES
    return len(word) > 1 and word.isalpha() and not any(low in known for known in (TITLES, LATIN, BEFORE_NUMBER, MAYBE, CLOCK))


def _is_aside(text: str, first: int, stop: re.Match[str]) -> bool:
    """Whether the bracket that closes here was opened within the sentence, or holds nothing but dots."""
    opening = "(" if stop.group()[-1] == ")" else "["
    at = text.rfind(opening, max(first, stop.start() - 200), stop.start())
    return at > first and any(c.isalnum() for c in text[max(first, at - 40) : at])


def _trails_on(text: str, first: int, end: int, stop: re.Match[str], ahead: re.Match[str]) -> bool:
    """Whether the sentence goes on after dots: `I… I mean`, `we… We lost` (the same word again), `[…]`."""
    marks = stop.group()
    if marks[-1] in ")]":
        return text[stop.start() - 1 : stop.start()] in ("(", "[")
    if marks[-1] not in ".…":
        return False
    found = _WORD.match(text, ahead.start(2), end)
    if found is None or ahead.group(1):
        return False
    again = _word_before(text, first, stop.start()).casefold()
    return _base(found.group()) in ("i", _base(again))


def _abbreviates(text: str, first: int, end: int, dot: int, ahead: re.Match[str]) -> bool:
    """Whether a lone full stop belongs to the word before it."""
    word = _word_before(text, first, dot)
    if not word:
        return False
    if _ENUMERATOR.fullmatch(word) and _enumerates(text, first, dot - len(word), word):
        return True
    word = word.rpartition("-")[2].lstrip("'’")  # then-U.S. ambassador, Lt.-Gov.
    low, start, capital = word.casefold(), dot - len(word), word[:1].isupper()
    number = ahead.group(2).isdigit() or bool(_NUMBER.match(text, ahead.start(2), end))
    measured = low.lstrip("0123456789") in MEASURES and (low[:1].isdigit() or text[max(first, start - 2) : start - 1].isdigit())
    if number and (low in BEFORE_NUMBER or (low in SHORT_WORDS and capital) or measured):
        return True
    if low in LATIN or (low in TITLES and capital):
        return not (low in TITLES_THAT_END and _starts_sentence(text, end, ahead, PLAIN_STARTERS))
    if low in CLOCK:
        return _goes_on_after_clock(text, end, ahead) or bool(_OPENING_TIME.fullmatch(text, first, start))
    if capital and (low in STATES or low in STATES_OF_PLACES):
        placed = text[start - 2 : start] == ", "  # "in Example, Mass. Officials": within a sentence a comma would follow
        return _goes_on(ahead) if placed or low in STATES_OF_PLACES else not _starts_sentence(text, end, ahead)
    if low in MAYBE:
        return not _starts_sentence(text, end, ahead)
    return _is_initial(text, first, start, word) and not _begins_after_initial(text, end, ahead)


def _enumerates(text: str, first: int, start: int, word: str) -> bool:
    """`1. Delay the start`, `the demands: 1. A pause`: a number or letter at the start, or after a colon, with a capital to come."""
    if start - first <= _MARKS_BEFORE and not text[first:start].strip("\"'“‘(*•–— \t"):
        return True
    return word.isdigit() and len(word) < 3 and text[start - 2 : start] in (": ", "; ")


def _is_initial(text: str, first: int, start: int, word: str) -> bool:
    if "." in word:
        return all(len(part.lstrip("’'")) == 1 for part in word.split(".")) and any(c.isalpha() for c in word)
    if len(word) != 1 or not word.isupper():
        return False
    before = _word_before(text, first, start - 1)
    return before.casefold() not in LETTERED and not (word == "I" and before.islower())  # "older than I."


def _begins_after_initial(text: str, end: int, ahead: re.Match[str]) -> bool:
    return not _NICKNAME.match(text, ahead.start(1), end) and _starts_sentence(text, end, ahead)


def _goes_on(ahead: re.Match[str]) -> bool:
    """A dash or a bracket after an abbreviation: `EXAMPLETOWN, N.C. — The`, `Example Inc. (“Example”) said`."""
    return ahead.group(1)[:1] in _GOES_ON


def _goes_on_after_clock(text: str, end: int, ahead: re.Match[str]) -> bool:
    if _goes_on(ahead):
        return True
    if any(c in _OPENING_QUOTES for c in ahead.group(1)):
        return False
    found = _WORD.match(text, ahead.start(2), end)
    if found is None:
        return not ahead.group(2).isdigit()
    return found.group().casefold() in AFTER_CLOCK or text[found.end() : found.end() + 5].casefold() == " time"


def _starts_sentence(text: str, end: int, ahead: re.Match[str], starters: Set[str] = STARTERS) -> bool:
    if _goes_on(ahead):
        return False
    if any(c in _OPENING_QUOTES for c in ahead.group(1)):
        return True
    found = _WORD.match(text, ahead.start(2), end)
    return found is not None and _base(found.group()) in starters


def _word_before(text: str, first: int, position: int) -> str:
    """The word that ends at `position`, dots within it included; the empty string where there is none."""
    found = _WORD_BEFORE.search(text[max(first, position - _LOOK_BACK) : position])
    return found.group() if found else ""


def _base(word: str) -> str:
    """`I’ve` → `i`."""
    return re.split("[’']", word, maxsplit=1)[0].casefold()
