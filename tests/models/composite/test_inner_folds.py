"""Folds inside the training rows: by article, purged, and none where there is nothing to choose by."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.duplicates import repeats
from stancekit.errors import InputError
from stancekit.models.composite.inner_folds import FEW, MANY, K, inner_folds, out_of_fold_proba
from stancekit.models.linear.tfidf import Tfidf
from stancekit.models.templates import as_inputs
from stancekit.records import ModelInput
from toy import ROWS

REPEATED = "the very same words are said in two of the articles"
words = st.sampled_from(["one two three four five six", "two three four five six seven", "plan", "", "a b c d e f g", "x y z u v w q r"])


def texts(groups: list[str]) -> list[ModelInput]:
    return as_inputs([f"Text {i} of article {group}." for i, group in enumerate(groups)])


def labels(n: int) -> np.ndarray:
    return np.array(["x", "y"] * n)[:n]


def test_one_article_is_left_out_at_a_time() -> None:
    groups = ["a"] * 5 + ["b"] * 4 + ["c"] * 6
    folds = inner_folds(texts(groups), groups, ("text",), labels(15))
    assert [(len(train), {groups[i] for i in test}) for train, test in folds] == [(10, {"a"}), (11, {"b"}), (9, {"c"})]


def test_a_planted_repeat_is_purged_by_what_is_read() -> None:
    groups = ["a"] * 5 + ["b"] * 4 + ["c"] * 6
    plain = texts(groups)
    X = [replace(x, context=REPEATED if i in (0, 14) else "") for i, x in enumerate(plain)]
    assert [len(train) for train, _ in inner_folds(X, groups, ("text",), labels(15))] == [10, 11, 9]
    folds = inner_folds(X, groups, ("text", "context"), labels(15))
    assert [len(train) for train, _ in folds] == [9, 11, 8]
    assert 14 not in folds[0][0]
    assert 0 not in folds[2][0]


@given(st.lists(st.tuples(words, words, st.sampled_from("abcd"), st.sampled_from("xyz")), min_size=8, max_size=24), st.booleans())
def test_every_row_is_tested_once_by_rows_that_do_not_repeat_it(drawn: list[tuple[str, str, str, str]], grouped: bool) -> None:
    X = [ModelInput(text, context) for text, context, _, _ in drawn]
    y = np.array([label for *_, label in drawn])
    folds = inner_folds(X, [group for _, _, group, _ in drawn] if grouped else None, ("text", "context"), y)
    assert not folds or sorted(np.concatenate([test for _, test in folds]).tolist()) == list(range(len(X)))
    for train, test in folds:
        assert len(train)
        assert not any(repeats(a, b) for i in train for j in test for a in (X[i].text, X[i].context) for b in (X[j].text, X[j].context))


@pytest.mark.parametrize("groups", [None, ["a"] * 10 + ["b"] * 10])
def test_without_three_articles_repeats_stay_together_in_stratified_folds(groups: list[str] | None) -> None:
    X = as_inputs([f"Statement number {i // 2} and some words." for i in range(20)])
    y = np.array(["x"] * 10 + ["y"] * 10)
    folds = inner_folds(X, groups, ("text",), y)
    assert len(folds) == K
    for train, test in folds:
        assert not {X[i] for i in train} & {X[i] for i in test}
        assert set(y[test]) == {"x", "y"}


def test_an_article_that_everything_repeats_falls_back_on_folds_of_statements() -> None:
    X = as_inputs([REPEATED + f" {i}" if i < 3 else f"Statement {i}." for i in range(12)])
    groups = ["a", "b", "c"] + ["a"] * 9
    folds = inner_folds(X, groups, ("text",), labels(12))  # without "a" only repeats of it would be left to train on
    assert len(folds) == K
    assert all({0, 1, 2} <= set(test.tolist()) or not {0, 1, 2} & set(test.tolist()) for _, test in folds)


def test_many_groups_are_dealt_to_folds_whole() -> None:
    groups = [f"g{i // 3}" for i in range(3 * (MANY + 1))]
    folds = inner_folds(texts(groups), groups, ("text",), labels(len(groups)))
    assert len(folds) == K
    for train, test in folds:
        assert not {groups[i] for i in train} & {groups[i] for i in test}


def test_nothing_is_chosen_by_few_rows_by_one_class_or_by_repeats_alone() -> None:
    assert inner_folds(texts(["a"] * (FEW - 1)), None, ("text",), labels(FEW - 1)) == []
    assert inner_folds(texts(["a"] * 20), None, ("text",), np.array(["x"] * 20)) == []
    assert inner_folds(as_inputs([REPEATED] * 20), list("abcd") * 5, ("text",), labels(20)) == []
    assert inner_folds(texts(["a"] * 12), None, ("text",), np.array(list("abcdefghijkl"))) == []


def test_a_group_for_each_row_is_wanted() -> None:
    with pytest.raises(InputError, match="groups: holds 2 names; one for each of 12 inputs"):
        Tfidf().fit(texts(["a"] * 12), labels(12), groups=["a", "b"])


def test_probabilities_are_those_of_models_fitted_by_hand() -> None:
    X, y, groups = as_inputs([row[1] for row in ROWS]), np.array([row[3] for row in ROWS]), [row[0] for row in ROWS]
    y[8:] = "neutral"  # so that without the other two articles a label can't be learnt
    classes = np.unique(y)
    folds = inner_folds(X, groups, ("text",), y)
    weights = np.linspace(1, 2, len(y))
    proba = out_of_fold_proba(Tfidf(), folds, X, y, weights, groups, classes)
    for train, test in folds:
        model = Tfidf().fit([X[i] for i in train], y[train], weights[train])
        expected = np.zeros((len(test), 3))
        for k, label in enumerate(model.classes_):
            expected[:, classes.tolist().index(label)] = model.predict_proba([X[i] for i in test])[:, k]
        np.testing.assert_array_equal(proba[test], expected)
