"""Labels that look wrong: planted errors are found, the labels themselves are left alone."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from pools import BOOK, annotations, items, label_of
from several import annotation
from stancekit.annotations.items import Item
from stancekit.data.dataset import Dataset
from stancekit.errors import InputError, MissingError
from stancekit.experiment.cross_validation import CrossValidation
from stancekit.predictions import Predictions
from stancekit.records import Annotation
from stancekit.suggest import review_queue
from stancekit.suggest.out_of_fold import fresh_predictions

POOL = items({"oppose": 60, "neutral": 60, "support": 40})
STANCES = ("oppose", "neutral", "support")


def mistaken(rows: Sequence[Annotation], every: int = 12) -> tuple[list[Annotation], set[str]]:
    """The rows with every so-manieth stance wrong, and the statements it is wrong in."""
    found, wrong = list(rows), set()
    for k in range(0, len(rows), every):
        right = str(found[k].labels["stance"])
        found[k] = replace(found[k], labels={**found[k].labels, "stance": STANCES[(STANCES.index(right) + 1) % 3]})
        wrong.add(found[k].statement_id)
    return found, wrong


def said(task: str, labels: Sequence[str], proba: dict[str, list[float]], model: str = "m", seed: int = 0) -> Predictions:
    array = np.array(list(proba.values()))
    names = tuple(labels[k] for k in array.argmax(axis=1))
    return Predictions(task, tuple(labels), model, "purged", "none", seed, tuple(proba), ("f",) * len(proba), names, array)


def sure(rows: Sequence[Annotation], task: str = "stance", labels: Sequence[str] = STANCES) -> dict[str, list[float]]:
    """Probabilities that agree with every label of a task."""
    return {a.statement_id: [0.9 if a.labels[task] == label else 0.05 for label in labels] for a in rows}


def plain() -> list[Annotation]:
    return [annotation("a", i, {"stance": STANCES[i % 3]}, text=f"statement {i}") for i in range(30)]


def test_planted_errors_come_first() -> None:
    rows, wrong = mistaken(annotations(POOL))
    queue = review_queue(rows, fresh_predictions(rows, BOOK, "tfidf"), BOOK, n=len(wrong), items=POOL)
    found = {item.statement.id for item in queue}
    assert len(wrong) == 14
    assert len(found & wrong) >= 12
    by_id = {a.statement_id: a for a in rows}
    for item in queue:
        if item.statement.id in wrong:
            given, right = by_id[item.statement.id].labels["stance"], label_of(item.statement.text)
            assert item.reason.startswith(f"stance is {given}; out of fold the model says {right} .")
            assert max(item.suggested["stance"], key=lambda label: item.suggested["stance"][label]) == right


def test_sound_labels_make_an_empty_queue() -> None:
    rows = plain()
    assert review_queue(rows, [said("stance", STANCES, sure(rows))], BOOK) == []


def test_an_item_has_its_surroundings_and_no_label() -> None:
    rows, _ = mistaken(annotations(POOL))
    with_text = review_queue(rows, fresh_predictions(rows, BOOK, "tfidf"), BOOK, n=5, items=POOL)
    bare = review_queue(rows, fresh_predictions(rows, BOOK, "tfidf"), BOOK, n=5)
    by_id = {item.statement.id: item for item in POOL}
    assert [replace(item, suggested={}, reason="") for item in with_text] == [by_id[item.statement.id] for item in with_text]
    assert [item.reason for item in with_text] == [item.reason for item in bare]
    assert all(item.statement.holder is None and item.before == item.after == "" for item in bare)
    assert [item.statement.text for item in bare] == [item.statement.text for item in with_text]


def test_the_least_probable_label_comes_first_and_seeds_are_averaged() -> None:
    rows = plain()
    one, two = sure(rows), sure(rows)
    one[rows[0].statement_id], two[rows[0].statement_id] = [0.1, 0.8, 0.1], [0.1, 0.6, 0.3]
    one[rows[3].statement_id], two[rows[3].statement_id] = [0.0, 0.9, 0.1], [0.04, 0.9, 0.06]
    queue = review_queue(rows, [said("stance", STANCES, one), said("stance", STANCES, two, seed=1)], BOOK)
    assert [item.statement.id for item in queue] == [rows[3].statement_id, rows[0].statement_id]
    assert queue[1].reason == "stance is oppose; out of fold the model says neutral .70"
    assert queue[1].suggested == {"stance": {"oppose": 0.1, "neutral": 0.7, "support": 0.2}}
    assert len(review_queue(rows, [said("stance", STANCES, one)], BOOK, n=1)) == 1


def test_tasks_of_few_and_many_labels_compare() -> None:
    rows = annotations(POOL[:40], frames=True)
    labels = ("no", "yes")
    money = {a.statement_id: [0.05, 0.95] if "money" in a.labels["frames"] else [0.95, 0.05] for a in rows}
    stance = sure(rows)
    k, j = (
        next(i for i, a in enumerate(rows) if a.labels["stance"] == "oppose" and "money" not in a.labels["frames"] and i > m)
        for m in (0, 20)
    )
    money[rows[k].statement_id] = [0.2, 0.8]  # .4 times what chance gives
    stance[rows[j].statement_id] = [0.16, 0.80, 0.04]  # .48 times
    queue = review_queue(rows, [said("frames_money", labels, money), said("stance", STANCES, stance)], BOOK)
    assert [item.statement.id for item in queue] == [rows[k].statement_id, rows[j].statement_id]


def test_columns_are_told_by_their_labels() -> None:
    rows = plain()
    proba = sure(rows)
    proba[rows[0].statement_id] = [0.1, 0.8, 0.1]
    turned = {key: shares[::-1] for key, shares in proba.items()}
    one = review_queue(rows, [said("stance", STANCES, proba)], BOOK)
    assert one == review_queue(rows, [said("stance", STANCES[::-1], turned)], BOOK)
    assert len(one) == 1


def test_a_further_label_is_no_error() -> None:
    labels = ("cost", "time", "law")
    rows = [annotation("a", i, {"issue": labels[i % 3]}, also=["time"] if i == 0 else []) for i in range(30)]
    proba = sure(rows, "issue", labels)
    proba[rows[0].statement_id] = proba[rows[3].statement_id] = [0.05, 0.9, 0.05]
    assert [item.statement.id for item in review_queue(rows, [said("issue", labels, proba)], BOOK)] == [rows[3].statement_id]


def test_labels_of_a_multi_label_task_are_judged_one_by_one() -> None:
    rows = annotations(POOL, frames=True)
    at = next(i for i, a in enumerate(rows) if "budget" in a.text)
    rows[at] = replace(rows[at], labels={**rows[at].labels, "frames": ()})
    queue = review_queue(rows, fresh_predictions(rows, BOOK, "tfidf"), BOOK, n=3)
    assert queue[0].statement.id == rows[at].statement_id
    assert queue[0].reason.startswith("frames: money is no; out of fold the model says yes .")
    assert set(queue[0].suggested) == {"stance", "frames"}
    assert queue[0].suggested["frames"]["money"] > 0.5


def test_two_doubts_of_one_statement_are_one_item() -> None:
    labels = ("cost", "time", "law")
    rows = [annotation("a", i, {"stance": STANCES[i % 3], "issue": labels[i % 3]}) for i in range(30)]
    stance, issue = sure(rows), sure(rows, "issue", labels)
    stance[rows[0].statement_id], issue[rows[0].statement_id] = [0.2, 0.7, 0.1], [0.1, 0.1, 0.8]
    [item] = review_queue(rows, [said("stance", STANCES, stance), said("issue", labels, issue)], BOOK)
    assert item.reason == "issue is cost; out of fold the model says law .80; stance is oppose; out of fold the model says neutral .70"


def test_of_a_cross_validation_the_annotated_holder_counts() -> None:
    rows = plain()
    doubted = sure(rows)
    doubted[rows[0].statement_id] = [0.1, 0.8, 0.1]
    shown = replace(said("stance", STANCES, sure(rows)), holder="found"), replace(said("stance", STANCES, doubted), holder="annotated")
    [item] = review_queue(rows, CrossValidation("m", "purged", shown, (), Dataset(BOOK, (), {})), BOOK)
    assert item.reason == "stance is oppose; out of fold the model says neutral .80"


def test_statements_without_predictions_are_passed_over() -> None:
    rows = plain()
    proba = sure(rows[:20])
    proba[rows[0].statement_id] = [0.1, 0.8, 0.1]
    assert len(review_queue(rows, [said("stance", STANCES, proba)], BOOK)) == 1


def test_one_label_alone_can_be_no_error() -> None:
    rows = [annotation("a", i, {"stance": "oppose"}) for i in range(9)]
    proba = {a.statement_id: [0.2, 0.7, 0.1] for a in rows}
    assert review_queue(rows, [said("stance", STANCES, proba)], BOOK) == []


def test_predictions_that_do_not_fit() -> None:
    rows = plain()
    with pytest.raises(InputError, match="are of none of the annotated statements and tasks"):
        review_queue(rows, [said("stance", STANCES, {"x:0-1": [1, 0, 0]})], BOOK)
    with pytest.raises(InputError, match="are of none of the annotated"):
        review_queue(rows, [], BOOK)
    with pytest.raises(
        InputError, match=r"predictions of 'm': are of other labels of 'stance': for, against \(allowed: oppose, neutral, support\)"
    ):
        review_queue(rows, [said("stance", ("for", "against"), {rows[0].statement_id: [1, 0]})], BOOK)
    with pytest.raises(InputError, match="has no probabilities, which error detection needs"):
        review_queue(rows, [replace(said("stance", STANCES, sure(rows)), proba=None)], BOOK)
    with pytest.raises(InputError, match="n: is 0"):
        review_queue(rows, [said("stance", STANCES, sure(rows))], BOOK, n=0)


def test_without_cleanlab_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = plain()
    monkeypatch.setitem(sys.modules, "cleanlab.filter", None)
    with pytest.raises(MissingError, match=r"this needs the package 'cleanlab': pip install 'stancekit\[review\]'"):
        review_queue(rows, [said("stance", STANCES, sure(rows))], BOOK)


def test_the_queue_is_the_same_again() -> None:
    rows, _ = mistaken(annotations(POOL))
    first: list[Item] = review_queue(rows, fresh_predictions(rows, BOOK, "tfidf", seed=3), BOOK)
    assert first == review_queue(rows, fresh_predictions(rows, BOOK, "tfidf", seed=3), BOOK)
