"""What is left when the least certain labels are left out, by enumeration."""

from dataclasses import replace
from itertools import pairwise, permutations

import numpy as np
import pytest
from sklearn.metrics import f1_score

from by_hand import GOLD, GROUPS, predictions
from stancekit.evaluation import score
from stancekit.evaluation.abstention import coverage

RIGHT = np.array([[True, False, True, False, True]])
TOP = np.array([0.9, 0.5, 0.5, 0.5, 0.4])


def test_the_curve_is_the_mean_over_every_order_of_ties() -> None:
    """Every order of the five that the probabilities allow, written out."""
    orders = [o for o in permutations(range(5)) if all(TOP[a] >= TOP[b] for a, b in pairwise(o))]
    expected = np.mean([np.cumsum(RIGHT[0][list(o)]) / np.arange(1, 6) for o in orders], axis=0)
    found = coverage(RIGHT, [TOP], steps=5)
    assert found.n == (1, 2, 3, 4, 5)
    np.testing.assert_allclose(found.accuracy, expected)


def test_its_end_is_the_accuracy_of_all_and_its_points_are_few() -> None:
    random = np.random.default_rng(0)
    right, tops = random.random((2, 333)) < 0.7, random.random((2, 333))
    found = coverage(right, list(tops))
    assert len(found.n) == len(found.accuracy) == 20
    assert (found.n[0], found.n[-1]) == (17, 333)
    assert found.accuracy[-1] == pytest.approx(right.mean())


def test_seeds_are_averaged() -> None:
    found = coverage(np.array([[True, False], [False, False]]), [np.array([0.9, 0.8]), np.array([0.9, 0.8])], steps=2)
    assert found.accuracy == (0.5, 0.25)


def test_the_kept_are_scored_alone() -> None:
    said, kept = "xxyyyyxyz", (True, True, True, False, True, True, True, False, True)
    found = score([replace(predictions(said), kept=kept)], GOLD, GROUPS).kept
    assert found is not None
    gold, mine = [[g for g, k in zip(text, kept, strict=True) if k] for text in (GOLD.values(), said)]
    assert (found.n, found.share) == ((7,), 7 / 9)
    assert found.accuracy.point == 1.0
    assert found.macro_f1.point == pytest.approx(f1_score(gold, mine, average="macro"))


def test_a_label_that_none_of_the_kept_has_is_named() -> None:
    found = score([replace(predictions("xxyxyyxyz"), kept=(True,) * 8 + (False,))], GOLD, GROUPS).kept
    assert found is not None
    assert (found.macro_f1.point, found.macro_f1.note) == (None, "undefined: no z among the kept")
    nothing = score([replace(predictions("xxyxyyxyz"), kept=(False,) * 9)], GOLD, GROUPS).kept
    assert nothing is not None
    assert (nothing.n, nothing.accuracy.point) == ((0,), None)


def test_a_model_that_never_abstains_or_gives_labels_only_has_no_such_figures() -> None:
    assert score([predictions("xxyxyyxyz")], GOLD, GROUPS).kept is None
    labels = score([replace(predictions("xxyxyyxyz"), proba=None)], GOLD, GROUPS)
    assert (labels.log_loss, labels.probabilities, labels.coverage) == (None, None, None)
