"""A recipe's short forms say what the wrapped models would say at length."""

from typing import Any

import pytest

from stancekit.experiment import model_of, params_of
from stancekit.experiment.config import Config, Recipe
from stancekit.models import make_model

TFIDF = {"template": "{text}", "C": 2.0}


@pytest.mark.parametrize(
    ("short", "kind", "params"),
    [
        ({}, "tfidf", TFIDF),
        ({"tune": {"C": [1.0, 2.0]}}, "tuned", {"model": "tfidf", "params": TFIDF, "grid": {"C": [1.0, 2.0]}}),
        ({"per_target": True}, "per_target", {"model": "tfidf", "params": TFIDF}),
        ({"calibrate": "isotonic"}, "calibrated", {"model": "tfidf", "params": TFIDF, "method": "isotonic", "abstain": None}),
        ({"abstain": 0.9}, "calibrated", {"model": "tfidf", "params": TFIDF, "method": "none", "abstain": 0.9}),
    ],
)
def test_short_forms_wrap_the_model(short: dict[str, Any], kind: str, params: dict[str, Any]) -> None:
    recipe = Recipe(model="tfidf", params={"C": 2.0}, **short)
    assert (model_of(recipe), params_of(recipe, 0, "{text}")) == (kind, params)
    assert make_model(model_of(recipe), **params_of(recipe, 0, "{text}")).reads[0] == "text"


def test_all_together_calibrate_outermost() -> None:
    recipe = Recipe(model="transformer", tune={"epochs": [1, 2]}, per_target=True, calibrate="temperature", abstain=0.8)
    params = params_of(recipe, 3, "{target}: {text}")
    assert (model_of(recipe), params["model"], params["params"]["model"]) == ("calibrated", "per_target", "tuned")
    assert params["params"]["params"]["params"] == {"template": "{target}: {text}", "seed": 3}


def test_a_config_s_per_target_is_every_recipe_s_that_does_not_say_otherwise() -> None:
    recipes = {"a": {"model": "tfidf"}, "b": {"model": "tfidf", "per_target": False}}
    config = Config.model_validate({"name": "c", "per_target": True, "default": "a", "recipes": recipes})
    assert [model_of(recipe) for recipe in config.recipes.values()] == ["per_target", "tfidf"]
