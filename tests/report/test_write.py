"""The report says what `metrics.json` says, limits first, and nothing in it can run or load."""

import base64
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from stancekit.errors import InputError
from stancekit.report import write_report
from stancekit.report.wording import number


@pytest.fixture(scope="session")
def page(made_up_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "run"
    shutil.copytree(made_up_run, folder)
    return write_report(folder)


class Reader(HTMLParser):
    """Tags with their attributes, tables as lists of rows, and tags left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[list[list[str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "wbr"):
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("th", "td"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if any(tag in self.open for tag in ("th", "td")):
            self.tables[-1][-1][-1] += data + ("|" if self.open[-1] != "small" else "")


def read(page: Path) -> Reader:
    return Reader(page.read_text(encoding="utf-8"))


def check_numbers(reader: Reader, metrics: dict[str, Any]) -> None:
    """Every macro-F1 and every figure of every class stands in a table, beside its recipe."""
    rows = [" ".join(row) for table in reader.tables for row in table]
    shown = {"none": "", "annotated": "annotated holder", "found": "found holder"}
    for score in metrics["scores"]:
        name, macro = score["recipe"].replace("_", "_|"), score["macro_f1"]
        mine = [row for row in rows if row.startswith(name + "|") and shown[score["holder"]] in row]
        wanted = (
            number(macro["point"])
            + "|"
            + (f"{number(macro['low'])} to {number(macro['high'])}" if macro["low"] is not None else macro["note"])
        )
        assert any(wanted in row for row in mine), (score["recipe"], wanted)
        if score["scheme"] == "purged":
            for c in score["classes"]:
                cells = [number(c[key]) + "|" for key in ("precision", "recall", "f1")]
                assert any(f" {c['label']}| {c['n']}| " in row and all(cell in row for cell in cells) for row in mine), c
    for d in metrics["differences"]:
        assert any(row.startswith(d["model"].replace("_", "_|")) and number(d["difference"]["point"]) + "|" in row for row in rows), d


def test_numbers_are_those_of_the_metrics(page: Path) -> None:
    check_numbers(read(page), json.loads((page.parents[1] / "metrics.json").read_text(encoding="utf-8")))


def test_quick_run(quick_run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(quick_run, folder)
    reader = read(write_report(folder))
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    check_numbers(reader, metrics)
    found = metrics["holders_found"]
    assert f"{found['equal']} of {found['n']} statements" in reader.text
    assert f"{len(metrics['articles']) - 1} degrees of freedom" in reader.text


def test_limits_come_first(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    limits = html.index('<section id="limits"')
    assert limits < html.index("<nav") < html.index("<table")
    assert limits < html.index("<img")
    text = html[limits : html.index("</section>")]
    for said in (
        "13 statements from 3 articles", "2 degrees of freedom", "tone: good (n = 2)", "tone: good, all 2 in a1",
        "picked for their topic", "data card of the annotations", "tuned ran purged with 3 seeds, unpurged with 1 seed, not kfold",
    ):  # fmt: skip
        assert said in text


def test_text_is_escaped(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; [U+202E]evil[U+202C]" in html
    assert not re.search("[\u202a-\u202e]", html)
    assert "<b>" not in html
    assert "Made up &lt;title&gt;" in html
    assert read(page).open == []


def test_nothing_is_loaded(page: Path) -> None:
    reader = read(page)
    policy = next(a["content"] for tag, a in reader.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert {tag for tag, _ in reader.tags} & {"script", "link", "iframe", "object", "form", "base"} == set()
    for tag, attributes in reader.tags:
        for key in ("src", "href", "srcset", "action", "data"):
            value = attributes.get(key) or ""
            assert not value or value.startswith("#" if tag == "a" else "data:image/svg+xml;base64,")
        assert not any(key.startswith("on") for key in attributes)
    assert "url(" not in page.read_text(encoding="utf-8")


def test_links_lead_somewhere_and_ids_are_unique(page: Path) -> None:
    tags = read(page).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    wanted = {(a.get("href") or "#")[1:] for tag, a in tags if tag == "a"} | {
        a["aria-labelledby"] for _, a in tags if "aria-labelledby" in a
    }
    assert wanted <= set(ids)


def test_figures_are_inlined_and_beside_the_page(page: Path) -> None:
    images = [a for tag, a in read(page).tags if tag == "img"]
    files = {path.read_bytes() for path in (page.parent / "figures").glob("*.svg")}
    assert {base64.b64decode((a["src"] or "").split(",")[1]) for a in images} == files
    assert all(len(a["alt"] or "") > 40 for a in images)
    assert {p.stem for p in (page.parent / "figures").glob("*.png")} == {p.stem for p in (page.parent / "figures").glob("*.svg")}


def test_every_table_says_its_n(page: Path) -> None:
    captions = re.findall(r"<figcaption[^>]*>.*?</figcaption>", page.read_text(encoding="utf-8"))
    assert len(captions) == len(read(page).tables)
    assert [c for c in captions if "n = " not in c] == []


def test_what_is_undefined_has_its_reason(page: Path) -> None:
    reader = read(page)
    assert "no interval: 'good' occurs only in a1" in reader.text
    cells = [cell for table in reader.tables for row in table for cell in row if cell.startswith("–|")]
    assert cells
    assert [cell for cell in cells if cell == "–|"] == []


def test_unlearnable_labels_are_named(page: Path) -> None:
    table = next(t for t in read(page).tables if t[0][-1] == "models|" and t[0][0] == "label|")
    assert ["tone: good|", "purged|", "a1|", "2|", "all that ran|"] in table


def test_agreement_between_annotators_stands_beside_the_scores(page: Path) -> None:
    known = {task["task"]: task["figures"] for task in json.loads((page.parents[1] / "metrics.json").read_text())["agreement"]["tasks"]}
    alpha = known["stance"]["alpha"]
    reader = read(page)
    assert f"2 annotators agree on stance in {number(known['stance']['raw']['point'])} of their pairs of labels" in reader.text
    rows = [" ".join(row) for table in reader.tables for row in table if "raw agreement" in " ".join(table[0])]
    assert len(rows) == 1 + len(known)
    [stance] = [row for row in rows if row.startswith("stance|")]
    assert f"{number(alpha['point'])}|{number(alpha['low'])} to {number(alpha['high'])}" in stance
    assert "second <b>" in reader.text


def test_mistakes_are_those_of_the_predictions(page: Path) -> None:
    run = page.parents[1]
    metrics = json.loads((run / "metrics.json").read_text(encoding="utf-8"))
    gold = {s["id"]: s["labels"]["stance"] for s in metrics["statements"]}
    wrong: set[str] = set()
    for path in (run / "predictions").glob("*/stance.purged.*.seed0.jsonl"):
        if path.parent.name not in ("majority", "actor") and ".found." not in path.name:
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
            wrong |= {row["id"] for row in rows if row["label"] != gold[row["id"]]}
    table = next(t for t in read(page).tables if t[0][0] == "statement|")
    assert len(table) - 1 == len(wrong) > 0
    assert {row[0].rsplit("|", 1)[1].split(",")[0] for row in table[1:]} == wrong
    counts = [int(re.findall(r"(\d) of 4 models wrong", row[3])[0]) for row in table[1:]]
    assert counts == sorted(counts, reverse=True)


def test_markdown(page: Path) -> None:
    text = (page.parent / "report.md").read_text(encoding="utf-8")
    assert text.startswith("# Made up &lt;title&gt;\n")
    assert text.index("What these data cannot show") < text.index("| --- |")
    assert "<script" not in text
    for name in re.findall(r"\]\((figures/[^)]+)\)", text):
        assert (page.parent / name).is_file()
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


def test_the_default_s_own_figure_may_be_flattered_too(page: Path) -> None:
    said = read(page).text
    assert "Intervals do not cover the choice of the recipes themselves" in said
    assert "the default's figure is flattered as well" in said


def test_the_same_run_gives_the_same_bytes_and_figures_of_an_earlier_one_go(page: Path, tmp_path: Path) -> None:
    shutil.copytree(page.parents[1], tmp_path / "run")
    folder = tmp_path / "run" / "report" / "figures"
    stale = [folder / f"{name}.{ending}" for name in ("confusion_stance_gone", "leak_tone", "comparison_tone_official") for ending in
             ("png", "svg")]  # fmt: skip
    own = [folder / name for name in ("photo.png", "my_stance.svg", "comparison.svg", "comparison_of_mine.png", "leak_stance.txt")]
    for path in (*stale, *own):
        path.write_bytes(b"a figure of an earlier run, or somebody's own")
    again = write_report(tmp_path / "run")
    assert [path for path in stale if path.exists() and path.stem != "leak_tone"] == []
    assert [path for path in own if not path.exists()] == []
    for path in page.parent.rglob("*.*"):
        assert (again.parent / path.relative_to(page.parent)).read_bytes() == path.read_bytes()


def test_a_smaller_run(made_up_run: Path, tmp_path: Path) -> None:
    """One task, one scheme, no baseline, no words: sections without content are left out."""
    folder = tmp_path / "run"
    shutil.copytree(made_up_run, folder)
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    metrics["scores"] = [s for s in metrics["scores"] if s["task"] == "stance" and s["scheme"] == "kfold" and s["recipe"] == "words_only"]
    metrics |= {
        "tasks": {"stance": metrics["tasks"]["stance"]}, "homes": {"stance": metrics["homes"]["stance"]},
        "schemes": {"kfold": "k"}, "main_schemes": ["kfold"], "recipes": {"words_only": "tfidf"}, "baselines": [],
        "differences": [], "default_differences": [], "ablation": [], "words": {}, "default": "words_only", "reads": {},
        "statements": [s | {"labels": {"stance": s["labels"]["stance"]}} for s in metrics["statements"]],
    }  # fmt: skip
    (folder / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    reader = read(write_report(folder))
    assert "cannot show the leak" in reader.text
    assert {"baselines", "holder", "words"} & {a.get("id") for _, a in reader.tags} == set()


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda f: (f / "metrics.json").unlink(), "holds no finished run: there is no metrics.json in it"),
        (lambda f: (f / "metrics.json").write_text("{}"), "has no 'experiment', so it was not made by a run of this version"),
        (lambda f: (f / "metrics.json").write_text("[1]"), "not a JSON object but list"),
        (lambda f: (f / "run.json").unlink(), "run.json: no such file"),
        (lambda f: shutil.rmtree(f / "predictions" / "tuned"), "seed0.jsonl: no such file"),
    ],
)
def test_what_is_no_finished_run(made_up_run: Path, tmp_path: Path, break_it: Any, message: str) -> None:
    folder = tmp_path / "run"
    shutil.copytree(made_up_run, folder)
    break_it(folder)
    with pytest.raises(InputError, match=re.escape(message)):
        write_report(folder)
    assert not (folder / "report").exists()
