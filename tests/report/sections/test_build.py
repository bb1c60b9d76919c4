"""The parts of the report that only some runs have: each says what its figures are, and is left out where there are none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from published import PUBLISHED
from test_write import read

from stancekit.report import write_report
from stancekit.report.figures import FIGURES, pictures
from stancekit.report.sections.differences import in_short
from stancekit.report.sections.limits import limits
from stancekit.report.sections.tables import homes_table
from stancekit.report.view import trained

Metrics = dict[str, Any]


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
