"""Scores of predictions made by hand, where every figure can be counted."""

import math
from dataclasses import replace

import pytest
from sklearn.metrics import f1_score

from by_hand import GOLD, GROUPS, predictions
from stancekit.errors import InputError
from stancekit.evaluation import compare, score


def test_point_estimates_and_what_has_no_interval() -> None:
    found = score([predictions("xxyyyyxyx")], GOLD, GROUPS)
    assert math.isclose(found.macro_f1.point or 0, f1_score(list("xxyxyyxyz"), list("xxyyyyxyx"), average="macro", zero_division=0))
    assert found.macro_f1.low is None
    assert found.macro_f1.note == "no interval: 'z' occurs only in c"
    assert found.accuracy.point == 7 / 9
    assert [c.n for c in found.classes] == [4, 4, 1]
    assert (found.classes[2].precision, found.classes[2].f1) == (None, 0.0)
    assert found.confusion == ((3, 1, 0), (0, 4, 0), (1, 0, 0))


def test_what_training_lacked_is_named_and_left_out_of_the_learnable_mean() -> None:
    missing = {"t": {"a": [], "b": ["z"], "c": ["z"]}}
    found = score([predictions("xxyyyyxyx")], GOLD, GROUPS, missing)
    assert found.unlearnable == (("c", "z", 1),)
    assert math.isclose(found.macro_f1_learnable.point or 0, (2 * 3 / 8 + 2 * 4 / 9) / 2)
    assert found.macro_f1_learnable.low is not None


def test_several_seeds_are_averaged_and_their_spread_kept() -> None:
    seeds = [predictions("xxyxyyxyz"), predictions("yyxyxxyxz", seed=1)]
    found = score(seeds, GOLD, GROUPS)
    assert found.by_seed == (1.0, pytest.approx(1 / 3))
    assert found.macro_f1.point == pytest.approx(2 / 3)
    assert sum(map(sum, found.confusion)) == 18


def test_a_label_nobody_has_is_not_a_zero() -> None:
    gold = {key: "y" if label == "z" else label for key, label in GOLD.items()}
    found = score([predictions("xxyxyyxyy")], gold, GROUPS)
    assert found.macro_f1.point == 1.0
    assert (found.classes[2].n, found.classes[2].recall, found.classes[2].f1) == (0, None, None)


def test_differences_are_paired_and_adjusted() -> None:
    gold = {key: "y" if label == "z" else label for key, label in GOLD.items()}
    models = {
        name: [predictions(text, model=name)] for name, text in [("good", "xxyxyyxyy"), ("base", "yyyyyyyyy"), ("actor", "xyyxyyyyy")]
    }
    found = compare(models, ["base", "actor"], gold, GROUPS)
    assert [(d.model, d.baseline) for d in found] == [("good", "base"), ("good", "actor")]
    assert all(d.p is not None and d.p_holm is not None and d.p_holm >= d.p for d in found)
    same = compare({"a": models["good"], "b": models["good"]}, ["b"], gold, GROUPS)
    assert (same[0].difference.point, same[0].difference.low, same[0].p) == (0.0, None, None)
    assert "the same whichever article is left out" in same[0].difference.note
    rows = compare({"a": models["good"], "b": models["good"]}, ["b"], gold, GROUPS, "statement")
    assert "the same whichever statement is left out" in rows[0].difference.note


def test_unlike_or_unknown_statements_are_refused() -> None:
    one = predictions("xxyxyyxyz")
    other = replace(one, ids=tuple(f"q{i}" for i in range(9)))
    with pytest.raises(InputError, match="predicts statement 'q0', which is not annotated"):
        score([other], GOLD, GROUPS)
    with pytest.raises(InputError, match="its seeds predict different statements"):
        score([one, other], GOLD, GROUPS)
    with pytest.raises(InputError, match="predict different statements, so they can't be paired"):
        compare({"a": [one], "b": [other]}, ["b"], GOLD, GROUPS)


def test_the_metric_of_a_benchmark_is_scored_beside_macro_f1() -> None:
    found = score([predictions("xxyyyyxyx")], GOLD, GROUPS, official=("x", "y"))
    assert found.official is not None
    assert found.official.point == pytest.approx(f1_score(list("xxyxyyxyz"), list("xxyyyyxyx"), labels=["x", "y"], average="macro"))
    assert found.official.low is not None
    assert score([predictions("xxyyyyxyx")], GOLD, GROUPS).official is None
    assert score([predictions("xxyyyyxyx")], GOLD, GROUPS, official=("x", "other")).official is None


def test_a_statement_without_article_is_its_own() -> None:
    alone = {identity: identity for identity in GOLD}
    found = score([predictions("xxyyyyxyx")], {**GOLD, "s8": "y"}, alone)
    assert found.groups == 9
    assert found.accuracy.low is not None
    perfect = score([predictions("xxyxyyxyy")], {**GOLD, "s8": "y"}, alone, unit="statement")
    assert perfect.accuracy.note == "no interval: the figure is the same whichever statement is left out"
