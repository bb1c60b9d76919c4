"""Models within models: filled in from the codebook and the seed, told of their task, scored without scikit-learn."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stancekit.crossval import fit_on_all
from stancekit.models import make_model
from stancekit.models.composite.nested import params_for
from stancekit.models.registry import load_saved, make_for
from toy import codebook, dataset

DEEP: dict[str, Any] = {
    "model": "tuned",
    "params": {
        "model": "ensemble",
        "params": {
            "members": {
                "own": {"model": "tfidf", "params": {"template": "{text}", "chars": None}},
                "codebook": {"model": "tfidf", "params": {"chars": None}},
            }
        },
        "grid": {"combine": ["average", "stack"]},
    },
    "abstain": 0.5,
}


def test_template_and_seed_reach_every_model_and_a_template_of_its_own_stays() -> None:
    tuned = {"model": "transformer", "grid": {"epochs": [1, 2]}, "params": {"seed": 7}}
    params = {"members": {"a": {"model": "tfidf"}, "b": {"model": "tuned", "params": tuned}, "c": {"model": "majority"}}}
    found = params_for("ensemble", params, template="{holder}: {text}", seed=3)["members"]
    assert found["a"]["params"] == {"template": "{holder}: {text}"}
    assert found["b"]["params"]["params"] == {"template": "{holder}: {text}", "seed": 3}
    assert found["c"]["params"] == {}
    deep = params_for("calibrated", DEEP, template="{context}", seed=0)["params"]["params"]["members"]
    assert [member["params"]["template"] for member in deep.values()] == ["{text}", "{context}"]
    assert params_for("tfidf", {}, template="{text}", seed=0) == {"template": "{text}"}


def test_what_is_at_fault_is_left_for_the_model_to_say() -> None:
    assert params_for("ensemble", {"members": {"a": "tfidf"}}, template="t", seed=0) == {"members": {"a": "tfidf"}}
    assert params_for("calibrated", {"model": "nope"}, template="t", seed=0)["model"] == "nope"


def test_every_model_in_it_is_told_of_its_task() -> None:
    fitted = fit_on_all(dataset(), "calibrated", DEEP)
    told = [model.task["question"] for model in fitted.models]
    assert told == [entry.question for entry in codebook().tasks.values()] == ["Position?", "Tone?"]
    tone = fitted.models[1]
    assert tone.inner_["model"].task == tone.inner_["model"].inner_["model"].task == codebook().tasks["tone"].model_dump()


def test_a_task_given_in_the_parameters_stays() -> None:
    own = {"model": "tfidf", "task": {"question": "Mine?"}}
    assert make_for("calibrated", own, {"question": "Theirs?"}).task == {"question": "Mine?"}
    assert make_for("tfidf", {}, {"question": "?"}).get_params() == make_model("tfidf").get_params()


@pytest.mark.parametrize("method", ["temperature", "isotonic"])
def test_scoring_gives_the_same_bytes_without_scikit_learn(tmp_path: Path, method: str) -> None:
    model = fit_on_all(dataset(), "calibrated", {**DEEP, "method": method}).models[0]
    model.save(tmp_path)
    texts = [*dataset().inputs(), "", "A plain string."]
    expected = model.predict_proba(texts)
    assert load_saved("calibrated", tmp_path).predict_proba(texts).tobytes() == expected.tobytes()
    assert type(model).load(tmp_path).predict_proba(texts).tobytes() == expected.tobytes()
    code = (
        "import sys; from pathlib import Path; from stancekit.models.registry import load_saved;"
        f"proba = load_saved('calibrated', Path({str(tmp_path)!r})).predict_proba(['A plain string.']);"
        "assert proba.shape == (1, 3); assert not {'sklearn', 'torch', 'transformers'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
