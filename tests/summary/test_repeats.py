"""Near-duplicates over many rows: the groups are those of `duplicates.groups`, in memory and on the disk."""

import random

from hypothesis import given
from hypothesis import strategies as st

from stancekit.duplicates import groups
from stancekit.summary.repeats import Groups


def roots(texts: list[str], most: int) -> list[int]:
    found = Groups(most)
    for start in range(0, len(texts), 3):
        found.add(texts[start : start + 3])
    return found.roots().tolist()


@given(st.lists(st.text("ab 校長会ไม่เห็น", max_size=40), max_size=30), st.sampled_from([0, 10, 1_000_000]))
def test_groups_are_those_of_all_pairs(texts: list[str], most: int) -> None:
    assert roots(texts, most) == groups(texts)


def test_chains_of_runs_meet_across_blocks_and_files() -> None:
    draw = random.Random(0)
    words = [f"w{i}" for i in range(400)]
    texts = [" ".join(words[start : start + 12]) for start in range(0, 380, 5)]
    draw.shuffle(texts)
    for most in (0, 100, 10**6):
        assert roots(texts, most) == groups(texts) == [0] * len(texts)
