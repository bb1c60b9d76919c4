"""What the tables and sentences of the report's sections say of a made-up run."""

import json
from pathlib import Path
from typing import Any

import pytest
from published import PUBLISHED

from stancekit.models.composite.calibration import LARGEST, SMALLEST
from stancekit.report.blocks import Cell
from stancekit.report.sections.ablation import ablation_in_words, ablation_table
from stancekit.report.sections.choices import chosen_tables, price_table
from stancekit.report.sections.differences import default_in_words
from stancekit.report.sections.probabilities import bins_tables, coverage_table, kept_tables
from stancekit.report.sections.published import published_blocks
from stancekit.report.sections.tables import main_table
from stancekit.report.wording import number

Metrics = dict[str, Any]


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
