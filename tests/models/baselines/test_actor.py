"""Who speaks, counted: against frequencies by hand, and silent about those it does not know."""

import numpy as np
import pytest

from stancekit.models import make_model
from stancekit.records import ModelInput

X = [
    ModelInput("", holder=holder, actor_kind=kind)
    for holder, kind in [("A", "union")] * 4 + [("B", "union"), ("C", "office"), (None, None)]
]
Y = ["no", "no", "no", "yes", "no", "yes", "yes"]


def by(field: str, name: str | None) -> ModelInput:
    return ModelInput("", **{field: name})


def test_frequencies_are_those_of_the_holder_or_else_of_all() -> None:
    model = make_model("actor").fit(X, Y)
    found = model.predict_proba([by("holder", "A"), by("holder", "C"), by("holder", "unseen"), by("holder", None)])
    np.testing.assert_allclose(found[:, 1], [1 / 4, 1, 3 / 7, 3 / 7], atol=1e-6)


def test_a_kind_smoothed_and_balanced_by_hand() -> None:
    model = make_model("actor", by="actor_kind", smoothing=7.0, class_weight="balanced").fit(X, Y)
    found = model.predict_proba([by("actor_kind", "union"), by("actor_kind", "office")])
    # Four "no" of five, and seven statements of the overall 4 : 3; over 4 : 3.
    expected = [(1 + 3) / 3 / ((1 + 3) / 3 + (4 + 4) / 4), (1 + 3) / 3 / ((1 + 3) / 3 + 4 / 4)]
    np.testing.assert_allclose(found[:, 1], expected, atol=1e-6)


@pytest.mark.parametrize("kind", [None, "", "school"])
def test_an_unknown_kind_speaks_for_no_label_where_classes_are_balanced(kind: str | None) -> None:
    model = make_model("actor", by="actor_kind", class_weight="balanced").fit(X, Y)
    assert model.predict_proba([by("actor_kind", kind)]).tolist() == [[0.5, 0.5]]
