"""The content of the made-up run's `metrics.json`."""

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def metrics(made_up_run: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((made_up_run / "metrics.json").read_text(encoding="utf-8"))
    return content
