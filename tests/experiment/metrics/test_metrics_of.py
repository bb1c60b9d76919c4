"""What goes into `metrics.json`, from made-up predictions whose every coordinate is known."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import f1_score

import made_up
from stancekit.crossval import FoldFacts
from stancekit.data.dataset import Dataset
from stancekit.experiment.metrics import fold_seconds, metrics_of
from stancekit.experiment.metrics.quoted import MANY, OF_EACH
from stancekit.io.files import to_json
from stancekit.predictions import Predictions

Found = list[tuple[list[Predictions], list[FoldFacts]]]


@pytest.fixture(scope="module")
def data() -> Dataset:
    return made_up.dataset()


@pytest.fixture(scope="module")
def found(data: Dataset) -> Found:
    return made_up.predictions(data)


@pytest.fixture(scope="module")
def metrics(data: Dataset, found: Found) -> dict[str, Any]:
    return made_up.metrics(data, found)


def of(metrics: dict[str, Any], **wanted: str) -> dict[str, Any]:
    (only,) = [s for s in metrics["scores"] if all(s[key] == value for key, value in wanted.items())]
    return dict(only)


def official(data: Dataset, recipes: tuple[str, ...] = ("majority", "words_only")) -> tuple[Dataset, Found]:
    """The made-up data as rows without articles, of which the last five are two test sets."""
    tests = {"near": (8, 9, 10), "far": (11, 12)}
    rows = tuple(replace(e, article_id=e.id) for e in data.examples)
    split = replace(data, examples=rows, tests=tests, segmented=False)
    found: Found = []
    for several, _ in made_up.predictions(data):
        one = several[0]
        if one.model in recipes and one.scheme == "purged":
            pieces = [_piece(p, f"official_{name}", name, tests[name]) for p in several for name in tests]
            facts = [FoldFacts(n, 8, len(t), 0, dict.fromkeys(data.codebook.tasks, ()), {}, {"train": 2.0}) for n, t in tests.items()]
            found.append((pieces, facts))
    return split, found


def _piece(p: Predictions, scheme: str, name: str, rows: tuple[int, ...]) -> Predictions:
    assert p.proba is not None
    ids, said = tuple(p.ids[i] for i in rows), tuple(p.predicted[i] for i in rows)
    return replace(p, scheme=scheme, ids=ids, folds=(name,) * len(rows), predicted=said, proba=p.proba[list(rows)])


def test_nothing_in_it_is_of_the_clock(data: Dataset, found: Found, metrics: dict[str, Any]) -> None:
    slower = [(p, [replace(f, seconds={"train": 99.0, "label": 9.0}) for f in facts]) for p, facts in found]
    assert to_json(made_up.metrics(data, slower)) == to_json(metrics)
    assert json.loads(to_json(metrics))["default"] == "words_holder"


def test_what_was_chosen_is_said_once_for_each_seed_and_fold(metrics: dict[str, Any]) -> None:
    chosen = of(metrics, recipe="tuned", task="stance", scheme="purged", holder="annotated")["chosen"]
    assert [(c["seed"], c["fold"]) for c in chosen] == [(seed, fold) for seed in (0, 1, 2) for fold in ("a1", "a2", "a3")]
    assert [c["chosen"]["inside"]["params"]["C"] for c in chosen[:3]] == [1.0, 10.0, 1.0]
    assert of(metrics, recipe="tuned", task="stance", scheme="purged", holder="found")["chosen"] == []
    assert of(metrics, recipe="words_only", task="stance", scheme="purged")["chosen"] == []


def test_what_recipes_read(metrics: dict[str, Any]) -> None:
    assert {recipe: set(fields) for recipe, fields in metrics["reads"].items()} == {
        "majority": set(), "actor": {"holder"}, "words_only": {"text"}, "words_holder": {"text", "holder"}, "tuned": {"text", "holder"},
        "labels_only": set(),
    }  # fmt: skip


def test_the_default_is_compared_with_every_other_model(metrics: dict[str, Any]) -> None:
    rows = [d for d in metrics["default_differences"] if d["task"] == "stance" and d["holder"] == "annotated"]
    assert [(d["model"], d["baseline"]) for d in rows] == [("words_holder", other) for other in ("words_only", "tuned", "labels_only")]
    mine = of(metrics, recipe="words_holder", task="stance", scheme="purged", holder="annotated")["macro_f1"]["point"]
    other = of(metrics, recipe="words_only", task="stance", scheme="purged")["macro_f1"]["point"]
    assert rows[0]["difference"]["point"] == pytest.approx(mine - other)


def test_curves_are_of_the_schemes_that_are_compared(metrics: dict[str, Any]) -> None:
    assert metrics["main_schemes"] == ["purged"]
    for score in metrics["scores"]:
        if score["recipe"] != "labels_only":
            assert bool(score["coverage"]) == bool(score["probabilities"]["bins"]) == (score["scheme"] == "purged")
            assert score["probabilities"]["brier"] > 0


def test_official_test_sets_are_scored_apart(data: Dataset) -> None:
    split, found = official(data)
    metrics = metrics_of(split, "official", ["majority"], made_up.RECIPES, found, official=("oppose", "support"))
    assert metrics["main_schemes"] == ["official_near", "official_far"]
    assert (metrics["unit"], metrics["articles"], metrics["holders_found"]) == ("statement", {}, None)
    near = of(metrics, recipe="words_only", task="stance", scheme="official_near")
    assert (near["n"], near["groups"], [f["name"] for f in near["folds"]]) == (3, 3, ["near"])
    (p,) = [p for several, _ in found for p in several if (p.model, p.task, p.scheme) == ("words_only", "stance", "official_near")]
    gold = [data.labels("stance")[i] for i in (8, 9, 10)]
    point = f1_score(gold, p.predicted, labels=["oppose", "support"], average=None, zero_division=np.nan).mean()
    assert near["official"]["point"] == (None if np.isnan(point) else pytest.approx(point))
    assert of(metrics, recipe="words_only", task="tone", scheme="official_near")["official"] is None
    assert (near["official_labels"], of(metrics, recipe="words_only", task="tone", scheme="official_near")["official_labels"]) == (
        ["oppose", "support"], []
    )  # fmt: skip
    assert {d["scheme"] for d in metrics["differences"]} == {"official_near", "official_far"}
    assert {d["holder"] for d in metrics["differences"]} == {"annotated"}


def test_what_an_official_split_trains_on_and_repeats(data: Dataset, metrics: dict[str, Any]) -> None:
    """Row 9 of the made-up data is a copy of row 1, which trains."""
    split, found = official(data)
    told = metrics_of(split, "official", [], made_up.RECIPES, found)
    assert (told["n"], told["n_train"]) == (13, 8)
    assert told["repeated"] == {"official_near": {"n": 3, "repeated": 1}, "official_far": {"n": 2, "repeated": 0}}
    assert (metrics["n_train"], metrics["repeated"]) == (13, {})


def test_statements_of_the_same_words_are_one_unit(data: Dataset) -> None:
    """`a1` and `a3` have a sentence in common: of the five tested rows one repeats another once its words are given to it."""
    split, found = official(data)
    twice = replace(split.examples[10], input=replace(split.examples[8].input, target="another"))
    split = replace(split, examples=(*split.examples[:10], twice, *split.examples[11:]))
    metrics = metrics_of(split, "official", [], made_up.RECIPES, found)
    assert of(metrics, recipe="words_only", task="stance", scheme="official_near")["groups"] == 2
    assert [s.get("target") for s in metrics["statements"]][8:11] == [None, None, "another"]


def test_a_large_set_is_quoted_where_it_is_most_often_mistaken(data: Dataset) -> None:
    many = replace(data, examples=tuple(replace(e, id=f"{e.id}:{k}") for k in range(MANY // 13 + 1) for e in data.examples))
    ids = tuple(many.ids)
    wrong = set(ids[::4])
    labels = tuple(data.codebook.labels("stance"))
    said = tuple(labels[(labels.index(e.labels["stance"]) + (e.id in wrong)) % 3] for e in many.examples)
    tone = tuple(many.labels("tone"))
    several = [
        Predictions("stance", labels, "words_only", "purged", "none", 0, ids, tuple(many.article_ids), said),
        Predictions("tone", tuple(data.codebook.labels("tone")), "words_only", "purged", "none", 0, ids, tuple(many.article_ids), tone),
    ]
    facts = [FoldFacts(a, 8, 1, 0, {"stance": (), "tone": ()}) for a in ("a1", "a2", "a3")]
    metrics = metrics_of(many, "many", [], made_up.RECIPES, [(several, facts)])
    assert metrics["n"] == len(ids) > MANY
    assert len(metrics["statements"]) == OF_EACH
    assert {s["id"] for s in metrics["statements"]} <= wrong


def test_seconds_are_added_up(data: Dataset, found: Found) -> None:
    records = {(r["recipe"], r["scheme"]): r for r in fold_seconds(found)}
    assert records["tuned", "purged"] == {
        "recipe": "tuned", "scheme": "purged", "fits": 9, "train": 13.5, "choose": 9.0, "label": 2.25, "labelled": 3 * 2 * 13,
    }  # fmt: skip
    assert records["words_only", "kfold"]["labelled"] == 13
    assert ("tuned", "kfold") not in records
    (record, _) = fold_seconds(official(data)[1])
    assert (record["scheme"], record["fits"], record["labelled"]) == ("official", 1, 5)
