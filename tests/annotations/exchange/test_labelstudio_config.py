"""The labelling interface asks what the codebook asks and shows what the annotator needs."""

import json
from xml.etree import ElementTree as ET

import exchanged
import pytest
from exchanged import ITEMS, annotation, codebook
from hypothesis import given, settings

from stancekit.annotations.exchange import labelstudio
from stancekit.annotations.exchange.labelstudio import HOTKEYS, config
from stancekit.codebook import Codebook

BOOK = codebook()
VIEW = ET.fromstring(config(BOOK))


def test_a_question_a_task_and_one_for_further_labels() -> None:
    asked = {c.get("name"): (c.get("choice"), c.get("required")) for c in VIEW.iter("Choices")}
    assert asked == {
        "stance": ("single", "true"), "issue": ("single", "true"), "issue_also": ("multiple", "false"), "topics": ("multiple", "false"),
    }  # fmt: skip
    assert {c.get("toName") for c in VIEW.iter("Choices")} == {labelstudio.TEXT}


def test_labels_come_with_their_definition_and_a_key_of_their_own() -> None:
    choice = next(VIEW.iter("Choice"))
    assert choice.get("value") == "oppose"
    assert choice.get("hint") == 'It is "oppose" & no <other>.\nSee there.'
    keys = [c.get("hotkey") for c in VIEW.iter("Choice") if c.get("hotkey")]
    assert keys == list(HOTKEYS[: len(keys)])
    assert len(keys) == 8


def test_the_text_stands_in_its_surroundings() -> None:
    assert [(t.get("name"), t.get("value")) for t in VIEW.iter("Text")] == [
        ("before", "$before"), ("statement", "$text"), ("after", "$after"),
    ]  # fmt: skip
    shown = {str(h.get("value")) for h in VIEW.iter("Header")}
    assert {"$speaker", "$organisation", "Holder: $holder", "Position?"} <= shown
    assert [t.get("name") for t in VIEW.iter("TextArea")] == ["holder", "note"]


def test_every_variable_is_in_the_data_and_every_control_of_an_export_in_the_interface() -> None:
    (task,) = json.loads(labelstudio.export([], [annotation(ITEMS[0], also=("other",), note="n")], BOOK))
    variables = {part.rpartition("$")[2] for e in VIEW.iter() for part in [str(e.get("value"))] if "$" in part}
    assert variables <= set(task["data"])
    controls = {e.get("name") for e in VIEW.iter() if e.get("toName")}
    assert {r["from_name"] for r in task["annotations"][0]["result"]} <= controls


@settings(deadline=None)
@given(exchanged.codebooks())
def test_any_codebook_makes_a_sound_interface(book: Codebook) -> None:
    view = ET.fromstring(config(book))
    names = [e.get("name") for e in view.iter() if e.get("name")]
    assert len(names) == len(set(names))
    for task in book.tasks:
        (group,) = [c for c in view.iter("Choices") if c.get("name") == task]
        assert tuple(c.get("value") for c in group) == book.labels(task)


@pytest.mark.parametrize("hidden", ["\x0b", "\x1f", "\ufffe"])
def test_what_xml_can_not_hold_is_replaced(hidden: str) -> None:
    tasks = {"stance": BOOK.tasks["stance"].model_copy(update={"question": f"Posi{hidden}tion?"})}
    assert "Posi\ufffdtion?" in config(BOOK.model_copy(update={"tasks": tasks}))
