"""Likely label errors to review, by confident learning on out-of-fold probabilities. No label is changed.

A label is doubted where a model that has not seen it says another. First come those that confident learning counts as
errors, by class and by pair of classes (Northcutt, Jiang and Chuang 2021, doi:10.1613/jair.1.12125); then the least probable.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from stancekit.annotations.items import Item, Queue
from stancekit.codebook import Codebook
from stancekit.errors import InputError, missing_extra, refuse_paths
from stancekit.predictions import Predictions
from stancekit.records import Annotation, Statement
from stancekit.suggest.questions import Belief, Question, percentage, questions, suggested


class _Validated(Protocol):
    """A `CrossValidation`."""

    @property
    def predictions(self) -> Sequence[Predictions]: ...


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A row of a question whose label looks wrong. The lower its rank, the worse: whether confident learning lets it pass,
    then how probable the label is, in units of what chance would give it, so that tasks of few and of many labels compare."""

    rank: tuple[bool, float]
    row: int
    why: str


def review_queue(
    annotations: Sequence[Annotation],
    predictions: Sequence[Predictions] | _Validated,
    codebook: Codebook,
    *,
    n: int = 20,
    items: Sequence[Item] = (),
) -> Queue:
    """Queue up to n statements whose label looks wrong, the likeliest first; none where the model agrees with all.

    Confident learning over out-of-fold probabilities. Ref: Northcutt, Jiang and Chuang 2021, doi:10.1613/jair.1.12125.

    `suggested` holds the model's probabilities and `reason` tells label and model apart, such as `stance is neutral; out of
    fold the model says oppose .91`: a page that is blind shows neither. The holder is left open too.

    Parameters
    ----------
    annotations : the labels to look at. codebook : of their tasks. n : at most this many.
    predictions : what `cross_validate` gives, of which those with the annotated holder count; or predictions out of fold, with
        probabilities, of which those of one task (seeds, say) are averaged. Statements without any are passed over.
    items : the statements as they were read, for what stands around them; without them an item is made of its annotation.

    Returns
    -------
    Queue : a list of items, which `to_frame` shows as a table.

    Raises
    ------
    InputError : n is below 1, nothing annotated was predicted, or the predictions have other labels than the codebook.
    MissingError : cleanlab is not installed.
    """
    refuse_paths(annotations=annotations, codebook=codebook)
    if not isinstance(predictions, Sequence):
        predictions = [p for p in predictions.predictions if p.holder != "found"]
    if n < 1:
        raise InputError("n", f"is {n}; at least one statement must be asked for")
    held = _held(annotations, predictions, codebook)
    suspects: dict[str, list[_Suspect]] = defaultdict(list)
    for belief in held:
        for suspect in _suspects(belief, codebook.also_task):
            suspects[belief.question.rows[suspect.row].statement_id].append(suspect)
    ranked = sorted(suspects, key=lambda identity: (min(s.rank for s in suspects[identity]), identity))
    around = {item.statement.id: item for item in items}
    by_id = {a.statement_id: a for a in annotations}
    queue = Queue()
    for identity in ranked[:n]:
        a = by_id[identity]
        item = around.get(identity) or Item(Statement(a.statement_id, a.article_id, a.start, a.end, a.text, joined=a.joined))
        why = "; ".join(dict.fromkeys(s.why for s in sorted(suspects[identity], key=lambda s: s.rank)))
        queue.append(replace(item, suggested=suggested(_rows_of(held, identity)), reason=why))
    return queue


def _held(annotations: Sequence[Annotation], predictions: Sequence[Predictions], codebook: Codebook) -> list[Belief]:
    """What the predictions say on the annotated statements of each question."""
    asked = {question.name: question for question in questions(annotations, codebook)}
    known: dict[str, list[Mapping[str, NDArray[np.float64]]]] = defaultdict(list)
    for p in predictions:
        if p.proba is None:
            raise InputError(f"predictions of '{p.model}'", "has no probabilities, which error detection needs")
        if p.task not in asked:  # a view: the labels it merges are judged by their task's own
            continue
        labels = asked[p.task].labels
        if set(p.labels) != set(labels):
            raise InputError(f"predictions of '{p.model}'", f"are of other labels of '{p.task}': {', '.join(p.labels)}", labels)
        known[p.task].append(dict(zip(p.ids, p.proba[:, [p.labels.index(label) for label in labels]], strict=True)))
    found = []
    for name, several in known.items():
        question = asked[name]
        rows = [i for i, a in enumerate(question.rows) if all(a.statement_id in one for one in several)]
        if rows:
            proba = np.mean([[one[question.rows[i].statement_id] for i in rows] for one in several], axis=0)
            found.append(Belief(_only(question, rows), proba))
    if not found:
        raise InputError("predictions", "are of none of the annotated statements and tasks; name the run that was made with these labels")
    return found


def _only(question: Question, rows: Sequence[int]) -> Question:
    kept, answers = tuple(question.rows[i] for i in rows), tuple(question.answers[i] for i in rows)
    return replace(question, rows=kept, answers=answers)


def _suspects(belief: Belief, also_task: str | None) -> Iterator[_Suspect]:
    """The rows for which the model says a label that was not given, nor allowed besides."""
    question, proba = belief.question, belief.proba
    if len(set(question.answers)) < 2:  # nothing to mistake it for
        return
    asked = f"{question.task}: {question.label}" if question.label else question.task
    given = np.array([question.labels.index(answer) for answer in question.answers])
    issues, quality = _judge(given, proba)
    for i, best in enumerate(proba.argmax(axis=1).tolist()):
        said = question.labels[best]
        besides = question.rows[i].also if question.task == also_task else ()
        if best != given[i] and said not in besides:
            why = f"{asked} is {question.answers[i]}; out of fold the model says {said} {percentage(float(proba[i, best]))}"
            yield _Suspect((not issues[i], float(quality[i]) * len(question.labels)), i, why)


def _judge(given: NDArray[np.int64], proba: NDArray[np.float64]) -> tuple[Any, Any]:
    """(n,) whether confident learning counts each label as an error, and how probable it is."""
    try:
        from cleanlab.filter import find_label_issues
        from cleanlab.rank import get_label_quality_scores
    except ModuleNotFoundError as error:
        raise missing_extra(error) or error from None
    # Probabilities as they are: the models weigh classes by their frequency already, and subtracting each class's threshold
    # once more found fewer of the errors planted in five data sets.
    return find_label_issues(given, proba, filter_by="both", n_jobs=1), get_label_quality_scores(given, proba, method="self_confidence")


def _rows_of(held: Sequence[Belief], identity: str) -> Iterator[tuple[Belief, int]]:
    """Each belief on a statement, with its row there."""
    for belief in held:
        if (row := next((i for i, a in enumerate(belief.question.rows) if a.statement_id == identity), None)) is not None:
            yield belief, row
