"""Recipes checked before anything is trained, with the line of each fault."""

from collections.abc import Callable, Mapping
from typing import Any

from stancekit.codebook import Codebook
from stancekit.crossval import model_reads
from stancekit.errors import InputError, nearest
from stancekit.experiment.config import Config, Recipe, model_of, params_of
from stancekit.experiment.resolve import placed
from stancekit.io.strict_yaml import Document
from stancekit.models.registry import MODELS, make_for


def check_recipes(document: Document, config: Config) -> None:
    """Raise `InputError` with file, line and recipe for whatever can be said of the recipes without their data."""
    if "default" in config.recipes and config.default != "default":
        what = (
            "the name 'default' is kept for the model of the recipe that `default:` names; say `default: default`, or `NAME: default` here"
        )
        raise InputError(document.where(("recipes", "default")), what)
    for name, recipe in config.recipes.items():
        if recipe.model not in MODELS:
            where = document.where(("recipes", name, "model"))
            raise InputError(where, f"unknown model type '{recipe.model}'{nearest(recipe.model, MODELS)}", MODELS)
    _of_each(document, config, model_reads)  # which makes the models, and they check their parameters
    defaults = {(): config.default} if isinstance(config.default, str) else {(task,): name for task, name in config.default.items()}
    named = [*((("default", *at), name) for at, name in defaults.items()), *((("baselines",), name) for name in config.baselines)]
    for at, name in named:
        if name not in config.recipes:
            where, listed = document.where(at), document.where(("recipes",))
            what = f"no recipe is called '{name}'{nearest(name, config.recipes)}"
            if where.rpartition(":")[0] != listed.rpartition(":")[0]:
                what += f"; `{at[0]}` is inherited, and the recipes are of {listed}: say `{at[0]}` there too"
            raise InputError(where, what, config.recipes)


def check_tasks(document: Document, config: Config, codebook: Codebook) -> None:
    """Raise `InputError` as `check_recipes` does for a recipe whose models miss something in what the codebook says of a task."""

    def check(kind: str, params: Mapping[str, Any]) -> None:
        for task in codebook.tasks.values():
            make_for(kind, params, task.model_dump())

    _of_each(document, config, check)
    if not isinstance(config.default, str) and (odd := [*codebook.tasks.keys() ^ config.default.keys()]):
        what = "names no recipe for the task" if odd[0] in codebook.tasks else "is by task, and these data have no task"
        raise InputError(document.where(("default", odd[0])), f"`default` {what} '{odd[0]}'", codebook.tasks)


def reads_of(recipe: Recipe, template: str) -> tuple[str, ...]:
    """Return the fields of an input that a recipe reads, with the codebook's template where it names none."""
    return model_reads(model_of(recipe), params_of(recipe, 0, template))


def _of_each(document: Document, config: Config, check: Callable[[str, Mapping[str, Any]], object]) -> None:
    for name, recipe in config.recipes.items():
        with placed(document, "recipes", name, "params", recipe=name):
            for part in (
                recipe.model_copy(update={"calibrate": None, "abstain": None}),
                recipe,
            ):  # a fault is the recipe's, not the wrapper's
                check(model_of(part), params_of(part, config.seed, "{text}"))
