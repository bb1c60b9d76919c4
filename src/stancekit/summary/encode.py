"""Compact encoding of a summary for its page: columns of numbers, each name written once, text as far as there is room."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from stancekit.records import NARRATOR
from stancekit.summary.summarise import Summary, months_between, values_of

MAX_BYTES = 20_000_000
"""Of text that is in a page, which stays under 30 million."""
MAX_STATEMENTS = 150_000
"""At most so many statements are in a page one by one; those beyond are counted together."""
STEPS = 20
"""The page asks for a least probability in steps of a twentieth: so finely are those known that are counted together."""
COLUMNS = ("holder", "month", "outlet", "issue", "label", "probability", "date", "article", "once", "doubtful")
"""What is written of a statement, as numbers; -1 for none. `probability` is in thousandths."""


class Encoder:
    """Takes the rows of `statements` and keeps what the page needs of them.

    Once the text of a statement finds no room, it and all after it are counted by holder, month, outlet, issue, label, step of
    probability and whether they are the first of their near-duplicates: the page's figures are of all statements, whatever their number.
    """

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._months = months_between(summary.dimensions["month"].values)
        place = {month: i for i, month in enumerate(self._months)}
        named = ["holder", "month", "outlet", *([summary.issue] if summary.issue else [])]
        codes = [summary.dimensions[name].codes for name in named]
        to_month = np.array([*(place[month] for month in summary.dimensions["month"].values), -1], np.int64)
        codes[1] = to_month[codes[1]]
        self._codes = np.column_stack([*codes, *([] if summary.issue else [np.full(len(summary.label), -1)]), summary.label])
        self._columns: dict[str, list[int]] = {name: [] for name in COLUMNS}
        self._text: list[str] = []
        self._articles: dict[tuple[Any, ...], int] = {}
        self._dates: dict[str, int] = {}
        self._more: Counter[tuple[int, ...]] = Counter()
        self._bytes = self._count = self.left_out = 0

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            k, summary = self._count, self._summary
            self._count += 1
            if summary.label[k] < 0:
                continue
            codes = self._codes[k].tolist()
            own = row["probability"]
            thousandths = -1 if own is None else int(own * 1000 + 1e-6)
            text, once, doubtful = str(row["text"] or ""), int(summary.once[k]), int(summary.doubtful[k])
            article = (row["title"] or row["article_id"] or "", row["url"])
            size = len(text.encode()) + 5 * sum(map(text.count, "<>&")) + 3
            size += len(str(article).encode()) if article not in self._articles else 0
            if self.left_out or self._bytes + size > MAX_BYTES or len(self._text) == MAX_STATEMENTS:
                self.left_out += 1
                step = -1 if thousandths < 0 else thousandths * STEPS // 1000
                self._more[(*codes, step, once)] += 1
                continue
            self._bytes += size
            self._text.append(text)
            date = values_of({"date": [row["date"]]}, "date", 1)[0] or ""
            told = self._dates.setdefault(date, len(self._dates)), self._articles.setdefault(article, len(self._articles))
            for name, value in zip(COLUMNS, (*codes, thousandths, *told, once, doubtful), strict=True):
                self._columns[name].append(value)

    def data(self, aside: str) -> dict[str, Any]:
        """What the page is made of; `aside` names the file that has every statement."""
        summary, dimensions = self._summary, self._summary.dimensions
        issue = dimensions[summary.issue].values if summary.issue else []
        names = {"holder": dimensions["holder"].values, "month": self._months, "outlet": dimensions["outlet"].values, "issue": issue}
        return {
            "of": summary.of, "labels": summary.labels, "sides": summary.sides, "issue": summary.issue, "names": names,
            "narrator": NARRATOR, "events": [[event.date, event.event] for event in summary.events], "threshold": summary.threshold,
            "columns": self._columns, "text": self._text, "dates": list(self._dates), "articles": list(self._articles),
            "more": [[*key, n] for key, n in self._more.items()], "left_out": self.left_out, "aside": aside, "steps": STEPS,
        }  # fmt: skip
