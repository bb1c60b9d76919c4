"""Made-up rows of labels, as `stancekit label` writes them."""

import random
from collections.abc import Iterator
from typing import Any

STANCE, ISSUE = ("oppose", "neutral", "support"), ("grading", "timing", "wellbeing", "legal_action", "other")
_WORDS = [
    "school",
    "head",
    "teacher",
    "reform",
    "grade",
    "report",
    "visit",
    "plan",
    "court",
    "union",
    "delay",
    "minister",
    "parent",
    "card",
    "scale",
    "health",
    "start",
    "vote",
    "risk",
]


def row(number: int, text: str, **known: Any) -> dict[str, Any]:
    """A row with a stance and an issue; `probability` is the stance's."""
    stance, issue, p = known.pop("stance", "oppose"), known.pop("issue", "timing"), known.pop("probability", 0.8)
    rest = None if p is None else (1 - p) / 2
    return {
        "id": f"a{number}:0-9", "article_id": f"a{number}", "start": 0, "end": 9, "text": text, "kind": "sentence", "holder": None,
        "date": None, "outlet": None, "title": None, "url": None, "language": "en", "actor": None, "model": "0123456789ab",
        "stance": stance, "stance_probability": p, **{f"stance_{name}": p if name == stance else rest for name in STANCE},
        "issue": issue, "issue_probability": 0.6, **{f"issue_{name}": 0.6 if name == issue else 0.1 for name in ISSUE},
    } | known  # fmt: skip


def press(n: int, actors: int = 20, months: int = 14, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Coverage of a made-up dispute: the third month has none, one statement in seven repeats another, some have no date or holder."""
    draw = random.Random(seed)
    names = [f"Union {_WORDS[i % len(_WORDS)]} {i}" for i in range(actors)]
    against = [draw.random() for _ in names]
    said: list[str] = []
    for number in range(n):
        who = min(int(draw.expovariate(1) * actors / 4), actors - 1)
        text = (
            draw.choice(said)
            if said and draw.random() < 0.15
            else " ".join(draw.choices(_WORDS, k=draw.randint(12, 30))).capitalize() + "."
        )
        if len(said) < 5_000:
            said.append(text)
        month = draw.choice([m for m in range(months) if m != 2])
        date = f"{2020 + month // 12}-{month % 12 + 1:02}-{draw.randint(1, 28):02}" if draw.random() > 0.02 else None
        holder = "narrator" if draw.random() < 0.1 else None if draw.random() < 0.02 else names[who]
        stance = "oppose" if draw.random() < against[who] else draw.choice(STANCE)
        article = number // 8
        yield row(
            article, text, id=f"a{article}:{number}-{number + 9}", stance=stance, issue=draw.choice(ISSUE),
            probability=draw.uniform(0.4, 1), holder=holder, actor=holder if holder in names[:10] else None, date=date,
            outlet=f"Outlet {draw.randrange(6)}",
            title=f"Article {article} of a made-up press", url=f"https://example.org/{article}" if article % 3 else None,
        )  # fmt: skip
