"""Cross-validation from Python: recipes in every form, the scores of a run's report, what is refused."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stancekit.actors import Actors
from stancekit.crossval import out_of_fold
from stancekit.errors import InputError
from stancekit.evaluation import score
from stancekit.experiment.cross_validation import cross_validate, fit_on_all
from stancekit.models.baselines.actor import Actor
from stancekit.models.linear.tfidf import Tfidf
from stancekit.models.per_task import all_tasks
from stancekit.models.saved import load_model, save_model
from toy import dataset

DATA = dataset()
PARAMS = {"template": "{text}", "C": 2.0}


@pytest.mark.parametrize(
    "recipe",
    [
        {"model": "tfidf", "params": {"C": 2.0}},
        {"recipe": "tfidf", "params": {"C": 2.0}},
        Tfidf(C=2.0),
        all_tasks("tfidf", DATA.codebook.tasks, {"C": 2.0}),
    ],
)
def test_a_recipe_may_be_a_mapping_a_packaged_one_or_an_estimator_of_one_task_or_of_all(recipe: Any) -> None:
    found = cross_validate(DATA, recipe)
    expected, folds = out_of_fold(DATA, "tfidf", "tfidf", PARAMS, "purged")
    for one, other in zip(found.predictions, expected, strict=True):
        np.testing.assert_array_equal(one.proba, other.proba)
    assert found.folds == tuple(folds)
    assert repr(found) == "<CrossValidation: tfidf, scheme purged, 12 statements, 3 folds, tasks stance, tone>"


def test_a_score_is_that_of_the_holder_asked_for_and_says_what_could_not_be_learnt() -> None:
    found = cross_validate(DATA, "actor", name="who")
    gold = dict(zip(DATA.ids, DATA.labels("stance"), strict=True))
    articles = dict(zip(DATA.ids, DATA.article_ids, strict=True))
    for holder in ("found", "annotated"):
        [predictions] = [p for p in found.predictions if (p.task, p.holder) == ("stance", holder)]
        missing = {"stance": {fold.name: fold.missing["stance"] for fold in found.folds}}
        assert found.score("stance", holder) == score([predictions], gold, articles, missing)
    assert found.score("stance") == found.score("stance", "found") != found.score("stance", "annotated")
    plain = cross_validate(DATA, "majority")
    assert plain.score("tone") == plain.score("tone", "annotated")  # it reads no holder
    frame = found.to_frame()
    assert len(frame) == 12 * 2 * 2
    agree = frame[(frame.task == "stance") & (frame.holder == "found")]
    assert (agree.annotated == agree.predicted).mean() == found.score("stance").accuracy.point


def test_official_test_sets_are_scored_by_name() -> None:
    data = replace(DATA, tests={"one": (0, 1, 2), "two": (4, 5, 6)}, segmented=False)
    found = cross_validate(data, Actor(), "official")
    assert (found.score("stance", test="one").n, found.score("stance", test="two").n) == (3, 3)
    with pytest.raises(InputError, match=r"test: say which official test set \(allowed: one, two\)"):
        found.score("stance")
    with pytest.raises(InputError, match="test: unknown 'official_three'"):
        found.score("stance", test="three")


@pytest.mark.parametrize(
    ("recipe", "scheme", "message"),
    [
        ("tfid", "purged", r"recipe: no packaged recipe is called 'tfid' - did you mean 'tfidf'"),
        ({"model": "tfidf", "parms": {}}, "purged", r"recipe\.parms: .*\(allowed: recipe, model, params"),
        ({"model": "tfidf", "params": {"D": 1}}, "purged", "unknown parameter 'D'"),
        (dataset, "purged", "recipe: function is no name, mapping or estimator of stancekit.models"),
        ("tfidf", "purgd", "scheme: unknown 'purgd' - did you mean 'purged'"),
        ("tfidf", "official", "for data with an official test set"),
    ],
)
def test_what_is_not_known_is_refused(recipe: Any, scheme: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        cross_validate(DATA, recipe, scheme)


def test_a_model_is_fitted_by_the_recipe_or_by_the_parameters_given(tmp_path: Path) -> None:
    packaged = fit_on_all(DATA, "tfidf_holder")
    assert packaged.models[0].template == "{holder}: {text}"
    assert fit_on_all(DATA, "tfidf", {"C": 9.0}).models[0].C == 9.0
    with pytest.raises(InputError, match="no packaged recipe is called 'tfid' - did you mean 'tfidf'"):
        fit_on_all(DATA, "tfid")
    save_model(tmp_path / "m", packaged, recipe="r", codebook=DATA.codebook)
    assert load_model(tmp_path / "m").actors == Actors()


def test_a_task_or_holder_that_is_not_known_is_refused() -> None:
    found = cross_validate(DATA, "majority")
    with pytest.raises(InputError, match=r"task: unknown 'stanc' - did you mean 'stance'"):
        found.score("stanc")
    with pytest.raises(InputError, match=r"holder: unknown 'fund'.*allowed: found, annotated"):
        found.score("stance", "fund")
