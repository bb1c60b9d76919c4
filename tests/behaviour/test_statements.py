"""The behavioural set: labels of the codebook, nothing said twice, nothing that a model may have been trained on."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from stancekit.codebook import load_codebook
from stancekit.duplicates import repeating, shingles

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BOOK = load_codebook(ROOT / "annotations" / "codebook.yaml")
SIZES = {"statements_a": 110, "statements_b": 110, "statements_c": 113, "statements_d": 113}
SETS = tuple(SIZES)
HARD = {"negation", "attribution", "hedge", "breaks_type", "tone_contradicts"}
KINDS = HARD | {"plain", "report", "demand", "act"}
STATEMENT = ["id", "text", "context", "speaker", "organisation", "holder", "labels", "kind", "why"]
PAIR = ["id", "a", "b", "changes", "task", "a_label", "b_label", "holder", "holder_b", "kind"]


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def texts(name: str) -> list[str]:
    """Everything in the file that a model may read as a statement or its context."""
    fields = ("a", "b") if name == "pairs" else ("text", "context")
    return [row[field] for row in rows(name) for field in fields if row[field]]


def test_ids_are_unique() -> None:
    ids = [row["id"] for name in (*SETS, "pairs") for row in rows(name)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", SETS)
def test_statements_have_the_fields_and_the_codebook_s_labels(name: str) -> None:
    for row in rows(name):
        assert list(row) == STATEMENT
        assert row["kind"] in KINDS
        assert all(isinstance(row[field], str) for field in ("text", "context", "speaker", "holder", "why"))
        assert all(row[field] for field in ("text", "speaker", "holder", "why"))
        assert list(row["labels"]) == list(BOOK.tasks)
        assert all(label in BOOK.labels(task) for task, label in row["labels"].items()), row["id"]
        assert 6 <= len(row["text"].split()) <= 50, row["id"]


@pytest.mark.parametrize("name", SETS)
def test_there_is_enough_of_every_kind_and_label(name: str) -> None:
    found = rows(name)
    assert len(found) == SIZES[name]
    kinds = Counter(row["kind"] for row in found)
    assert min(kinds[kind] for kind in KINDS) >= 8
    assert 0.55 <= sum(kinds[kind] for kind in HARD) / len(found) <= 0.65
    for task in BOOK.tasks:
        counts = Counter(row["labels"][task] for row in found)
        assert min(counts[label] for label in BOOK.labels(task)) >= 10, (task, counts)
    stances = Counter(row["labels"]["stance"] for row in found)
    assert stances["oppose"] > max(stances["neutral"], stances["support"])
    assert sum(row["context"] != "" for row in found) >= 8


@pytest.mark.parametrize("name", SETS[:2])  # the other two have unions that support, and officials only by their posts
def test_who_speaks_does_not_tell_the_stance(name: str) -> None:
    """Unions support and the inspectorate and the government oppose, in some rows; half the holders are none of these."""
    found = rows(name)
    unions, officials = {"NAHT", "ASCL", "NEU", "NASUWT"}, {"Ofsted", "Department for Education"}
    stances = {(row["holder"], row["labels"]["stance"]) for row in found}
    assert any((union, "support") in stances for union in unions)
    assert all((official, "oppose") in stances for official in officials)
    assert len({row["holder"] for row in found} - unions - officials) >= 30


@pytest.mark.parametrize("name", SETS)
def test_tone_contradicts_stance_where_it_is_said_to(name: str) -> None:
    """A supporter in a negative tone, an opponent in a positive one, or feeling where no side is taken."""
    apart = {("support", "negative"), ("oppose", "positive"), ("neutral", "negative"), ("neutral", "positive")}
    found = [row["labels"] for row in rows(name) if row["kind"] == "tone_contradicts"]
    assert {(labels["stance"], labels["sentiment"]) for labels in found} <= apart


@pytest.mark.parametrize("name", [*SETS, "pairs"])
def test_nothing_is_said_in_the_seeds_or_the_codebook(name: str) -> None:
    """Against whole texts, so that a run over a line's end counts."""
    files = [*(ROOT / "seeds").glob("*.txt"), ROOT / "annotations" / "codebook.yaml", ROOT / "annotations" / "guidelines.md"]
    assert len(files) == 7
    known = [path.read_text(encoding="utf-8") for path in files]
    assert [text for text, seen in zip(texts(name), repeating(texts(name), known), strict=True) if seen] == []


def test_nothing_is_said_twice() -> None:
    """No two statements repeat each other, within a set or across the sets, and the pairs repeat none."""
    said = [(row["id"], shingles(row["text"])) for name in SETS for row in rows(name)]
    assert [(a, b) for (a, left), (b, right) in combinations(said, 2) if not left.isdisjoint(right)] == []
    for name, other in combinations(("pairs", *SETS), 2):
        assert not any(repeating(texts(name), texts(other))), (name, other)


def test_pairs_say_what_changes() -> None:
    found = rows("pairs")
    for row in found:
        assert list(row) == PAIR
        assert row["a"] != row["b"]
        assert row["a_label"] in BOOK.labels(row["task"])
        assert row["b_label"] in BOOK.labels(row["task"])
        assert row["changes"] == (row["a_label"] != row["b_label"]), row["id"]
        assert (row["holder"] == row["holder_b"]) or not row["changes"]
    assert all(row["task"] == "stance" for row in found if row["changes"])
    assert min(Counter(row["changes"] for row in found).values()) >= 20
    assert {"negation", "predicate", "target"} == {row["kind"] for row in found if row["changes"]}


def test_pairs_are_minimal() -> None:
    """The two texts of a pair share most of their words."""
    for row in rows("pairs"):
        a, b = (Counter(row[field].casefold().split()) for field in ("a", "b"))
        assert 2 * (a & b).total() / (a.total() + b.total()) > 0.5, row["id"]
