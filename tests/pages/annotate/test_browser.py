"""The page in a real browser: what is pressed is what is shown and what comes out."""

from pathlib import Path
from typing import Any

import pytest
from page_worker import PRESSED, generated, rows_of, write

from stancekit.annotations import load_annotations, write_annotations
from stancekit.annotations.items import Item
from stancekit.codebook import Codebook
from stancekit.pages.annotate import annotation_page
from stancekit.records import Article, Statement
from stancekit.report.wording import visible

pytestmark = pytest.mark.browser


def labels_of(keys: str, codebook: Codebook) -> dict[str, str]:
    return {task: codebook.labels(task)[int(key) - 1] for task, key in zip(codebook.tasks, keys, strict=True)}


def test_ten_statements_by_keyboard_alone(
    hire: Any, seeds_page: Path, tmp_path: Path, items: list[Item], codebook: Codebook, articles: dict[str, Article]
) -> None:
    reader = hire(seeds_page)
    assert reader.page.evaluate("document.activeElement.id") == "name"
    reader.page.keyboard.type("reader  b ")
    reader.press("Enter")
    for keys in PRESSED[:5]:
        reader.press(keys, "Enter")
    assert reader.place() == 6
    reader.press("s")  # the sixth is skipped and comes back at the end
    reader.press("1", "Shift+Digit3", "Shift+Digit4", "3", "1")  # taking wellbeing as the label takes it out of `also`
    reader.press("n")
    reader.page.keyboard.type("Said “so”: 1 s u <b> ? \u00a0é")
    reader.press("Enter", "h")
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.type("Union A; Union B")
    reader.press("Escape", "Enter")
    for keys in PRESSED[7:]:
        reader.press(keys, "Enter")
    assert (reader.place(), reader.text("#counts")) == (11, "9 done · 1 skipped · 120 left")

    reader.page.reload()
    assert (reader.place(), reader.text("#counts")) == (11, "9 done · 1 skipped · 120 left")
    reader.press("ppppp")
    assert reader.text("#state").endswith("skipped")
    reader.press(PRESSED[5], "ArrowRight")
    name, content = reader.download()
    assert "9 rows" not in reader.said()
    assert reader.said() == f"{name}: 10 rows. Not in it: 120 left, 0 skipped."
    assert name == "ofsted-reforms_reader-b.jsonl"

    path = write(tmp_path / name, content)
    found = load_annotations(path, codebook, articles)
    assert [a.statement_id for a in found] == [item.statement.id for item in items[:10]]
    expected = [labels_of(keys, codebook) for keys in PRESSED]
    expected[6] = labels_of("131", codebook)
    assert [dict(a.labels) for a in found] == expected
    assert [a.also for a in found] == [(), (), (), (), (), (), ("legal_action",), (), (), ()]
    holders = [item.statement.holder for item in items[:10]]
    assert [a.holder for a in found] == [*holders[:6], "Union A; Union B", *holders[7:]]
    assert [a.note for a in found] == [""] * 6 + ["Said “so”: 1 s u <b> ? \u00a0é"] + [""] * 3
    assert {(a.annotator, a.codebook_version, a.codebook_digest) for a in found} == {("reader b", codebook.version, codebook.meaning)}
    write_annotations(tmp_path / "again.jsonl", found)
    assert (tmp_path / "again.jsonl").read_text(encoding="utf-8") == content  # to the byte

    elsewhere = hire(seeds_page, "reader b")
    said = elsewhere.upload(name, content)
    assert said == "10 statements restored, 0 replaced, 0 as they were."
    elsewhere.press("Escape")
    assert elsewhere.download() == (name, content)


def test_a_second_annotator_on_the_same_browser_is_blind(hire: Any, seeds_page: Path) -> None:
    first = hire(seeds_page, "reader a")
    first.press("151", "Enter")
    second = hire.join(first.context, seeds_page)
    assert second.page.is_visible("#gate")  # a new tab asks again
    assert second.page.input_value("#name") == ""
    assert "reader a" not in second.page.content()
    second.start("reader b")
    assert (second.place(), second.text("#counts"), second.checked()) == (1, "0 done · 0 skipped · 130 left", [])
    second.press("363", "Enter")
    first.page.reload()
    assert first.text("#counts") == "1 done · 0 skipped · 129 left"
    first.press("p")
    assert first.checked() == ["oppose", "collective action", "negative"]
    first.page.click("#leave")
    first.page.wait_for_selector("#gate:not([hidden])")
    assert first.page.input_value("#name") == ""


def test_undo_goes_back_step_by_step_over_statements(hire: Any, seeds_page: Path) -> None:
    reader = hire(seeds_page, "reader a")
    reader.press("u")
    assert reader.said() == "There is nothing to undo."
    reader.press("151", "Enter", "2", "Shift+Digit2", "s", "n")
    reader.page.keyboard.type("two words")
    reader.press("Escape")
    counts = []
    for _ in range(7):
        reader.page.keyboard.press("Control+z" if len(counts) % 2 else "u")
        counts.append((reader.place(), len(reader.checked()), reader.page.input_value("#note"), reader.text("#counts")[:20]))
    assert counts == [
        (3, 0, "", "1 done · 1 skipped ·"),  # the note is one step
        (2, 2, "", "1 done · 0 skipped ·"),
        (2, 1, "", "1 done · 0 skipped ·"),
        (2, 0, "", "1 done · 0 skipped ·"),
        (1, 2, "", "0 done · 0 skipped ·"),
        (1, 1, "", "0 done · 0 skipped ·"),
        (1, 0, "", "0 done · 0 skipped ·"),
    ]
    assert reader.said() == "Undone: stance: oppose. Statement 1 of 130."
    reader.page.reload()
    assert (reader.place(), reader.text("#counts")) == (1, "0 done · 0 skipped · 130 left")


def test_keys_wait_while_something_is_typed_or_a_dialog_is_open(hire: Any, seeds_page: Path) -> None:
    reader = hire(seeds_page, "reader a")
    for key in "nh":
        reader.press(key)
        reader.page.keyboard.type("1 s u ? 2")
        reader.press("Escape")
    reader.press("?", "1", "s", "Escape", "o", "1", "s", "Escape")
    assert (reader.place(), reader.checked()) == (1, [])
    for chord in ("Control+1", "Alt+2", "Control+s"):
        reader.page.keyboard.press(chord)
    assert (reader.place(), reader.checked()) == (1, [])
    reader.press("?")
    reader.page.uncheck("#keys-on")
    reader.press("Escape", "1", "s", "Shift+Digit2")
    assert (reader.place(), reader.checked()) == (1, [])
    reader.press("ArrowRight")
    assert reader.place() == 2
    reader.page.reload()  # the switch is kept
    reader.press("1")
    assert reader.checked() == []


def test_tab_space_and_arrows_label_without_the_shortcuts(hire: Any, seeds_page: Path) -> None:
    reader = hire(seeds_page, "reader a")
    reader.press("Tab", "Tab", "Space", "ArrowDown", "ArrowDown")  # past the examples' button into the first group
    assert reader.checked() == ["support"]
    reader.press("ArrowLeft")
    assert (reader.place(), reader.checked()) == (1, ["neutral"])  # within a group, arrows are the group's
    assert reader.page.get_attribute("#tasks .active", "id") == "task-0"


# A task that takes any number, a task of twelve labels.


def test_several_labels_and_labels_past_the_digits(hire: Any, topics_page: Path, topics: Codebook, tmp_path: Path) -> None:
    reader = hire(topics_page, "coder 1")
    assert reader.page.eval_on_selector_all("#task-0 .pick kbd", "all => all.map(k => k.textContent).join('')") == "1234567890ab"
    reader.press("b", "31", "Enter", "2", "Shift+Digit3", "Enter")  # named: people and money; about: vote, also rest
    reader.press("0", "Enter", "1")
    assert (reader.place(), reader.text("#counts")) == (2, "1 done · 0 skipped · 29 left")  # all labelled, not confirmed
    assert reader.text("#state").endswith("begun")
    reader.press("Enter")
    reader.press("1", "t", "1", "Enter")  # `named` was passed over: Enter goes there first
    assert (reader.place(), reader.page.get_attribute("#tasks .active", "id")) == (3, "task-1")
    reader.press("2", "2", "Enter")
    assert reader.place() == 4
    _, content = reader.download()
    found = load_annotations(write(tmp_path / "labels.jsonl", content), topics)
    assert [dict(a.labels) for a in found] == [
        {"sort": "sort_12", "named": ("money", "people"), "about": "vote"},
        {"sort": "sort_10", "named": (), "about": "plan"},
        {"sort": "sort_1", "named": (), "about": "plan"},
    ]
    assert [a.also for a in found] == [("rest",), (), ()]
    reader.press("Enter", "Enter")
    assert reader.said() == "sort is still open. Choose a label, or skip."
    assert reader.upload("labels.jsonl", content) == "0 statements restored, 0 replaced, 3 as they were."
    assert hire(topics_page, "coder 1").upload("labels.jsonl", content).startswith("3 statements restored")


# Finding one's way.


def test_overview_lists_by_state_and_leads_there(hire: Any, topics_page: Path) -> None:
    reader = hire(topics_page, "coder 1")
    reader.press("1", "Enter", "1", "Enter", "s", "1", "o")
    filters = reader.page.eval_on_selector_all("#overview .filters label", "all => all.map(l => l.textContent)")
    assert filters == ["all 30", "not begun 27", "begun 1", "skipped 1", "done 1"]
    reader.page.get_by_label("skipped 1").check()
    rows = reader.page.eval_on_selector_all("#overview li", "all => all.map(l => l.querySelector('.number').textContent)")
    assert rows == ["2"]
    reader.page.get_by_label("not begun 27").check()
    reader.page.focus("#overview li button")
    reader.press("ArrowDown", "Enter")
    assert (reader.place(), reader.page.is_visible("#overview")) == (5, False)
    reader.press("ArrowRight", "j")
    assert reader.place() == 7


def test_at_the_end_it_goes_back_to_what_is_left(hire: Any, codebook: Codebook, tmp_path: Path) -> None:
    page = write(tmp_path / "page.html", annotation_page(generated(3), codebook, annotator="reader a"))
    reader = hire(page)
    assert reader.page.input_value("#name") == "reader a"
    reader.press("Enter", "s", "ArrowRight")
    reader.press("111", "Enter")
    assert (reader.place(), reader.said()) == (2, "Statement 3 done. That was the last; back to what is left. Statement 2 of 3.")
    reader.press("111", "Enter", "Enter")
    assert reader.said().endswith("Nothing is left. Download your labels.")
    assert reader.text("#finished-text") == "Nothing is left: 2 done, 1 skipped."
    assert reader.download()[0] == "ofsted-reforms_reader-a.jsonl"
    reader.press("ArrowRight", "ArrowRight", "j")
    assert reader.said() == "No statement is left unlabelled."


def test_a_missing_holder_is_asked_for(hire: Any, codebook: Codebook, tmp_path: Path) -> None:
    items = [Item(Statement("a:0-6", "a", 0, 6, "A vote."))]
    reader = hire(write(tmp_path / "page.html", annotation_page(items, codebook)), "reader a")
    reader.press("111", "Enter")
    assert reader.said() == "Whose position is it? The holder is missing."
    assert reader.page.evaluate("document.activeElement.id") == "holder"
    reader.page.keyboard.type("narrator")
    reader.press("Enter", "Enter")
    assert reader.text("#counts").startswith("1 done")


# What is on the page.


def test_hostile_text_is_shown_and_does_nothing(hire: Any, codebook: Codebook, tmp_path: Path) -> None:
    controls = "".join(map(chr, [*range(1, 0x20), *range(0x7F, 0xA1), *range(0x2000, 0x2070), 0x61C, 0xFEFF, 0x1F600]))
    text = f"<img src=x onerror=alert(1)></script><script>alert(2)</script>&amp; {controls.replace(chr(13), '')} \u202eend\u202c."
    item = Item(
        Statement(f"a:0-{len(text)}", "a", 0, len(text), text, speaker=text, holder="\u202eoh"),
        text,
        text,
        {"stance": {"oppose": 0.5}},
        text,
    )
    page = write(tmp_path / "page.html", annotation_page([item], codebook, title=text, suggestions=True))
    reader = hire(page, "<i>reader</i>")
    for selector in ("#text", "#before", "#after", "#fact-speaker", "#fact-reason", "#desk h1"):
        assert reader.page.text_content(selector) == visible(text), selector
    assert "[U+202E]" in reader.text("#holder-hint")
    assert reader.page.query_selector_all("main img, main script, header i") == []
    reader.press("111")
    row = rows_of(reader.download()[1])[0]
    assert (row["text"], row["holder"], row["annotator"]) == (text, "\u202eoh", "<i>reader</i>")


def test_suggestions_are_marked_and_choose_nothing(hire: Any, codebook: Codebook, tmp_path: Path) -> None:
    items = [Item(i.statement, suggested={"stance": {"oppose": 0.914, "neutral": 0.05}}, reason="close call") for i in generated(2)]
    reader = hire(write(tmp_path / "page.html", annotation_page(items, codebook, suggestions=True)))
    assert reader.page.is_visible("#suggesting")
    reader.start("reader a")
    assert reader.page.eval_on_selector_all(".share:not([hidden])", "all => all.map(s => s.textContent)") == ["model 91 %", "model 5 %"]
    assert (reader.checked(), reader.text("#fact-reason")) == ([], "close call")
    reader.press("Enter")
    assert (reader.place(), reader.text("#counts")) == (1, "0 done · 0 skipped · 2 left")
