"""How the default recipe takes to statements that it has not seen. The bars are what it reaches less a margin: they notice a loss.

Set d is the one by which nothing was chosen.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sklearn.metrics import f1_score

from stancekit.actors import load_actors
from stancekit.crossval import fit_on_all
from stancekit.data.inputs import statement_from_row
from stancekit.experiment import load_experiment
from stancekit.models.encoders.encode import encoding_cache
from stancekit.records import ModelInput

HERE, ROOT = Path(__file__).parent, Path(__file__).parents[2]
ACTORS = load_actors(ROOT / "annotations" / "actors.yaml")
TASKS = ("stance", "issue", "sentiment")


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def shown(row: Mapping[str, Any], text: str = "text", holder: str = "holder") -> ModelInput:
    known = {field: row.get(field) for field in ("context", "speaker", "organisation")} | {"text": row[text], "holder": row.get(holder)}
    return statement_from_row("row", known, ACTORS, "the reforms to Ofsted school inspection")[1]


@pytest.fixture(scope="module")
def model() -> Iterator[Any]:
    """The default of the shipped configs without its temperature, which moves no label, trained on the seeds."""
    pytest.importorskip("torch")
    pytest.importorskip("vaderSentiment")
    experiment = load_experiment(ROOT / "experiments" / "ofsted_demo.yaml")
    recipe = experiment.config.recipes[experiment.config.default]
    with encoding_cache():  # as long as the tests last: each of them reads the same statements
        yield fit_on_all(experiment.dataset, recipe.model, recipe.params)


def labels(model: Any, inputs: list[ModelInput]) -> dict[str, list[str]]:
    found = zip(TASKS, model.predict_proba(inputs), model.classes_, strict=True)
    return {task: [str(classes[i]) for i in proba.argmax(axis=1)] for task, proba, classes in found}


@pytest.mark.parametrize(("task", "least"), [("stance", 0.6), ("issue", 0.58), ("sentiment", 0.64)])
def test_unseen_statements_are_labelled_better_than_by_the_commonest_label(model: Any, task: str, least: float) -> None:
    unseen = [row for letter in "abcd" for row in rows(f"statements_{letter}.jsonl")]
    gold = [row["labels"][task] for row in unseen]
    reached = f1_score(gold, labels(model, [shown(row) for row in unseen])[task], average="macro", zero_division=0)
    commonest = f1_score(gold, [max(set(gold), key=gold.count)] * len(gold), average="macro", zero_division=0)
    assert reached > max(least, commonest + 0.1)


def test_another_union_s_name_moves_no_label(model: Any) -> None:
    pairs = [pair for pair in rows("pairs.jsonl") if not pair["changes"] and pair["kind"] == "name"]
    before = labels(model, [shown(pair, "a") for pair in pairs])
    after = labels(model, [shown(pair, "b", "holder_b") for pair in pairs])
    assert len(pairs) >= 8
    assert [before[pair["task"]][i] for i, pair in enumerate(pairs)] == [after[pair["task"]][i] for i, pair in enumerate(pairs)]


def test_a_place_a_date_or_a_spelling_hardly_ever_moves_a_label(model: Any) -> None:
    pairs = [pair for pair in rows("pairs.jsonl") if not pair["changes"]]
    before = labels(model, [shown(pair, "a") for pair in pairs])
    after = labels(model, [shown(pair, "b", "holder_b") for pair in pairs])
    same = sum(before[pair["task"]][i] == after[pair["task"]][i] for i, pair in enumerate(pairs))
    assert same >= 0.9 * len(pairs)


def test_a_negation_or_another_target_turns_the_stance_in_half_of_the_pairs_and_moves_it_rightly_in_more(model: Any) -> None:
    pairs = [pair for pair in rows("pairs.jsonl") if pair["changes"]]
    index, classes = TASKS.index("stance"), model.classes_[TASKS.index("stance")].tolist()
    before = model.predict_proba([shown(pair, "a") for pair in pairs])[index]
    after = model.predict_proba([shown(pair, "b", "holder_b") for pair in pairs])[index]
    right = sum(after[i, k] > before[i, k] for i, pair in enumerate(pairs) for k in [classes.index(pair["b_label"])])
    assert right > 0.75 * len(pairs)
    assert (before.argmax(axis=1) != after.argmax(axis=1)).sum() >= 0.5 * len(pairs)
