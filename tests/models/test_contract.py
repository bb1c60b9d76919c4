"""Every model of the registry passes the same suite; a new one is covered by its registry line."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from stancekit.codebook import Label, Task
from stancekit.errors import InputError
from stancekit.models import MODELS, make_model
from stancekit.models.encoders.zeroshot import Zeroshot
from stancekit.records import ModelInput

X = [
    ModelInput(text, context, speaker, organisation, holder, "the plan")
    for text, context, speaker, organisation, holder in [
        ("The union said the report is bad.", "", "a union", "Union A", "Union A"),
        ("The grades will start.", "The union said no.", "narrator", None, "narrator"),
        ("Delay the start, the union said.", "Grades.", "a union", "Union A", "Union A"),
        ("Good grades.", "", "an office", "Office B", "Office B"),
        ("The stress will not be good.", "The vote.", "a union", "Union A", "Union A"),
        ("The report is good, it said.", "", "an office", "Office B", "Office B"),
    ]
]
Y = ["oppose", "neutral", "oppose", "support", "oppose", "support"]
UNSEEN = [*X, ModelInput("A court vote.", holder=None), "A plain string.", ModelInput(""), ModelInput("word " * 10_000)]


TASK = Task(
    question="What is the position?",
    labels={
        "neutral": Label(definition="A start, a vote.", keywords=["start", "court"]),
        "oppose": Label(definition="Stress, delay; bad reports.", hypothesis="The report is bad."),
        "support": Label(definition="Good grades.", hypothesis="The report is good.", keywords=["good"]),
    },
).model_dump()


SIDED = TASK | {
    "sides": {
        "favour": "support",
        "against": "oppose",
        "neither": "neutral",
        "target": ["report*", "grades"],
        "rival": [],
        "action": ["court"],
    }
}
COMPOSITES = ["ensemble/stack", "calibrated/isotonic", "tuned/nested"]


@pytest.fixture(params=[*sorted(MODELS), "actor/balanced", "lexicon/vader", "sides/rules", "zeroshot/nli", *COMPOSITES])
def model(request: pytest.FixtureRequest, tiny_encoder: str, tiny_cross_encoder: str) -> Any:
    embedding = {"model": "embedding", "params": {"encoder": tiny_encoder, "max_length": 32}}
    transformer = {"model": "transformer", "params": {"encoder": tiny_encoder, "epochs": 1, "max_length": 32}}
    params: dict[str, Any] = {
        "actor/balanced": {"smoothing": 2.0, "class_weight": "balanced"},
        "lexicon": {"task": TASK},
        "lexicon/vader": {"lexicon": "vader"},
        "sides/rules": {"task": SIDED},
        "embedding": {"encoder": tiny_encoder, "max_length": 32},
        "zeroshot": {"encoder": tiny_encoder, "max_length": 32, "task": TASK},
        "zeroshot/nli": {"encoder": tiny_cross_encoder, "kind": "nli", "max_length": 32, "task": TASK},
        "contrastive": {"encoder": tiny_encoder, "epochs": 8, "max_length": 32},
        "transformer": {"encoder": tiny_encoder, "epochs": 1, "max_length": 32, "pair_template": "{context}"},
        "per_target": {"model": "tfidf"},
        "ensemble": {"members": {"t": {"model": "tfidf"}, "e": embedding, "tr": transformer}},
        "ensemble/stack": {"members": {"t": {"model": "tfidf"}, "a": {"model": "actor"}}, "combine": "stack"},
        "tuned": {**embedding, "grid": {"C": [10.0, 1.0], "classifier": ["logistic", "svm"]}},
        "calibrated": {"model": "tfidf", "abstain": 0.9},
        "calibrated/isotonic": {**embedding, "method": "isotonic", "abstain": 0.9},
        "tuned/nested": {
            "model": "ensemble",
            "params": {"members": {"c": {"model": "calibrated", "params": embedding}, "l": {"model": "lexicon"}}},
            "grid": {"combine": ["average", "stack"]},
            "task": TASK,
        },
    }
    return make_model(request.param.partition("/")[0], **params.get(request.param, {}))


def test_probabilities_are_distributions_over_the_seen_labels(model: Any) -> None:
    proba = model.fit(X, Y).predict_proba(UNSEEN)
    assert np.shape(proba) == (len(UNSEEN), 3)
    np.testing.assert_allclose(np.sum(proba, axis=1), 1)
    assert np.min(proba) >= 0
    assert model.classes_.tolist() == ["neutral", "oppose", "support"]


def test_predict_is_the_most_probable_label(model: Any) -> None:
    model.fit(X, Y)
    assert model.predict(UNSEEN).tolist() == model.classes_[model.predict_proba(UNSEEN).argmax(axis=1)].tolist()


def test_the_same_fit_gives_the_same_bytes(model: Any) -> None:
    first = clone(model).fit(X, Y).predict_proba(UNSEEN)
    assert first.tobytes() == clone(model).fit(X, Y).predict_proba(UNSEEN).tobytes()


def test_a_loaded_model_gives_the_same_bytes(model: Any, tmp_path: Path) -> None:
    expected = model.fit(X, Y).predict_proba(UNSEEN)
    model.save(tmp_path / "model")
    loaded = type(model).load(tmp_path / "model")
    assert loaded.predict_proba(UNSEEN).tobytes() == expected.tobytes()
    assert {p.suffix for p in (tmp_path / "model").rglob("*") if p.is_file()} <= {".json", ".safetensors", ".txt"}


def test_what_is_beside_a_text_does_not_move_its_probabilities(model: Any) -> None:
    model.fit(X, Y)
    together = model.predict_proba(UNSEEN)
    alone = np.vstack([model.predict_proba([x]) for x in UNSEEN])
    assert together.tobytes() == alone.tobytes()


def test_one_class_alone_is_always_said(model: Any) -> None:
    assert model.fit(X[:2], ["oppose", "oppose"]).predict(UNSEEN).tolist() == ["oppose"] * len(UNSEEN)


def test_one_statement_is_enough_and_none_gives_nothing(model: Any) -> None:
    model.fit(X[:1], Y[:1])
    assert model.predict_proba([]).shape == (0, 1)


def test_wrong_lengths_and_nothing_to_learn_are_refused(model: Any) -> None:
    with pytest.raises(InputError, match="has shape"):
        clone(model).fit(X, Y[:2])
    with pytest.raises(InputError, match=r"one|no labels"):
        clone(model).fit([], [])


@pytest.mark.parametrize("y", [np.array([10, 2, 10, 1, 10, 1], dtype=np.int32), np.array([True, False, True, False, True, True])])
def test_labels_keep_their_type(model: Any, tmp_path: Path, y: np.ndarray) -> None:
    if isinstance(model, Zeroshot):
        with pytest.raises(InputError, match=r"label '(1|False)' is not in the task"):
            model.fit(X, y)
        return
    model.fit(X, y)
    assert (model.classes_.dtype, model.classes_.tolist()) == (y.dtype, sorted(set(y.tolist())))
    model.save(tmp_path / "model")
    loaded = type(model).load(tmp_path / "model")
    assert type(loaded.classes_.tolist()[0]) is type(y.tolist()[0])
    assert loaded.predict(UNSEEN).tolist() == model.predict(UNSEEN).tolist()
    as_text = clone(model).fit(X, [f"{label:04d}" for label in y])  # sorted alike
    assert as_text.predict_proba(UNSEEN).tobytes() == model.predict_proba(UNSEEN).tobytes()


def test_weights_of_one_are_no_weights_and_a_heavy_row_counts_for_more(model: Any) -> None:
    plain = clone(model).fit(X, Y).predict_proba(X)
    np.testing.assert_allclose(clone(model).fit(X, Y, np.ones(len(X))).predict_proba(X), plain, atol=1e-5)

    def support(weight: float) -> float:
        """Of the first statement, which is labelled both ways."""
        fitted = clone(model).fit([*X, X[0]], [*Y, "support"], [*[1.0] * len(X), weight])
        return float(fitted.predict_proba(X[:1])[0, 2])

    if isinstance(model, Zeroshot) or getattr(model, "task", None) == SIDED:  # these learn from no label, so no row can be heavy
        assert support(50) == support(0.02)
    else:
        assert support(50) > support(1) > support(0.02)


@pytest.mark.parametrize("weights", [[1, 2], [1, 1, 1, 1, 1, 0], [1, 1, 1, 1, 1, -1], [1, 1, 1, 1, 1, float("nan")]])
def test_weights_must_be_positive_one_a_row(model: Any, weights: list[float]) -> None:
    with pytest.raises(InputError, match="sample_weight: has shape"):
        clone(model).fit(X, Y, weights)


def test_an_unfitted_model_says_so(model: Any, tmp_path: Path) -> None:
    with pytest.raises(NotFittedError, match="call fit first"):
        model.predict_proba(X)
    with pytest.raises(NotFittedError, match="call fit first"):
        model.save(tmp_path / "model")


def test_it_is_a_scikit_learn_estimator(model: Any) -> None:
    assert clone(model).get_params() == model.get_params()
    pipeline = make_pipeline(clone(model)).fit(X, Y)
    assert len(pipeline.predict(X)) == len(X)
    search = GridSearchCV(clone(model), {}, cv=[([0, 1, 2, 3], [4, 5])]).fit(X, Y)
    assert 0 <= search.best_score_ <= 1


def test_texts_that_are_all_empty_leave_the_labels_to_learn_from(model: Any, tmp_path: Path) -> None:
    empty = [ModelInput("") for _ in Y]
    expected = model.fit(empty, Y).predict_proba(UNSEEN)
    np.testing.assert_allclose(expected.sum(axis=1), 1)
    model.save(tmp_path / "model")
    assert type(model).load(tmp_path / "model").predict_proba(UNSEEN).tobytes() == expected.tobytes()


def test_unknown_types_and_parameters_name_the_nearest() -> None:
    with pytest.raises(InputError, match=r"unknown 'tfdif' - did you mean 'tfidf'.*allowed: majority"):
        make_model("tfdif")
    with pytest.raises(InputError, match="unknown parameter 'templat' - did you mean 'template'"):
        make_model("tfidf", templat="{text}")
    with pytest.raises(InputError, match=r"unknown field '{holdr}' - did you mean 'holder'"):
        make_model("tfidf", template="{holdr}: {text}").fit(X, Y)
