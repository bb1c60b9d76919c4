"""The parts of the report that only some runs have: each says what its figures are, and is left out where there are none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_report import read

from stancekit.plots import FIGURES, pictures
from stancekit.plots.wording import number
from stancekit.report import write_report
from stancekit.report.ablation import ablation_in_words, ablation_table
from stancekit.report.blocks import Cell
from stancekit.report.choices import chosen_tables, price_table
from stancekit.report.differences import default_in_words
from stancekit.report.limits import limits
from stancekit.report.probabilities import bins_tables, coverage_table, kept_tables
from stancekit.report.published import published_blocks
from stancekit.report.tables import homes_table, main_table

Metrics = dict[str, Any]


@pytest.fixture
def metrics(made_up_run: Path) -> Metrics:
    content: Metrics = json.loads((made_up_run / "metrics.json").read_text(encoding="utf-8"))
    return content


def written(made_up_run: Path, folder: Path, change: Callable[[Metrics], Metrics]) -> Path:
    """The report of the made-up run with its metrics changed."""
    shutil.copytree(made_up_run, folder)
    content = change(json.loads((folder / "metrics.json").read_text(encoding="utf-8")))
    (folder / "metrics.json").write_text(json.dumps(content), encoding="utf-8")
    return write_report(folder)


def point(metrics: Metrics, recipe: str, holder: str, task: str = "stance") -> float:
    (found,) = [
        s["macro_f1"]["point"]
        for s in metrics["scores"]
        if (s["recipe"], s["holder"], s["task"], s["scheme"]) == (recipe, holder, task, "purged")
    ]
    return float(found)


def test_the_ablation_in_numbers_and_in_words(metrics: Metrics) -> None:
    table = ablation_table(metrics, "stance", "purged")
    assert [row[0] for row in table.rows] == [Cell("words_holder", "annotated holder"), Cell("words_holder", "found holder")]
    first = [cell.text for cell in table.rows[0] if isinstance(cell, Cell)]
    both, words, who = (point(metrics, *pair) for pair in (("words_holder", "annotated"), ("words_only", "none"), ("actor", "annotated")))
    assert first[1:] == [number(v) for v in (both, words, who, both - words, both - who)]
    (sentence,) = ablation_in_words(metrics, "stance", "purged")
    assert sentence.startswith(f"With the annotated holder, words_holder reaches {number(both, 2)}; {number(who, 2)} is reached by knowing")
    assert f"and {number(words, 2)} by the words alone (words_only)" in sentence
    assert "3 articles cannot tell words_holder from" in sentence


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.1, 0.3, ""), (-0.1, 0.3, "; 3 articles cannot tell m from the words alone (t)"), (None, None, "; 3 articles cannot tell m")],
)
def test_what_is_above_in_words(low: float | None, high: float | None, said: str) -> None:
    interval = {"point": 0.64, "low": 0.5, "high": 0.8, "level": 0.95, "note": ""}
    scores = [
        {"task": "x", "scheme": "purged", "recipe": r, "holder": h, "groups": 3, "n": 9, "macro_f1": {**interval, "point": v}}
        for r, h, v in (("m", "annotated", 0.64), ("t", "none", 0.41), ("a", "annotated", 0.52))
    ]
    over = {"difference": {"point": 0.23, "low": low, "high": high, "note": ""}}
    record = {"task": "x", "scheme": "purged", "holder": "annotated", "text": "t", "with_holder": "m", "actor": "a", "over_text": over,
              "over_actor": {"difference": {"point": 0.12, "low": 0.01, "high": 0.2}}}  # fmt: skip
    metrics = {
        "n": 9,
        "scores": scores,
        "ablation": [record],
        "articles": {},
        "schemes": {"purged": ""},
        "holders_found": {"n": 9, "equal": 8},
    }
    (sentence,) = ablation_in_words(metrics, "x", "purged")
    text = (
        "With the annotated holder, of the 0.64 that m reaches, 0.52 is reached by knowing only who speaks, and 0.41 by the words alone (t)"
    )
    assert sentence.startswith(text + said)
    assert "who speaks alone" not in sentence


def test_probabilities_in_numbers(metrics: Metrics) -> None:
    table = coverage_table(metrics, "stance", "purged")
    rows = {row[0].text: row for row in table.rows if isinstance(row[0], Cell)}
    assert rows["labels_only"][1:] == (Cell("–", "labels only, no probabilities"),) * 4
    (score,) = [s for s in metrics["scores"] if (s["recipe"], s["task"], s["scheme"]) == ("words_only", "stance", "purged")]
    assert rows["words_only"][-1] == Cell(number(score["accuracy"]["point"]), "n = 13")
    (kept,) = kept_tables(metrics, "stance", "purged")
    assert {row[0].text for row in kept.rows if isinstance(row[0], Cell)} == {"tuned"}
    shown, others = bins_tables(metrics, "stance", "purged")
    assert "labels of words_holder, annotated holder are right" in shown.caption  # type: ignore[union-attr]
    assert len(others.blocks) == 7  # type: ignore[union-attr]
    main = main_table(metrics, "stance", "purged")
    row = next(row for row in main.rows if isinstance(row[0], Cell) and row[0].text == "words_only")
    cells = dict(zip(main.columns, row, strict=True))
    assert cells["Brier score"] == Cell(number(score["probabilities"]["brier"]))
    assert cells["ECE"] == Cell(number(score["probabilities"]["ece"]), f"{number(score['probabilities']['ece_if_calibrated'])} if true")


def test_the_default_beside_the_highest_of_the_others(metrics: Metrics) -> None:
    text = default_in_words(metrics, "tone", "purged")
    assert text.startswith(f"The default is words_holder ({number(point(metrics, 'words_holder', 'annotated', 'tone'))}); the highest")
    assert "whether they differ cannot be tested" in text
    found = [d for d in metrics["default_differences"] if d["task"] == "tone" and d["holder"] == "annotated"]
    for d in found:
        d |= {"p": 0.4, "p_holm": 0.5, "difference": d["difference"] | {"low": -0.2, "high": 0.1}}
    assert "3 articles cannot tell words_holder from" in default_in_words(metrics, "tone", "purged")
    for d in found:
        d |= {"p_holm": 0.01, "difference": d["difference"] | {"point": -0.2}}
    assert "words_holder is below it (difference −0.200" in default_in_words(metrics, "tone", "purged")
    assert default_in_words(metrics | {"default": ""}, "tone", "purged") == ""


def test_what_was_chosen_and_what_it_cost(metrics: Metrics, made_up_run: Path) -> None:
    stance, _ = chosen_tables(metrics)
    (table,) = stance.blocks
    assert stance.summary == "stance, purged: 9 choices"
    rows = table.rows  # type: ignore[union-attr]
    assert rows[0] == ("tuned", Cell("a1", "seed 0"), "method none; threshold 0.45; C 1; score 0.5; log_loss 1", "2")
    seconds = json.loads((made_up_run / "run.json").read_text())["seconds"]
    price = {row[0]: row[1:] for row in price_table(metrics, seconds).rows}
    assert price["tuned"] == ("12", "18.0", "12.0", "1.50", "28.8", "104")
    assert price["majority"][2] == Cell("–", "chooses nothing")


PUBLISHED = [
    {"method": "above", "figure": 99.95, "split": "", "source": "one"},
    {"method": "below", "figure": 12.5, "split": "far", "source": "two"},
]


def test_our_figures_stand_among_those_published(metrics: Metrics) -> None:
    assert published_blocks(metrics) == []
    _, table, text, *_ = published_blocks(metrics | {"published": PUBLISHED})
    names = [row[0] for row in table.rows]  # type: ignore[union-attr]
    assert names[0] == Cell("above", "published") or point(metrics, "actor", "annotated") == 1
    assert names[-1] == Cell("below", "published")
    (actor,) = [row for row in table.rows if row[0] == Cell("actor", "this run")]  # type: ignore[union-attr]
    assert actor[1].text == number(100 * point(metrics, "actor", "annotated"), 1)  # type: ignore[union-attr]
    assert "of 2 published figures" in text.text  # type: ignore[union-attr]


def test_a_figure_published_on_another_test_set_is_not_shown(metrics: Metrics) -> None:
    renamed = [s | {"scheme": "official_near"} for s in metrics["scores"] if s["scheme"] == "purged" and s["task"] == "stance"]
    near = metrics | {"scores": renamed, "schemes": {"official_near": "-"}, "main_schemes": ["official_near"], "published": PUBLISHED}
    (_, table, *_) = published_blocks(near)
    assert "below" not in {row[0].text for row in table.rows if isinstance(row[0], Cell)}  # type: ignore[union-attr]


def test_a_run_made_before_has_fewer_sections(made_up_run: Path, tmp_path: Path) -> None:
    new = {"unit", "main_schemes", "reads", "default", "official", "default_differences", "ablation"}
    figures = {"groups", "official", "probabilities", "coverage", "kept", "chosen"}

    def older(metrics: Metrics) -> Metrics:
        scores = [{key: value for key, value in s.items() if key not in figures} for s in metrics["scores"]]
        return {key: value for key, value in metrics.items() if key not in new} | {"scores": scores}

    page = read(written(made_up_run, tmp_path / "run", older))
    ids = {a.get("id") for _, a in page.tags}
    assert {"models", "baselines", "leak", "price"} <= ids
    assert {"probabilities", "ablation", "default", "chosen", "published", "data"} & ids == set()
    assert "13 statements from 3 articles" in page.text


def test_statements_without_articles(made_up_run: Path, tmp_path: Path) -> None:
    """An official test set: no article is named, no holder counted, and the intervals say what they are over."""

    def official(metrics: Metrics) -> Metrics:
        scores = [s | {"scheme": "official", "groups": s["n"]} for s in metrics["scores"] if s["scheme"] == "kfold"]
        return metrics | {
            "scores": scores, "schemes": {"official": "the official split"}, "main_schemes": ["official"], "unit": "statement",
            "articles": {}, "homes": {task: {} for task in metrics["homes"]}, "differences": [], "default_differences": [],
            "ablation": [], "holders_found": None, "statements": metrics["statements"][:4], "published": PUBLISHED,
            "notes": ["9 of 13 rows repeat a training row"],
        }  # fmt: skip

    folder = tmp_path / "run"
    shutil.copytree(made_up_run, folder)
    for path in (folder / "predictions").rglob("*.kfold.*"):
        path.rename(path.with_name(path.name.replace(".kfold.", ".official.")))
    content = official(json.loads((folder / "metrics.json").read_text(encoding="utf-8")))
    (folder / "metrics.json").write_text(json.dumps(content), encoding="utf-8")
    page = read(write_report(folder))
    assert "Statements taken as independent" in page.text
    assert "9 of 13 rows repeat a training row." in page.text
    assert "13 statements, 2 tasks" in page.text
    assert "article" not in page.text.split("Provenance")[0].replace("leave one article out", "")
    ids = {a.get("id") for _, a in page.tags}
    assert {"data", "published", "models", "mistakes"} <= ids
    assert {"statements", "holder", "ablation"} & ids == set()
    assert [len(pictures(name, content)) for name in ("crossed", "holders", "leak")] == [0, 0, 0]


def test_hundreds_of_groups_are_counted_not_listed(metrics: Metrics) -> None:
    groups = {f"g{i}": 1 for i in range(300)}
    wide = metrics | {"unit": "group", "articles": groups, "homes": {"stance": {"oppose": groups, "neutral": {"g1": 3}}}}
    table = homes_table(wide, "stance")
    assert table.columns == ("label", "groups that have it", "most in one group", "all")
    assert table.rows == (("oppose", "300", "1", "300"), ("neutral", "1", "3", "3"))
    wide["scores"] = [s | {"groups": 300} for s in metrics["scores"]]
    subject, text = limits(wide)[0]
    assert subject == "Statements that belong together."
    assert "299 degrees of freedom. Where" in text


def test_a_task_of_very_many_labels_has_no_confusion_figure(metrics: Metrics) -> None:
    tasks = metrics["tasks"] | {"stance": {f"label {i}": 1 for i in range(20)}}
    assert {p.task for p in pictures("confusion", metrics | {"tasks": tasks})} == {"tone"}
    assert "confusion" in FIGURES
