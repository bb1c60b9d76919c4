"""The data card's figures on the two passes are what the files say."""

from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from stancekit.files import read_jsonl

FOLDER = Path(__file__).parents[2] / "annotations"


@pytest.mark.parametrize(
    ("task", "equal", "kappa", "said"),
    [
        ("stance", 130, "1.00", "stance 130 of 130 (1.00)"),
        ("issue", 130, "1.00", "issue 130 of 130 (1.00)"),
        ("sentiment", 128, "0.97", "128 of 130 (κ .97)"),
        ("holder", 123, "0.93", "holder 123 of 130 (κ .93)"),
    ],
)
def test_agreement_is_as_the_card_says(task: str, equal: int, kappa: str, said: str) -> None:
    passes = []
    for name in ("reader_a", "reader_b"):
        rows = {row["statement_id"]: row for _, row in read_jsonl(FOLDER / "passes" / f"{name}.jsonl")}
        passes.append([rows[key]["holder"] if task == "holder" else rows[key]["labels"][task] for key in sorted(rows)])
    first, second = passes
    assert sum(a == b for a, b in zip(first, second, strict=True)) == equal
    assert f"{cohen_kappa_score(first, second):.2f}" == kappa
    assert said in " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
