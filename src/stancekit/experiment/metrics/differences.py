"""Significance of differences: of models from the baselines, and of the default from the others."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import product
from typing import Any

from stancekit.evaluation import compare
from stancekit.experiment.metrics.pooled import Pooled
from stancekit.predictions import Predictions


def baseline_differences(pool: Pooled, baselines: Sequence[str], shown: Sequence[str]) -> list[dict[str, Any]]:
    """Compute each model minus each baseline, under the schemes that are compared."""
    return [
        row
        for scheme, task, holder in product(pool.main_schemes, pool.gold, shown)
        for row in _rows(pool, task, scheme, holder, pool.models(task, scheme, holder), baselines)
    ]


def default_differences(pool: Pooled, default: str, baselines: Sequence[str], shown: Sequence[str]) -> list[dict[str, Any]]:
    """Compute the default recipe minus each other model that is no baseline; Holm's adjustment is over those."""
    found = []
    for scheme, task, holder in product(pool.main_schemes, pool.gold, shown):
        models = {name: p for name, p in pool.models(task, scheme, holder).items() if name == default or name not in baselines}
        if default in models:
            found += _rows(pool, task, scheme, holder, models, [name for name in models if name != default])
    return found


def _rows(
    pool: Pooled, task: str, scheme: str, holder: str, models: Mapping[str, Sequence[Predictions]], baselines: Sequence[str]
) -> list[dict[str, Any]]:
    found = compare(models, baselines, pool.gold[task], pool.groups, pool.unit)
    return [{"task": task, "scheme": scheme, "holder": holder} | asdict(d) for d in found]
