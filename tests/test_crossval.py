"""Out-of-fold predictions: a model never sees what it predicts."""

from typing import Any

import numpy as np
import pytest

from stancekit.crossval import fit_on_all, out_of_fold
from stancekit.data.splits import split
from stancekit.errors import StancekitError
from stancekit.models import per_task
from stancekit.models.composite import tuned
from stancekit.models.composite.inner_folds import inner_folds
from toy import ROWS, dataset


def test_predictions_are_pooled_over_folds_for_every_task_and_holder() -> None:
    data = dataset()
    found, facts = out_of_fold(data, "actor", "actor", {}, "purged")
    assert [(p.task, p.holder) for p in found] == [("stance", "annotated"), ("tone", "annotated"), ("stance", "found"), ("tone", "found")]
    assert all(p.ids == tuple(data.ids) and p.folds == tuple(data.article_ids) for p in found)
    assert found[0].predicted != found[2].predicted
    assert [(f.name, f.n_train, f.n_test, f.n_purged) for f in facts] == [("a1", 6, 4, 2), ("a2", 7, 4, 1), ("a3", 7, 4, 1)]


def test_a_model_that_reads_no_holder_predicts_once() -> None:
    found, _ = out_of_fold(dataset(), "m", "majority", {}, "unpurged")
    assert [(p.task, p.holder) for p in found] == [("stance", "none"), ("tone", "none")]


def test_fitting_sees_the_training_rows_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []
    original = per_task.PerTask.fit

    def spy(self: Any, X: Any, *rest: Any, **named: Any) -> Any:
        seen.append({x.text for x in X})
        return original(self, X, *rest, **named)

    monkeypatch.setattr(per_task.PerTask, "fit", spy)
    data = dataset()
    out_of_fold(data, "m", "tfidf", {"template": "{text}"}, "purged")
    for texts, fold in zip(seen, split(data, "purged"), strict=True):
        assert texts == {ROWS[i][1] for i in fold.train}
        assert not texts & {ROWS[i][1] for i in fold.test}


TUNED = {"model": "tfidf", "params": {"chars": None}, "grid": {"C": [0.1, 10.0]}}


def test_a_model_that_splits_again_is_told_the_articles_of_its_training_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[str]] = []

    def spy(X: Any, groups: Any, reads: Any, y: Any) -> Any:
        told.append(list(groups))
        return inner_folds(X, groups, reads, y)

    monkeypatch.setattr(tuned, "inner_folds", spy)
    data = dataset()
    out_of_fold(data, "m", "tuned", TUNED, "purged")
    folds = split(data, "purged")
    assert told == [[data.article_ids[i] for i in fold.train] for fold in folds for _ in range(2)]
    fit_on_all(data, "tuned", TUNED)
    assert told[-1] == data.article_ids


def test_what_was_chosen_is_said_fold_by_fold_and_seconds_are_no_part_of_what_is_compared() -> None:
    _, facts = out_of_fold(dataset(), "m", "tuned", TUNED, "unpurged")
    _, again = out_of_fold(dataset(), "m", "tuned", TUNED, "unpurged")
    assert facts == again
    assert [set(fact.chosen) for fact in facts] == [{"stance", "tone"}] * 3
    assert facts[0].chosen["stance"]["params"] in ({"C": 0.1}, {"C": 10.0})
    assert all(fact.seconds["train"] >= fact.seconds["choose"] >= 0 <= fact.seconds["label"] for fact in facts)
    _, plain = out_of_fold(dataset(), "m", "majority", {}, "unpurged")
    assert plain[0].chosen == {"stance": {}, "tone": {}}


def test_a_model_that_may_abstain_says_what_it_keeps() -> None:
    found, facts = out_of_fold(dataset(), "m", "calibrated", {"model": "tfidf", "method": "none", "abstain": 0.8}, "kfold")
    for predictions in found:
        assert predictions.proba is not None
        thresholds = {fact.name: fact.chosen[predictions.task].get("threshold", 0.0) for fact in facts}
        expected = [top >= thresholds[fold] for top, fold in zip(predictions.proba.max(axis=1), predictions.folds, strict=True)]
        assert predictions.kept == tuple(expected)
    assert out_of_fold(dataset(), "m", "calibrated", {"model": "majority"}, "kfold")[0][0].kept is None


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("tuned", TUNED),
        ("calibrated", {"model": "tuned", "params": TUNED, "method": "isotonic", "abstain": 0.7}),
        ("ensemble", {"members": {"a": {"model": "actor"}, "t": {"model": "tuned", "params": TUNED}}, "combine": "stack"}),
    ],
)
@pytest.mark.parametrize("scheme", ["purged", "kfold"])
def test_a_label_in_one_article_alone_stops_no_run(kind: str, params: dict[str, Any], scheme: Any) -> None:
    rows = [(*row[:3], "neutral" if row[3] == "support" and row[0] != "a3" else row[3], row[4]) for row in ROWS]
    found, facts = out_of_fold(dataset(rows), "m", kind, params, scheme)
    assert all(p.proba is not None and np.isfinite(p.proba).all() for p in found)
    assert any("support" in fact.missing["stance"] for fact in facts)


def test_labels_missing_from_a_fold_get_probability_zero_and_are_named() -> None:
    rows = [(*row[:3], "neutral" if row[3] == "support" and row[0] != "a3" else row[3], row[4]) for row in ROWS]
    found, facts = out_of_fold(dataset(rows), "m", "tfidf", {}, "purged")
    assert facts[2].missing["stance"] == ("support",)
    assert found[0].proba is not None
    assert (found[0].proba[8:, 2] == 0).all()


def test_one_article_alone_can_not_be_left_out() -> None:
    with pytest.raises(StancekitError, match="no statement is left to train on"):
        out_of_fold(dataset(ROWS[:4]), "m", "majority", {}, "purged")


def test_the_final_model_is_fitted_on_everything() -> None:
    assert fit_on_all(dataset(), "majority", {}).models[0].frequencies_.tolist() == pytest.approx([5 / 12, 4 / 12, 3 / 12])
