"""Uncertainty sampling, weighted towards labels that are rare so far."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from stancekit.codebook.single_label import NO
from stancekit.suggest.questions import Belief, percentage


@dataclass(frozen=True, slots=True)
class Policy:
    """How statements are weighed.

    Parameters
    ----------
    measure : `entropy` of the probabilities, or how small the `margin` between the two greatest is.
    trust : share of the weight, from 0 to 1, that follows the model; the rest is spread evenly, since a young model is
        wrong about what it does not know.
    rarity : power of the weight for probable labels that are rare; 0 takes no account of it.
    """

    measure: Literal["entropy", "margin"] = "entropy"
    trust: float = 0.5
    rarity: float = 0.5


def entropy(proba: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the normalised entropy of each row, (n,): 0 where one label is certain, 1 where all are equally probable."""
    logs = np.log(proba, out=np.zeros_like(proba), where=proba > 0)
    result: NDArray[np.float64] = -(proba * logs).sum(axis=1) / np.log(proba.shape[1])
    return result


def closeness(proba: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each row, (n,), 1 less the margin between the two most probable labels."""
    ordered = np.sort(proba, axis=1)
    result: NDArray[np.float64] = 1 - (ordered[:, -1] - ordered[:, -2])
    return result


def rarity(proba: NDArray[np.float64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each row, (n,), how rare its labels are expected to be; 1 where all were given equally often (add-one counts)."""
    seen = counts + 1
    result: NDArray[np.float64] = proba @ (seen.mean() / seen)
    return result


def worth(beliefs: Sequence[Belief], policy: Policy) -> NDArray[np.float64]:
    """Return weights of the statements, (n,), of mean 1; tasks count the same, and so do the labels within a multi-label task."""
    measure = entropy if policy.measure == "entropy" else closeness
    of_task: dict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for belief in beliefs:
        weight = measure(belief.proba) * rarity(belief.proba, belief.question.counts) ** policy.rarity
        of_task[belief.question.task].append(weight)
    total = np.mean([np.mean(weights, axis=0) for weights in of_task.values()], axis=0)
    mean = float(total.mean())
    result: NDArray[np.float64] = (1 - policy.trust) + policy.trust * (total / mean if mean else np.ones_like(total))
    return result


RARE = 0.5
"""A label is rare that was given at most half as often as if all were given equally often."""
PROBABLE = 0.25
UNCERTAIN = 0.6
"""From these probability and entropy on, a reason speaks of them."""


def doubt(beliefs: Sequence[Belief], row: int) -> str:
    """Return why the model would learn from a statement, as `uncertain: oppose .48, neutral .41 (stance)`; empty where it would not."""
    rare = [
        (float(p), f"probably rare: {belief.question.label or label} {percentage(p)} ({belief.question.task})")
        for belief in beliefs
        for label, p, count in zip(belief.question.labels, belief.proba[row], belief.question.counts, strict=True)
        if p >= PROBABLE and count <= RARE * belief.question.counts.mean() and not (belief.question.label and label == NO)
    ]
    if rare:
        return max(rare)[1]
    unsure = [(float(entropy(belief.proba[[row]])[0]), i) for i, belief in enumerate(beliefs)]
    most, i = max(unsure, key=lambda found: found[0], default=(0.0, 0))
    return f"uncertain: {_leading(beliefs[i], row)} ({beliefs[i].question.task})" if most >= UNCERTAIN else ""


def _leading(belief: Belief, row: int) -> str:
    """The two most probable labels; of a multi-label task, the label in question."""
    shares = belief.proba[row]
    if belief.question.label:
        return f"{belief.question.label} {percentage(shares[1])}"
    first, second = np.argsort(-shares, kind="stable")[:2]
    return ", ".join(f"{belief.question.labels[k]} {percentage(shares[k])}" for k in (first, second))
