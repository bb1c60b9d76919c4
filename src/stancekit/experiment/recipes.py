"""Recipes checked before anything is trained, with the line of each fault."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from stancekit.codebook import Codebook
from stancekit.crossval import model_reads
from stancekit.errors import InputError, nearest
from stancekit.experiment.config import Config, model_of, params_of
from stancekit.models.lexicon import words_of
from stancekit.models.registry import MODELS
from stancekit.strict_yaml import Document


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


def check_words(document: Document, config: Config, codebook: Codebook) -> None:
    """Raise `InputError` as `check_recipes` does for a recipe that looks for words of a task that has none."""

    def check(kind: str, params: Mapping[str, Any]) -> None:
        for nested, own in _inside(kind, params):
            if nested == "lexicon" and own.get("lexicon", "keywords") == "keywords":
                for task in codebook.tasks.values():
                    words_of(own.get("task") or task.model_dump())

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


def _inside(kind: str, params: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A model and all that are nested in it, each with its parameters; of a grid every combination."""
    yield kind, params
    if kind == "ensemble":
        inner = [(entry["model"], entry.get("params", {})) for entry in params["members"].values()]
    elif kind == "tuned":
        grid, fixed = params["grid"], params.get("params") or {}
        inner = [(params["model"], {**fixed, **dict(zip(grid, values, strict=True))}) for values in product(*grid.values())]
    else:
        inner = [(params["model"], params.get("params") or {})] if isinstance(params.get("model"), str) else []
    for nested, own in inner:
        yield from _inside(nested, own)
