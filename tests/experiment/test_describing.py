"""Transfer, end to end: a source trains an encoder, recipes name it, and it is refused where it was trained."""

import json
from pathlib import Path

import pytest
from transformers import BertModel

from stancekit.crossval import fit_on_all
from stancekit.errors import InputError
from stancekit.experiment import Experiment, load_experiment
from stancekit.experiment.artefacts import describe, encoders_of, refuse_tested_sources
from stancekit.experiment.config import model_of, params_of
from stancekit.models.encoders.training_data import fingerprint, sources_of
from stancekit.models.encoders.weights import PACKAGED
from stancekit.models.saved import load_model, save_model
from tiny import save_tiny

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared" / "data"
SOURCES = {"perspectrum": "perspectrum", "newsmtsc": "newsmtsc", "coal_debate": "csta_coal_debate"}
CONFIG = """
name: {name}
data:
  train: {name}.jsonl
default: r
licence: made up for the test
recipes:
  r: {recipe}
"""


@pytest.fixture(scope="module")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return save_tiny(tmp_path_factory.mktemp("encoder"), BertModel)


def experiment(folder: Path, name: str, encoder: str, recipe: str) -> Experiment:
    """Rows made up of the experiment's name."""
    rows = [{"id": str(i), "text": f"The {name} number {i} is {'good' if i % 2 else 'bad'}.", "label": f"l{i % 2}"} for i in range(12)]
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row | {"target": "the report"}) + "\n" for row in rows))
    (folder / f"{name}.yaml").write_text(CONFIG.format(name=name, recipe=recipe.replace("ENCODER", encoder)))
    return load_experiment(folder / f"{name}.yaml")


def trained(made: Experiment, out: Path) -> str:
    """As `stancekit train` does it."""
    recipe = made.config.recipes["r"]
    model = fit_on_all(made.dataset, model_of(recipe), params_of(recipe, 0, "{text}"))
    book, finish = made.dataset.codebook, describe(made, "r")
    save_model(out, model, recipe="r", codebook=book, actors=made.actors, finish=finish)
    return str(out)


TRANSFORMER = "{model: transformer, params: {encoder: ENCODER, epochs: 1, pair_template: '{target}'}}"
EMBEDDING = "{model: embedding, params: {encoder: ENCODER}}"
NESTED = "{model: embedding, params: {encoder: ENCODER}, tune: {C: [1.0, 10.0]}, calibrate: temperature}"


def test_what_a_source_trains_is_an_encoder_that_knows_where_it_comes_from(tiny_encoder: str, tmp_path: Path) -> None:
    first = trained(experiment(tmp_path, "first", tiny_encoder, TRANSFORMER), tmp_path / "models" / "first")
    found = sources_of(first)
    assert found.trained_on == ("first",)
    assert set(found.files) == {"first.jsonl"}
    assert fingerprint("the FIRST number 3 is good") in found.texts
    second = trained(experiment(tmp_path, "second", first, TRANSFORMER), tmp_path / "models" / "second")
    assert sources_of(second).trained_on == ("first", "second")
    card = (tmp_path / "models" / "second" / "README.md").read_text()
    assert "trained before on first" in card
    assert "Licence of the data: made up for the test." in card
    assert load_model(tmp_path / "models" / "second").kind == "transformer"


@pytest.mark.parametrize("recipe", [EMBEDDING, NESTED, TRANSFORMER])
def test_a_recipe_that_begins_with_it_is_refused_where_it_was_trained(tiny_encoder: str, tmp_path: Path, recipe: str) -> None:
    first = trained(experiment(tmp_path, "first", tiny_encoder, TRANSFORMER), tmp_path / "models" / "first")
    assert encoders_of(experiment(tmp_path, "other", first, recipe), "r") == (first,)
    refuse_tested_sources(experiment(tmp_path, "other", first, recipe))
    with pytest.raises(InputError, match=r"first': was trained on 12 of the 12 statements that it would be tested on \(by first\)"):
        refuse_tested_sources(experiment(tmp_path, "first", first, recipe))


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "experiments" / "transfer").glob("*.yaml")))
def test_every_shipped_source_is_sound(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the open data sets are not beside this checkout")
    made = load_experiment(ROOT / "experiments" / "transfer" / f"{name}.yaml", SHARED / SOURCES[name])
    assert made.config.name == f"transfer_{name}"
    assert made.config.recipes[made.config.default].model == "transformer"
    assert encoders_of(made, made.config.default) == (PACKAGED,)
    assert all(e.input.target for e in made.dataset.examples)
    assert len(made.dataset.examples) == {"perspectrum": 6978, "newsmtsc": 8739, "coal_debate": 382}[name]
