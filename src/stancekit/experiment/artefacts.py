"""What is written beside a trained model: its card, and what it and its encoder were trained on. And where that forbids a test."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from stancekit.data.splits import scored_rows
from stancekit.experiment.config import schemes_of
from stancekit.experiment.load import Experiment
from stancekit.huggingface.model_card import Trained, model_card
from stancekit.io.atomic import write_atomic
from stancekit.models.encoders.training_data import refuse_tested, write_sources
from stancekit.models.profile import write_profile
from stancekit.models.registry import make_model


def encoders_of(experiment: Experiment, recipe: str) -> tuple[str, ...]:
    """The encoders that a recipe, or the default by task, begins with, those of the models nested in it included."""
    made = [experiment.made(name) for name in experiment.config.parts(recipe)]
    return tuple(dict.fromkeys(encoder for kind, params in made for encoder in make_model(kind, **params).encoders))


def inputs_of(experiment: Experiment, recipes: Iterable[str]) -> list[Path]:
    """The files and folders that training these recipes reads: the config, what it names, and encoders that are folders."""
    encoders = {encoder for recipe in recipes for encoder in encoders_of(experiment, recipe)}
    return [*experiment.inputs, *sorted(Path(name) for name in encoders if Path(name).is_dir())]


def refuse_tested_sources(experiment: Experiment) -> None:
    """Raise `InputError` where a recipe begins with an encoder that was trained on what the recipe is tested on."""
    examples = experiment.dataset.examples
    for name, recipe in experiment.config.recipes.items():
        for scheme in schemes_of(experiment.config, recipe):
            for rows in scored_rows(experiment.dataset, scheme).values():
                refuse_tested(encoders_of(experiment, name), [examples[i].input.text for i in rows])


def describe(experiment: Experiment, recipe: str, scores: Sequence[Mapping[str, Any]] = ()) -> Callable[[Path], None]:
    """What writes `README.md`, `training.json` and the encoders' `sources.json` into the folder of a recipe's model, before it is sealed.

    `scores` : those of `metrics.json`; the card shows the recipe's.
    """
    config, dataset, encoders = experiment.config, experiment.dataset, encoders_of(experiment, recipe)
    shown = [score for score in scores if score["recipe"] == recipe]
    trained = Trained(config.name, recipe, *experiment.made(recipe), dataset, encoders, shown, config.source, config.licence)

    def write(directory: Path) -> None:
        texts = [dataset.examples[i].input.text for i in dataset.training]
        write_sources(directory, config.name, dataset.digests, texts, encoders)
        write_profile(directory, config.name, dataset, shown)
        write_atomic(directory / "README.md", model_card(trained, directory))

    return write
