"""Targeted sentiment: counts of evaluative words by referent, with negation."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stancekit.codebook.codebook import Polarity
from stancekit.models.lexical.english import phrases, shifters, words

COUNTS = (
    *(f"{thing} {polarity}" for thing in ("target", "rival", "unplaced") for polarity in ("positive", "negative")),
    *("action taken", "action dropped"),
)
"""What `appraise` counts. A rival, an action or a change is evaluated as `rival`: to praise it is to speak against the target."""

Thing = Literal["target", "rival", "action"]
_PLACE = {"target": 0, "rival": 2, "action": 2, None: 4}
_CONCEDED = 0.4
# How many words back something turns a word round, and how far off a thing may be that a word is about.
_NEGATED, _REDUCED, _REJECTED, _UNPROVEN, _NEAR, _JUDGED = 5, 4, 12, 14, 12, 10
_OF_ACTION, _OF_INTENT, _FOUGHT = 5, 3, 8
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.;!?])\s|[:—–]|(?<=[”\"])\s")
_BUT = re.compile(r",?\s*\b(?:but|yet)\b")
_CONCESSION_FIRST = re.compile(r"\W*(?:while|although|though|even if|despite|having)\b([^,]*),(.*)", re.DOTALL)
_CONCESSION_LAST = re.compile(r"(.*?),?\s\b(?:although|though|even if|despite|whatever)\b(.*)", re.DOTALL)


class _Mention(NamedTuple):
    """Words `start` to `stop` of a clause name a thing."""

    thing: Thing
    start: int
    stop: int


def values_of(vader: Mapping[str, float], domain: Mapping[str, Polarity]) -> dict[str, float]:
    """Word → its polarity, in [-1, 1]: VADER's list, overridden by the packaged one, overridden by a domain's `evaluative_words`."""
    english, shifting = words(), shifters()
    kept = {w: v for w, v in vader.items() if w.isalpha() and len(w) > 3 and abs(v) >= 1 and w not in english["other_sense"]}
    values = {w: float(np.sign(v)) * (0.5 + min(abs(v), 3) / 6) for w, v in kept.items()}
    values |= dict.fromkeys(english["positive"], 1.0) | dict.fromkeys(english["negative"], -1.0)
    values |= {word: {"positive": 1.0, "neutral": 0.0, "negative": -1.0}[polarity] for word, polarity in domain.items()}
    return {word: value for word, value in values.items() if value and word not in shifting}


def appraise(text: str, things: re.Pattern[str], values: Mapping[str, float]) -> NDArray[np.float64]:
    """The `COUNTS` of a text, (8,). `things` has a group for each `Thing`; the words of a concession count for less."""
    text = text.casefold().replace("’", "'")
    for pattern, word in phrases():
        text = pattern.sub(word, text)
    counts = np.zeros(len(COUNTS))
    for clause, weight in _clauses(text):
        _Clause(clause, things, values).count(counts, weight)
    return counts


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

    def __init__(self, clause: str, things: re.Pattern[str], values: Mapping[str, float]) -> None:
        self.english, self.values = words(), values
        found = list(_WORD.finditer(clause))
        self.words = [m.group() for m in found]
        self.names: set[int] = set()  # words of names neither evaluate nor shift: "limit" in "20mph limit", "cuts" in "welfare cuts"
        self.mentions = self._mentions(clause, things, np.array([m.start() for m in found]))
        named = self.names.union(*(range(m.start, m.stop) for m in self.mentions if m.thing != "target"))
        free = [(i, word) for i, word in enumerate(self.words) if i not in named]
        self.evaluations = {i for i, word in free if word in values}
        self.changes = {i for i, word in free if word in self.english["change"]}
        self.rejections = {i for i, word in free if word in self.english["reject"]}
        self.about = self._nearest()

    def _mentions(self, clause: str, things: re.Pattern[str], starts: NDArray[np.int_]) -> list[_Mention]:
        """A target right after an action belongs to it ("a boycott of the bypass"), as does a plan for one."""
        kept: list[_Mention] = []
        for match in things.finditer(clause):
            thing: Thing = match.lastgroup  # type: ignore[assignment]
            start, stop = (int(np.searchsorted(starts, at)) for at in match.span())
            self.names |= set(range(start, stop))
            last = kept[-1] if kept else None
            if last and (last.thing, thing) == ("action", "target") and start - last.stop <= _OF_ACTION:
                kept[-1] = last._replace(stop=stop)
                continue
            if last and (last.thing, thing) == ("target", "action") and start - last.stop <= _OF_INTENT and self._intends(last):
                kept.pop()
            kept.append(_Mention(thing, start, stop))
        return kept

    def _intends(self, mention: _Mention) -> bool:
        """A name may have no word of letters, and then none stands at its place."""
        return not self.english["intent"].isdisjoint(self.words[mention.start : mention.start + 1])

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
        for i in sorted(self.evaluations):
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
            if not self._shifts_something(i):
                counts[_PLACE[self.about[i]] + 1] += weight
        actions = [mention.start for mention in self.mentions if mention.thing == "action"]
        for start in actions:
            if not self.english["reject"].isdisjoint(self.words[max(0, start - _FOUGHT) : start]):
                counts[3] += weight
            else:
                counts[6 if self._sign(start) > 0 else 7] += weight
        said = self.evaluations or self.changes or self.rejections or actions
        if not said and self.mentions and not self.english["demand"].isdisjoint(self.words):
            counts[1] += weight / 2  # who asks something of a policy seldom asks for it as it is

    def _sign(self, at: int) -> float:
        """-1 where what goes before turns the word round an odd number of times."""
        sign = 1.0
        for i in range(max(0, at - _UNPROVEN), at):
            word, back = self.words[i], at - i
            turns = i not in self.names and (
                word == "noevidence"
                or (back <= _REJECTED and word in self.english["reject"])
                or (back <= _NEGATED and (word in self.english["negate"] or word.endswith("n't")))
                or (back <= _REDUCED and word in self.english["reduce"])
            )
            sign = -sign if turns else sign
        return sign

    def _judged(self, at: int) -> int | None:
        """The change that an evaluative word is about: "a delay would be cruel", "glad that the ballot was dropped"."""
        for change in range(max(0, at - _JUDGED), min(len(self.words), at + _JUDGED + 1)):
            if change in self.changes:
                between = set(self.words[min(at, change) + 1 : max(at, change)])
                if (
                    between & self.english["verdict"]
                    if change < at
                    else between & self.english["complement"] and not between & {"and", "but"}
                ):
                    return change
        return None

    def _shifts_something(self, at: int) -> bool:
        """To reject what is said of a thing is no verdict of its own."""
        later = range(at + 1, min(len(self.words), at + _REJECTED + 1))
        return any(i in self.evaluations or i in self.changes or self.words[i] == "noevidence" for i in later)
