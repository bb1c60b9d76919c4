"""Turns of a transcript: a label says who speaks (`NAME: text`, `Q. text`, a name on a line of its own), until the next label.

One decision a document, from structure that recurs: a colon after a few words is a lead-in or a heading in most articles.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from stancekit.records import Kind
from stancekit.statements.english import nouns
from stancekit.statements.english.reporting_verbs import CUES
from stancekit.statements.segmentation.letters import quotes_others
from stancekit.statements.segmentation.lines import MAX_HEADING_CHARACTERS
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.wordlist import words

_CLOCK = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_LABEL = re.compile(
    rf"(?:(?:>>|[-–—•])\s?)?(?:{_CLOCK}\s+)?(?:Q\d{{1,4}}\s+)?\*{{0,2}}(?:(?P<letter>[QA])\d{{0,2}}\*{{0,2}}[.:)]|(?P<who>[^\W\d_][^:;<>\n“”\"?!]{{0,90}}?)"
    rf"(?:\s+{_CLOCK})?\*{{0,2}}:)\*{{0,2}}(?=\s|$)|<v(?:\.[\w.]+)?\s+(?P<voice>[^<>\n]{{1,80}})>\s*"
)
_ALONE = re.compile(rf"\*{{0,2}}(?P<who>[^\W\d_][^:;<>\n“”\"?!.,]{{1,59}}?)\*{{0,2}}(?:\s+{_CLOCK})?$", re.MULTILINE)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]|,.*")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_STAGE = re.compile(r"[(\[][^()\[\]]*[)\]]\.?|WEBVTT\b.*|\d{1,4}|[\d:.,]+ --> .*")
_NOTE = re.compile(r"\b(?:interview|conversation|transcript|discussion|answers?)\b.{0,40}\b(?:edited|condensed|abridged|translated|ends)\b")
_SMALL = words("of for the and & de da di du van von der den del la le al bin to at in on member")
_ROLES = nouns.ROLE_MODIFIERS | nouns.ORGANISATION_NOUNS | words(
    "interviewer questioner moderator host facilitator narrator respondent interviewee participant audience caller voice question answer"
    " unidentified unknown clerk counsel mc"
)  # fmt: skip
# Labels of mails, of facts and figures and of captions, which recur too.
_FIELDS = words(
    "from to cc bcc date sent subject re fw fwd tel telephone phone fax mobile email e-mail note notes source sources photo photos image"
    " picture caption video credit update updated correction background location address time when where what who why how cost price"
    " tags topics contact contacts website web url published posted read more see watch listen related ps pros cons verdict claim fact"
    " myth reality rating result score best worst overview summary key editing reporting writing category section title outlet byline"
    " language type status reference attachments home away goals attendance"
)
_MOST_WORDS = 8
_Label = tuple[int, re.Match[str]]
"""The number of a line, and what its label matches."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The label is `text[start:end]`, whom it names `text[who[0]:who[1]]`; what they say goes on from `end` to `until`."""

    start: int
    end: int
    who: Span
    until: int


def find_turns(text: str, lines: Sequence[Span], kinds: Sequence[Kind], entries: Sequence[int] = ()) -> list[Turn]:
    """Find the turns in order, `[]` where the text is no transcript. `entries` are where those of a live blog begin.

    Two labels must recur, or two of these hold of three labels or more: one recurs, most lines have one, all are speakers' by
    their words.
    """
    found = [(n, m) for n, (start, end) in enumerate(lines) if (m := _LABEL.match(text, start, end)) and _is_speaker(m["who"] or "Q")]
    labels = found if _is_transcript(text, lines, found) else [] if entries else _names_alone(text, lines)
    if not labels:
        return []
    untils = sorted([*(lines[n][0] for n, _ in labels[1:]), *entries, _resumes(text, lines, kinds, labels[-1][0])])
    turns = []
    for number, match in labels:
        start, until = lines[number][0], untils[bisect_right(untils, lines[number][0])]
        turns.append(Turn(start, start + len(text[start : match.end()].rstrip()), match.span(match.lastgroup or 0), until))
    return turns


def split_lines(text: str, lines: Sequence[Span], turns: Sequence[Turn]) -> tuple[list[Span], dict[int, Kind]]:
    """Return the lines with each label as one of its own, and the kinds, by their start, of labels, stage directions and what a label
    is followed by."""
    found: list[Span] = []
    kinds: dict[int, Kind] = {}
    labels = {turn.start: turn.end for turn in turns}
    after = False
    for start, end in lines:
        if start in labels:
            found.append((start, labels[start]))
            kinds[start], after = "boilerplate", True
            start = end - len(text[labels[start] : end].lstrip())
        if start == end:
            continue
        close = end - len("</v>") if text.endswith("</v>", start + 1, end) else end
        if len(turns) > 1 and end - start < MAX_HEADING_CHARACTERS and _STAGE.fullmatch(text, start, end):
            kinds[start] = "boilerplate"
        elif after:
            kinds[start], after = "sentence", False
        found.append((start, close))
        if close < end:
            found.append((close, end))
            kinds[close] = "boilerplate"
    return found, kinds


def in_post(who: str) -> str | None:
    """Return the name in the brackets of `The Minister for X (Ann Example)`, None in any other label: `Ann Example (Northmouth)`."""
    inside = _BRACKETS.search(who)
    named = inside is not None and " " in inside[1] and any(is_role(word) and word[0].isupper() for word in who.split()[:2])
    return inside[1] if inside and named else None


def is_role(name: str) -> bool:
    """Whether a label is a common noun for who speaks: `Chair`, `Interviewer 2`, `Audience member`."""
    found = [word.lower().strip(".") for word in name.split() if word[0].isalpha()]
    return bool(found) and all(word in _SMALL or word in _ROLES or nouns.is_role(word) for word in found)


def _is_transcript(text: str, lines: Sequence[Span], labels: Sequence[_Label]) -> bool:
    count = Counter(_ASIDE.sub("", match[match.lastgroup or 0]).casefold() for _, match in labels)
    if len(count) < 2 or len(labels) < 3:
        return count.keys() == {"q", "a"}
    recurring, dense = sum(n > 1 for n in count.values()), 2 * len(labels) >= len(lines)
    strong = all(_is_strong(m["who"] or "Q", text[m.end() : lines[n][1]]) for n, m in labels)
    return recurring > 1 or (recurring > 0) + dense + strong > 1


def _names_alone(text: str, lines: Sequence[Span]) -> list[_Label]:
    """Short lines above prose that name who speaks: two names at least that recur."""
    found = []
    for number, ((start, end), (_, last)) in enumerate(pairwise(lines)):
        match = _ALONE.match(text, start, end) if end - start < MAX_HEADING_CHARACTERS and text[last - 1] in '.!?…”")]' else None
        if match and match.end() == end and _is_speaker(match["who"]) and _is_strong(match["who"]):
            found.append((number, match))
    keys = [(in_post(match["who"]) or _ASIDE.sub("", match["who"])).casefold() for _, match in found]
    recurring = {key for key, n in Counter(keys).items() if n > 1}
    return [label for label, key in zip(found, keys, strict=True) if key in recurring] if len(recurring) > 1 else []


def _is_speaker(who: str) -> bool:
    """Whether the words can name a speaker: capitals, small words between them, what is said of them in brackets or after a comma."""
    name = _ASIDE.sub("", who).split()
    if not name or len(name) > _MOST_WORDS or name[0].lower() in _FIELDS or " ".join(name).lower() in nouns.NOT_NAMES:
        return False
    if any((cue := CUES.get(word.lower())) is not None and cue.group == "say" for word in name):
        return False
    return name[0][0].isupper() and all(not word[0].islower() or is_role(word) for word in name)


def _is_strong(who: str, said: str = "") -> bool:
    """Whether the words name somebody who can speak: by a role, a title, brackets, two names or more, or capitals before small letters."""
    name = _ASIDE.sub("", who).split()
    if name != who.split() or (who.isupper() and not said.isupper()) or any(is_role(word) or _is_title(word) for word in name):
        return True
    return 2 <= len(name) <= 4 and not any(word.lower() in nouns.FUNCTION_WORDS for word in name)


def _is_title(word: str) -> bool:
    return word.lower().strip(".") in nouns.TITLES


def _resumes(text: str, lines: Sequence[Span], kinds: Sequence[Kind], last: int) -> int:
    """Where the article goes on after the last label: at a paragraph that quotes somebody, a note on the text, or the page's furniture."""
    for (start, end), kind in zip(lines[last + 1 :], kinds[last + 1 :], strict=True):
        line = text[start:end]
        furniture = kind == "boilerplate" and not _STAGE.fullmatch(line)
        if furniture or _NOTE.search(line[:MAX_HEADING_CHARACTERS]) or quotes_others(line):
            return start
    return len(text) + 1
