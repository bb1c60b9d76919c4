"""Turns of a transcript: a label says who speaks (`NAME: text`, `Q. text`, a name on a line of its own), until the next label.

One decision a document, from structure that recurs: a colon after a few words is a lead-in or a heading in most articles.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stancekit.records import Kind
from stancekit.statements.english import nouns
from stancekit.statements.english.first_names import gender_of_given
from stancekit.statements.english.reporting_verbs import CUES
from stancekit.statements.segmentation.letters.lines import Lines
from stancekit.statements.segmentation.lines import MAX_HEADING_CHARACTERS
from stancekit.statements.text.quotation_marks import Span
from stancekit.statements.text.wordlist import words

_CLOCK = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_LABEL = re.compile(
    rf"(?:(?:>>|[-–—•])\s?)?(?:{_CLOCK}\s+)?\*{{0,2}}(?:(?P<letter>[QA])\d{{0,2}}\*{{0,2}}[.:)]|(?P<who>[^\W\d_][^:;<>\n“”\"?!]{{0,90}}?)"
    rf"(?:\s+{_CLOCK})?\*{{0,2}}:)\*{{0,2}}(?=\s|$)|<v(?:\.[\w.]+)?\s+(?P<voice>[^<>\n]{{1,80}})>\s*"
)
_ALONE = re.compile(rf"\*{{0,2}}(?P<who>[^\W\d_][^:;<>\n“”\"?!.,]{{1,59}}?)\*{{0,2}}(?:\s+{_CLOCK})?")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_STAGE = re.compile(r"[(\[][^()\[\]]*[)\]]\.?|WEBVTT\b.*|\d{1,4}|[\d:.,]+ --> .*|</v>")
_NOTE = re.compile(r"\b(?:interview|conversation|transcript|discussion|answers?)\b.{0,40}\b(?:edited|condensed|abridged|translated|ends)\b")
_SMALL = words("of for the and & de da di du van von der den del la le al bin to at in on")
_ROLES = words(
    "interviewer questioner moderator host facilitator narrator respondent interviewee participant audience caller voice question answer"
    " unidentified unknown clerk speaker witness counsel mc presenter anchor"
)
# Labels of mails, of facts and figures and of captions, which recur too.
_FIELDS = words(
    "from to cc bcc date sent subject re fw fwd tel telephone phone fax mobile email e-mail note notes source sources photo photos image"
    " picture caption video credit update updated correction background location address time when where what who why how cost price"
    " prices tags topics contact contacts website web url published posted read more see watch listen related ps nb pros cons verdict"
    " claim fact myth reality rating result score best worst overview summary key editing reporting writing editor category section title"
    " outlet byline language type status reference attachments home away goals attendance referee today tomorrow yesterday"
)
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Turn:
    """The label is `text[start:end]`, whom it names `text[who[0]:who[1]]`; what they say goes on from `end` to `until`."""

    start: int
    end: int
    who: Span
    until: int


def find_turns(text: str, lines: Sequence[Span], parts: Sequence[int] = ()) -> list[Turn]:
    """Find the turns in order, `[]` where the text is no transcript. `parts` are the starts of lines at which another entry begins.

    Three labels or more, of two speakers at least, must recur or stand in most lines. In other texts a name in capitals
    before the words of one line is a turn of one line (`ANN EXAMPLE: We lost.`).
    """
    labels = _decided(text, lines, list(_labels(text, lines)))
    if not labels and not parts:
        labels = _decided(text, lines, list(_names_alone(text, lines)), alone=True)
    if not labels:
        lone = ((n, m) for n, m in _labels(text, lines) if _is_lone(m, text[m.end() : lines[n][1]]))
        return [_turn(text, lines[n][0], m, lines[n][1]) for n, m in lone]
    ends = sorted([*(lines[n][0] for n, _ in labels[1:]), *parts, _resumes(text, lines, labels[-1][0])])
    return [_turn(text, lines[n][0], m, next(end for end in ends if end > lines[n][0])) for n, m in labels]


def split_lines(text: str, lines: Sequence[Span], turns: Sequence[Turn]) -> tuple[list[Span], dict[int, Kind]]:
    """Return the lines with each label as one of its own, and by their start what is known of some: labels and stage directions
    (`boilerplate`), what follows a label (`sentence`)."""
    found: list[Span] = []
    kinds: dict[int, Kind] = {}
    labels = {turn.start: turn for turn in turns}
    after = False
    for start, end in lines:
        turn = labels.get(start)
        if turn is not None:
            found.append((start, turn.end))
            kinds[start], after = "boilerplate", True
            start = turn.end + len(text[turn.end : end]) - len(text[turn.end : end].lstrip())
        if start >= end:
            continue
        close = end - 4 if text.endswith("</v>", start, end) and end - start > 4 else end
        if len(turns) > 1 and end - start < MAX_HEADING_CHARACTERS and _STAGE.fullmatch(text, start, end):
            kinds[start] = "boilerplate"
        elif after:
            kinds[start], after = "sentence", False
        found.append((start, start + len(text[start:close].rstrip())))
        if close < end:
            found.append((close, end))
            kinds[close] = "boilerplate"
    return found, kinds


def _turn(text: str, start: int, match: re.Match[str], until: int) -> Turn:
    group = match.lastgroup or "who"
    return Turn(start, start + len(text[start : match.end()].rstrip()), match.span(group), until)


def _labels(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, re.Match[str]]]:
    for number, (start, end) in enumerate(lines):
        match = _LABEL.match(text, start, end)
        if match is not None and (match["who"] is None or _is_speaker(match["who"])):
            yield number, match


def _names_alone(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, re.Match[str]]]:
    """Short lines above longer ones that may name who speaks."""
    for number, (start, end) in enumerate(lines[:-1]):
        match = _ALONE.fullmatch(text, start, end) if end - start < 80 else None
        first, last = lines[number + 1]
        if match is not None and text[last - 1] in ".!?…”\")]" and last - first > 3 and _is_speaker(match["who"]) and _is_strong(match["who"]):
            yield number, match


def _decided(text: str, lines: Sequence[Span], labels: list[tuple[int, re.Match[str]]], *, alone: bool = False) -> list[tuple[int, re.Match[str]]]:
    """The labels, if they are those of a transcript, else none."""
    found = [_ASIDE.sub("", m[m.lastgroup or 0]).casefold().strip() for _, m in labels]
    count = Counter(found)
    if all(m["letter"] for _, m in labels) if not alone else False:
        return labels if {"q", "a"} <= set(found) else []
    if len(found) < 3 or len(count) < 2:
        return []
    recurring = sum(n > 1 for n in count.values())
    if alone:
        return [label for label, name in zip(labels, found, strict=True) if count[name] > 1] if recurring > 1 else []
    strong = all(m["who"] is None or _is_strong(m["who"], text[m.end() : lines[n][1]]) for n, m in labels)
    return labels if recurring > 1 or (strong and (recurring or 2 * len(labels) >= len(lines))) else []


def _is_speaker(who: str) -> bool:
    """Whether the words can name a speaker: capitals, small words between them, what is said of them in brackets or after a comma."""
    name = _ASIDE.sub("", who).split(",")[0].split()
    if not name or len(who.split()) > _MOST_WORDS + 6 or len(name) > _MOST_WORDS or not name[0][0].isupper():
        return False
    if name[0].lower() in _FIELDS or " ".join(name).lower() in nouns.NOT_NAMES:
        return False
    small = all(word[0].isupper() or word[0] in "(&’'" or word in _SMALL or word[0].isdigit() or _is_post(word) for word in name)
    says = any((cue := CUES.get(word.lower())) is not None and cue.group == "say" for word in name)
    return small and not says


def _is_post(word: str) -> bool:
    return nouns.is_role(word) or word in _ROLES or word in nouns.ROLE_MODIFIERS or word in nouns.ORGANISATION_NOUNS


def is_role_label(name: str) -> bool:
    """Whether a label is a common noun for who speaks: `Chair`, `Interviewer 2`, `Audience member`."""
    found = [word.lower().strip(".") for word in name.split() if word[0].isalpha()]
    return bool(found) and all(word in _SMALL or word == "member" or _is_post(word) for word in found)


def _is_strong(who: str, said: str = "x") -> bool:
    """Whether the words name somebody who can speak beside being capitals: a role, a title, brackets, two names, or capitals alone."""
    name = _ASIDE.sub("", who).split(",")[0].split()
    if name != who.split() or (who.isupper() and not said.isupper()):
        return True
    if name[0].lower().strip(".") in nouns.TITLES or any(_is_post(word.lower()) for word in name):
        return True
    return 2 <= len(name) <= 4 and not any(word.lower() in nouns.FUNCTION_WORDS for word in name)


def _is_lone(match: re.Match[str], said: str) -> bool:
    """A first name or title and a surname in capitals, before words that are not."""
    name = (match["who"] or "").split()
    if not 2 <= len(name) <= 4 or not match["who"].isupper() or not said.strip() or said.isupper():
        return False
    return bool(gender_of_given(name[0])) or name[0].lower().strip(".") in nouns.TITLES


def _resumes(text: str, lines: Sequence[Span], last: int) -> int:
    """Where the article goes on after the last label: at a paragraph that quotes somebody, a note on the text, or the page's furniture."""
    below = Lines(text, lines[last + 1 :])
    for number, (start, _) in enumerate(below.spans):
        line = below.line(number)
        furniture = below.kind(number) == "boilerplate" and not _STAGE.fullmatch(line)
        if furniture or _NOTE.search(line) or below.report(number) == "quoted":
            return start
    return len(text) + 1
