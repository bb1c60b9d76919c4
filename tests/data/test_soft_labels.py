"""The shares that annotators gave a label are the weights it is learnt with."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stancekit.crossval import fit_on_all, out_of_fold
from stancekit.data.soft_labels import training_rows
from stancekit.data.splits import clear_of, split
from toy import dataset

shares = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(lambda found: [value / sum(found) for value in found])


def with_soft(stance: dict[str, float], tone: dict[str, float]):  # type: ignore[no-untyped-def]
    data = dataset()
    first = replace(data.examples[0], soft={"stance": stance, "tone": tone})
    return replace(data, examples=(first, *data.examples[1:]))


@given(shares, shares)
def test_weights_keep_every_share_of_every_task(stance: list[float], tone: list[float]) -> None:
    wanted = {0: dict(zip(("oppose", "neutral", "support"), stance, strict=True)), 1: {"bad": tone[0], "good": tone[1] + tone[2]}}
    rows = training_rows(with_soft(*wanted.values()), [0], soft=True)
    assert rows.weights is not None
    assert len(rows.inputs) == len(rows.y) == len(rows.weights) == len(rows.groups) <= 4
    for task, target in wanted.items():
        found: dict[str, float] = defaultdict(float)
        for label, weight in zip(rows.y[:, task].tolist(), rows.weights, strict=True):
            found[label] += weight
        assert found == pytest.approx(target, abs=1e-6)


def test_hard_labels_are_one_row_without_weights() -> None:
    data = with_soft({"oppose": 0.5, "support": 0.5}, {"bad": 1.0})
    hard = training_rows(data)
    assert (len(hard.inputs), hard.y.shape, hard.weights) == (12, (12, 2), None)
    assert hard.groups.tolist() == data.article_ids
    soft = training_rows(data, soft=True)
    assert (len(soft.inputs), soft.y[:2].tolist()) == (13, [["oppose", "bad"], ["support", "bad"]])
    assert soft.weights is not None
    assert soft.weights.tolist() == [0.5, 0.5, *[1.0] * 11]
    assert soft.groups.tolist() == ["a1", *data.article_ids]


def test_a_model_learns_the_shares() -> None:
    data = with_soft({"oppose": 0.25, "neutral": 0.75}, {"bad": 1.0})
    stance, _ = fit_on_all(data, "majority", {}, soft=True).models
    assert dict(zip(stance.classes_.tolist(), stance.frequencies_.tolist(), strict=True)) == pytest.approx(
        {"neutral": 5.75 / 12, "oppose": 3.25 / 12, "support": 3 / 12}
    )
    found, _ = out_of_fold(data, "m", "tfidf", {}, "purged", soft=True)
    assert len(found[0].ids) == 12


def test_ties_are_learnt_from_and_never_scored() -> None:
    data = dataset()
    first, rest = data.examples[0], data.examples[1:]
    tied = replace(first, labels={"tone": "bad"}, soft={"stance": {"oppose": 0.5, "support": 0.5}})
    undecided = replace(data, examples=rest, undecided=(tied,))
    found, facts = out_of_fold(undecided, "m", "majority", {}, "purged", soft=True)
    assert tied.id not in found[0].ids
    assert [fact.n_test for fact in facts] == [3, 4, 4]
    weights = [training_rows(undecided, fold.train, soft=True, undecided=clear_of(undecided, fold, "purged")).weights
               for fold in split(undecided, "purged")]  # fmt: skip
    totals = [round(float(w.sum()), 6) for w in weights if w is not None]
    # Its own article is left out in the first fold, a repeat of it is tested in the second; it trains in the third alone.
    assert totals == [len(fold.train) + extra for fold, extra in zip(split(undecided, "purged"), (0, 0, 1), strict=True)]
