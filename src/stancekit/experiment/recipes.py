"""Recipes checked before anything is trained, with the line of each fault."""

from collections.abc import Callable, Mapping
from typing import Any

from stancekit.codebook import Codebook
from stancekit.crossval import model_reads
from stancekit.errors import InputError, nearest
from stancekit.experiment.config import Config, model_of, params_of
from stancekit.io.strict_yaml import Document
from stancekit.models.registry import MODELS, make_for


def check_recipes(document: Document, config: Config) -> None:
    """Raise `InputError` with file, line and recipe for whatever can be said of the recipes without their data."""
    for name, recipe in config.recipes.items():
        if recipe.model not in MODELS:
            where = document.where(("recipes", name, "model"))
            raise InputError(where, f"unknown model type '{recipe.model}'{nearest(recipe.model, MODELS)}", MODELS)
    _of_each(document, config, model_reads)  # which makes the models, and they check their parameters
    for key, names in [("default", [config.default]), ("baselines", config.baselines)]:
        for name in names:
            if name not in config.recipes:
                raise InputError(document.where((key,)), f"no recipe is called '{name}'{nearest(name, config.recipes)}", config.recipes)


def check_tasks(document: Document, config: Config, codebook: Codebook) -> None:
    """Raise `InputError` as `check_recipes` does for a recipe whose models miss something in what the codebook says of a task."""

    def check(kind: str, params: Mapping[str, Any]) -> None:
        for task in codebook.tasks.values():
            make_for(kind, params, task.model_dump())

    _of_each(document, config, check)


def reads_of(config: Config, template: str) -> dict[str, tuple[str, ...]]:
    """Recipe → the fields of an input that it reads, with the codebook's template where it names none."""
    return {name: model_reads(model_of(recipe), params_of(recipe, config.seed, template)) for name, recipe in config.recipes.items()}


def _of_each(document: Document, config: Config, check: Callable[[str, Mapping[str, Any]], object]) -> None:
    for name, recipe in config.recipes.items():
        try:
            check(model_of(recipe), params_of(recipe, config.seed, "{text}"))
        except InputError as error:
            raise InputError(document.where(("recipes", name, "params")), f"recipe '{name}': {error}") from None
