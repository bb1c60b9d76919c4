"""Label Studio's own exports, in the form that labelstud.io/guide/task_format documents."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exchanged import ITEMS, annotation, codebook

from stancekit.annotations.exchange import EXCHANGES, Imported
from stancekit.codebook import Codebook
from stancekit.errors import InputError

BOOK = codebook()
TOOL = EXCHANGES["labelstudio"]


def choices(name: str, *labels: str) -> dict[str, Any]:
    return {
        "id": f"Dx_{name}", "from_name": name, "to_name": "statement", "type": "choices", "origin": "manual",
        "value": {"choices": list(labels)},
    }  # fmt: skip


def textarea(name: str, *texts: str) -> dict[str, Any]:
    return {"id": f"Ta_{name}", "from_name": name, "to_name": "statement", "type": "textarea", "value": {"text": list(texts)}}


def submitted(*results: dict[str, Any], by: object = 10, **values: Any) -> dict[str, Any]:
    return {
        "id": 1001, "completed_by": by, "result": list(results), "was_cancelled": False, "ground_truth": False,
        "created_at": "2021-03-09T22:16:08.728353Z", "updated_at": "2021-03-09T22:16:08.728378Z", "lead_time": 4.288,
        "result_count": 0, "unique_id": "b1c2", "task": 1, "import_id": None, "last_action": None, "parent_prediction": None,
    } | values  # fmt: skip


DONE = (choices("stance", "oppose"), choices("issue", "timing"))


def task(*annotations: dict[str, Any], item: int = 0, **values: Any) -> dict[str, Any]:
    """A task as the tool exports it: what was imported as `data`, and its own fields about it."""
    data = json.loads(TOOL.export([ITEMS[item]], [], BOOK))[0]["data"]
    return {
        "id": 1, "data": data, "meta": {}, "created_at": "2021-03-09T21:52:49.513742Z", "updated_at": "2021-03-09T22:16:08.746926Z",
        "inner_id": 1, "total_annotations": len(annotations), "cancelled_annotations": 0, "total_predictions": 0, "comment_count": 0,
        "project": 83, "file_upload": "exported.json", "annotations": list(annotations), "drafts": [], "predictions": [],
    } | values  # fmt: skip


def parse(folder: Path, *tasks: dict[str, Any], annotator: str | None = None, book: Codebook = BOOK) -> Imported:
    path = folder / "project-83.json"
    path.write_text(json.dumps(list(tasks)))
    return TOOL.parse(path, book, annotator)


def test_a_submitted_annotation_is_taken(tmp_path: Path) -> None:
    found = parse(tmp_path, task(submitted(*DONE, choices("topics", "money", "schools"), choices("issue_also", "other"))))
    labels = {"stance": "oppose", "issue": "timing", "topics": ("schools", "money")}
    assert found == Imported([annotation(ITEMS[0], "10", labels=labels, also=("other",))], [])


def test_a_multi_label_task_left_blank_has_no_label(tmp_path: Path) -> None:
    assert parse(tmp_path, task(submitted(*DONE))).annotations[0].labels == {"stance": "oppose", "issue": "timing", "topics": ()}


def test_the_holder_is_the_one_shown_unless_another_is_written(tmp_path: Path) -> None:
    shown, other = task(submitted(*DONE)), task(submitted(*DONE, textarea("holder", "Office Lo", "Charity Nu")), item=1)
    assert [a.holder for a in parse(tmp_path, shown, other).annotations] == ["Union Ka", "Office Lo; Charity Nu"]


def test_notes_may_be_a_list_or_a_text(tmp_path: Path) -> None:
    plain = textarea("note") | {"value": {"text": "One."}}
    found = parse(tmp_path, task(submitted(*DONE, textarea("note", "One.", "Two."))), task(submitted(*DONE, plain), item=1))
    assert [a.note for a in found.annotations] == ["One.\nTwo.", "One."]


@pytest.mark.parametrize(
    ("by", "name"),
    [(10, "10"), ({"id": 3, "email": "coder@example.org", "first_name": "", "last_name": ""}, "coder@example.org"), ({"id": 3}, "3")],
)
def test_who_annotated(tmp_path: Path, by: object, name: str) -> None:
    assert parse(tmp_path, task(submitted(*DONE, by=by))).annotations[0].annotator == name


def test_without_user_details_the_annotator_is_named(tmp_path: Path) -> None:
    assert parse(tmp_path, task(submitted(*DONE, by=None)), annotator="coder_1").annotations[0].annotator == "coder_1"


def test_what_is_cancelled_empty_or_a_draft_is_skipped(tmp_path: Path) -> None:
    found = parse(
        tmp_path,
        task(submitted(*DONE, was_cancelled=True)),
        task(submitted(), item=1),
        task(item=2, drafts=[{"result": list(DONE), "user": "coder@example.org"}]),
    )
    assert found.annotations == []
    assert [reason.split(": ", 1)[1] for reason in found.skipped] == [
        "task 3: statement 'a2:7-34' is not labelled yet, only a draft is saved",
        "task 1: statement 'a1:0-33' was skipped by '10'",
        "task 2: statement 'a1:40-53' was submitted empty by '10'",
    ]


def test_what_an_annotator_skipped_counts_for_that_one_alone(tmp_path: Path) -> None:
    tasks = task(submitted(*DONE, by=1), submitted(by=2, was_cancelled=True)), task(submitted(*DONE, by=2), item=1)
    assert parse(tmp_path, *tasks, annotator="1").skipped == []
    assert len(parse(tmp_path, *tasks, annotator="2").skipped) == 1
    assert len(parse(tmp_path, *tasks, annotator="2").annotations) == 1


def test_predictions_are_no_labels(tmp_path: Path) -> None:
    guess = {"model_version": "model 1", "created_ago": "3 hours", "score": 0.9, "result": list(DONE)}
    assert parse(tmp_path, task(predictions=[guess])).annotations == []


def test_where_all_tasks_are_multi_label_a_submission_without_labels_is_an_answer(tmp_path: Path) -> None:
    book = BOOK.model_copy(update={"tasks": {"topics": BOOK.tasks["topics"]}})
    made = task(submitted())
    made["data"]["codebook_digest"] = book.meaning
    assert parse(tmp_path, made, book=book).annotations[0].labels == {"topics": ()}


@pytest.mark.parametrize(
    ("results", "message"),
    [
        (DONE[:1], r"task 1: no label for task 'issue' \(allowed: timing, grading, other\)"),
        (
            (*DONE, choices("stanze", "oppose")),
            r"task 1: unknown control 'stanze' - did you mean 'stance'\? \(allowed: stance, issue, topics",
        ),
        ((choices("stance", "oppose", "support"), DONE[1]), r"task 1: 2 labels for task 'stance', which takes one: oppose, support"),
        ((choices("stance", "favour"), DONE[1]), r"task 1: label 'favour' is not in task 'stance'"),
        ((*DONE, choices("issue_also", "timing")), r"task 1: 'also' repeats the label 'timing'"),
        ((*DONE, choices("topics", "money", "money")), r"task 1: task 'topics' repeats the label 'money'"),
        ((DONE[0], choices("issue", "timing") | {"type": "labels"}), r"task 1: the result of 'issue' is of type 'labels' and not choices"),
        (
            (DONE[0], choices("issue") | {"value": {"choices": [1]}}),
            r"task 1: the result of 'issue' is of type 'choices' and not choices of text",
        ),
        ((*DONE, textarea("holder", " ")), r"task 1: 'holder' must not be empty"),
    ],
)
def test_faults_of_an_annotation(tmp_path: Path, results: tuple[dict[str, Any], ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse(tmp_path, task(submitted(*results)))


def test_one_task_alone_and_lines_of_tasks_are_no_export(tmp_path: Path) -> None:
    for text in (json.dumps(task(), indent=1), json.dumps(task()) + "\n" + json.dumps(task())):
        (tmp_path / "t.json").write_text(text)
        with pytest.raises(InputError, match=r"is no JSON list of tasks; it looks like a task of Label Studio's JSON"):
            TOOL.parse(tmp_path / "t.json", BOOK)


def test_suggestions_are_predictions_with_score_and_model_version() -> None:
    found = [t["predictions"] for t in json.loads(TOOL.export(ITEMS, [], BOOK))]
    assert found[:2] == [[], []]
    (prediction,) = found[2]
    assert prediction["model_version"] == "stancekit"
    assert [(r["from_name"], r["value"]["choices"], r["score"]) for r in prediction["result"]] == [
        ("stance", ["support"], 0.9),
        ("topics", ["schools"], 0.7),
    ]
    assert prediction["score"] == 0.7  # the least sure of its answers


def test_work_in_progress_is_something_to_start_from() -> None:
    (made,) = json.loads(TOOL.export([], [annotation(ITEMS[0], labels={"stance": "support"})], BOOK))
    assert made["annotations"] == []
    assert made["predictions"][0]["model_version"] == "begun by coder_1"
    assert made["predictions"][0]["result"][0]["value"] == {"choices": ["support"]}


def test_no_account_is_named_that_the_tool_may_not_know() -> None:
    (made,) = json.loads(TOOL.export([], [annotation(ITEMS[0])], BOOK))
    assert set(made) == {"data", "annotations", "predictions"}
    assert set(made["annotations"][0]) == {"result"}


def test_who_finishes_or_changes_what_another_began_has_made_it(tmp_path: Path) -> None:
    """The tool keeps the results it was given; what travels with them names the annotator only while they are as they went out."""
    book = codebook()
    [task] = json.loads(EXCHANGES["labelstudio"].export([], [annotation(ITEMS[0])], book))
    [made] = task["annotations"]
    made["completed_by"] = {"id": 7, "email": "second@example.org"}
    path = tmp_path / "exported.json"

    def who() -> str:
        path.write_text(json.dumps([task]))
        return EXCHANGES["labelstudio"].parse(path, book).annotations[0].annotator

    assert who() == "coder_1"  # who brought it into the tool has not labelled it
    stance = next(r for r in made["result"] if r["from_name"] == "stance")
    stance["value"]["choices"] = [next(label for label in book.labels("stance") if [label] != stance["value"]["choices"])]
    assert who() == "second@example.org"
    begun = replace(annotation(ITEMS[0]), labels={"stance": "oppose"})
    [task] = json.loads(EXCHANGES["labelstudio"].export([], [begun], book))
    assert "coder_1" not in json.dumps(task["predictions"][0]["result"])
