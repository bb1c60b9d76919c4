"""The map for contributors names places that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NAMED = sorted({name for name in re.findall(r"`([\w./-]+)`", TEXT) if "/" in name or name.endswith((".py", ".md"))})


@pytest.mark.parametrize("name", NAMED)
def test_a_place_that_the_map_names_is_there(name: str) -> None:
    places = [ROOT / name, ROOT / "src" / "stancekit" / name]
    assert any(place.exists() for place in places), name


def test_every_part_of_the_package_is_on_the_map() -> None:
    parts = {path.name for path in (ROOT / "src" / "stancekit").iterdir() if not path.name.startswith("_") and path.name != "py.typed"}
    missing = sorted(part for part in parts if f"`{part}`" not in TEXT and f"`{part}/`" not in TEXT)
    assert not missing
