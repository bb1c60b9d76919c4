"""A model for each target: equal to fits made by hand, one for all where a target is new."""

from pathlib import Path

import numpy as np
import pytest

from stancekit.errors import InputError
from stancekit.models import make_model
from stancekit.models.composite.per_target import MANY, PerTarget
from stancekit.records import ModelInput

SAID = {"yes": ["good idea", "a good plan", "build it"], "no": ["bad idea", "stop it", "a bad plan"], "none": ["rain", "lunch", "a walk"]}
ROWS = [(text, target, label) for target in ("bridge", "tram") for label, texts in SAID.items() for text in texts]


def inputs(rows: list[tuple[str, str, str]]) -> list[ModelInput]:
    return [ModelInput(text, target=target) for text, target, _ in rows]


def test_each_target_has_its_own_model() -> None:
    rows = [row for row in ROWS if (row[1], row[2]) != ("tram", "none")]
    model = PerTarget("tfidf").fit(inputs(rows), [row[2] for row in rows])
    asked = [ModelInput("a good walk", target=target) for target in ("bridge", "tram", "bridge")]
    proba = model.predict_proba(asked)
    for target in ("bridge", "tram"):
        own = [row for row in rows if row[1] == target]
        alone = make_model("tfidf").fit(inputs(own), [row[2] for row in own])
        places = [i for i, x in enumerate(asked) if x.target == target]
        columns = [model.classes_.tolist().index(c) for c in alone.classes_]
        np.testing.assert_array_equal(proba[np.ix_(places, columns)], alone.predict_proba([asked[i] for i in places]))
    assert model.classes_.tolist() == ["no", "none", "yes"]
    assert proba[1, 1] == 0.0
    np.testing.assert_allclose(proba.sum(axis=1), 1)


def test_a_new_target_is_scored_by_a_model_of_all_rows(tmp_path: Path) -> None:
    model = PerTarget("tfidf").fit(inputs(ROWS), [row[2] for row in ROWS])
    everything = make_model("tfidf").fit(inputs(ROWS), [row[2] for row in ROWS])
    asked = [ModelInput("a good plan", target="park"), "stop it"]
    np.testing.assert_array_equal(model.predict_proba(asked), everything.predict_proba(asked))
    model.save(tmp_path)
    np.testing.assert_array_equal(PerTarget.load(tmp_path).predict_proba(asked), model.predict_proba(asked))


def test_it_reads_the_target_and_what_its_models_read() -> None:
    assert PerTarget("tfidf", {"template": "{holder}: {text}"}).reads == ("holder", "text", "target")


def test_what_its_models_chose_is_told_by_target() -> None:
    model = PerTarget("tuned", {"model": "tfidf", "grid": {"C": [0.1, 10.0]}}).fit(inputs(ROWS * 2), [row[2] for row in ROWS * 2])
    assert set(model.chosen_) == {"bridge", "tram"}
    assert set(model.chosen_["tram"]["params"]) == {"C"}


def test_too_many_targets_are_refused() -> None:
    X = [ModelInput("text", target=str(i)) for i in range(MANY + 1)]
    with pytest.raises(InputError, match=r"have 101 targets, more than 100; let one model read \{target\}"):
        PerTarget("majority").fit(X, ["a", *["b"] * MANY])
