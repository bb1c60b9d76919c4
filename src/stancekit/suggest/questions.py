"""Tasks as classification questions, and a model's answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stancekit.codebook import Codebook
from stancekit.codebook.single_label import YES, learnable, learnable_labels
from stancekit.records import Annotation, ModelInput


@dataclass(frozen=True)
class Question:
    """A single-label task, or whether one label of a multi-label task holds; with the statements that were labelled for it.

    `name` is the task's, or that of a label of it as `learnable` calls it (`topics_funding`); `label` is then that label.
    """

    name: str
    task: str
    label: str
    labels: tuple[str, ...]
    rows: tuple[Annotation, ...]
    answers: tuple[str, ...]

    @property
    def counts(self) -> NDArray[np.int64]:
        """How often each label was given, (n_labels,)."""
        return np.array([self.answers.count(label) for label in self.labels], dtype=np.int64)


@dataclass(frozen=True)
class Belief:
    """What a model holds of one question. `proba`: (n, n_labels), rows sum to 1."""

    question: Question
    proba: NDArray[np.float64]


def questions(labelled: Sequence[Annotation], codebook: Codebook) -> list[Question]:
    """Return the questions of a codebook in its order; each has the rows that label its task."""
    return [question for task in codebook.tasks for question in _of_task(labelled, codebook, task)]


def _of_task(labelled: Sequence[Annotation], codebook: Codebook, task: str) -> Iterator[Question]:
    working = learnable(codebook, [task])
    rows = tuple(a for a in labelled if task in a.labels)
    found = [learnable_labels(a.labels, codebook, working) for a in rows]
    for name in working.tasks:
        label = "" if codebook.tasks[task].kind == "single" else name.removeprefix(f"{task}_")
        yield Question(name, task, label, working.labels(name), rows, tuple(row[name] for row in found))


def beliefs(asked: Sequence[Question], texts: Sequence[str], model: str, params: Mapping[str, Any]) -> list[Belief]:
    """Fit a model to each question and predict on the texts. Questions with a single answer are left out: there is nothing to learn."""
    from stancekit.models.registry import make_model
    from stancekit.models.saved import align

    found = []
    for question in asked:
        if len(set(question.answers)) > 1:
            fitted = make_model(model, **params).fit([ModelInput(a.text) for a in question.rows], list(question.answers))
            found.append(Belief(question, align(fitted.predict_proba(list(texts)), fitted.classes_, question.labels)))
    return found


def suggested(answers: Iterable[tuple[Belief, int]]) -> dict[str, dict[str, float]]:
    """Return task → label → probability for one text, rounded to read; of a multi-label task, that the label holds.

    `answers` are what is believed of it, each with the text's row there.
    """
    found: dict[str, dict[str, float]] = {}
    for belief, row in answers:
        shares = dict(zip(belief.question.labels, (round(float(p), 4) for p in belief.proba[row]), strict=True))
        of_task = found.setdefault(belief.question.task, {})
        of_task |= {belief.question.label: shares[YES]} if belief.question.label else shares
    return found


def percentage(p: float) -> str:
    """Format a probability for a reason: `.48`."""
    return f"{p:.2f}".removeprefix("0")
