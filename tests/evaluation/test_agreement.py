"""Coefficients of agreement against published worked examples, their definitions written out, and scikit-learn."""

import json
import math
from collections import Counter
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import cohen_kappa_score

from stancekit.evaluation.agreement import pair_counts, sparse_counts, why_undefined
from stancekit.evaluation.intervals import jackknife
from stancekit.evaluation.leave_out import leave_out
from stancekit.evaluation.metrics import Ints
from stancekit.evaluation.replicated import Replicated

COAL = Path(__file__).parents[3] / "shared" / "data" / "csta_coal_debate" / "all.jsonl"


def table(text: str) -> Ints:
    """A row an annotator, a column an item, labels from 1, a point for a missing one."""
    return np.array([[-1 if cell == "." else int(cell) - 1 for cell in line.split()] for line in text.strip().split("\n")]).T


# Krippendorff's four observers and twelve units (Content Analysis, ch. 12).
CANONICAL = table("""
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
""")


def of(ratings: Ints) -> Replicated:
    """The coefficients of these ratings, no group left out."""
    return Replicated(ratings, int(ratings.max(initial=0)) + 1, leave_out([None] * len(ratings)))


def raw_agreement(ratings: Ints) -> float:
    return float(of(ratings).raw[0])


def cohen_kappa(ratings: Ints) -> float:
    return float(of(ratings).cohen()[0])


def fleiss_kappa(ratings: Ints) -> float:
    return float(of(ratings).fleiss_and_ac1(2)[0][0])


def gwet_ac1(ratings: Ints, n_labels: int = 0) -> float:
    return float(of(ratings).fleiss_and_ac1(n_labels or max(2, len({*ratings[ratings >= 0].tolist()})))[1][0])


def krippendorff_alpha(ratings: Ints, scale: str = "nominal") -> float:
    return float((of(ratings).alpha() if scale == "nominal" else of(ratings).scale_alpha(scale))[0])  # type: ignore[arg-type]


RATINGS = st.tuples(st.integers(1, 6), st.integers(2, 4)).flatmap(lambda shape: arrays(np.int64, shape, elements=st.integers(-1, 3)))
TWO = st.integers(1, 8).flatmap(lambda n: arrays(np.int64, (n, 2), elements=st.integers(-1, 3)))


@pytest.mark.parametrize(("scale", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_alpha(scale: str, expected: float) -> None:
    assert round(krippendorff_alpha(CANONICAL, scale), 3) == expected


def test_the_published_ac1_and_fleiss_with_missing_labels() -> None:
    assert round(gwet_ac1(CANONICAL), 5) == 0.77544
    assert round(fleiss_kappa(CANONICAL), 5) == 0.76117


def test_fleiss_on_a_textbook_table() -> None:
    """Ten subjects, fourteen raters, five categories: P = .378, P_e = .213, κ = .210."""
    counts = """0 0 0 0 14|0 2 6 4 2|0 0 3 5 6|0 3 9 2 0|2 2 8 1 1|7 7 0 0 0|3 2 6 3 0|2 5 3 2 2|6 5 2 1 0|0 2 2 3 7"""
    rows = [[int(n) for n in row.split()] for row in counts.split("|")]
    ratings = np.array([[k for k, n in enumerate(row) for _ in range(n)] for row in rows])
    assert sparse_counts(ratings, 5).toarray().tolist() == rows
    assert round(raw_agreement(ratings), 3) == 0.378
    assert round(fleiss_kappa(ratings), 3) == 0.210


@settings(deadline=None)
@given(TWO)
def test_cohen_is_that_of_scikit_learn_on_the_items_both_labelled(ratings: Ints) -> None:
    both = ratings[(ratings >= 0).all(axis=1)]
    if not len(both) or len(np.unique(both)) == 1:
        assert math.isnan(cohen_kappa(ratings))
        return
    assert math.isclose(cohen_kappa(ratings), cohen_kappa_score(both[:, 0], both[:, 1]), abs_tol=1e-12)


def units(ratings: Ints) -> list[list[int]]:
    return [[int(v) for v in row if v >= 0] for row in ratings]


def alpha_by_enumeration(ratings: Ints, scale: str) -> float:
    """Every ordered pair of labels within an item against every ordered pair of labels anywhere."""
    paired = [unit for unit in units(ratings) if len(unit) > 1]
    values = [v for unit in paired for v in unit]
    times = Counter(values)

    def squared(c: int, k: int) -> float:
        if scale == "nominal":
            return float(c != k)
        if scale == "interval":
            return (c - k) ** 2
        return (sum(times[g] for g in range(min(c, k), max(c, k) + 1)) - (times[c] + times[k]) / 2) ** 2

    expected = [squared(a, b) for a, b in permutations(values, 2)]
    if not values or not sum(expected):
        return math.nan
    observed = sum(squared(a, b) / (len(unit) - 1) for unit in paired for a, b in permutations(unit, 2)) / len(values)
    return 1 - observed / (sum(expected) / len(expected))


@settings(deadline=None)
@given(RATINGS, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_alpha_is_what_enumerating_the_pairs_gives(ratings: Ints, scale: str) -> None:
    found, expected = krippendorff_alpha(ratings, scale), alpha_by_enumeration(ratings, scale)
    assert math.isnan(found) == math.isnan(expected)
    assert math.isnan(found) or math.isclose(found, expected, abs_tol=1e-9)
    assert math.isnan(krippendorff_alpha(ratings)) == bool(why_undefined(ratings))


@settings(deadline=None)
@given(RATINGS)
def test_raw_fleiss_and_ac1_are_their_definitions(ratings: Ints) -> None:
    shares = [{k: unit.count(k) / len(unit) for k in range(4)} for unit in units(ratings) if unit]
    alike = [sum(a == b for a, b in combinations(unit, 2)) / math.comb(len(unit), 2) for unit in units(ratings) if len(unit) > 1]
    mean = [sum(share[k] for share in shares) / len(shares) for k in range(4)] if shares else [1.0]
    used = sum(p > 0 for p in mean)
    observed = sum(alike) / len(alike) if alike else math.nan
    by_chance = (sum(p * p for p in mean), sum(p * (1 - p) for p in mean) / (used - 1) if used > 1 else 1.0)
    expected = [observed, *((observed - chance) / (1 - chance) if used > 1 else math.nan for chance in by_chance)]
    np.testing.assert_allclose([raw_agreement(ratings), fleiss_kappa(ratings), gwet_ac1(ratings)], expected, atol=1e-12)


@settings(deadline=None)
@given(RATINGS)
def test_who_is_who_does_not_matter(ratings: Ints) -> None:
    turned = ratings[:, ::-1]
    for figure in (raw_agreement, fleiss_kappa, gwet_ac1, krippendorff_alpha):
        np.testing.assert_allclose(figure(ratings), figure(turned), atol=1e-12)


def test_ac1_counts_the_labels_there_are_to_choose_from() -> None:
    """Of two labels or of five, chance differs though only two are used: by hand, π = (.75, .25)."""
    ratings = np.array([[0, 0], [0, 1]])
    assert math.isclose(gwet_ac1(ratings), (0.5 - 0.375) / 0.625)
    assert math.isclose(gwet_ac1(ratings, 5), (0.5 - 0.375 / 4) / (1 - 0.375 / 4))


@pytest.mark.parametrize(
    ("ratings", "why"),
    [
        ([[0, -1], [-1, 1]], "no statement is labelled by two annotators"),
        ([[-1, -1]], "no statement is labelled by two annotators"),
        ([[2, 2], [2, 2]], "only one label is used"),
    ],
)
def test_what_is_undefined_is_nan_with_a_reason(ratings: list[list[int]], why: str) -> None:
    array = np.array(ratings)
    values = [krippendorff_alpha(array), krippendorff_alpha(array, "ordinal"), fleiss_kappa(array), gwet_ac1(array, 3), cohen_kappa(array)]
    assert all(math.isnan(v) for v in values)
    assert why in why_undefined(array)
    assert why_undefined(np.array([[0, 1]])) == ""


def test_no_items_at_all() -> None:
    nothing = np.zeros((0, 2), dtype=np.int64)
    assert all(math.isnan(f(nothing)) for f in (raw_agreement, krippendorff_alpha, fleiss_kappa, gwet_ac1, cohen_kappa))


@settings(deadline=None)
@given(RATINGS)
def test_pair_counts_by_enumeration(ratings: Ints) -> None:
    expected = Counter((a, b) for row in ratings.tolist() for a, b in combinations(row, 2) if a >= 0 and b >= 0)
    assert pair_counts(ratings) == expected
    assert [*pair_counts(ratings)] == sorted(expected)


@settings(deadline=None)
@given(RATINGS)
def test_sparse_counts_are_the_counts(ratings: Ints) -> None:
    assert sparse_counts(ratings, 4).toarray().tolist() == [[row.count(label) for label in range(4)] for row in ratings.tolist()]


def test_alpha_of_the_coal_debate() -> None:
    """About eight crowd coders a sentence; its description gives a nominal α of .312."""
    if not COAL.is_file():
        pytest.skip("the coal debate is not beside this checkout")
    rows = [row for row in map(json.loads, COAL.read_text(encoding="utf-8").splitlines()) if not row["gold_item"]]
    coders = {name: i for i, name in enumerate(dict.fromkeys(name for row in rows for name in row["annotators"]))}
    ratings = np.full((len(rows), len(coders)), -1)
    for i, row in enumerate(rows):
        for name, label in zip(row["annotators"], row["annotations"], strict=True):
            ratings[i, coders[name]] = ["against", "neutral", "favor"].index(label)
    assert round(krippendorff_alpha(ratings), 3) == 0.312


def article(random: np.random.Generator, n: int) -> Ints:
    """Articles differ in what they say and in how hard they are to label."""
    truth = random.choice(3, n, p=random.dirichlet([4, 3, 2]))
    wrong = random.random((n, 3)) < random.beta(2, 10)
    ratings = np.where(wrong, random.integers(0, 3, (n, 3)), truth[:, None])
    ratings[random.random((n, 3)) < 0.1] = -1
    return ratings


@pytest.mark.slow
@pytest.mark.parametrize("copied", [0, 5, 10, 15])
def test_coverage_of_alpha_over_eight_articles(copied: int) -> None:
    """Every second article takes over sentences of the one before it: without the purge coverage falls to .79."""
    random = np.random.default_rng(2)
    truth = krippendorff_alpha(np.vstack([article(random, 20) for _ in range(20000)]))
    covered = {True: 0, False: 0}
    for _ in range(400):
        articles = [article(random, 15) for _ in range(8)]
        for odd in range(1, 8, 2):
            articles[odd][:copied] = articles[odd - 1][:copied]
        ratings = np.vstack(articles)
        homes = [a for a in range(8) for _ in range(15)]
        repeats = [{a, a ^ 1} if i < copied else {a} for a in range(8) for i in range(15)]
        for purged in covered:
            found = jackknife(homes, lambda m, r=ratings: krippendorff_alpha(r[m]), bounds=(-1, 1), repeats=repeats if purged else ())
            covered[purged] += found.low is not None and found.high is not None and found.low <= truth <= found.high
    assert covered[True] / 400 >= 0.91
    assert copied < 15 or covered[False] / 400 < 0.85
