"""What somebody writes who knows scikit-learn and pandas, and nothing of this package but its estimators."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, cross_val_predict, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline

from stancekit.errors import InputError
from stancekit.models import Tfidf
from stancekit.sources.source import Source, UnreadableError


def test_grid_search_cross_validation_and_probabilities_with_data_frames() -> None:
    said = {1: "build the good bridge", 0: "stop this bad plan"}
    table = pd.DataFrame(
        [(f"{said[label]}, they said {i}", f"Group {label if i % 3 else 2}", label) for i in range(15) for label in said],
        columns=["text", "holder", "stance"],
    )
    X, y = table[["text", "holder"]], table["stance"]
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, stratify=y, random_state=0)

    search = GridSearchCV(Tfidf(chars=None), {"C": [0.1, 1.0], "template": ["{text}", "{holder}"]}, cv=3, scoring="f1")
    search.fit(X_train, y_train)
    assert search.best_params_["template"] == "{text}"
    assert f1_score(y_test, search.predict(X_test)) == 1.0
    assert search.predict(X_test).dtype == y.dtype

    scores = cross_val_score(search.best_estimator_, X, y, cv=5, scoring="roc_auc")
    assert np.isfinite(scores).all()
    assert scores.mean() == 1.0
    assert (cross_val_predict(make_pipeline(Tfidf()), X, y, cv=3) == y).all()

    proba = pd.DataFrame(search.predict_proba(X_test), columns=search.classes_, index=X_test.index)
    assert (proba.idxmax(axis=1) == y_test).all()


def test_a_worker_process_sends_its_error() -> None:
    sent = UnreadableError(Source(None, "a.txt", "a", ".txt"), 3, "is empty")
    back = pickle.loads(pickle.dumps(sent))
    assert (type(back), str(back), back.rejected) == (UnreadableError, "a.txt:3: is empty", sent.rejected)
    search = GridSearchCV(Tfidf(), {"C": [-1.0]}, cv=2, n_jobs=2, error_score="raise")
    with pytest.raises(InputError, match=r"parameter 'C' is -1\.0"):
        search.fit(["a", "b", "a", "b"], [0, 1, 0, 1])
