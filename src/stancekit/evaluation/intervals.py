"""Jackknife intervals over articles: statements of one article are not independent."""

import math
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stancekit.evaluation.leave_out import leave_out

NAMED = 5
"""At most this many groups are named in a note."""
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


@dataclass(frozen=True, slots=True)
class Replicates:
    """What the jackknife found. `lost` names the groups without which the statistic is undefined; then `error` is `nan`."""

    point: float
    error: float
    degrees: float
    lost: tuple[Hashable, ...] = ()


def jackknife(
    groups: Sequence[Hashable],
    statistic: Callable[[NDArray[np.bool_]], float],
    *,
    level: float = 0.95,
    bounds: tuple[float, float] = (0.0, 1.0),
    repeats: Sequence[Collection[Hashable]] = (),
) -> Interval:
    """Estimate an interval by the delete-one-group jackknife with Student's t on G - 1 degrees of freedom.

    With five articles a bootstrap of statements covers about 57 % where it claims 95 %; this covers about 94 %.
    The standard error is that of Efron and Tibshirani (1993, An Introduction to the Bootstrap, ch. 11).

    Parameters
    ----------
    groups : (n,) the article of each row; a row of group `None` is never left out.
    statistic : takes an (n,) mask of rows and gives the figure on those rows, `nan` where it is undefined.
    bounds : the interval is cut to what the statistic can be.
    repeats : (n,) the groups that hold a repeat of each row: the row is left out with each of these too. G is then how
        many groups of what is left out at a time the rows make, which is fewer than there are groups.
    """
    leave = leave_out(groups, repeats)
    masks = leave.staying() if len(leave.names) > 1 else [np.ones(len(groups), dtype=bool)]  # without the only group nothing may be left
    found = replicates(np.array([statistic(mask) for mask in masks]), leave.names, leave.count)
    return interval_of(found, level=level, bounds=bounds)


def interval_of(found: Replicates, *, level: float = 0.95, bounds: tuple[float, float] = (0.0, 1.0), unit: str = "article") -> Interval:
    """Return the interval of jackknife replicates, or the reason for none. `unit` : what a group is called in that reason."""
    point, error, lost = found.point, found.error, found.lost
    if math.isnan(point):
        return Interval(None, None, None, level, "undefined on all rows")
    if lost:
        more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
        return Interval(point, None, None, level, f"no interval: undefined without {', '.join(map(str, lost[:NAMED]))}{more}")
    if math.isnan(error):
        return Interval(point, None, None, level, "no interval: one group")
    if found.degrees < 1:
        return Interval(point, None, None, level, "no interval: so much repeats that fewer than two groups are left to compare")
    if error < NO_SPREAD:
        return Interval(point, None, None, level, f"no interval: the figure is the same whichever {unit} is left out")
    margin = student_quantile(level, found.degrees) * error
    return Interval(point, max(bounds[0], point - margin), min(bounds[1], point + margin), level)


def replicates(values: NDArray[np.float64], names: Sequence[Hashable], count: float | None = None) -> Replicates:
    """Summarise (1 + G,) `values` of the statistic: on all rows, then without each group, in the order of `names`.

    `count` takes the place of G where groups overlap.
    """
    point, without = float(values[0]), values[1:]
    if len(names) < 2:
        return Replicates(point, float("nan"), 0)
    if lost := tuple(name for name, value in zip(names, without, strict=True) if math.isnan(value)):
        return Replicates(point, float("nan"), 0, lost)
    count = len(names) if count is None else count
    return Replicates(point, float(np.sqrt((count - 1) / len(names) * ((without - without.mean()) ** 2).sum())), count - 1)


def student_quantile(level: float, degrees: float) -> float:
    """Return the two-sided quantile of Student's t."""
    from scipy.special import stdtrit  # what scipy.stats goes by, which takes a second to import

    return float(stdtrit(degrees, 0.5 + level / 2))


def student_p(statistic: float, degrees: float) -> float:
    """Return the two-sided p-value of Student's t."""
    from scipy.special import stdtr

    return float(2 * stdtr(degrees, -abs(statistic)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return step-down adjusted p-values (Holm 1979, Scandinavian Journal of Statistics 6:65-70), in the order given."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    running = 0.0
    for rank, index in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = running
    return adjusted
