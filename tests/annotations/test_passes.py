"""The data card's figures on the passes are what the files say."""

from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from stancekit.annotations.agreement import measure_agreement
from stancekit.annotations.passes import load_passes
from stancekit.codebook import load_codebook
from stancekit.io.files import read_jsonl

FOLDER = Path(__file__).parents[2] / "annotations"
CARD = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())


def two(name: str, other: str, task: str) -> tuple[list[str], list[str]]:
    found = []
    for file in (name, other):
        rows = {row["statement_id"]: row for _, row in read_jsonl(FOLDER / file)}
        found.append([rows[key]["holder"] if task == "holder" else rows[key]["labels"][task] for key in sorted(rows)])
    return found[0], found[1]


def figure(value: dict[str, float | None]) -> str:
    point, low, high = (None if v is None else f"{v:.2f}".replace("0.", ".", 1) for v in (value["point"], value["low"], value["high"]))
    return f"{point} [{low}, {high}]" if low else f"{point}, no interval"


@pytest.mark.parametrize(
    ("task", "called", "equal"),
    [("stance", "stance", 130), ("issue", "issue, main label", 130), ("sentiment", "sentiment", 128), ("holder", "holder", 123)],
)
def test_agreement_of_the_two_passes_is_as_the_card_says(task: str, called: str, equal: int) -> None:
    first, second = two("passes/reader_a.jsonl", "passes/reader_b.jsonl", task)
    book = load_codebook(FOLDER / "codebook.yaml")
    found = measure_agreement(load_passes([FOLDER / "passes" / f"reader_{name}.jsonl" for name in "ab"], book), book)
    [figures] = [entry["figures"] for entry in found["tasks"] if entry["task"] == task]
    assert sum(a == b for a, b in zip(first, second, strict=True)) == equal
    assert figures["cohen"]["point"] == pytest.approx(cohen_kappa_score(first, second))
    assert f"| {called} | {equal} of 130 | {figure(figures['alpha'])} | " in CARD
    if task == "issue":
        assert f"(sets, MASI) | | {figure(figures['alpha_masi'])} |" in CARD


@pytest.mark.parametrize(("task", "kappa"), [("stance", "1.00"), ("issue", "0.92"), ("sentiment", "0.99"), ("holder", "1.00")])
def test_the_third_reading_agrees_as_the_card_says(task: str, kappa: str) -> None:
    assert f"{cohen_kappa_score(*two('passes/reader_c.jsonl', 'ofsted.jsonl', task)):.2f}" == kappa
