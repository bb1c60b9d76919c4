"""A tuned model scores as the one that was chosen, loaded without what fitting needs."""

from pathlib import Path
from typing import Any

from stancekit.files import parse_object, read_text
from stancekit.models.registry import load_saved

INSIDE = "model"
KIND = "model.json"


class TunedScorer:
    """Loads the chosen model in place of the tuned one."""

    @classmethod
    def load(cls, directory: Path, *, to_fit: bool = False) -> Any:
        path = directory / KIND
        return load_saved(parse_object(read_text(path), path)["model"], directory / INSIDE, to_fit=to_fit)
