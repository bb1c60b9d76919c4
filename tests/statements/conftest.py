"""What the tests of statements share: the seeds, the gold readings, and names that belong to nobody."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from naming import Namer

from stancekit.actors import Actors, load_actors

ROOT = Path(__file__).parents[2]
GOLD = Path(__file__).parents[3] / "shared" / "gold"


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """File name → text, line ends as they are."""
    return {path.name: path.read_bytes().decode() for path in sorted((ROOT / "seeds").glob("*.txt"))}


@pytest.fixture(scope="session")
def registry() -> Actors:
    return load_actors(ROOT / "annotations" / "actors.yaml")


def _gold(name: str) -> dict[str, list[dict[str, Any]]]:
    path = GOLD / name
    if not path.is_file():
        pytest.skip(f"the gold readings are not beside this checkout ({name})")
    rows = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["file"]].append(row)
    return dict(rows)


@pytest.fixture(scope="session")
def gold_statements() -> dict[str, list[dict[str, Any]]]:
    return _gold("seed_statements.jsonl")


@pytest.fixture(scope="session")
def gold_quotes() -> dict[str, list[dict[str, Any]]]:
    """The 58 quotations that are speech."""
    return {file: [row for row in rows if row["type"] in ("direct", "partial")] for file, rows in _gold("seed_quotes.jsonl").items()}


@pytest.fixture
def namer() -> Namer:
    return Namer()
