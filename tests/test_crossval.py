"""Out-of-fold predictions: a model never sees what it predicts."""

from typing import Any

import pytest

from stancekit.crossval import fit_on_all, out_of_fold
from stancekit.errors import StancekitError
from stancekit.models import per_task
from stancekit.splits import split
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

    def spy(self: Any, X: Any, *rest: Any) -> Any:
        seen.append({x.text for x in X})
        return original(self, X, *rest)

    monkeypatch.setattr(per_task.PerTask, "fit", spy)
    data = dataset()
    out_of_fold(data, "m", "tfidf", {"template": "{text}"}, "purged")
    for texts, fold in zip(seen, split(data, "purged"), strict=True):
        assert texts == {ROWS[i][1] for i in fold.train}
        assert not texts & {ROWS[i][1] for i in fold.test}


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
