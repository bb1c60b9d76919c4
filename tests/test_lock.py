"""What is installed is what the lock file says."""

import importlib.metadata
import re
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_installed_versions_equal_the_lock() -> None:
    locked = {normal(m[1]): m[2] for m in re.finditer(r"^([\w.-]+)==([^\s;]+)", LOCK.read_text(), re.M)}
    # A local build of torch carries a tag, as in 2.13.0+cpu; it is the same release.
    installed = {normal(d.metadata["Name"]): d.version.partition("+")[0] for d in importlib.metadata.distributions()}
    wrong = {name: (installed[name], version) for name, version in locked.items() if name in installed and installed[name] != version}
    assert not wrong
    assert {"numpy", "scikit-learn", "torch", "transformers", "datasets", "pytest"} <= installed.keys() & locked.keys()


def test_the_lock_names_releases_of_the_index_only() -> None:
    text = LOCK.read_text()
    assert "file://" not in text
    assert "+cpu" not in text
