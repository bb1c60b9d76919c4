"""Grids: chosen inside the training rows, by the best pooled macro-F1."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import f1_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

import simulated
from stancekit.errors import InputError
from stancekit.models import make_model, registry
from stancekit.models.linear.tfidf import Tfidf


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    monkeypatch.setitem(registry.MODELS, "said", "simulated:Said")
    monkeypatch.setattr(simulated.Said, "fitted_on", [])
    return simulated.Said.fitted_on


def invented(n: int = 40) -> tuple[list[str], list[str], list[str]]:
    """Texts of generated words, their labels and their articles; nothing in them repeats."""
    rng = np.random.default_rng(5)
    y = [("good", "bad", "so")[i % 3] for i in range(n)]
    noise = [" ".join(f"w{v}" for v in rng.integers(0, 40, 4)) for _ in range(n)]
    return [f"{label if rng.random() < 0.6 else ''} {text} n{i}" for i, (label, text) in enumerate(zip(y, noise, strict=True))], y, [
        f"article {i % 4}" for i in range(n)
    ]  # fmt: skip


def test_the_choice_is_the_one_that_scikit_learns_tools_give() -> None:
    X, y, groups = invented()
    grid = {"C": [0.01, 1.0, 100.0], "class_weight": ["balanced", None]}
    model = make_model("tuned", model="tfidf", params={"chars": None}, grid=grid).fit(X, y, groups=groups)
    scores = {}
    for C in grid["C"]:
        for weight in grid["class_weight"]:
            found = cross_val_predict(Tfidf(chars=None, C=C, class_weight=weight), X, y, groups=groups, cv=LeaveOneGroupOut())  # type: ignore[arg-type]
            scores[C, weight] = f1_score(y, found, average="macro")
    assert model.chosen_["score"] == pytest.approx(max(scores.values()))
    assert scores[model.chosen_["params"]["C"], model.chosen_["params"]["class_weight"]] == max(scores.values())
    assert model.chosen_["tried"] == 6
    assert model.seconds_ > 0
    expected = Tfidf(chars=None, **model.chosen_["params"]).fit(X, y).predict_proba(X)
    assert model.predict_proba(X).tobytes() == expected.tobytes()


def test_rows_to_be_predicted_take_no_part_in_the_choice(said: list[list[str]]) -> None:
    X, y = simulated.rows(40, (1.0, 2.0))
    groups = [str(i % 4) for i in range(30)]
    make_model("tuned", model="said", grid={"voice": [0, 1]}).fit(X[:30], y[:30], groups=groups).predict_proba(X[30:])
    assert len(said) == 2 * 4 + 1
    assert not {text for texts in said for text in texts} & set(X[30:])
    for fold in range(4):
        assert said[fold] == said[4 + fold] == [X[i] for i in range(30) if groups[i] != str(fold)]
    assert said[-1] == X[:30]


def test_candidates_share_folds_that_are_purged_of_what_any_of_them_reads(said: list[list[str]]) -> None:
    X, y = simulated.rows(30, (1.0, 2.0))
    X[7] = X[0]  # the same text in two articles
    make_model("tuned", model="said", grid={"voice": [0, 1]}).fit(X, y, groups=[str(i % 4) for i in range(30)])
    assert all((X[0] not in texts) for texts in (said[0], said[3], said[4], said[7]))


def test_among_equals_the_surer_comes_first_then_the_order(said: list[list[str]]) -> None:
    X, y = simulated.rows(60, (0.0,))
    model = make_model("tuned", model="said", grid={"loud": [0.2, 1.0, 5.0]}).fit(X, y)
    assert model.chosen_["params"] == {"loud": 1.0}  # all three give the same labels; these are the true probabilities
    assert make_model("tuned", model="said", grid={"loud": [2.0, 2.0]}).fit(X, y).chosen_["params"] == {"loud": 2.0}


def test_too_few_rows_take_the_first() -> None:
    model = make_model("tuned", model="tfidf", grid={"C": [3.0, 1.0]}).fit(["a b", "c d"], ["x", "y"])
    assert model.chosen_ == {"params": {"C": 3.0}, "score": None, "log_loss": None, "tried": 0}


def test_two_fits_save_the_same_bytes(tmp_path: Path) -> None:
    X, y, groups = invented()
    for name in ("one", "two"):
        model = make_model("tuned", model="tfidf", params={"chars": None}, grid={"C": [0.1, 1.0]})
        model.fit(X, y, groups=groups).save(tmp_path / name)
    files = [p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*") if p.is_file()]
    assert Path("model/params.json") in files
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


def test_it_reads_what_any_candidate_reads() -> None:
    model = make_model("tuned", model="tfidf", grid={"template": ["{text}", "{holder}: {text}"]})
    assert model.reads == ("text", "holder")


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"model": "tfidf", "grid": {"c": [1]}}, "the model tuned: model type 'tfidf': unknown parameter 'c'"),
        ({"model": "tfidf", "grid": {"C": [1.0, "x"]}}, "parameter 'C' is 'x'"),
        ({"model": "tfidf", "grid": {"C": []}}, "grid, 'C': lists no value"),
        ({"model": "tfdif", "grid": {}}, "unknown 'tfdif'"),
        ({"grid": {}}, "needs the parameter 'model'"),
    ],
)
def test_faults(params: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        assert make_model("tuned", **params).reads
