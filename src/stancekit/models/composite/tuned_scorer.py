"""A tuned model scores as the one that was chosen, loaded without what fitting needs."""

from pathlib import Path
from typing import Any

from stancekit.models.registry import load_saved
from stancekit.models.state import State, read_state

INSIDE = "model"
KIND = "model.json"


class _Kind(State):
    """`model.json`."""

    model: str


class TunedScorer:
    """Loads the chosen model in place of the tuned one."""

    @classmethod
    def load(cls, directory: Path, *, to_fit: bool = False) -> Any:
        return load_saved(read_state(directory / KIND, _Kind).model, directory / INSIDE, to_fit=to_fit)
