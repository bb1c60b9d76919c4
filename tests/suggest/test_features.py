"""Rows of unit length, by either reader."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from stancekit.errors import InputError
from stancekit.suggest.features import alike, features

TEXTS = ["The union rejects the plan.", "The office defends the plan.", "…", "The union rejects the plan."]


def test_ngrams_are_scikit_learns() -> None:
    reference = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(TEXTS)
    np.testing.assert_allclose(alike(features(TEXTS, "tfidf"), features(TEXTS, "tfidf")), (reference @ reference.T).toarray(), atol=1e-12)


def test_the_encoder_tells_meaning() -> None:
    rows = features(["Teachers will strike.", "School staff plan a walkout.", "The soup needs salt."], "embedding")
    likeness = alike(rows, rows)
    assert likeness[0, 1] > likeness[0, 2]
    np.testing.assert_allclose(np.diag(likeness), 1, atol=1e-5)


def test_opposites_are_no_more_than_unlike() -> None:
    assert alike(np.array([[1.0, 0.0]]), np.array([[-1.0, 0.0], [0.6, 0.8]])).tolist() == [[0.0, 0.6]]


def test_an_unknown_reader() -> None:
    with pytest.raises(
        InputError, match=r"'embeding' can't say what to label next - did you mean 'embedding'\? \(allowed: tfidf, embedding\)"
    ):
        features(TEXTS, "embeding")
