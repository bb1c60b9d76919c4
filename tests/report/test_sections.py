"""The parts of the report that only some runs have: each says what its figures are, and is left out where there are none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_report import read

from stancekit.models.composite.calibration import LARGEST, SMALLEST
from stancekit.report import write_report
from stancekit.report.blocks import Cell
from stancekit.report.figures import FIGURES, pictures
from stancekit.report.sections.ablation import ablation_in_words, ablation_table
from stancekit.report.sections.choices import chosen_tables, price_table
from stancekit.report.sections.differences import default_in_words, in_short
from stancekit.report.sections.limits import limits
from stancekit.report.sections.probabilities import bins_tables, coverage_table, kept_tables
from stancekit.report.sections.published import published_blocks
from stancekit.report.sections.tables import homes_table, main_table
from stancekit.report.view import trained
from stancekit.report.wording import number

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


def predicted_under(folder: Path, scheme: str, other: str) -> None:
    """The predictions of a scheme as those of another."""
    for path in (folder / "predictions").rglob(f"*.{scheme}.*"):
        header, _, rows = path.read_text(encoding="utf-8").partition("\n")
        about = json.dumps(json.loads(header) | {"scheme": other})
        path.with_name(path.name.replace(f".{scheme}.", f".{other}.")).write_text(f"{about}\n{rows}", encoding="utf-8")
        path.unlink()


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


def test_a_model_told_the_speaker_and_no_holder_is_in_the_ablation(metrics: Metrics) -> None:
    """It is shown neither the annotated holder nor the one found."""
    scores = [
        s | {"holder": "none"} if s["recipe"] == "words_holder" else s
        for s in metrics["scores"]
        if (s["recipe"], s["holder"]) != ("words_holder", "found")
    ]
    table = ablation_table(metrics | {"scores": scores}, "stance", "purged")
    both = Cell(number(point({"scores": scores}, "words_holder", "none")))
    assert [row[1].text for row in table.rows if isinstance(row[1], Cell)] == [both.text] * 2


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
    assert rows[0] == ("tuned", Cell("a1", "seed 0"), "threshold 0.45; C 1; score 0.5; log_loss 1", "2")
    seconds = json.loads((made_up_run / "run.json").read_text())["seconds"]
    price = {row[0]: row[1:] for row in price_table(metrics, seconds).rows}
    assert price["tuned"] == ("12", "18.0", "12.0", "1.50", "28.8", "104")
    assert price["majority"][2] == Cell("–", "chooses nothing")


def chose(metrics: Metrics, *choices: dict[str, Any]) -> list[str]:
    """What the table says of choices that a recipe made in as many folds."""
    for s in metrics["scores"]:
        told = (s["recipe"], s["task"], s["holder"]) == ("tuned", "stance", "annotated")
        s["chosen"] = [{"seed": 0, "fold": f"f{i}", "chosen": c} for i, c in enumerate(choices)] if told else []
    found = chosen_tables(metrics)
    return [str(row[2]) for row in found[0].blocks[0].rows] if found else []  # type: ignore[union-attr]


def test_only_what_was_chosen_is_listed(metrics: Metrics) -> None:
    warm: dict[str, Any] = {"method": "temperature", "temperature": 1.21, "rows": 60}
    assert chose(metrics, warm, warm | {"inside": {"weights": {"a": 0.25, "b": 0.75}}}) == [
        "temperature 1.21; rows 60", "temperature 1.21; rows 60; weights: a 0.25; weights: b 0.75",
    ]  # fmt: skip
    assert chose(metrics, warm | {"method": "isotonic", "temperature": 1.0}) == ["curves isotonic; rows 60"]
    assert chose(metrics, warm | {"temperature": 1.0, "rows": 0}) == []  # there was nothing to choose by
    assert chose(metrics, {"params": {"C": 1.0}, "score": None, "log_loss": None, "tried": 0}) == []
    assert chose(metrics) == []


def test_a_temperature_at_the_end_of_its_search_is_flagged(metrics: Metrics) -> None:
    warm: dict[str, Any] = {"method": "temperature", "temperature": 1.0, "rows": 60}
    ends = [warm | {"temperature": t} for t in (SMALLEST * 1.00001, LARGEST, 0.2)]
    assert chose(metrics, *ends) == [
        "temperature 0.05 (at the bound); rows 60", "temperature 20 (at the bound); rows 60", "temperature 0.2; rows 60",
    ]  # fmt: skip
    grid: dict[str, Any] = {"params": {"method": "none", "temperature": 0.05}, "score": 0.5, "log_loss": 1.0, "tried": 2}
    assert chose(metrics, grid) == ["method none; temperature 0.05; score 0.5; log_loss 1"]


def test_what_one_model_chose_is_told_once_for_all_official_test_sets(metrics: Metrics) -> None:
    both = ["official_near", "official_far"]
    tuned = [s for s in metrics["scores"] if s["recipe"] == "tuned" and s["scheme"] == "purged" and s["holder"] == "annotated"]
    scores = [s | {"scheme": scheme, "chosen": [c | {"fold": scheme[9:]} for c in s["chosen"][::3]]} for s in tuned for scheme in both]
    stance, _ = chosen_tables(metrics | {"scores": scores, "main_schemes": both})
    assert stance.summary == "stance, official_near and official_far: 3 choices"
    assert stance.blocks[0].rows[0][1] == Cell("all training rows", "seed 0")  # type: ignore[union-attr]


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


def test_the_default_stands_first_beside_published_figures_and_the_highest_is_called_chosen(metrics: Metrics) -> None:
    def said(**points: float) -> str:
        for s in metrics["scores"]:
            s["macro_f1"] |= {"point": points.get(s["recipe"], 0.1), "low": None, "high": None}
        _, _, text, *_ = published_blocks(metrics | {"published": PUBLISHED})
        return str(text.text)  # type: ignore[union-attr]

    assert said(words_holder=0.5, words_only=0.75) == (
        "The default reaches 50.0 (words_holder), above 1 of 2 published figures. The highest of this run, 75.0 (words_only), was chosen "
        "on the test, which flatters it; it is above 1 of 2 published figures."
    )
    alone = "The default reaches 75.0 (words_holder), above 1 of 2 published figures. It is the highest of this run too."
    assert said(words_holder=0.75, words_only=0.5) == said(words_holder=0.75, words_only=0.75) == alone


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
    predicted_under(folder, "kfold", "official")
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


def as_official(metrics: Metrics) -> Metrics:
    """The made-up run as one of an official split with a metric of its own: 8 rows trained, the last five are scored."""
    value = {"point": 0.7, "low": 0.6, "high": 0.8, "level": 0.95, "note": ""}
    points = {"words_only": 0.75, "words_holder": 0.7, "majority": 0.1}
    scores = []
    for s in metrics["scores"]:
        if s["scheme"] == "purged" and s["task"] == "stance":
            fold = {"name": "test", "n_train": 8, "n_test": 5, "n_purged": 0}
            own = value | {"point": points[s["recipe"]]} if s["recipe"] in points else value | {"point": None, "low": None, "high": None}
            counts = [c | {"n": n} for c, n in zip(s["classes"], (12, 3, 40), strict=True)]
            scores.append(s | {"scheme": "official", "n": 55, "folds": [fold], "official": own, "classes": counts})
    return metrics | {
        "scores": scores, "schemes": {"official": "the official split"}, "main_schemes": ["official"], "unit": "group", "n_train": 8,
        "tasks": {"stance": metrics["tasks"]["stance"]}, "official": ["oppose", "support"], "published": PUBLISHED[:1],
        "homes": {"stance": metrics["homes"]["stance"]}, "default_differences": [], "ablation": [],
        "repeated": {"official": {"n": 55, "repeated": 11}},
        "differences": [d | {"scheme": "official"} for d in metrics["differences"] if d["task"] == "stance"],
        "statements": [s | {"labels": {"stance": s["labels"]["stance"]}} for s in metrics["statements"]],
    }  # fmt: skip


def test_the_data_set_s_own_metric_comes_first_in_short(metrics: Metrics) -> None:
    text = in_short(as_official(metrics), "stance", "official")
    assert text.startswith(
        "by the data set's own metric, mean F1 of oppose and support, the default's is 0.700 (words_holder, 0.600 to 0.800) and the "
        "highest of a model is 0.750 (words_only, 0.600 to 0.800); baselines: 0.100 (majority). Verdicts of difference are on macro-F1, "
        "not on it. official: the highest macro-F1"
    )
    assert in_short(metrics, "stance", "purged").startswith("purged: the highest macro-F1")


def test_the_limits_of_an_official_split_are_of_the_rows_that_are_scored(metrics: Metrics) -> None:
    said = dict(limits(as_official(metrics)))
    assert next(iter(said)) == "Tested on what was trained on."
    assert said["Tested on what was trained on."].startswith("11 of 55 statements (20 %) of official repeat a training statement")
    assert said["Tested on what was trained on."].endswith("so that the figures stand beside those published.")
    assert "Fewer than 10 scored statements: stance: neutral (n = 3)." in said["Rare labels."]
    assert said["Statements that belong together."].startswith("The figures rest on official: n = 55, 3 groups. ")
    assert not any("live in one" in subject for subject in said)
    few = as_official(metrics) | {"repeated": {"official": {"n": 55, "repeated": 1}}}
    assert "Tested on what was trained on." not in dict(limits(few))
    alone = dict(limits(as_official(metrics) | {"published": []}))
    assert alone["Tested on what was trained on."].endswith("They are left in.")


def test_the_report_of_an_official_split(made_up_run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(made_up_run, folder)
    predicted_under(folder, "purged", "official")
    content = as_official(json.loads((folder / "metrics.json").read_text(encoding="utf-8")))
    content["words"] = {"words_only": {"stance": content["words"]["words_only"]["stance"]}}
    for s in content["scores"]:
        s |= {"chosen": [], "n": 13}  # as many as the predictions made up
    (folder / "metrics.json").write_text(json.dumps(content), encoding="utf-8")
    page = read(write_report(folder))
    assert "model trained on n = 8 statements" in page.text
    assert "mean F1 of oppose and support; the verdicts of difference in this report are on macro-F1, not on it." in page.text
    assert "Intervals do not cover the choice of the recipes themselves" not in page.text  # the default was compared with none
    assert "chosen" not in {a.get("id") for _, a in page.tags}
    del content["n_train"]  # a run made before
    assert trained(content) == 8


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
