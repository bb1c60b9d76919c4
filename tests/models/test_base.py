"""The contract with scikit-learn: its own checks, and what a model says to inputs and labels that are none."""

import warnings
from inspect import signature
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import is_classifier
from sklearn.exceptions import SkipTestWarning
from sklearn.utils.estimator_checks import check_estimator

import stancekit.models
from stancekit.errors import InputError
from stancekit.models import Actor, Calibrated, Majority, PerTarget, Tfidf, make_model
from stancekit.models.registry import MODELS, model_class
from stancekit.models.templates import as_inputs
from stancekit.records import ModelInput

_TEXTS = "texts have no number of features, so `n_features_in_` would say nothing"
_NUMBERS = "NaN, infinity and complex numbers may be in features; in words they can't"
_SPARSE = "texts have no sparse form, so none is refused by name"
_POSITIVE = "a weight of 0 is refused: leave the row out"
_OURS = "the error is an InputError, which says what is allowed, and no ValueError in scikit-learn's words"
_SEQUENCE = "an object that is only `__array__` is no sequence of texts"
DOES_NOT_APPLY = {
    "check_n_features_in_after_fitting": _TEXTS,
    "check_n_features_in": _TEXTS,
    "check_complex_data": _NUMBERS,
    "check_estimators_nan_inf": _NUMBERS,
    "check_estimator_sparse_tag": _SPARSE,
    "check_estimator_sparse_array": _SPARSE,
    "check_estimator_sparse_matrix": _SPARSE,
    "check_all_zero_sample_weights_error": _POSITIVE,
    "check_sample_weight_equivalence_on_dense_data": _POSITIVE,
    "check_classifiers_one_label_sample_weights": _POSITIVE,
    "check_sample_weights_shape": _OURS,
    "check_estimators_empty_data_messages": _OURS,
    "check_classifiers_train": _OURS,
    "check_classifiers_regression_target": _OURS,
    "check_supervised_y_no_nan": _OURS,
    "check_fit1d": _OURS,
    "check_fit2d_predict1d": _OURS,
    "check_requires_y_none": _OURS,
    "check_sample_weights_not_an_array": _SEQUENCE,
    "check_classifier_data_not_an_array": _SEQUENCE,
    "check_supervised_y_2d": "labels of shape (n, 1) are reshaped without a warning",
    "check_class_weight_classifiers": "classes are weighed `balanced` or not at all: of a mapping no saved model would load",
}


class OfNumbers:
    """Reads each number of a row as a word, so that the checks, which draw numbers, have texts to give."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None, groups: Any = None) -> Any:
        return super().fit(_words(X), y, sample_weight, groups)  # type: ignore[misc]

    def predict_proba(self, X: Any) -> Any:
        return super().predict_proba(_words(X))  # type: ignore[misc]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()  # type: ignore[misc]
        tags.input_tags.one_d_array, tags.input_tags.two_d_array = False, True
        return tags


def _words(X: Any) -> Any:
    table = np.asarray(X) if isinstance(X, np.ndarray) or hasattr(X, "columns") else np.empty(0)
    return [" ".join(f"x{j}v{value}" for j, value in enumerate(row)) for row in table] if table.ndim == 2 else X


class TfidfOfNumbers(OfNumbers, Tfidf): ...


class MajorityOfNumbers(OfNumbers, Majority): ...


class CalibratedOfNumbers(OfNumbers, Calibrated): ...


@pytest.mark.parametrize(
    "model", [TfidfOfNumbers(chars=None), MajorityOfNumbers(), CalibratedOfNumbers("tfidf", {"chars": None})], ids=repr
)
def test_scikit_learns_checks_pass_but_for_those_that_do_not_apply(model: Any) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*does not inherit from", category=UserWarning)
        warnings.filterwarnings("ignore", category=SkipTestWarning)
        done = check_estimator(model, expected_failed_checks=DOES_NOT_APPLY, on_fail=None, on_skip=None)
    assert [f"{check['check_name']}: {check['exception']}" for check in done if check["status"] == "failed"] == []
    assert {check["check_name"] for check in done if check["status"] == "xfail"} == {
        name for name in DOES_NOT_APPLY if "class_weight" not in name or hasattr(model, "class_weight")
    }
    assert sum(check["status"] == "passed" for check in done) >= 35


def test_its_tags_say_that_it_reads_texts() -> None:
    assert is_classifier(Tfidf())
    with pytest.warns(SkipTestWarning, match="Can't test estimator Tfidf which requires input"):
        check_estimator(Tfidf())


def test_every_model_knows_its_name_and_can_be_imported_by_its_class() -> None:
    assert {kind: model_class(kind).model_type for kind in MODELS} == {kind: kind for kind in MODELS}
    assert all(getattr(stancekit.models, name) for name in stancekit.models.__all__)
    assert set(stancekit.models.__all__) <= set(dir(stancekit.models))
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = stancekit.models.Nothing


def test_its_repr_is_the_call_that_makes_it() -> None:
    assert repr(Tfidf(C=2, words=(1, 2), template="{holder}")) == "Tfidf(C=2, template='{holder}')"
    assert repr(make_model("majority")) == "Majority()"
    assert Tfidf(template="<b>")._repr_html_() == "<code>Tfidf(template=&#x27;&lt;b&gt;&#x27;)</code>"
    assert str(signature(model_class("sides"))).startswith("(template: str = '{text}', C: float = 0.3, class_weight: Optional[")


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(InputError, match=r"model type 'tfidf': unknown parameter 'c' .*allowed: C, chars"):
        Tfidf().set_params(c=1)


def test_a_table_is_read_by_the_names_of_fields() -> None:
    frame = pd.DataFrame({"holder": ["A", None], "text": ["One.", "Two."], "context": [np.nan, "Before."]}, index=[7, 3])
    expected = [ModelInput("One.", holder="A"), ModelInput("Two.", context="Before.")]
    assert as_inputs(frame) == as_inputs(frame.astype("category")) == expected
    assert as_inputs(pd.Series(["One.", "Two."])) == as_inputs(np.array(["One.", "Two."])) == [ModelInput("One."), ModelInput("Two.")]


@pytest.mark.parametrize(
    ("X", "message"),
    [
        ("One.", r"X: is a single text; pass a list: \[text\]"),
        (ModelInput("One."), "X: is a single text"),
        (pd.DataFrame({"sentence": ["One."]}), r"X: has the column 'sentence'; .* \(allowed: text, context, speaker, .*masked\)"),
        (pd.DataFrame({"text": ["One."], 0: [1]}), r'X: has the column 0; drop it, or rename it to what it is: frame\[\["text"\]\] has'),
        (pd.DataFrame([["One.", "Two."]], columns=["text", "text"]), "X: has the column 'text' twice"),
        (pd.DataFrame({"holder": ["A"]}), "X: has no column 'text', but holder"),
        (pd.DataFrame({"text": ["One.", None]}), "X, row 1: `text` is (None|nan); a text is needed"),
        (pd.DataFrame({"text": ["One."], "holder": [3]}), "X, row 0: `holder` is 3; a text is needed"),
        (pd.Series(["One.", np.nan]), "X, row 1: is float; a text"),
        (np.array([["One.", "Two."]]), "X, row 0: is ndarray; a text"),
        ({"text": ["One."]}, "X: is dict .*DataFrame of pandas"),
        (None, "X: is NoneType"),
    ],
)
def test_what_is_no_input(X: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Majority().fit(["One."], ["a"]).predict(X)


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (["a", None], "y: holds NoneType and str; labels of one type are needed, and none may be missing"),
        (["a", np.nan], "y: holds float and str"),
        ([1, "a"], "y: holds int and str"),
        ([0.5, 1.0], r"y: holds float64, such as .*0\.5.* \(allowed: strings, booleans, whole numbers\)"),
        (np.array([1.0, np.nan]), "y: holds float64"),
        ([b"a", b"b"], "y: holds .S1"),
        (None, r"y: has shape \(\)"),
        ([["a", "b"], ["b", "a"]], r"y: has shape \(2, 2\)"),
    ],
)
def test_what_is_no_label(y: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Majority().fit(["One.", "Two."], y)


def test_columns_of_one_are_flattened_and_a_folder_may_be_named_by_a_string(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["Good.", "Bad."], "y": [1, 0]})
    model = Tfidf().fit(frame[["text"]].to_numpy(), frame[["y"]])
    assert model.predict(frame["text"]).tolist() == [1, 0]
    model.save(str(tmp_path))
    assert Tfidf.load(str(tmp_path)).predict(frame[["text"]]).tolist() == [1, 0]


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Tfidf(template="{holder}: {text}"), "holder"),
        (Tfidf(template="{masked}"), "masked"),
        (Actor(), "holder"),
        (PerTarget("tfidf"), "target"),
        (Calibrated("actor", {"by": "actor_kind"}), "actor_kind"),
    ],
)
def test_a_field_that_is_read_must_be_given(model: Any, field: str) -> None:
    frame, y = pd.DataFrame({"text": ["One.", "Two."]}), ["a", "b"]
    with pytest.raises(InputError, match=rf"X: is texts alone, and the model reads {{{field}}}; pass ModelInput\(text, {field}=\.\.\.\)"):
        model.fit(frame["text"], y)
    with pytest.raises(InputError, match=f"X: has no column '{field}', which the model reads; add it"):
        model.fit(frame, y)
    inputs, empty = as_inputs(frame), frame.assign(**{field: None})
    model.fit(inputs, y)
    with pytest.raises(InputError, match=f"X: has no column '{field}'"):
        model.predict(frame)
    assert model.predict_proba(empty).tobytes() == model.predict_proba(inputs).tobytes() == model.predict_proba(frame["text"]).tobytes()
