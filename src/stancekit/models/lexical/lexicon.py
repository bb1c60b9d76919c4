"""Dictionary model: counts of the codebook's keywords, or VADER's sentiment scores, under a small linear head."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from stancekit.errors import InputError, missing_extra
from stancekit.io.atomic import write_atomic
from stancekit.io.files import sha256, to_json
from stancekit.models.base import Inputs, Weights
from stancekit.models.lexical import english
from stancekit.models.linear.head import Headed, LinearHead
from stancekit.models.params import ClassWeight, Positive, Template
from stancekit.models.state import Digest, State, read_state
from stancekit.models.templates import render

READ = 1000
"""VADER reads so many words and emoji of a text; it is meant for sentences, and its time grows with the square of their length.
It writes words for emoji, and no more than so many; a long word counts once for each `_LONG` characters."""
_LONG = 100

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*\*?")


class _Counted(State):
    """`lexicon.json` with `keywords`."""

    words: dict[str, list[str]]


class _Vader(State):
    """`lexicon.json` with `vader`."""

    vader: Digest


@dataclass(eq=False, repr=False)
class Lexicon(Headed):
    """Logistic regression over a handful of counts: with so few weights, a word list is what it knows.

    With `keywords` a label's feature is `log(1 + n)` of the n times that its words occur, for every label of the task. Its
    words are the codebook's `keywords`; a label without them is looked for by the content words of its definition, in the
    singular and the plural. Case does not count, a keyword is found as whole words, and `*` at the end of a word stands
    for any ending (`ballot*`). With `vader` the features are VADER's negative, neutral, positive and compound scores.

    Parameters
    ----------
    template : what it reads. C : inverse strength of the L2 penalty. class_weight : `balanced`, or `None`.
    task : what the codebook says of the task (`codebook.Task` as plain JSON); `keywords` needs it.

    References
    ----------
    Hutto and Gilbert (2014), VADER: a parsimonious rule-based model for sentiment analysis of social media text, ICWSM.
    """

    model_type = "lexicon"

    template: Template = "{text}"
    lexicon: Literal["keywords", "vader"] = "keywords"
    C: Positive = 1.0
    class_weight: ClassWeight = "balanced"
    task: dict[str, Any] | None = None

    def check(self) -> None:
        if self.lexicon == "keywords" and self.task is not None:
            words_of(self.task)

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        if self.lexicon == "keywords":
            self.words_ = words_of(self.task)
        super()._fit(X, y, weights, groups)

    def _features(self, X: Inputs) -> NDArray[np.float64]:
        """(n, 4) of VADER, or (n, n_labels)."""
        texts = render(self.template, X)
        if self.lexicon == "vader":
            return np.array([_vader_scores(text) for text in texts]).reshape(len(texts), 4)
        patterns = [pattern_of(words) for words in self.words_.values()]
        rows = [[math.log1p(len(pattern.findall(plain(text)))) for pattern in patterns] for text in texts]
        return np.array(rows).reshape(len(texts), len(patterns))

    def _write(self, directory: Path) -> None:
        self.head_.save(directory)
        known = {"vader": vader_digest()} if self.lexicon == "vader" else {"words": {k: list(v) for k, v in self.words_.items()}}
        write_atomic(directory / "lexicon.json", to_json(known))

    def _read(self, directory: Path) -> None:
        path = directory / "lexicon.json"
        if self.lexicon == "keywords":
            self.words_ = {label: tuple(words) for label, words in read_state(path, _Counted).words.items()}
        elif (found := vader_digest()) != (expected := read_state(path, _Vader).vader):
            what = f"has another word list than this model was trained with: its sha256 is {found}"
            raise InputError("vaderSentiment", what, [expected])
        self._adopt(LinearHead.load(directory, len(self.words_) if self.lexicon == "keywords" else 4))


def words_of(task: Mapping[str, Any] | None) -> dict[str, tuple[str, ...]]:
    """Label → its keywords, else the content words of its definition; none where that has none ("None of these").

    Raises `InputError` without a task, for a keyword without a letter, and where no label has a word.
    """
    if task is None:
        raise InputError("model type 'lexicon'", "has no task to take keywords from; give it a codebook's, or lexicon: vader")
    found = {}
    for label, entry in task["labels"].items():
        for keyword in entry["keywords"]:
            if not _WORD.search(plain(keyword)):
                raise InputError(f"label '{label}'", f"keyword {keyword!r} has neither letter nor digit")
        found[label] = tuple(dict.fromkeys(map(plain, entry["keywords"]))) or _content_words(entry["definition"])
    if not any(found.values()):
        raise InputError("model type 'lexicon'", f"no label of '{task['question']}' has keywords, or a definition with content words")
    return found


def pattern_of(words: Sequence[str]) -> re.Pattern[str]:
    """Finds each of the keywords in plain text, where two overlap the longer one. Without keywords it finds nothing."""
    options = [
        r"[\s-]+".join(re.escape(part.rstrip("*")) + r"\w*" * part.endswith("*") for part in _WORD.findall(keyword))
        for keyword in sorted(words, key=lambda w: (-len(w), w))
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(options)})(?!\w)" if options else r"(?!)")


def plain(text: str) -> str:
    """As keywords are compared: lower case, straight apostrophes."""
    return text.replace("’", "'").casefold()


def _content_words(definition: str) -> tuple[str, ...]:
    words = [word.removesuffix("'s") for word in _WORD.findall(plain(definition))]
    kept = [word for word in words if len(word) > 2 and word not in english.words()["stop"]]
    return tuple(dict.fromkeys(form for word in kept for form in _numbers(word)))


def _numbers(word: str) -> tuple[str, str]:
    """The singular and the plural of a word that is one of them, by its ending alone."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y", word
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2], word
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1], word
    if word.endswith("y") and word[-2] not in "aeiou":
        return word, word[:-1] + "ies"
    return word, word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


@lru_cache(maxsize=1)
def vader() -> Any:
    """VADER's analyser. Raises `MissingError` where it is not installed."""
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ModuleNotFoundError as error:
        raise missing_extra(error) or error from None
    return SentimentIntensityAnalyzer()


@lru_cache(maxsize=4096)
def _vader_scores(text: str) -> list[float]:
    """Kept, since folds, tasks and composites ask for the same texts again."""
    scores = vader().polarity_scores(_beginning(" ".join(text.split(None, READ)[:READ])))
    return [scores[name] for name in ("neg", "neu", "pos", "compound")]


def _beginning(text: str) -> str:
    """As much of a text, words with a space between, as VADER reads."""
    if len(text) <= READ // 6:  # a sentence: no emoji stands for more than six words
        return text
    emoji, read, written, length = vader().emojis, 0, 0, 0
    for place, character in enumerate(text):
        if character in emoji:
            read, written, length = read + 1, written + len(emoji[character].split()), 0
        elif character == " ":
            length = 0
        else:
            read, length = read + (length % _LONG == 0), length + 1
        if max(read, written) > READ:
            return text[:place]
    return text


def vader_digest() -> str:
    """SHA-256 of VADER's word list."""
    return sha256(vader().lexicon_full_filepath.encode())
