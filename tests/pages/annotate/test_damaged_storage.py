"""Whatever the browser's storage holds under the page's names, the page starts, keeps what is sound and says what it put aside."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from page_worker import generated, rows_of, write

from chromium import CONTRAST, Reader
from stancekit.codebook import Codebook
from stancekit.pages.annotate import annotation_page

pytestmark = pytest.mark.browser

SOUND: list[dict[str, Any]] = [
    {"labels": {"sort": "sort_3"}, "also": [], "holder": None, "note": "", "skipped": False, "confirmed": False},
    {"labels": {"sort": "sort_12", "named": ["money", "time"], "about": "plan"}, "also": ["vote"], "holder": "Union Ä; “B”", "note": "so",
     "skipped": False, "confirmed": True},
    {"labels": {}, "also": ["rest"], "holder": "", "note": "two\nlines", "skipped": True, "confirmed": False},
]  # fmt: skip
KINDS = {"labels": dict, "also": list, "note": str, "skipped": bool, "confirmed": bool}
OTHERS = [
    None,
    True,
    0,
    -1.5,
    10**30,
    "",
    "constructor",
    [],
    [[]],
    {},
    {"toString": 1},
    ["sort_1"],
    [None],
    {"__proto__": {"sort": "sort_1"}},
]
BATCH = 20


def damaged(draw: random.Random) -> str:
    """A record as a browser or a hand might have spoilt it."""
    record = json.loads(json.dumps(draw.choice(SOUND)))
    text = json.dumps(record, ensure_ascii=False)
    match draw.randrange(7):
        case 0:
            record[draw.choice(list(record))] = draw.choice(OTHERS)
        case 1:
            record["labels"] |= {draw.choice(["sort", "named", "about", "mood", "__proto__"]): draw.choice(OTHERS)}
        case 2:
            record[draw.choice(["mood", "__proto__", "toString"])] = draw.choice(OTHERS)
        case 3:
            return text[: draw.randrange(len(text))]
        case 4:
            at = draw.randrange(len(text))
            return text[:at] + draw.choice('"{}[]:,0\\\x00é') + text[at + 1 :]
        case 5:
            return json.dumps(draw.choice(OTHERS))
        case _:
            record["also"] = draw.choice([["plan", "plan"], ["sort_1"], [["vote"]], [{}], "vote", ["plan"]])
    return json.dumps(record)


def is_sound(text: str, codebook: Codebook) -> bool:
    """What the page should find, worked out another way."""
    try:
        record = json.loads(text)
    except ValueError:
        return False
    if not isinstance(record, dict) or set(record) - set(SOUND[0]):
        return False
    record = {"labels": {}, "also": [], "holder": None, "note": "", "skipped": False, "confirmed": False} | record
    if not all(type(record[key]) is kind for key, kind in KINDS.items()) or type(record["holder"]) not in (str, type(None)):
        return False
    lists = [("about", record["also"])]
    for task, label in record["labels"].items():
        if task not in codebook.tasks or (type(label) is list) != (codebook.tasks[task].kind == "multi"):
            return False
        lists.append((task, label if type(label) is list else [label]))
    labels_fit = all(all(type(x) is str and x in codebook.labels(t) for x in xs) and len(set(xs)) == len(xs) for t, xs in lists)
    return labels_fit and record["labels"].get("about") not in record["also"]


@pytest.fixture(scope="session")
def page(topics: Codebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("damaged") / "page.html", annotation_page(generated(30), topics))


def prefix_of(page: Path) -> str:
    data = Reader(page.read_text(encoding="utf-8")).data
    return f"stancekit/annotate/1/{data['codebook']['digest']}/{data['digest']}/"


def planted(hire: Any, first: Any, page: Path, name: str, kept: dict[str, str]) -> Any:
    """A worker at the page who is about to start, with what the browser has kept under their name."""
    worker = hire.join(first.context, page) if first else hire(page)
    worker.page.evaluate("entries => entries.forEach(([k, v]) => localStorage.setItem(k, v))",
                         [[f"{prefix_of(page)}{name}/{key}", text] for key, text in kept.items()])  # fmt: skip
    worker.start(name)
    return worker


def storage(worker: Any, prefix: str) -> dict[str, str]:
    found = worker.page.evaluate("() => ({ ...localStorage })")
    return {key.removeprefix(prefix): text for key, text in found.items() if key.startswith(prefix)}


def test_the_page_starts_whatever_200_damaged_records_hold(hire: Any, page: Path, topics: Codebook) -> None:
    draw = random.Random(27)
    first = None
    unsound = 0
    for batch in range(10):
        kept = {str(i): damaged(draw) for i in range(BATCH)} | {"20": json.dumps(SOUND[1])}
        worker = planted(hire, first, page, f"coder{batch}", kept)
        first = first or worker
        wrong = [i for i, text in kept.items() if not is_sound(text, topics)]
        unsound += len(wrong)
        assert worker.text("#aside-count") == f"{len(wrong)} records could not be read and were put aside."
        numbers = [str(int(i) + 1) for i in wrong]
        assert worker.text("#aside-numbers").split(", ") == numbers
        after = storage(worker, f"{prefix_of(page)}coder{batch}/")
        assert {key: text for key, text in after.items() if key != "at"} == {f"aside/{i}" if i in wrong else i: kept[i] for i in kept}
        assert int(worker.text("#counts").split()[0]) >= 1  # the last one planted is whole
        worker.press("o")  # every statement is listed by its record
        assert worker.page.locator("#overview li").count() == 30
        worker.press("Escape", "d")
    assert 100 < unsound < 200


def test_a_numeric_holder_is_put_aside_and_its_statement_can_be_labelled_again(hire: Any, page: Path) -> None:
    kept = json.dumps(SOUND[1] | {"holder": 7})
    worker = planted(hire, None, page, "coder", {"0": kept, "1": json.dumps(SOUND[1])})
    assert worker.text("#aside-count") == "1 record could not be read and was put aside."
    assert "label them again: 1." in worker.text("#aside")
    assert worker.page.get_attribute("#aside", "role") == "alert"
    for scheme in ("light", "dark"):
        worker.page.emulate_media(color_scheme=scheme)
        assert worker.page.evaluate(CONTRAST)["faults"] == []
    assert worker.text("#counts") == "1 done · 0 skipped · 29 left"
    worker.press("1", "1", "Enter", "1", "Enter")
    assert worker.text("#counts") == "2 done · 0 skipped · 28 left"
    assert [row["labels"]["sort"] for row in rows_of(worker.download()[1])] == ["sort_1", "sort_12"]
    worker.page.reload()
    worker.page.wait_for_selector("#desk:not([hidden])")
    assert not worker.page.is_visible("#aside")
    prefix = f"{prefix_of(page)}coder/"
    assert storage(worker, prefix)["aside/0"] == kept
    worker.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"{prefix}0", "{"])
    worker.page.reload()
    worker.page.wait_for_selector("#desk:not([hidden])")
    after = storage(worker, prefix)
    assert (after["aside/0"], after["aside/0.2"]) == (kept, "{")  # what was put aside before is not lost for it


@pytest.mark.parametrize("at", ["-5", "1.5", "Infinity", "NaN", "1e3", "", "null", "{}", "9" * 400])
def test_the_place_last_looked_at_may_be_anything(hire: Any, page: Path, at: str) -> None:
    worker = planted(hire, None, page, "coder", {"at": at})
    assert worker.place() in (1, 30)


def test_the_annotator_of_a_tab_may_be_anything(hire: Any, page: Path) -> None:
    worker = hire(page)
    for name, shown in (("\\ud800", "\ufffd"), ("a  b ", "a b"), (" ", "")):
        worker.page.evaluate(f"key => sessionStorage.setItem(key, '{name}')", f"{prefix_of(page)}annotator")
        worker.page.reload()
        worker.page.wait_for_selector("#desk:not([hidden])" if shown else "#gate:not([hidden])")
        assert worker.page.text_content("#annotator-name") == shown


def test_what_another_tab_spoils_is_not_taken_over(hire: Any, page: Path) -> None:
    one = planted(hire, None, page, "coder", {"0": json.dumps(SOUND[0])})
    two = hire.join(one.context, page, "coder")
    key = f"{prefix_of(page)}coder/"
    for text in ("{", json.dumps(SOUND[1] | {"holder": 7}), "[]"):
        two.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"{key}0", text])
    two.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"{key}1", json.dumps(SOUND[1])])
    one.page.locator("#counts", has_text="1 done").wait_for()
    assert one.checked() == ["sort 3"]
