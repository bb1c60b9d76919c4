"""The statements that a report may count and quote."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from stancekit.data.dataset import Dataset, Example
from stancekit.experiment.metrics.pooled import Pooled

MANY = 500
"""A data set of more statements is not quoted whole."""
OF_EACH = 60
"""At most this many statements of a large one are kept for each task and scheme: those that most models get wrong."""


def quoted(dataset: Dataset, pool: Pooled, baselines: Sequence[str]) -> list[dict[str, Any]]:
    """Select what the report counts and quotes of each annotated statement; of a large data set, of those most often mistaken."""
    if len(dataset.examples) <= MANY:
        return [_record(e, dataset) for e in dataset.examples]
    kept: set[str] = set()
    for task, gold in pool.gold.items():
        for scheme in pool.main_schemes:
            wrong: Counter[str] = Counter()
            for recipe, seeds in pool.models(task, scheme, "annotated").items():
                if recipe not in baselines:
                    wrong.update(i for i, label in zip(seeds[0].ids, seeds[0].predicted, strict=True) if label != gold[i])
            kept.update(identity for identity, _ in wrong.most_common(OF_EACH))
    return [_record(e, dataset) for e in dataset.examples if e.id in kept]


def _record(e: Example, dataset: Dataset) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": e.id, "article": e.article_id, "text": e.input.text, "context": e.input.context, "holder": e.input.holder,
        "found_holder": e.found_holder, "labels": dict(e.labels),
    }  # fmt: skip
    return record if e.input.target in ("", dataset.codebook.target) else record | {"target": e.input.target}
