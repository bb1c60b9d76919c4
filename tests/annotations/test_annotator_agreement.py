"""The record of agreement: what is in it, what its intervals leave out, and how it reads in a terminal."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

import from_scratch
from crowd import crowd
from several import BOOK, annotation, stances
from stancekit.annotations.agreement import measure_agreement, parse_scales
from stancekit.annotations.agreement_text import agreement_text
from stancekit.annotations.passes import label_numbers, label_sets, load_passes, side_by_side
from stancekit.codebook import load_codebook
from stancekit.duplicates import repeats
from stancekit.errors import InputError
from stancekit.evaluation import leave_out
from stancekit.io.files import to_json

FOLDER = Path(__file__).parents[2] / "annotations"
SHIPPED = load_codebook(FOLDER / "codebook.yaml")
ARTICLES = ["a1", "a1", "a2", "a2", "a3", "a3"]


def task(result: Mapping[str, Any], name: str) -> Any:
    return next(t for t in result["tasks"] if t["task"] == name)


def both() -> dict[str, Any]:
    return {
        "ann": stances("ann", "oppose", "oppose", "neutral", "support", "oppose", "neutral", articles=ARTICLES),
        "bob": stances("bob", "oppose", "neutral", "neutral", "support", "oppose", "", articles=ARTICLES),
    }


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    """The first two passes over the shipped annotations."""
    files = [FOLDER / "passes" / f"reader_{name}.jsonl" for name in "ab"]
    return measure_agreement(load_passes(files, SHIPPED), SHIPPED, parse_scales(["stance=ordinal"], SHIPPED))


def test_two_annotators() -> None:
    result = measure_agreement(both(), BOOK)
    stance = task(result, "stance")
    assert (result["n"], result["articles"], result["annotators"]) == (6, 3, {"ann": 6, "bob": 5})
    assert (stance["n"], stance["n_pairable"], stance["annotators"]) == (6, 5, {"ann": 6, "bob": 5})
    assert list(stance["figures"]) == ["raw", "cohen", "fleiss", "alpha", "ac1"]
    assert stance["figures"]["raw"]["point"] == 0.8
    assert {"first": "oppose", "second": "neutral", "n": 1} in stance["pairs"]
    assert sum(p["n"] for p in stance["pairs"]) == 5
    assert [row["label"] for row in stance["by_label"]] == ["oppose", "neutral", "support"]
    assert [(row["given"], row["articles"]) for row in stance["by_label"]] == [(5, 2), (4, 3), (2, 1)]
    assert stance["by_pair"] == []


def test_it_can_be_written_as_json() -> None:
    result = measure_agreement(both(), BOOK, {"stance": "ordinal"})
    assert json.loads(to_json(result)) == result


def test_the_shipped_passes_as_the_data_card_says(shipped: dict[str, Any]) -> None:
    points = {name: task(shipped, name)["figures"] for name in ("stance", "issue", "sentiment", "holder")}
    assert [round(points[name]["cohen"]["point"], 2) for name in points] == [1.0, 1.0, 0.97, 0.93]
    assert "alpha_ordinal" in points["stance"]
    assert "alpha_ordinal" not in points["sentiment"]
    assert 0.9 < points["issue"]["alpha_masi"]["point"] < 1  # the further labels differ where the first do not
    assert {"first": "narrator", "second": "Ofsted", "n": 2} in task(shipped, "holder")["pairs"]


def test_per_label_kappa_is_that_of_one_against_the_rest(shipped: dict[str, Any]) -> None:
    passes = load_passes([FOLDER / "passes" / f"reader_{name}.jsonl" for name in "ab"], SHIPPED)
    one, two = ({a.statement_id: a.labels["sentiment"] == "negative" for a in rows} for rows in passes.values())
    expected = cohen_kappa_score([one[k] for k in one], [two[k] for k in one])
    found = next(row for row in task(shipped, "sentiment")["by_label"] if row["label"] == "negative")
    assert math.isclose(found["cohen"]["point"], expected)


def test_more_than_two_annotators_are_not_called_cohen() -> None:
    result = measure_agreement(both() | {"cid": stances("cid", "support", "oppose", "neutral", articles=ARTICLES[:3])}, BOOK)
    stance = task(result, "stance")
    assert "cohen" not in stance["figures"]
    assert "cohen" not in stance["by_label"][0]
    assert [pair["annotators"] for pair in stance["by_pair"]] == [["ann", "bob"], ["ann", "cid"], ["bob", "cid"]]
    assert [pair["n"] for pair in stance["by_pair"]] == [5, 3, 3]
    order = BOOK.labels("stance")
    assert all(order.index(p["first"]) <= order.index(p["second"]) for p in stance["pairs"])
    assert sum(p["n"] for p in stance["pairs"]) == 11


def test_a_replicate_leaves_out_what_repeats_its_article_too() -> None:
    """Two pairs of articles that repeat each other: the interval is that of the two, on one degree of freedom."""
    said = ["The plan is far too hasty and must wait for a year.", "No date was named for the second part of it."]

    def passes(copies: int) -> dict[str, Any]:
        rows: dict[str, Any] = {"ann": [], "bob": []}
        for copy in range(copies):
            for i, text in enumerate(said):
                for k, (one, two) in enumerate((("oppose", "oppose"), ("neutral", "neutral"), ("oppose", "neutral"))[: 3 - i]):
                    unit = {"article": f"a{copy}{i}", "text": f"{text} {k}"}
                    rows["ann"].append(annotation("ann", k, {"stance": one}, **unit))
                    rows["bob"].append(annotation("bob", k, {"stance": two}, **unit))
        return rows

    once, twice = (task(measure_agreement(passes(n), BOOK), "stance")["figures"]["raw"] for n in (1, 2))
    assert once["point"] == 0.8
    assert twice == pytest.approx(once)


def test_articles_that_one_annotator_read_are_no_replicates() -> None:
    passes = both()
    more = {name: rows + ([annotation(name, 9, {"stance": "support"}, article=f"b{i}") for i in range(5)] if name == "ann" else [])
            for name, rows in passes.items()}  # fmt: skip
    before, after = (task(measure_agreement(p, BOOK), "stance") for p in (passes, more))
    assert (before["articles"], after["articles"], after["n"]) == (3, 3, 11)
    for name in ("raw", "cohen", "alpha"):  # Fleiss and AC1 take the shares of the labels from all statements
        assert before["figures"][name] == after["figures"][name]


def test_what_is_undefined_says_why() -> None:
    passes = {"ann": stances("ann", "oppose", "oppose", ""), "bob": stances("bob", "oppose", "oppose", "neutral")}
    result = measure_agreement(passes, BOOK)
    stance, issue = task(result, "stance"), task(result, "issue")
    assert stance["figures"]["raw"]["point"] == 1
    for name in ("cohen", "alpha"):
        assert stance["figures"][name]["point"] is None
        assert "only one label is used" in stance["figures"][name]["note"]
    assert all(f["point"] is None and "no statement is labelled by two" in f["note"] for f in issue["figures"].values())
    assert (issue["n"], issue["n_pairable"]) == (0, 0)


def test_further_labels_and_labels_of_any_number() -> None:
    passes = {
        "ann": [
            annotation("ann", i, {"issue": "law", "frames": frames}, also=["cost"] if i else [])
            for i, frames in enumerate([("moral",), ()])
        ],
        "bob": [annotation("bob", i, {"issue": "law", "frames": frames}) for i, frames in enumerate([("moral", "order"), ()])],
    }
    result = measure_agreement(passes, BOOK)
    issue, frames = task(result, "issue"), task(result, "frames")
    assert issue["figures"]["raw"]["point"] == 1
    # Sets {law}, {law}; {law, cost}, {law}: one distance of 1 - 1/2 · 2/3 in four labels, three pairs of six at chance.
    assert math.isclose(issue["figures"]["alpha_masi"]["point"], 1 - (2 / 3 * 2 / 4) / (2 / 3 * 3 / 6))
    assert list(frames["figures"]) == ["raw", "alpha_masi"]
    assert frames["figures"]["raw"]["point"] == 0.5
    assert frames["pairs"] == [{"first": "moral", "second": "moral", "n": 1}, {"first": "(none)", "second": "order", "n": 1}]
    assert [row["given"] for row in frames["by_label"]] == [2, 0, 1]


def test_scales() -> None:
    assert parse_scales(["ordinal"], BOOK) == {"stance": "ordinal", "issue": "ordinal"}
    assert parse_scales(["ordinal", "stance=interval"], BOOK) == {"stance": "interval", "issue": "ordinal"}
    assert parse_scales([], BOOK) == {}
    with pytest.raises(InputError, match=r"scales \(--scale\): 'nominal' is no scale \(allowed: ordinal, interval\)"):
        parse_scales(["nominal"], BOOK)
    with pytest.raises(InputError, match=r"'frames' is no single-label task \(allowed: stance, issue\)"):
        parse_scales(["frames=ordinal"], BOOK)


@pytest.mark.parametrize(
    ("passes", "scales", "message"),
    [
        (both(), {"stance": "ord"}, r"'ord' is no scale \(allowed: ordinal, interval\)"),
        (both(), {"stanc": "ordinal"}, r"'stanc' is no single-label task \(allowed: stance, issue\)"),
        (both(), {"holder": "ordinal"}, r"'holder' is no single-label task"),
        ({}, None, "passes: are of 0 annotators; agreement takes two or more"),
        ({"ann": stances("ann", "oppose")}, None, "passes: are of 1 annotator; agreement"),
        ({"ann": [], "bob": []}, None, "passes: hold no annotations"),
        ("a.jsonl", None, r"passes: is a text; pass load_passes\(files, codebook\)"),
    ],
)
def test_what_can_not_be_measured_is_refused(passes: Any, scales: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        measure_agreement(passes, BOOK, scales)


def test_the_result_names_its_tasks_and_annotators() -> None:
    found = repr(measure_agreement(both(), BOOK))
    assert found.startswith("<Agreement: tasks stance, issue, frames, holder; annotators ann, bob; ")


def test_the_table(shipped: dict[str, Any]) -> None:
    lines = agreement_text(shipped).split("\n")
    assert lines[0] == "Agreement of 2 annotators on 130 statements of 5 articles: reader_a (130), reader_b (130)"
    assert lines[1].startswith("In brackets: 95 % interval, delete-one-article jackknife")
    assert "stance: 130 statements labelled, 130 of them by two annotators or more" in lines
    assert "  Krippendorff's α    1.00 [no interval]" in lines
    assert "  no interval: the figure is the same whichever article is left out" in lines
    assert any(line.startswith("  disagreements, in pairs of annotators: Sin") for line in lines)
    assert all(line == line.rstrip() for line in lines)


def test_the_table_of_what_nobody_labelled_twice() -> None:
    text = agreement_text(measure_agreement(both(), BOOK))
    assert "frames: 0 statements labelled, 0 of them by two annotators or more\n\n" in text


def expected_intervals(passes: Mapping[str, Any], name: str) -> dict[str, tuple[list[float], tuple[float, float] | None]]:
    """Figure → its values, of all statements and then without each article, and its interval, from the definitions."""
    units = side_by_side(passes)
    known = [next(a for a in unit if a is not None) for unit in units]
    alike = [{b.article_id for b in known if repeats(a.text, b.text)} for a in known]
    if name == "holder":
        holders = sorted({a.holder for unit in units for a in unit if a and a.holder})
        ratings = np.array([[holders.index(a.holder) if a and a.holder else -1 for a in unit] for unit in units])
        counted = len(holders)
    else:
        ratings, counted = label_numbers(units, name, BOOK), len(BOOK.labels(name))
    telling = {a.article_id for a, row in zip(known, ratings, strict=True) if (row >= 0).sum() > 1}
    homes = [a.article_id if a.article_id in telling else None for a in known]
    statistics: dict[str, Any] = {"raw": from_scratch.raw, "fleiss": from_scratch.fleiss, "alpha": from_scratch.alpha}
    statistics["ac1"] = lambda r: from_scratch.ac1(r, counted)
    if name == "stance":
        statistics["alpha_ordinal"] = lambda r: from_scratch.alpha(r, "ordinal")
    if len(passes) == 2:
        statistics["cohen"] = from_scratch.cohen
    data = {figure: (ratings, statistic) for figure, statistic in statistics.items()}
    if name == "issue":
        sets = label_sets(units, name, BOOK)
        distinct = list(dict.fromkeys(s for row in sets for s in row if s is not None))
        apart = np.array([[from_scratch.masi(a, b) for b in distinct] for a in distinct])
        numbers = np.array([[-1 if s is None else distinct.index(s) for s in row] for row in sets])
        data["alpha_masi"] = (numbers, lambda r: from_scratch.alpha(r, apart))
    found = {}
    for figure, (rows, statistic) in data.items():
        values = from_scratch.without_each(homes, alike, lambda kept, r=rows, f=statistic: f(r[kept]))  # type: ignore[misc]
        found[figure] = (values, from_scratch.interval(homes, alike, values, 0.0 if figure == "raw" else -1.0))
    return found


@pytest.mark.parametrize("limit", [-1, leave_out.IN_ORDER], ids=["subtracted", "in order"])
@pytest.mark.parametrize("annotators", [2, 4])
def test_figures_and_intervals_are_those_computed_anew_without_each_article(
    annotators: int, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leave_out, "IN_ORDER", limit)
    passes = crowd(BOOK, 150, 12, annotators=annotators, holders=30, repeated=0.3, seed=annotators)
    result = measure_agreement(passes, BOOK, {"stance": "ordinal"})
    for name in ("stance", "issue", "holder"):
        figures = task(result, name)["figures"]
        expected = expected_intervals(passes, name)
        assert set(figures) == set(expected)
        for figure, (values, bounds) in expected.items():
            found = figures[figure]
            assert found["point"] == pytest.approx(values[0], abs=1e-12, rel=0)
            assert bounds is not None
            assert (found["low"], found["high"]) == pytest.approx(bounds, abs=1e-12, rel=0)


def test_more_articles_cost_no_more_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The labels are counted as often for three articles as for a hundred."""
    from stancekit.evaluation import agreement

    calls: dict[str, int] = {}

    def spy(name: str) -> None:
        real = getattr(agreement, name)

        def counted(*args: Any) -> Any:
            calls[name] = calls.get(name, 0) + 1
            return real(*args)

        monkeypatch.setattr(agreement, name, counted)

    for name in ("sparse_counts", "alike", "disagreement", "pair_counts"):
        spy(name)
    found = []
    for articles in (3, 100):
        calls.clear()
        measure_agreement(crowd(BOOK, 200, articles, annotators=3, seed=1), BOOK)
        found.append(dict(calls))
    assert found[0] == found[1]
    assert found[0]["sparse_counts"] < 60


def test_a_holder_each_is_no_table_of_all_against_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many holders nothing is kept that grows with their square, or with statements times holders."""
    monkeypatch.setattr(leave_out, "IN_ORDER", 1000)
    names = [f"Body {i}" for i in range(400)]
    passes = {
        who: [annotation(who, i, {"stance": "oppose"}, holder=names[i if who == "ann" or i % 4 else (i + 1) % 400], article=f"a{i % 20}")
              for i in range(400)]
        for who in ("ann", "bob")
    }  # fmt: skip
    holder = task(measure_agreement(passes, BOOK), "holder")
    assert holder["figures"]["raw"]["point"] == 0.75
    assert holder["figures"]["cohen"]["point"] == pytest.approx(holder["figures"]["alpha"]["point"], abs=0.01)
    assert len(holder["labels"]) == 400
    assert len(holder["by_label"]) == 20
    assert sum(p["n"] for p in holder["pairs"]) == 400


def test_progress_is_told_once_a_task() -> None:
    told: list[str] = []
    measure_agreement(both(), BOOK, progress=told.append)
    assert told == [f"agreement on {name}: 2 annotators, 6 statements of 3 articles" for name in ("stance", "issue", "frames", "holder")]
