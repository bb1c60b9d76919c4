"""Files of predictions: what is written comes back; what is wrong is named with its line."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from stancekit.errors import InputError
from stancekit.predictions import Predictions, load_predictions, save_predictions

MADE = Predictions("t", ("x", "y"), "m", "purged", "none", 0, ("s1", "s2"), ("a", "b"), ("x", "y"), np.array([[0.9, 0.1], [1 / 3, 2 / 3]]))


def test_a_round_trip_keeps_every_bit(tmp_path: Path) -> None:
    save_predictions(MADE, tmp_path / MADE.name)
    loaded = load_predictions(tmp_path / MADE.name)
    assert loaded.proba is not None
    assert MADE.proba is not None
    assert loaded.proba.tobytes() == MADE.proba.tobytes()
    assert (loaded.ids, loaded.folds, loaded.predicted, loaded.name) == (MADE.ids, MADE.folds, MADE.predicted, MADE.name)


def test_labels_alone_are_accepted(tmp_path: Path) -> None:
    save_predictions(Predictions("t", ("x",), "m", "purged", "none", 0, ("s1",), ("a",), ("x",)), tmp_path / "p.jsonl")
    assert load_predictions(tmp_path / "p.jsonl").proba is None


def test_what_is_kept_is_written_only_where_a_model_may_abstain(tmp_path: Path) -> None:
    save_predictions(MADE, tmp_path / "all.jsonl")
    assert "kept" not in (tmp_path / "all.jsonl").read_text()
    assert load_predictions(tmp_path / "all.jsonl").kept is None
    save_predictions(replace(MADE, kept=(True, False)), tmp_path / "some.jsonl")
    assert load_predictions(tmp_path / "some.jsonl").kept == (True, False)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"label": "y"', '"label": "w"', r":3: label 'w' is not in task 't' \(allowed: x, y\)"),
        ('"id": "s2"', '"id": "s1"', r":3: the id 's1' occurs twice"),
        ("[0.9, 0.1]", "[0.9, 0.2]", r":2: 'proba' sums to"),
        ("[0.9, 0.1]", "[0.9]", r":2: 'proba' must be 2 numbers"),
        (', "proba": [0.9, 0.1]', "", r"has probabilities on 1 of 2 rows"),
        (', "kept": true', "", r"says of 1 of 2 rows whether they are kept"),
        ('"kept": true', '"kept": 1', r":2: 'kept' must be true or false"),
        ('"seed": 0', '"sed": 0', r":1: the header has no 'seed'"),
    ],
)
def test_faults(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "p.jsonl"
    save_predictions(replace(MADE, kept=(True, False)), path)
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(InputError, match=message):
        load_predictions(path)
