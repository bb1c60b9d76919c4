"""Made-up statements to label, whose words give their labels away, so that a model learns them from a few."""

from collections.abc import Sequence

import numpy as np

from several import BOOK
from stancekit.annotations.items import Item, items_of
from stancekit.records import Annotation, Statement

__all__ = ["BOOK", "annotations", "items", "label_of", "statements"]

WORDS = {
    "oppose": ["halt", "reject", "refuse", "protest", "warn", "object", "resist", "dispute"],
    "neutral": ["table", "minutes", "agenda", "notice", "venue", "chair", "clerk", "list"],
    "support": ["welcome", "praise", "back", "endorse", "cheer", "favour", "hail", "applaud"],
}
FILLERS = ["council", "plan", "report", "week", "town", "board", "group", "letter", "office", "street", "budget", "school"]


def statements(counts: dict[str, int], seed: int = 0) -> list[Statement]:
    """So many statements a stance, shuffled, in articles of ten; no two share a run of six words."""
    random = np.random.default_rng(seed)
    stances = [stance for stance, count in counts.items() for _ in range(count)]
    found = []
    for i, k in enumerate(random.permutation(len(stances)).tolist()):
        words = [f"w{i}", *random.choice(WORDS[stances[k]], 3), f"x{i}", *random.choice(FILLERS, 3)]
        text = " ".join(words)
        article, start = f"a{i // 10}", 1000 * (i % 10)
        found.append(Statement(f"{article}:{start}-{start + len(text)}", article, start, start + len(text), text))
    return found


def items(counts: dict[str, int], seed: int = 0) -> list[Item]:
    return items_of(statements(counts, seed))


def label_of(text: str) -> str:
    """The stance whose words the text has."""
    return next(stance for stance, words in WORDS.items() if set(words) & set(text.split()))


def annotations(items: Sequence[Item], annotator: str = "a1", *, frames: bool = False) -> list[Annotation]:
    """The stances that the words give away; with `frames`, `money` wherever a budget is named."""
    found = []
    for s in (item.statement for item in items):
        labels: dict[str, str | tuple[str, ...]] = {"stance": label_of(s.text)}
        if frames:
            labels["frames"] = ("money",) if "budget" in s.text.split() else ()
        found.append(Annotation(s.id, s.article_id, s.start, s.end, s.text, "", labels, annotator, "1.0.0"))
    return found
