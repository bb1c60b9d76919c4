"""The head fitted in the row space equals scikit-learn's fit on the features themselves."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from stancekit.models.linear import fit_head


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
