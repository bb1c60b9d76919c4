"""What a text says well and ill of, counted: words of appraisal, what turns them round, and what each is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from stancekit.models.lexical.english import (
    CHANGE,
    COMPLEMENT,
    DEMAND,
    EASE,
    ILL,
    INTENT,
    NEGATORS,
    OTHER_SENSE,
    PHRASES,
    REJECT,
    VERDICT,
    WELL,
)

COUNTS = (
    "target well",
    "target ill",
    "rival well",
    "rival ill",
    "unplaced well",
    "unplaced ill",
    "action taken",
    "action dropped",
)
"""What `appraise` counts. A rival, an action or a change is appraised as `rival`: to praise it is to say ill of the target."""

Thing = Literal["target", "rival", "action"]
_PLACE = {"target": 0, "rival": 2, "action": 2, None: 4}
_CONCEDED = 0.4
# How many words back something turns a word round, and how far off a thing may be that a word is about.
_NEGATED, _EASED, _REJECTED, _UNPROVEN, _NEAR, _JUDGED = 5, 4, 12, 14, 12, 10
_OF_ACTION, _OF_INTENT, _FOUGHT = 5, 3, 8
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.;!?])\s|[:—–]|(?<=[”\"])\s")
_BUT = re.compile(r",?\s*\b(?:but|yet)\b")
_CONCESSION_FIRST = re.compile(r"\W*(?:while|although|though|even if|despite|having)\b([^,]*),(.*)", re.DOTALL)
_CONCESSION_LAST = re.compile(r"(.*?),?\s\b(?:although|though|even if|despite|whatever)\b(.*)", re.DOTALL)


@dataclass(frozen=True)
class _Mention:
    """Words `start` to `stop` of a clause name a thing."""

    thing: Thing
    start: int
    stop: int


def values_of(vader: dict[str, float]) -> dict[str, float]:
    """Word → how well (above 0) or ill it speaks, from VADER's list and the project's own."""
    kept = {w: v for w, v in vader.items() if w.isalpha() and len(w) > 3 and abs(v) >= 1 and w not in OTHER_SENSE}
    values = {w: float(np.sign(v)) * (0.5 + min(abs(v), 3) / 6) for w, v in kept.items()}
    values |= dict.fromkeys(WELL, 1.0) | dict.fromkeys(ILL, -1.0)
    return {word: value for word, value in values.items() if word not in CHANGE | REJECT | EASE}


def appraise(text: str, things: re.Pattern[str], values: dict[str, float]) -> NDArray[np.float64]:
    """The `COUNTS` of a text, (8,). `things` has a group for each `Thing`; the words of a concession count for less."""
    counts = np.zeros(len(COUNTS))
    for clause, weight in _clauses(_normal(text)):
        _Clause(clause, things, values).count(counts, weight)
    return counts


def _normal(text: str) -> str:
    text = text.casefold().replace("’", "'")
    for pattern, word in PHRASES:
        text = pattern.sub(word, text)
    return text


def _clauses(text: str) -> Iterator[tuple[str, float]]:
    """A concession weighs less than what it is conceded for."""
    for sentence in _SENTENCE.split(text):
        parts = _BUT.split(sentence)
        for i, part in enumerate(parts):
            weight = 1.0 if i == len(parts) - 1 else _CONCEDED
            if found := _CONCESSION_FIRST.match(part):
                yield from ((found[1], _CONCEDED * weight), (found[2], weight))
            elif found := _CONCESSION_LAST.match(part):
                yield from ((found[1], weight), (found[2], _CONCEDED * weight))
            else:
                yield part, weight


class _Clause:
    """The words of a clause by what they do. Every look goes a few words far, so time is in line with length."""

    def __init__(self, clause: str, things: re.Pattern[str], values: dict[str, float]) -> None:
        found = list(_WORD.finditer(clause))
        self.words = [m.group() for m in found]
        starts = np.array([m.start() for m in found])
        self.names: set[int] = set()  # words of names neither appraise nor turn: "limit" in "20mph limit", "cuts" in "welfare cuts"
        self.mentions = self._mentions(clause, things, starts)
        named = self.names | {i for m in self.mentions if m.thing != "target" for i in range(m.start, m.stop)}
        self.values = values
        free = [i for i in range(len(self.words)) if i not in named]
        self.appraisals = {i for i in free if self.words[i] in values}
        self.changes = {i for i in free if self.words[i] in CHANGE}
        self.rejections = {i for i in free if self.words[i] in REJECT}
        self.about = self._nearest()

    def _mentions(self, clause: str, things: re.Pattern[str], starts: NDArray[np.int_]) -> list[_Mention]:
        """A target right after an action belongs to it ("a boycott of the inspections"), as does a plan for one."""
        kept: list[_Mention] = []
        for match in things.finditer(clause):
            thing: Thing = match.lastgroup  # type: ignore[assignment]
            start, stop = (int(np.searchsorted(starts, at)) for at in match.span())
            self.names |= set(range(start, stop))
            if kept and thing == "target" and kept[-1].thing == "action" and start - kept[-1].stop <= _OF_ACTION:
                kept[-1] = _Mention("action", kept[-1].start, stop)
                continue
            last = kept[-1] if kept and kept[-1].thing == "target" else None
            if (
                last
                and thing == "action"
                and start - last.stop <= _OF_INTENT
                and INTENT.intersection(self.words[last.start : last.start + 1])
            ):
                kept.pop()
            kept.append(_Mention(thing, start, stop))
        return kept

    def _intends(self, mention: _Mention) -> bool:
        """A name may have no word of letters, and then none stands at its place."""
        return mention.thing == "target" and bool(INTENT.intersection(self.words[mention.start : mention.start + 1]))

    def _nearest(self) -> list[Thing | None]:
        """For each word the thing that it is about: the nearest, of two as near the later one."""
        best: list[tuple[float, Thing | None]] = [(float("inf"), None)] * len(self.words)
        for mention in self.mentions:
            for i in range(max(0, mention.start - _NEAR), min(len(self.words), mention.stop + _NEAR)):
                distance = mention.start - i if i < mention.start else 0 if i < mention.stop else i - mention.stop + 1.5
                if distance < best[i][0] and distance <= _NEAR:
                    best[i] = (distance, mention.thing)
        return [thing for _, thing in best]

    def count(self, counts: NDArray[np.float64], weight: float) -> None:
        judged: set[int] = set()
        for i in sorted(self.appraisals):
            value = self.values[self.words[i]] * self._sign(i) * weight
            thing = self.about[i]
            if (change := self._judged(i)) is not None:
                judged.add(change)
                thing = "target" if self.about[change] == "action" else "action"
            counts[_PLACE[thing] + (value < 0)] += abs(value)
        for i in sorted(self.changes - judged):
            if self.about[i] == "action":
                counts[7] += weight
            else:
                counts[1 if self._sign(i) > 0 else 0] += weight
        for i in sorted(self.rejections):
            if not self._turns_something(i):
                counts[_PLACE[self.about[i]] + 1] += weight
        for mention in self.mentions:
            if mention.thing == "action":
                self._count_action(mention, counts, weight)
        said = self.appraisals or self.changes or self.rejections or any(m.thing == "action" for m in self.mentions)
        if not said and self.mentions and any(word in DEMAND for word in self.words):
            counts[1] += weight / 2  # who asks something of a policy seldom asks for it as it is

    def _count_action(self, mention: _Mention, counts: NDArray[np.float64], weight: float) -> None:
        if any(word in REJECT for word in self.words[max(0, mention.start - _FOUGHT) : mention.start]):
            counts[3] += weight
        else:
            counts[6 if self._sign(mention.start) > 0 else 7] += weight

    def _sign(self, at: int) -> float:
        """-1 where what goes before turns the word round an odd number of times."""
        sign = 1.0
        for i in range(max(0, at - _UNPROVEN), at):
            word, back = self.words[i], at - i
            turns = i not in self.names and (
                word == "noevidence"
                or (back <= _REJECTED and word in REJECT)
                or (back <= _NEGATED and (word in NEGATORS or word.endswith("n't")))
                or (back <= _EASED and word in EASE)
            )
            sign = -sign if turns else sign
        return sign

    def _judged(self, at: int) -> int | None:
        """The change that a word of appraisal is about: "a delay would be cruel", "glad that the ballot was dropped"."""
        for change in range(max(0, at - _JUDGED), min(len(self.words), at + _JUDGED + 1)):
            if change not in self.changes:
                continue
            between = set(self.words[min(at, change) + 1 : max(at, change)])
            if between & VERDICT if change < at else between & COMPLEMENT and not between & {"and", "but"}:
                return change
        return None

    def _turns_something(self, at: int) -> bool:
        """To reject what is said of a thing is no verdict of its own."""
        later = range(at + 1, min(len(self.words), at + _REJECTED + 1))
        return any(i in self.appraisals or i in self.changes or self.words[i] == "noevidence" for i in later)
