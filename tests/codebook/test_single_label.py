"""Views and multi-label tasks as tasks that a classifier can learn."""

import pytest

from stancekit.codebook import Codebook, Label, Sides, Task, View
from stancekit.codebook.single_label import learnable, learnable_labels, learnable_soft
from stancekit.errors import InputError

BOOK = Codebook(
    name="test", version="1.0.0", target="the plan",
    tasks={
        "issue": Task(question="Which?", labels={name: Label(definition=name) for name in ("cost", "court", "strike", "other")}),
        "frames": Task(question="Frames?", kind="multi", labels={name: Label(definition=name) for name in ("risk", "duty")}),
    },
    views={"brief": View(of="issue", merge={"action": ["court", "strike"]})},
)  # fmt: skip
LABELS = {"issue": "strike", "frames": ("duty",)}


def test_a_codebook_of_single_tasks_is_itself() -> None:
    single = BOOK.model_copy(update={"tasks": {"issue": BOOK.tasks["issue"]}})
    assert learnable(single) is single


def test_without_names_every_task_is_learnt_and_a_multi_label_one_becomes_yes_or_no() -> None:
    working = learnable(BOOK)
    assert {task: working.labels(task) for task in working.tasks} == {
        "issue": ("cost", "court", "strike", "other"), "frames_risk": ("no", "yes"), "frames_duty": ("no", "yes"),
    }  # fmt: skip
    assert learnable_labels(LABELS, BOOK, working) == {"issue": "strike", "frames_risk": "no", "frames_duty": "yes"}


def test_what_is_made_of_a_codebook_has_its_digest() -> None:
    assert learnable(learnable(BOOK, ["brief", "frames"]), ["brief"]).digest == learnable(BOOK).digest == BOOK.digest


def test_a_view_merges_labels_and_keeps_the_others() -> None:
    working = learnable(BOOK, ["brief"])
    assert {task: working.labels(task) for task in working.tasks} == {"brief": ("cost", "action", "other")}
    assert learnable_labels(LABELS, BOOK, working) == {"brief": "action"}
    soft = {"issue": {"court": 0.25, "strike": 0.25, "other": 0.5}}
    assert learnable_soft(soft, BOOK, working) == {"brief": {"action": 0.5, "other": 0.5}}


def test_a_view_keeps_the_sides_by_their_merged_labels_unless_two_become_one() -> None:
    sides = Sides(favour="pro", against="con", neither="none", target=["bypass"])
    stance = Task(question="Where?", labels={name: Label(definition=name) for name in ("pro", "con", "none", "mixed")}, sides=sides)
    views = {"plain": View(of="stance", merge={"open": ["none", "mixed"]}), "taken": View(of="stance", merge={"side": ["pro", "con"]})}
    book = Codebook(name="test", version="1.0.0", target="the bypass", tasks={"stance": stance}, views=views)
    working = learnable(book, ["plain", "taken"])
    assert working.tasks["plain"].sides == sides.model_copy(update={"neither": "open"})
    assert working.tasks["taken"].sides is None


def test_views_and_yes_or_no_tasks_keep_the_evaluative_words_of_their_task() -> None:
    tasks = {name: task.model_copy(update={"evaluative_words": {"sound": "neutral"}}) for name, task in BOOK.tasks.items()}
    working = learnable(BOOK.model_copy(update={"tasks": tasks}), ["brief", "frames"])
    assert [task.evaluative_words for task in working.tasks.values()] == [{"sound": "neutral"}] * 3


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"'brif' is no task or view.*did you mean 'brief'.*allowed: issue, frames, brief"):
        learnable(BOOK, ["brif"])
