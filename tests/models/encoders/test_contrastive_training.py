"""What is drawn for the pairs; what the pairs do is tested with the model that uses them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.models.encoders.contrastive_training import draw


@settings(max_examples=30)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.integers(0, 100), st.integers(0, 3))
def test_classes_are_drawn_in_turn(labels: list[int], count: int, seed: int) -> None:
    codes = np.unique(labels, return_inverse=True)[1]
    rows = draw(codes, np.ones(len(codes)), count, seed)
    assert len(rows) == count
    tally = np.bincount(codes[rows], minlength=codes.max() + 1)
    assert tally.max() - tally.min() <= 1


def test_within_a_class_rows_are_drawn_by_their_weight() -> None:
    rows = draw(np.array([0, 0, 0, 1]), np.array([1.0, 2.0, 7.0, 0.1]), 20_000, 0)
    np.testing.assert_allclose(np.bincount(rows) / 10_000, [0.1, 0.2, 0.7, 1.0], atol=0.02)
