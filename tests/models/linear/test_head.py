"""The head fitted in the row space equals scikit-learn's fit on the features themselves."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from stancekit.models.linear.head import fit_head


@pytest.mark.parametrize("classes", [["a", "b"], ["a", "b", "c"]])
@pytest.mark.parametrize("sparse", [True, False])
def test_equals_a_fit_on_all_features(classes: list[str], sparse: bool) -> None:
    random = np.random.default_rng(0)
    features = random.normal(size=(30, 200)) * (random.random((30, 200)) < 0.2)
    labels = np.array([classes[i % len(classes)] for i in range(30)])
    reference = LogisticRegression(C=2.0, class_weight="balanced", max_iter=10_000, tol=1e-10).fit(features, labels)
    head = fit_head(csr_matrix(features) if sparse else features, labels, "logistic", 2.0, "balanced")
    unseen = random.normal(size=(10, 200))
    np.testing.assert_allclose(head.proba(unseen), reference.predict_proba(unseen), atol=1e-5)
    assert list(head.classes) == reference.classes_.tolist()


def test_a_support_vector_machine_agrees_with_its_own_margins() -> None:
    features = np.array([[0.0, 1.0], [0.0, 2.0], [1.0, 0.0], [2.0, 0.0]])
    head = fit_head(features, np.array(["a", "a", "b", "b"]), "svm", 1.0, None)
    assert [head.classes[i] for i in head.proba(features).argmax(axis=1)] == ["a", "a", "b", "b"]


def test_features_that_are_all_zero_leave_the_intercept() -> None:
    labels = np.array(["a", "a", "a", "b"])
    for width in (0, 2, 200):
        for features in (np.zeros((4, width)), csr_matrix((4, width))):
            head = fit_head(features, labels, "logistic", 1.0, None)
            np.testing.assert_allclose(head.proba(features[:1]), [[0.75, 0.25]], atol=1e-4)
            balanced = fit_head(features, labels, "logistic", 1.0, "balanced")
            np.testing.assert_allclose(balanced.proba(features[:1]), [[0.5, 0.5]], atol=1e-4)
            heavy = fit_head(features, labels, "logistic", 1.0, None, np.array([1.0, 1.0, 1.0, 9.0]))
            np.testing.assert_allclose(heavy.proba(features[:1]), [[0.25, 0.75]], atol=1e-4)
            assert fit_head(features, labels, "svm", 1.0, "balanced").coef.shape == (2, width)


@pytest.mark.parametrize("rows", [29, 30, 31])
def test_few_features_or_many_make_no_difference(rows: int) -> None:
    features = np.random.default_rng(1).normal(size=(rows, 30))
    labels = np.array(["a", "b", "c"] * 11)[:rows]
    reference = LogisticRegression(C=1.0, max_iter=10_000, tol=1e-10).fit(features, labels)
    head = fit_head(features, labels, "logistic", 1.0, None)
    np.testing.assert_allclose(head.proba(features), reference.predict_proba(features), atol=1e-5)


def test_many_rows_are_fitted_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    features = csr_matrix(random.normal(size=(40, 90)) * (random.random((40, 90)) < 0.2))
    labels = np.array(["a", "b", "c", "b"] * 10)
    before = fit_head(features, labels, "logistic", 1.0, "balanced")
    monkeypatch.setattr("stancekit.models.linear.head.MANY_ROWS", 39)
    after = fit_head(features, labels, "logistic", 1.0, "balanced")
    np.testing.assert_allclose(after.coef, before.coef, atol=1e-5)
    assert after.coef.shape == (3, 90)
