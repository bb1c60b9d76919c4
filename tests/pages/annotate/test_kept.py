"""Nothing is lost: files that come back in, storage that fails, tabs side by side."""

import json
from pathlib import Path
from typing import Any

import pytest
from page_worker import PRESSED, rows_of

from stancekit.codebook import Codebook

pytestmark = pytest.mark.browser

NO_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('forbidden', 'SecurityError'); }"
SMALL_STORAGE = """
  const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    if (/[0-9]$/.test(key) && Object.keys(this).filter((k) => /[0-9]$/.test(k)).length >= 2 && this.getItem(key) === null)
      throw new DOMException('full', 'QuotaExceededError');
    put.call(this, key, value);
  }"""


# Uploads.


def test_rows_that_do_not_fit_are_listed_and_change_nothing(hire: Any, seeds_page: Path, codebook: Codebook) -> None:
    reader = hire(seeds_page, "reader a")
    for keys in PRESSED:
        reader.press(keys, "Enter")
    _, content = reader.download()
    good = rows_of(content)

    def broken(**change: Any) -> str:
        return json.dumps(good[1] | change)

    wrong = [
        ("{not json", "not a JSON object"),
        ("[1]", "not a JSON object"),
        (json.dumps({k: v for k, v in good[1].items() if k != "note"}), "the key 'note' is missing"),
        (broken(mood="x"), "unknown key 'mood'"),
        (broken(start="0"), "'start' is not a number"),
        (broken(annotator="reader z"), "annotated by 'reader z', not by 'reader a'"),
        (broken(codebook_version="0.9.0"), f"made under codebook version '0.9.0', not '{codebook.version}'"),
        (broken(codebook_digest="0" * 16), f"made by other definitions than those of version {codebook.version} here"),
        (broken(statement_id="x:0-1"), "statement 'x:0-1' is not on this page"),
        (broken(text="Another."), "the text differs from the statement's"),
        (broken(end=1), "article or span differ from the statement's"),
        (broken(holder=" "), "'holder' must not be empty"),
        (broken(labels=good[1]["labels"] | {"mood": "x"}), "task 'mood' is not in the codebook"),
        (broken(labels={"stance": "oppose", "issue": "timing"}), "no label for task 'sentiment'"),
        (broken(labels=good[1]["labels"] | {"stance": "against"}), "label 'against' is not in task 'stance'"),
        (broken(also=["collective_action"]), "'also' repeats the label 'collective_action'"),
        (broken(also=["timing", "timing"]), "task 'issue' has the label 'timing' twice"),
        (broken(also=["constructor"]), "label 'constructor' is not in task 'issue'"),
        (json.dumps(good[0]), f"statement '{good[0]['statement_id']}' already stands in line 1"),
    ]
    changed = good[2] | {"labels": {"stance": "support", "issue": "other", "sentiment": "positive"}}
    lines = [json.dumps(good[0]), "", json.dumps(changed), *(line for line, _ in wrong)]
    reader.press("s")
    said = reader.upload("mixed.jsonl", "\r\n".join(lines))
    assert said.split("\n\n") == ["0 statements restored, 1 replaced, 1 as they were.", f"{len(wrong)} rows not taken."]
    assert reader.text("#report-faults").split("\n") == [f"line {k}: {reason}" for k, (_, reason) in enumerate(wrong, start=4)]
    reader.press("Escape")
    after = rows_of(reader.download()[1])
    assert after == [*good[:2], changed, *good[3:]]

    fresh = hire(seeds_page, "reader a")
    fresh.upload("mixed.jsonl", content)
    fresh.page.click("#report-undo")  # an upload is one step
    assert fresh.text("#counts") == "0 done · 0 skipped · 130 left"
    fresh.press("d")
    assert fresh.said() == "No statement is done yet, so there is nothing to download."
    assert fresh.upload("empty.jsonl", "\n").endswith("The file holds no rows.")
    fresh.press("Escape")
    fresh.upload("latin.jsonl", b"\xe9")
    assert "read as UTF-8 text" in fresh.text("#report-faults")


# Storage.


def test_without_storage_it_warns_and_works_on(hire: Any, seeds_page: Path) -> None:
    reader = hire(seeds_page, "reader a", script=NO_STORAGE)
    assert "does not keep your work" in reader.text("#warning")
    reader.press("151", "Enter")
    assert reader.text("#counts").startswith("1 done")
    asked: list[str] = []
    reader.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    reader.page.click("#place")  # a browser asks only where somebody has acted
    reader.page.close(run_before_unload=True)
    reader.page.wait_for_timeout(100)
    assert asked == ["beforeunload"]
    assert len(rows_of(reader.download()[1])) == 1
    reader.page.close(run_before_unload=True)
    reader.page.wait_for_event("close") if not reader.page.is_closed() else None
    assert asked == ["beforeunload"]  # downloaded, so nothing is at risk


def test_full_storage_warns_until_it_keeps_everything(hire: Any, seeds_page: Path) -> None:
    reader = hire(seeds_page, "reader a", script=SMALL_STORAGE)
    reader.press("1", "Enter", "ArrowRight", "1")
    assert not reader.page.is_visible("#warning")
    reader.press("ArrowRight", "1")
    assert reader.page.is_visible("#warning")
    reader.press("u")
    assert not reader.page.is_visible("#warning")


def test_two_tabs_of_one_annotator_share_the_work(hire: Any, seeds_page: Path) -> None:
    one = hire(seeds_page, "reader a")
    two = hire.join(one.context, seeds_page, "reader a")
    one.press("151")
    two.page.locator("#counts", has_text="1 done").wait_for()
    assert two.checked() == ["oppose", "collective action", "negative"]
    two.press("j")
    two.press("363")
    one.page.locator("#counts", has_text="2 done").wait_for()
