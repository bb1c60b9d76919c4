"""Labels as questions: multi-label tasks one label at a time, missing tasks left out."""

import numpy as np

from pools import BOOK, annotations, items
from several import annotation
from stancekit.suggest.questions import beliefs, percentage, questions, suggested

ROWS = [
    annotation("a", 1, {"stance": "oppose", "frames": ("moral", "money")}),
    annotation("a", 2, {"stance": "support", "issue": "law"}),
    annotation("a", 3, {"frames": ()}),
]


def test_each_task_has_the_rows_that_label_it() -> None:
    asked = {question.name: question for question in questions(ROWS, BOOK)}
    assert list(asked) == ["stance", "issue", "frames_moral", "frames_money", "frames_order"]
    assert asked["stance"].answers == ("oppose", "support")
    assert asked["stance"].counts.tolist() == [1, 0, 1]
    assert asked["issue"].rows == (ROWS[1],)
    money = asked["frames_money"]
    assert (money.task, money.label, money.labels, money.answers) == ("frames", "money", ("no", "yes"), ("yes", "no"))


def test_questions_of_no_labels_have_none() -> None:
    assert all(question.answers == () for question in questions([], BOOK))


def test_beliefs_leave_out_what_only_one_answer_was_given_to() -> None:
    pool = items({"oppose": 12, "neutral": 0, "support": 12})
    held = beliefs(questions(annotations(pool, frames=True), BOOK), [i.statement.text for i in pool], "tfidf", {})
    assert [b.question.name for b in held] == ["stance", "frames_money"]
    assert held[0].proba.shape == (24, 3)
    assert (held[0].proba[:, 1] == 0).all()
    np.testing.assert_allclose(held[0].proba.sum(axis=1), 1)
    said = suggested((belief, 0) for belief in held)
    assert list(said) == ["stance", "frames"]
    assert list(said["stance"]) == ["oppose", "neutral", "support"]
    assert list(said["frames"]) == ["money"]


def test_percentages_as_they_are_read() -> None:
    assert [percentage(p) for p in (0.476, 0.0, 1.0)] == [".48", ".00", "1.00"]
