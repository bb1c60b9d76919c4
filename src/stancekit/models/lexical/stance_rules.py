"""Rule-based stance from sentiment towards the target, its rivals and actions against it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from stancekit.codebook import Sides as SidedLabels
from stancekit.codebook import Task
from stancekit.codebook.codebook import Polarity
from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import sha256, to_json
from stancekit.models.base import PARAMS, Inputs, TextModel, Weights
from stancekit.models.lexical import english
from stancekit.models.lexical.lexicon import READ, pattern_of, plain, vader, vader_digest
from stancekit.models.lexical.targeted_sentiment import COUNTS, appraise, values_of
from stancekit.models.linear.head import LinearHead, fit_head
from stancekit.models.params import ClassWeight, Positive, Template
from stancekit.models.state import Classes, Digest, State, fault_of, read_state
from stancekit.models.templates import render

# Set by hand on invented statements (tests/behaviour, files a to c), for want of labels to fit them to.
_TARGET, _RIVAL, _UNPLACED, _ACTION, _NEITHER, _DROPPED, _SHARPNESS = 1.6, 1.6, 1.0, 0.5, 0.45, 0.3, 1.2

_Polarities = tuple[tuple[str, Polarity], ...]


class _Rules(State):
    """`sides.json`."""

    classes: Classes
    sides: SidedLabels | None
    words: Digest


@dataclass(eq=False, repr=False)
class Sides(TextModel):
    """Rules for a task whose codebook has `sides`, a small head over the same counts for any other task.

    Counted are evaluative words about the target, its rivals and actions against it, with negation, rejection, concession
    and demands for change (`targeted_sentiment.COUNTS`; English). Words are VADER's, overridden by the packaged
    `english.yaml`, overridden by the codebook's `evaluative_words`. With sides nothing but the labels is learnt: the balance
    of the counts, praise of the target and blame of a rival or an action on one side, is the score of the two sides; an
    action alone speaks against; without any of it the label is `neither`.

    Parameters
    ----------
    template : what it reads. C : inverse strength of the L2 penalty of the head. class_weight : `balanced`, or `None`.
    task : what the codebook says of the task (`codebook.Task` as plain JSON).

    References
    ----------
    Somasundaran and Wiebe (2009), Recognizing stances in online debates, ACL: stance from opinions of targets and rivals.
    Hutto and Gilbert (2014), VADER, ICWSM: most of the words.
    """

    model_type = "sides"

    template: Template = "{text}"
    C: Positive = 0.3
    class_weight: ClassWeight = "balanced"
    task: dict[str, Any] | None = None

    def check(self) -> None:
        _of(self.task)

    def _fit(self, X: Inputs, y: NDArray[Any], weights: Weights, groups: Any) -> None:
        self.sides_, self.polarities_ = _of(self.task)
        if self.sides_ is None:
            self.head_ = fit_head(_features(self._counts(X)), y, "logistic", self.C, self.class_weight, weights)

    def _proba(self, X: Inputs) -> NDArray[np.float64]:
        counts = self._counts(X)
        if self.sides_ is None:
            return self.head_.proba(_features(counts))
        scores = np.exp(_SHARPNESS * _scores(counts, self.sides_, self.classes_.tolist()))
        result: NDArray[np.float64] = scores / scores.sum(axis=1, keepdims=True)
        return result

    def _counts(self, X: Inputs) -> NDArray[np.float64]:
        """(n, 8), the `COUNTS` of each statement's first words."""
        things = things_of(self.sides_)
        rows = [_counted(text, things, self.polarities_) for text in render(self.template, X)]
        return np.array(rows).reshape(len(rows), len(COUNTS))

    def _write(self, directory: Path) -> None:
        if self.sides_ is None:
            self.head_.save(directory)
        write_atomic(directory / "sides.json", to_json({"classes": self.classes_.tolist(), "sides": self.sides_, "words": words_digest()}))

    def _read(self, directory: Path) -> None:
        path = directory / "sides.json"
        known = read_state(path, _Rules)
        if (found := words_digest()) != known.words:
            raise InputError(path, f"was made with other evaluative words than these: their sha256 is {found}", [known.words])
        self.sides_, self.polarities_ = None if known.sides is None else known.sides.model_dump(), _of(self.task, directory / PARAMS)[1]
        self.classes_ = np.array(known.classes)
        if self.sides_ is None:
            self.head_ = LinearHead.load(directory, len(COUNTS) + 1, known.classes)


def things_of(sides: Mapping[str, Any] | None) -> re.Pattern[str]:
    """Finds what the codebook names, in a group for each kind; without sides nothing."""
    kinds = ("rival", "action", "target")  # where two begin at one place the first of these
    words = {kind: [plain(word) for word in (sides or {}).get(kind, [])] for kind in kinds}
    return re.compile("|".join(f"(?P<{kind}>{pattern_of(found).pattern})" for kind, found in words.items()))


def _of(task: Mapping[str, Any] | None, where: str | Path = "task") -> tuple[dict[str, Any] | None, _Polarities]:
    """The sides of a task, `None` where it has none, and its evaluative words with their polarities.

    Raises `InputError` for what no codebook may have, and for a word that shifts what others say whatever the domain.
    """
    if task is None:
        return None, ()
    try:
        asked = Task.model_validate(task)
    except ValidationError as error:
        raise InputError(where, fault_of(error)) from None
    polarities = tuple((plain(word), polarity) for word, polarity in asked.evaluative_words.items())
    if shifting := [word for word, _ in polarities if word in english.shifters()]:
        raise InputError(where, f"`evaluative_words`: '{shifting[0]}' shifts what other words say in any domain; leave it out")
    return None if asked.sides is None else asked.sides.model_dump(), polarities


def words_digest() -> str:
    """SHA-256 of all evaluative words, VADER's included."""
    return sha256(to_json([vader_digest(), english.content()]).encode())


@lru_cache(maxsize=16)
def _values(polarities: _Polarities) -> dict[str, float]:
    return values_of(vader().lexicon, dict(polarities))


@lru_cache(maxsize=4096)
def _counted(text: str, things: re.Pattern[str], polarities: _Polarities) -> tuple[float, ...]:
    """Kept, since folds, tasks and composites ask for the same texts again."""
    return tuple(appraise(" ".join(text.split()[:READ]), things, _values(polarities)).tolist())


def _features(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 9): the counts, damped, and their balance."""
    balance = counts[:, 0] - counts[:, 1] - counts[:, 2] + counts[:, 3] + counts[:, 4] - counts[:, 5]
    return np.column_stack([np.log1p(counts), np.tanh(balance)])


def _scores(counts: NDArray[np.float64], sides: Mapping[str, Any], classes: list[str]) -> NDArray[np.float64]:
    """(n, n_classes). A label that is no side is as likely as the lesser of them."""
    target, rival, unplaced = counts[:, 0] - counts[:, 1], counts[:, 3] - counts[:, 2], counts[:, 4] - counts[:, 5]
    balance = _TARGET * np.tanh(target) + _RIVAL * np.tanh(rival) + _UNPLACED * np.tanh(0.8 * unplaced)
    acted = _ACTION * np.minimum(counts[:, 6], 1) * (rival <= 0)
    of = {
        sides["favour"]: np.maximum(balance, 0),
        sides["against"]: np.maximum(-balance, 0) + acted,
        sides["neither"]: _NEITHER + _DROPPED * np.minimum(counts[:, 7], 1),
    }
    return np.column_stack([of.get(label, np.zeros(len(counts))) for label in classes])
