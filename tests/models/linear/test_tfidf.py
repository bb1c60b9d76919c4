"""TF-IDF where there is nothing to count: what is learnt is how frequent the labels are."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stancekit.models.linear.tfidf import Tfidf
from stancekit.models.registry import make_model
from stancekit.records import ModelInput

Y = ["a", "a", "a", "b"]
UNSEEN = [ModelInput("The union said no.", actor_kind="union", holder="a union"), ModelInput("")]


@pytest.mark.parametrize(
    ("params", "texts"),
    [
        ({"template": "{actor_kind}"}, ["One.", "Two.", "Three.", "Four."]),
        ({"template": "{holder}"}, ["One."] * 4),
        ({"chars": None}, list("wxyz")),
    ],
)
@pytest.mark.parametrize(("class_weight", "expected"), [(None, [0.75, 0.25]), ("balanced", [0.5, 0.5])])
def test_without_an_n_gram_it_says_the_shares_of_the_labels(
    params: dict[str, Any], texts: list[str], class_weight: str | None, expected: list[float], tmp_path: Path
) -> None:
    model = make_model("tfidf", class_weight=class_weight, **params).fit([ModelInput(text) for text in texts], Y)
    proba = model.predict_proba(UNSEEN)
    np.testing.assert_allclose(proba, [expected] * 2, atol=1e-4)
    assert [block.terms for block in model.blocks_] == [()] * len(model.blocks_)
    assert model.top_words() == {"a": [], "b": []}
    model.save(tmp_path / "model")
    assert Tfidf.load(tmp_path / "model").predict_proba(UNSEEN).tobytes() == proba.tobytes()
