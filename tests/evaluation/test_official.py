"""The published metric equals scikit-learn's, and the definition worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from stancekit.evaluation.official import f1_mean

LABELS = ["favor", "against", "none"]
COLUMN = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1, max_size=40)


@given(pairs=COLUMN, chosen=st.sampled_from([["favor", "against"], ["against"], LABELS]))
def test_equals_scikit_learn(pairs: list[tuple[str, str]], chosen: list[str]) -> None:
    gold, predicted = [g for g, _ in pairs], [p for _, p in pairs]
    ours = f1_mean(gold, predicted, chosen)
    if set(chosen) <= {*gold, *predicted}:
        assert ours == pytest.approx(f1_score(gold, predicted, labels=chosen, average="macro", zero_division=0))
    else:
        assert math.isnan(ours)


def test_pooled_over_targets_by_hand() -> None:
    gold = ["favor", "favor", "against", "none", "against"]
    predicted = ["favor", "none", "against", "favor", "against"]
    # favor: one right of two said and two there; against: all right. `none` is averaged in nowhere, and costs favor its errors.
    assert f1_mean(gold, predicted, ["favor", "against"]) == pytest.approx((0.5 + 1.0) / 2)
