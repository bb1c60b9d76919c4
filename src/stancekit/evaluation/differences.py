"""Paired differences between models on the same statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stancekit.errors import InputError
from stancekit.evaluation.intervals import Interval, holm, interval_of, replicates, student_p
from stancekit.evaluation.scored import scored_rows
from stancekit.predictions import Predictions


@dataclass(frozen=True, slots=True)
class Difference:
    """Macro-F1 of a model minus that of a baseline on the same statements. `p` is two-sided, `p_holm` adjusted."""

    model: str
    baseline: str
    difference: Interval
    p: float | None
    p_holm: float | None = None


def compare(
    models: Mapping[str, Sequence[Predictions]],
    baselines: Sequence[str],
    gold: Mapping[str, str],
    groups: Mapping[str, str],
    unit: str = "article",
) -> list[Difference]:
    """Compute paired differences in macro-F1 from each baseline, by the jackknife; Holm's adjustment over the baselines.

    `unit` : what a group is called.
    """
    found: list[Difference] = []
    for name, seeds in models.items():
        own = [difference(seeds, models[b], gold, groups, (name, b), unit) for b in baselines if b in models and name not in baselines]
        known = [d.p for d in own if d.p is not None]
        adjusted = iter(holm(known))
        found += [Difference(d.model, d.baseline, d.difference, d.p, next(adjusted) if d.p is not None else None) for d in own]
    return found


def difference(
    ours: Sequence[Predictions],
    theirs: Sequence[Predictions],
    gold: Mapping[str, str],
    groups: Mapping[str, str],
    names: tuple[str, str] | None = None,
    unit: str = "article",
) -> Difference:
    """Compute the macro-F1 of one model minus that of another, each the mean of its seeds.

    `names` : what to call them, if not as they are. `unit` : what a group is called.
    """
    model, baseline = names or (ours[0].model, theirs[0].model)
    if ours[0].ids != theirs[0].ids:
        raise InputError(f"'{model}' and '{baseline}'", "predict different statements, so they can't be paired")
    a, b = (scored_rows(seeds, gold, groups, unit) for seeds in (ours, theirs))
    found = replicates(a.counts().mean_f1(a.occurs) - b.counts().mean_f1(b.occurs), a.groups)
    interval = interval_of(found, bounds=(-1.0, 1.0), unit=unit)
    return Difference(model, baseline, interval, None if interval.low is None else student_p(found.point / found.error, found.degrees))
