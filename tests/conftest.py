"""Runs that several tests read. They are made once and copied by a test that changes them."""

from pathlib import Path

import pytest

import made_up
from stancekit.experiment import load_experiment, run

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def quick_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run directory of `tests/quick.yaml`."""
    folder = tmp_path_factory.mktemp("quick") / "run"
    run(load_experiment(ROOT / "tests" / "quick.yaml"), folder)
    return folder


@pytest.fixture(scope="session")
def made_up_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run directory made up from the toy data, with everything that a report must cope with."""
    return made_up.write_run(tmp_path_factory.mktemp("made_up") / "run")
