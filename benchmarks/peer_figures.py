"""The figures of the comparison with peers: macro-F1 of each method, and ours minus SetFit's, paired by article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from stancekit.data.dataset import Dataset
from stancekit.evaluation import Interval, Score, score
from stancekit.evaluation.scored import scored_rows
from stancekit.predictions import Predictions

PEER = "setfit"
"""The method that ours are compared with in pairs."""
OURS = ("default", "default_text_only")
FOUND = "_found_holder"
"""Added to a method's name where it is shown the holder that segmentation found, which is what new coverage has."""
MEAN = "mean"
"""The scenario of the tasks' macro-F1 averaged."""

Record = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """One method, with one kind of holder shown, on one task: predictions a seed, seconds over all folds a seed.

    `missing`: fold → labels that its training rows lack.
    """

    seeds: list[Predictions] = field(default_factory=list)
    train: list[float] = field(default_factory=list)
    label: list[float] = field(default_factory=list)
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)


Outcomes = dict[tuple[str, str], Outcome]
"""(method as shown, task) → what came of it."""


def records_of(dataset: Dataset, outcomes: Outcomes, tasks: Sequence[str]) -> list[Record]:
    """A record for each method on each task and on the mean of the tasks; then ours minus SetFit, paired.

    The mean of the tasks is itself taken without each article in turn, so that its interval knows that the tasks share their
    statements; it has none as soon as one task has none.
    """
    articles = dict(zip(dataset.ids, dataset.article_ids, strict=True))
    gold = {task: dict(zip(dataset.ids, dataset.labels(task), strict=True)) for task in tasks}
    scores = {(name, task): score(o.seeds, gold[task], articles, {task: o.missing}) for (name, task), o in outcomes.items()}
    rows = {(name, task): scored_rows(o.seeds, gold[task], articles) for (name, task), o in outcomes.items()}
    f1 = {key: own.counts().mean_f1(own.occurs) for key, own in rows.items()}  # of all rows, then without each article
    same_articles = next(iter(rows.values()))
    names = list(dict.fromkeys(name for name, _ in outcomes))
    found: list[Record] = []
    differences: list[Record] = []
    for scenario, members in ({task: [task] for task in tasks} | ({MEAN: list(tasks)} if len(tasks) > 1 else {})).items():
        of = {name: np.mean([f1[name, task] for task in members], axis=0) for name in names}
        for name in names:
            own = [outcomes[name, task] for task in members]
            found.append(
                {"scenario": scenario, "method": name}
                | _figures(same_articles.interval(of[name]))
                | {"train_seconds": _seconds([o.train for o in own]), "label_seconds": _seconds([o.label for o in own])}
                | _of_seeds([scores[name, task] for task in members])
            )
            if len(members) == 1:
                found[-1]["macro_f1_learnable"] = _rounded(scores[name, scenario].macro_f1_learnable.point)
            if name.removesuffix(FOUND) in OURS and PEER in names:
                interval = same_articles.interval(of[name] - of[PEER], bounds=(-1.0, 1.0))
                differences.append({"scenario": scenario, "method": f"{name} - {PEER}"} | _figures(interval))
    return found + differences


def _figures(interval: Interval) -> Record:
    figures = {"macro_f1": _rounded(interval.point), "low": _rounded(interval.low), "high": _rounded(interval.high)}
    return figures | ({"note": interval.note} if interval.note else {})


def _seconds(of_tasks: Sequence[Sequence[float]]) -> float:
    """The sum over tasks of the seconds of one seed, the mean where there are several."""
    return round(sum(float(np.mean(seconds)) for seconds in of_tasks), 2)


def _of_seeds(scores: Sequence[Score]) -> Record:
    """How many seeds, and where there are several the lowest and highest of their macro-F1, or of its mean over the tasks."""
    values = [[np.nan if value is None else value for value in s.by_seed] for s in scores]
    means = [float(np.mean(seed)) for seed in zip(*values, strict=True)]
    spread = {"seed_low": _rounded(min(means)), "seed_high": _rounded(max(means))} if len(means) > 1 else {}
    return {"seeds": len(means)} | spread


def _rounded(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else round(float(value), 4)


def table(records: Sequence[Record]) -> str:
    """The records as text, a line each."""

    def figure(value: float | None) -> str:
        return f"{'–' if value is None else f'{value:.3f}':>6}"

    width = max(len(r["method"]) for r in records)
    lines = []
    for r in records:
        seconds = f"{r['train_seconds']:>9.1f} s train {r['label_seconds']:>7.2f} s label" if "train_seconds" in r else ""
        interval = f"[{figure(r['low'])},{figure(r['high'])}]"
        lines.append(f"{r['scenario']:<10} {r['method']:<{width}} {figure(r['macro_f1'])}  {interval}  {seconds}".rstrip())
    return "\n".join(lines)
