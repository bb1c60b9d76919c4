"""What becomes stale when a codebook changes, and what does not."""

import copy
from typing import Any

import pytest

from stancekit.codebook import Codebook
from stancekit.codebook.diff import compare, describe, stale_tasks
from stancekit.codebook.single_label import learnable

OLD: dict[str, Any] = {
    "name": "test", "version": "1.0.0", "target": "the plan",
    "tasks": {
        "stance": {"question": "Which?", "labels": {"oppose": {"definition": "Against."}, "support": {"definition": "-"}}},
        "tone": {"question": "Tone?", "labels": {"bad": {"definition": "Bad."}, "flat": {"definition": "-"}, "good": {"definition": "-"}}},
    },
    "views": {"coarse": {"of": "tone", "merge": {"any": ["bad", "good"], }}},
}  # fmt: skip


def new(change: Any) -> Codebook:
    data = copy.deepcopy(OLD) | {"version": "1.1.0"}
    change(data)
    return Codebook(**data)


def stance(data: dict[str, Any]) -> Any:
    return data["tasks"]["stance"]


@pytest.mark.parametrize(
    ("change", "labels", "models", "reason"),
    [
        (lambda d: None, [], [], ""),
        (
            lambda d: stance(d)["labels"]["oppose"].update(definition="Is against."),
            ["stance"],
            ["stance"],
            "the definition of 'oppose' changed",
        ),
        (lambda d: stance(d)["labels"].update(neutral={"definition": "Neither."}), ["stance"], ["stance"], "label 'neutral' is new"),
        (lambda d: stance(d).update(ties=["The first."]), ["stance"], ["stance"], "`ties` changed"),
        (lambda d: stance(d).update(kind="multi"), ["stance"], ["stance"], "`kind` changed"),
        (lambda d: d.update(target="another plan"), ["stance", "tone"], ["stance", "tone"], "the target changed"),
        (lambda d: d.update(input="{holder}: {text}"), [], ["stance", "tone"], "the input template changed"),
        (lambda d: stance(d)["labels"]["oppose"].update(examples=["No!"]), [], [], "`examples` of oppose changed: nothing becomes stale"),
        (
            lambda d: stance(d)["labels"]["oppose"].update(hypothesis="No."),
            [],
            [],
            "`hypothesis` of oppose changed: for models that read it",
        ),
        (
            lambda d: d["tasks"]["tone"].update(sides={"favour": "good", "against": "bad", "neither": "flat", "target": ["plan"]}),
            [],
            [],
            "`sides` changed: for models that read them",
        ),
        (
            lambda d: stance(d).update(evaluative_words={"sound": "neutral"}),
            [],
            [],
            "`evaluative_words` changed: for models that read them",
        ),
        (lambda d: d["tasks"].update(more=stance(d)), ["more"], ["more"], "is new"),
        (lambda d: (d["tasks"].pop("tone"), d.pop("views")), ["tone"], ["tone"], "is gone"),
    ],
)
def test_what_becomes_stale(change: Any, labels: list[str], models: list[str], reason: str) -> None:
    old, later = Codebook(**OLD), new(change)
    changes = compare(old, later)
    assert [c.task for c in changes if c.labels_stale] == labels
    assert [c.task for c in changes if c.models_stale] == models
    assert reason in describe(old, later)


def test_stale_labels_need_another_version_and_sound_ones_may_be_accepted() -> None:
    same = Codebook(**{**OLD, "target": "another plan"})
    assert "the version must change" in describe(Codebook(**OLD), same)
    assert 'with `accepts: ["1.0.0"]`' in describe(Codebook(**OLD), new(lambda d: None))
    assert "accepts" not in describe(Codebook(**OLD), new(lambda d: d.update(accepts=["1.0.0"])))


def test_a_models_tasks_are_stale_by_their_meaning_views_included() -> None:
    old = learnable(Codebook(**OLD), ["stance", "coarse"])
    meanings = {task: old.task_meaning(task) for task in old.tasks}
    assert stale_tasks(meanings, new(lambda d: None)) == []
    assert stale_tasks(meanings, new(lambda d: d["tasks"]["tone"]["labels"]["bad"].update(definition="Worse."))) == ["coarse"]
    assert stale_tasks(meanings, new(lambda d: d.pop("views"))) == ["coarse"]
