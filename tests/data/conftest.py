"""The annotated seeds as a data set."""

from pathlib import Path

import pytest

from stancekit.actors import load_actors
from stancekit.codebook import load_codebook
from stancekit.data.dataset import read_dataset

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def ofsted():  # type: ignore[no-untyped-def]
    annotations = ROOT / "annotations"
    book, actors = load_codebook(annotations / "codebook.yaml"), load_actors(annotations / "actors.yaml")
    return read_dataset(ROOT / "seeds", annotations / "ofsted.jsonl", book, actors)
