"""What every tool of the registry must do: give back what it was given, and refuse what it can't read."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import exchanged
import pytest
from exchanged import ITEMS, annotation, codebook
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.annotations import load_annotations
from stancekit.annotations.exchange import EXCHANGES
from stancekit.annotations.items import Item
from stancekit.codebook import Codebook, Label, Task, load_codebook
from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.records import Annotation

TOOLS = pytest.mark.parametrize("tool", list(EXCHANGES))
BOOK = codebook()


def exported(folder: Path, tool: str, items: list[Item], annotations: list[Annotation], book: Codebook = BOOK) -> Path:
    path = folder / f"exported{EXCHANGES[tool].suffix}"
    write_atomic(path, EXCHANGES[tool].export(items, annotations, book))
    return path


@TOOLS
@settings(deadline=None)
@given(data=st.data())
def test_what_was_exported_comes_back(tmp_path_factory: pytest.TempPathFactory, tool: str, data: st.DataObject) -> None:
    book = data.draw(exchanged.codebooks())
    annotations = data.draw(exchanged.annotations(book))
    path = exported(tmp_path_factory.getbasetemp(), tool, [], annotations, book)
    expected: dict[str, list[Annotation]] = {}
    for a in annotations:
        expected.setdefault(a.annotator, []).append(exchanged.imported(a))
    for name in expected:
        assert EXCHANGES[tool].parse(path, book, name).annotations == expected[name]
        assert EXCHANGES[tool].parse(path, book, name).skipped == []


@TOOLS
def test_the_shipped_annotations_come_back(tmp_path: Path, tool: str) -> None:
    folder = Path(__file__).parents[3] / "annotations"
    book = load_codebook(folder / "codebook.yaml")
    annotations = load_annotations(folder / "ofsted.jsonl", book)
    assert EXCHANGES[tool].parse(exported(tmp_path, tool, [], annotations, book), book).annotations == annotations


@TOOLS
def test_items_without_annotations_are_not_done(tmp_path: Path, tool: str) -> None:
    found = EXCHANGES[tool].parse(exported(tmp_path, tool, ITEMS, []), BOOK, "coder_1")
    assert found.annotations == []
    assert len(found.skipped) == len(ITEMS)
    assert all("is not labelled yet" in reason for reason in found.skipped)


@TOOLS
def test_annotations_may_cover_a_part_and_items_may_lack(tmp_path: Path, tool: str) -> None:
    elsewhere = annotation(exchanged.item("a9", 3, "The plan has five parts."))
    labelled = [annotation(ITEMS[1], also=("other", "grading"), note="=A1"), elsewhere]
    found = EXCHANGES[tool].parse(exported(tmp_path, tool, ITEMS, labelled), BOOK)
    assert found.annotations == labelled
    assert len(found.skipped) == 2


@TOOLS
def test_a_multi_label_task_without_labels_is_an_answer(tmp_path: Path, tool: str) -> None:
    none = annotation(ITEMS[0], labels={"stance": "oppose", "issue": "other", "topics": ()})
    assert EXCHANGES[tool].parse(exported(tmp_path, tool, [], [none]), BOOK).annotations == [none]


@TOOLS
def test_where_all_tasks_are_multi_label_no_label_at_all_is_an_answer_too(tmp_path: Path, tool: str) -> None:
    labels = {name: Label(definition="-") for name in ("a", "b")}
    book = Codebook(name="m", version="1.0.0", target="t", tasks={"topics": Task(question="?", kind="multi", labels=labels)})
    none = annotation(ITEMS[0], labels={"topics": ()}, codebook_digest=book.meaning)
    assert EXCHANGES[tool].parse(exported(tmp_path, tool, [], [none], book), book).annotations == [none]


@TOOLS
def test_an_annotation_that_lacks_a_task_is_never_taken_as_done(tmp_path: Path, tool: str) -> None:
    begun = annotation(ITEMS[0], labels={"stance": "oppose", "topics": ()})
    path = exported(tmp_path, tool, [], [begun])
    if tool == "labelstudio":  # it has a place for work that is not submitted
        assert len(EXCHANGES[tool].parse(path, BOOK).skipped) == 1
        assert EXCHANGES[tool].parse(path, BOOK).annotations == []
    else:
        with pytest.raises(InputError, match=r"exported[.a-z]*:[12]: no label for task 'issue' \(allowed: timing, grading, other\)"):
            EXCHANGES[tool].parse(path, BOOK)


@TOOLS
def test_a_suggestion_is_no_label(tmp_path: Path, tool: str) -> None:
    assert EXCHANGES[tool].parse(exported(tmp_path, tool, ITEMS[2:], []), BOOK, "coder_1").annotations == []


@TOOLS
def test_nameless_labels_need_a_name(tmp_path: Path, tool: str) -> None:
    path = exported(tmp_path, tool, [], [annotation(ITEMS[0], annotator="WHO")])
    path.write_text(path.read_text().replace('"WHO"', '""').replace("WHO", ""))
    with pytest.raises(InputError, match=r"does not say who labelled it; say so with --annotator NAME"):
        EXCHANGES[tool].parse(path, BOOK)
    assert [a.annotator for a in EXCHANGES[tool].parse(path, BOOK, "coder_7").annotations] == ["coder_7"]


@TOOLS
def test_several_annotators_one_is_chosen(tmp_path: Path, tool: str) -> None:
    both = [annotation(ITEMS[0]), annotation(ITEMS[0], "coder_2", note="Another view.")]
    path = exported(tmp_path, tool, ITEMS, both)
    with pytest.raises(InputError, match=r"several annotators; choose one with --annotator NAME \(allowed: coder_1, coder_2\)"):
        EXCHANGES[tool].parse(path, BOOK)
    with pytest.raises(InputError, match=r"no labels by 'coder_3' - did you mean .*\(allowed: coder_1, coder_2\)"):
        EXCHANGES[tool].parse(path, BOOK, "coder_3")
    assert EXCHANGES[tool].parse(path, BOOK, "coder_2").annotations == both[1:]


@TOOLS
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("plan must wait", "plan must stay", "no longer the one that was exported"),
        ("plan must wait", "plan must not wait", "one of them was changed"),
        ("a1:0-33", "a1:0-34", r"statement_id 'a1:0-34' does not fit the row \(allowed: a1:0-33\)"),
        ("oppose", "opose", "opose.* - did you mean '(stance:)?oppose'"),
        ("1.0.0", "0.9.0", r"made under codebook version '0\.9\.0' \(allowed: 1\.0\.0\)"),
        (BOOK.meaning, "0123456789abcdef", "made by other definitions than those of version 1.0.0 now"),
    ],
)
def test_what_was_changed_is_refused_with_its_place(tmp_path: Path, tool: str, old: str, new: str, message: str) -> None:
    path = exported(tmp_path, tool, [], [annotation(ITEMS[1]), annotation(ITEMS[0])])
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new))
    with pytest.raises(InputError, match=rf"exported[.a-z]*:( task)? ?[123]: (.|\n)*{message}"):
        EXCHANGES[tool].parse(path, BOOK)


@TOOLS
def test_every_fault_is_told_at_once(tmp_path: Path, tool: str) -> None:
    path = exported(tmp_path, tool, [], [annotation(i) for i in ITEMS])
    path.write_text(path.read_text().replace("oppose", "favour"))
    with pytest.raises(InputError) as error:
        EXCHANGES[tool].parse(path, BOOK)
    said = str(error.value)
    assert "(3 times: also " in said or said.count("'favour'") == 3


FOREIGN: dict[str, tuple[Any, str]] = {
    "label studio": ([{"id": 1, "data": {"text": "A."}, "annotations": []}], "Label Studio's JSON"),
    "json-min": ([{"text": "A.", "stance": "oppose", "annotator": 1, "annotation_id": 7, "lead_time": 2.5}], "Label Studio's JSON-MIN"),
    "doccano": ({"id": 1, "text": "A.", "label": ["oppose"], "Comments": []}, "doccano"),
    "prodigy": ({"text": "A.", "_input_hash": 1, "_task_hash": 2, "accept": ["oppose"], "answer": "accept"}, "Prodigy"),
    "argilla": ({"id": "1", "fields": {"text": "A."}, "responses": {}, "status": "pending"}, "Argilla"),
    "annotations": ({"statement_id": "a:0-2", "labels": {}, "annotator": "coder_1"}, "stancekit's annotations"),
    "statements": ({"id": "a:0-2", "article_id": "a", "kind": "sentence", "text": "A."}, "stancekit statements"),
    "else": ({"a": 1}, "nothing that is known here: its keys are a"),
}


@TOOLS
@pytest.mark.parametrize("kind", list(FOREIGN))
def test_other_files_are_refused_by_name(tmp_path: Path, tool: str, kind: str) -> None:
    content, name = FOREIGN[kind]
    path = tmp_path / "foreign"
    path.write_text(json.dumps(content, indent=1 if isinstance(content, list) else None))
    with pytest.raises(InputError, match=rf"looks like .*{name}"):
        EXCHANGES[tool].parse(path, BOOK)


@TOOLS
@pytest.mark.parametrize("other", list(EXCHANGES))
def test_the_tools_do_not_read_each_others_files(tmp_path: Path, tool: str, other: str) -> None:
    if tool != other:
        names = {"labelstudio": "Label Studio's JSON", "doccano": "doccano", "csv": "the CSV of `stancekit annotations export`"}
        with pytest.raises(InputError, match=f"looks like .*{names[other]}"):
            EXCHANGES[tool].parse(exported(tmp_path, other, ITEMS, []), BOOK)


@TOOLS
def test_what_another_annotator_got_wrong_does_not_matter(tmp_path: Path, tool: str) -> None:
    labels = {"stance": "opose", "issue": "timing", "topics": ()}
    path = exported(tmp_path, tool, [], [annotation(ITEMS[0]), annotation(ITEMS[1], "coder_2", labels=labels)])
    assert EXCHANGES[tool].parse(path, BOOK, "coder_1").annotations == [annotation(ITEMS[0])]
    with pytest.raises(InputError, match="opose"):
        EXCHANGES[tool].parse(path, BOOK, "coder_2")


@TOOLS
@pytest.mark.parametrize("content", ["", " \n", "{", "[", "statement_id", "\0", "[]", "[1]", "null", 'statement_id,text\n"a'])
def test_whatever_it_is_it_is_no_traceback(tmp_path: Path, tool: str, content: str) -> None:
    path = tmp_path / "odd"
    path.write_text(content)
    with pytest.raises(InputError, match="odd"):
        EXCHANGES[tool].parse(path, BOOK)


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3) | st.just("a1:0-33")
any_json = st.recursive(scalars, lambda j: st.lists(j, max_size=2) | st.dictionaries(st.text(max_size=3), j, max_size=2), max_leaves=3)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where there is something in a JSON value, itself included."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, part in inside for place in places(part, (*at, key)))]


def with_part(value: Any, at: tuple[Any, ...], part: Any) -> Any:
    if not at:
        return part
    made = dict(value) if isinstance(value, dict) else list(value)
    made[at[0]] = with_part(value[at[0]], at[1:], part)
    return made


@pytest.mark.parametrize("tool", ["labelstudio", "doccano"])
@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_record_is_taken_or_refused_but_never_breaks(
    tmp_path_factory: pytest.TempPathFactory, tool: str, data: st.DataObject
) -> None:
    sound = json.loads(EXCHANGES[tool].export(ITEMS[:1], [annotation(ITEMS[0], note="n", also=("other",))], BOOK))
    damaged = with_part(sound, data.draw(st.sampled_from(places(sound))), data.draw(any_json))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_text(json.dumps(damaged))
    with contextlib.suppress(InputError):
        found = EXCHANGES[tool].parse(path, BOOK, "coder_1")
        assert [a.text for a in found.annotations] in ([], [ITEMS[0].statement.text])


@TOOLS
def test_a_file_that_is_no_text_or_not_there(tmp_path: Path, tool: str) -> None:
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(InputError, match=r"save it as CSV UTF-8|not UTF-8"):
        EXCHANGES[tool].parse(tmp_path / "book.xlsx", BOOK)
    with pytest.raises(InputError, match="no such file"):
        EXCHANGES[tool].parse(tmp_path / "none", BOOK)


@TOOLS
def test_a_task_whose_name_is_taken_is_refused(tool: str) -> None:
    labels = {name: Label(definition="-") for name in ("a", "b")}
    book = replace_tasks({"note": Task(question="?", labels=labels)})
    with pytest.raises(InputError, match="'note' has another meaning in what is exchanged; rename the task"):
        EXCHANGES[tool].export([], [annotation(ITEMS[0], labels={"note": "a"})], book)


def replace_tasks(tasks: dict[str, Task]) -> Codebook:
    return Codebook(name="m", version="1.0.0", target="t", tasks=tasks)


@TOOLS
def test_a_statement_is_annotated_once_by_each(tmp_path: Path, tool: str) -> None:
    with pytest.raises(InputError, match="'coder_1' annotated it twice"):
        EXCHANGES[tool].export([], [annotation(ITEMS[0]), annotation(ITEMS[0])], BOOK)
    with pytest.raises(InputError, match="its annotation is of another text"):
        EXCHANGES[tool].export(ITEMS, [annotation(ITEMS[0], text="Another.")], BOOK)
    path = exported(tmp_path, tool, [], [annotation(ITEMS[0]), annotation(ITEMS[0], "coder_2")])
    path.write_text(path.read_text().replace("coder_2", "coder_1"))
    with pytest.raises(InputError, match=r"'coder_1' labelled statement 'a1:0-33' already, at .*exported"):
        EXCHANGES[tool].parse(path, BOOK)


@TOOLS
def test_the_same_export_has_the_same_bytes(tool: str) -> None:
    annotations = [annotation(ITEMS[0]), replace(annotation(ITEMS[1]), soft={"stance": {"oppose": 1.0}})]
    assert EXCHANGES[tool].export(ITEMS, annotations, BOOK) == EXCHANGES[tool].export(ITEMS, annotations, BOOK)


@pytest.mark.parametrize("config", [e.config for e in EXCHANGES.values() if e.config])
def test_what_sets_a_tool_up_names_every_label(config: Callable[[Codebook], str]) -> None:
    content = config(BOOK)
    assert all(label in content for task in BOOK.tasks for label in BOOK.labels(task))
    assert "issue_also" in content
