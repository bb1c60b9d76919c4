"""What `import stancekit` and `stancekit --help` load, and the handful of public names."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import stancekit

HEAVY = {"torch", "transformers", "datasets", "matplotlib", "sklearn", "scipy", "pyarrow", "numpy", "ray"}


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(','.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.strip().splitlines()[-1].split(","))


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not loaded_after("import stancekit") & HEAVY


def test_help_loads_nothing_heavy() -> None:
    code = "import stancekit.cli.main\ntry: stancekit.cli.main.app(['--help'])\nexcept SystemExit: pass"
    assert not loaded_after(code) & HEAVY


def test_labelling_with_a_linear_model_loads_neither_scikit_learn_nor_torch() -> None:
    code = "import stancekit.labelling, stancekit.models.saved, stancekit.models.linear.tfidf, stancekit.models.composite.calibrated"
    assert not loaded_after(code) & {"torch", "transformers", "datasets", "matplotlib", "sklearn"}


def test_every_public_name_is_there() -> None:
    for name in stancekit.__all__:
        assert getattr(stancekit, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = stancekit.nothing


@pytest.mark.parametrize("command", [["-m", "stancekit"], ["-m", "stancekit.cli"]])
def test_the_version_is_printed(command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"stancekit {version('stancekit')}\n"
