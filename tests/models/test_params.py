"""Parameters of another type or range are refused before anything is trained."""

from typing import Any

import numpy as np
import pytest
from sklearn.base import clone

from stancekit.errors import InputError
from stancekit.models import make_model
from stancekit.models.linear.tfidf import Tfidf
from stancekit.models.registry import model_class


@pytest.mark.parametrize(
    ("kind", "params", "message"),
    [
        ("tfidf", {"C": "x"}, "parameter 'C' is 'x': .*number"),
        ("tfidf", {"C": 0}, "'C' is 0: .*greater than 0"),
        ("tfidf", {"words": 3}, "'words' is 3: .*tuple"),
        ("tfidf", {"words": [2, 1]}, "the lower n comes first"),
        ("tfidf", {"classifier": "forest"}, "'logistic' or 'svm'"),
        ("tfidf", {"class_weight": "even"}, "'balanced'"),
        ("tfidf", {"template": "{holder"}, "template '{holder'"),
        ("embedding", {"max_length": True}, "valid integer"),
        ("transformer", {"epochs": -1}, "greater than or equal to 1"),
        ("transformer", {"dropout": 1.0}, "less than 1"),
        ("tuned", {"model": "tfidf"}, "model type 'tuned': needs the parameter 'grid'"),
        ("majority", {"C": 1.0}, "unknown parameter 'C'"),
    ],
)
def test_faults(kind: str, params: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        make_model(kind, **params)


def test_what_a_config_gives_is_taken_as_it_is() -> None:
    assert make_model("tfidf", words=[1, 2], chars=None, C=1).get_params()["words"] == [1, 2]


def test_reading_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="neither words nor chars"):
        make_model("tfidf", words=None, chars=None)
    with pytest.raises(InputError, match="neither words nor chars"):
        clone(Tfidf(words=None, chars=None)).fit(["a", "b"], ["x", "y"])


@pytest.mark.parametrize(
    ("kind", "params", "message"),
    [
        ("tfidf", {"C": -1}, "parameter 'C' is -1: .*greater than 0"),
        ("tfidf", {"C": "1"}, "parameter 'C' is '1': .*valid number"),
        ("ensemble", {"members": {"a": Tfidf()}}, r'its parameters: members={"a": {"model": "tfidf", "params": {\.\.\.}}}'),
        ("calibrated", {"model": Tfidf()}, r'its parameters: model="tfidf", params={\.\.\.}'),
        ("tuned", {"model": Tfidf(), "grid": {"C": [1.0]}}, r'its parameters: model="tfidf", params={\.\.\.}'),
    ],
)
def test_faults_of_an_estimator_made_by_its_class_show_when_it_is_fitted(kind: str, params: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        model_class(kind)(**params).fit(["a", "b"], ["x", "y"])


def test_numbers_of_numpy_are_numbers() -> None:
    assert Tfidf(C=np.int64(2)).fit(["a", "b"], ["x", "y"]).predict(["a"]).tolist() == ["x"]


NOTHING = {"model": "tfidf", "params": {"words": None, "chars": None}}


@pytest.mark.parametrize(
    ("kind", "params", "message"),
    [
        ("calibrated", NOTHING, "the model calibrated: model type 'tfidf': with neither"),
        ("per_target", NOTHING, "model type 'tfidf': with neither"),
        ("tuned", {"model": "tfidf", "params": {"words": None}, "grid": {"chars": [[2, 5], None]}}, "the model tuned: .*with neither"),
        ("tuned", {"model": "tfidf", "grid": {"C": []}}, "grid, 'C': lists no value"),
        ("ensemble", {"members": {"a": {"model": "calibrated", "params": NOTHING}}}, "member 'a': the model calibrated: .*with neither"),
        ("calibrated", {"model": "ensemble", "params": {"members": {"a": {"model": "actor"}}, "weights": {"b": 1.0}}}, "weights: are of b"),
    ],
)
def test_faults_of_a_model_within_show_when_it_is_made(kind: str, params: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        make_model(kind, **params)
    clone(model_class(kind)(**params))  # a constructor checks nothing
