"""Inter-annotator agreement for each task and the holder: coefficients with intervals and counts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from math import isnan
from typing import Any, get_args

import numpy as np

from stancekit.annotations.passes import HOLDER, Passes, Units, label_numbers, label_sets, side_by_side
from stancekit.codebook import Codebook
from stancekit.duplicates import repeated_in
from stancekit.errors import InputError, counted, refuse_paths
from stancekit.evaluation import agreement
from stancekit.evaluation.agreement import MISSING, Scale
from stancekit.evaluation.intervals import interval_of, replicates
from stancekit.evaluation.label_sets import Members, number_sets, set_pair_counts
from stancekit.evaluation.leave_out import LeaveOut, leave_out
from stancekit.evaluation.metrics import Floats, Ints
from stancekit.evaluation.replicated import Replicated
from stancekit.tables import Table

LEVEL = 0.95
METHOD = "delete-one-article jackknife with Student's t; what repeats a left-out article elsewhere is left out with it"
FEW = 10
"""A label given less often has no interval."""
MOST_COMPARED = 10
"""Up to this many annotators each pair is compared; the pairs of a crowd share too few statements to be told apart."""
MOST_HOLDERS = 20
"""At most this many holders have figures of their own, those named most often; all count towards the figures on the holder."""
NO_LABEL = "(none)"
"""Stands among the pairs of a multi-label task where the other annotator gives no label instead."""

Record = dict[str, Any]


class Agreement(Table, Record):
    """What `measure_agreement` finds, as JSON has it."""

    def about(self) -> str:
        names = list(self["annotators"])
        who = ", ".join(names) if len(names) <= MOST_COMPARED else counted(len(names), "annotator")
        return f"tasks {', '.join(task['task'] for task in self['tasks'])}; annotators {who}; {counted(self['n'], 'statement')}"

    def rows(self) -> list[Record]:
        """A row a task and figure: its point, its interval and what is to be said of it."""
        return [{"task": task["task"], "figure": name, **figure} for task in self["tasks"] for name, figure in task["figures"].items()]


@dataclass(frozen=True)
class _Field:
    """What was asked. `ratings` are (n_statements, n_annotators) numbers of labels, or of whole sets in a multi-label task.

    `sets`, where a statement may have several labels, are numbers of sets likewise, and (n_sets, n_labels) their members.
    """

    name: str
    kind: str
    labels: tuple[str, ...]
    ratings: Ints
    sets: tuple[Ints, Members] | None = None

    @property
    def n_numbers(self) -> int:
        """How many numbers there are to rate with."""
        return len(self.sets[1]) if self.kind == "multi" and self.sets else len(self.labels)

    def labels_of(self, n: int) -> Ints:
        """(n_numbers, n): 1 where a rating of this number gives the label, for the first `n` labels."""
        if self.kind == "multi" and self.sets:
            return self.sets[1][:, :n].astype(np.int64)
        return np.eye(self.n_numbers, min(n, len(self.labels)), dtype=np.int64)


def measure_agreement(
    passes: Passes, codebook: Codebook, scales: Mapping[str, Scale] | None = None, progress: Callable[[str], None] | None = None
) -> Agreement:
    """Measure inter-annotator agreement on each task of the codebook and on the holder.

    Raw agreement, Cohen's κ (two annotators), Fleiss' κ, Krippendorff's α (for sets with the MASI distance) and Gwet's AC1, with
    intervals by a delete-one-article jackknife. Ref: Krippendorff 2019, Content Analysis, ch. 12; Gwet 2008,
    doi:10.1348/000711006X126600; Passonneau 2006 (MASI).

    Parameters
    ----------
    passes : annotator → that annotator's annotations, as `load_passes` reads them.
    codebook : whose tasks were annotated.
    scales : task → `ordinal` or `interval`: the codebook's order of its labels is a scale, and α by it is given too.
    progress : called with a line about each task before it is computed.

    Returns
    -------
    Agreement
        A dict, ready to be written as JSON: `annotators` (name → statements), `n`, `articles`, and `tasks`: a list of `task`,
        `kind`, `labels`, `n` (labelled
        by anyone), `n_pairable` (by two or more), `articles` (that hold such), `annotators`, `figures` (name → interval),
        `by_label`, `by_pair` and `pairs`: how often two annotators of a statement gave these two labels. With two
        annotators `first` is the label of the first; with more the order within a pair says nothing.

        A figure that is undefined is `None`, with a note.

    Raises
    ------
    InputError : There are fewer than two annotators, nothing is annotated, or a scale or its task is not known.
    KeyError : A label is not in the codebook: `load_passes` checks that.
    """
    refuse_paths(passes=passes, codebook=codebook)
    if len(passes) < 2:
        raise InputError("passes", f"are of {counted(len(passes), 'annotator')}; agreement takes two or more")
    scales = _checked(scales or {}, codebook)
    units = side_by_side(passes)
    known = [next(a for a in unit if a is not None) for unit in units]
    articles = [a.article_id for a in known]
    leave = leave_out(articles, repeated_in([a.text for a in known], articles))
    number = {article: i for i, article in enumerate(leave.names)}
    homes = np.array([number[article] for article in articles], dtype=np.int64)
    tasks = []
    for name in (*codebook.tasks, HOLDER):
        if progress:
            progress(f"agreement on {name}: {len(passes)} annotators, {len(units)} statements of {len(number)} articles")
        field = _holder(units) if name == HOLDER else _task(name, units, codebook)
        tasks.append(_record(field, list(passes), leave, homes, scales.get(name)))
    return Agreement({
        "codebook": {"name": codebook.name, "version": codebook.version},
        "level": LEVEL,
        "interval": METHOD,
        "annotators": {name: len(rows) for name, rows in passes.items()},
        "n": len(units),
        "articles": len(number),
        "tasks": tasks,
    })  # fmt: skip


def parse_scales(values: Sequence[str], codebook: Codebook) -> dict[str, Scale]:
    """Parse `ordinal` for every single-label task, `stance=ordinal` for one; `interval` likewise. Raises `InputError`."""
    single = [task for task, entry in codebook.tasks.items() if entry.kind == "single"]
    scales: dict[str, Scale] = {}
    for value in values:
        task, _, name = value.rpartition("=")
        scales |= _checked(dict.fromkeys([task] if task else single, name), codebook)
    return scales


def _checked(scales: Mapping[str, str], codebook: Codebook) -> dict[str, Scale]:
    """The scales. Raises `InputError` for one that there is not, or that is of no single-label task."""
    known = {name: name for name in get_args(Scale)}
    single = [task for task, entry in codebook.tasks.items() if entry.kind == "single"]
    for task, name in scales.items():
        if name not in known:
            raise InputError("scales (--scale)", f"'{name}' is no scale", known)
        if task not in single:
            raise InputError("scales (--scale)", f"'{task}' is no single-label task", single)
    return {task: known[name] for task, name in scales.items()}


def _task(task: str, units: Units, codebook: Codebook) -> _Field:
    labels, kind = codebook.labels(task), codebook.tasks[task].kind
    several = kind == "multi" or task == codebook.also_task
    sets = number_sets(label_sets(units, task, codebook), len(labels)) if several else None
    return _Field(task, kind, labels, sets[0] if sets and kind == "multi" else label_numbers(units, task, codebook), sets)


def _holder(units: Units) -> _Field:
    """The holders are whom the annotators name, the most frequent first."""
    named = Counter(a.holder for unit in units for a in unit if a is not None and a.holder)
    labels = tuple(sorted(named, key=lambda holder: (-named[holder], holder)))
    number = {holder: k for k, holder in enumerate(labels)}
    ratings = [[MISSING if a is None else number.get(a.holder, MISSING) for a in unit] for unit in units]
    return _Field(HOLDER, "holder", labels, np.array(ratings, dtype=np.int64))


def _record(field: _Field, names: Sequence[str], leave: LeaveOut, homes: Ints, scale: Scale | None) -> Record:
    labelled = field.ratings != MISSING
    pairable = labelled.sum(axis=1) > 1
    # An article that one annotator alone labelled says nothing on agreement: to leave it out is no replicate.
    telling = leave.of_groups({leave.names[k] for k in np.unique(homes[pairable]).tolist()})
    found = Replicated(field.ratings, field.n_numbers, telling)
    return {
        "task": field.name,
        "kind": field.kind,
        "labels": list(field.labels),
        "n": int(labelled.any(axis=1).sum()),
        "n_pairable": int(pairable.sum()),
        "articles": len(telling.names),
        "annotators": dict(zip(names, labelled.sum(axis=0).tolist(), strict=True)),
        "figures": dict(_figures(field, found, telling, scale)),
        "by_label": list(_by_label(field, found, telling, homes)),
        "by_pair": list(_by_pair(field, names, leave.of_groups(()))),
        "pairs": _pairs(field),
    }


def _interval(values: Floats, leave: LeaveOut, ratings: Ints, low: float = -1.0) -> Record:
    """Of values on all statements, then without each article; `ratings` say why there are none."""
    found = interval_of(replicates(values, leave.names, leave.count), level=LEVEL, bounds=(low, 1.0))
    why = agreement.why_undefined(ratings) if found.point is None else ""
    return asdict(replace(found, note=why or found.note))


def _figures(field: _Field, found: Replicated, leave: LeaveOut, scale: Scale | None) -> Iterator[tuple[str, Record]]:
    yield "raw", _interval(found.raw, leave, field.ratings, 0.0)
    if field.kind != "multi":  # whole sets as labels would call sets apart that all but agree
        fleiss, ac1 = found.fleiss_and_ac1(len(field.labels))
        if field.ratings.shape[1] == 2:
            yield "cohen", _interval(found.cohen(), leave, field.ratings)
        yield "fleiss", _interval(fleiss, leave, field.ratings)
        yield "alpha", _interval(found.alpha(), leave, field.ratings)
        if scale:
            yield f"alpha_{scale}", _interval(found.scale_alpha(scale), leave, field.ratings)
        yield "ac1", _interval(ac1, leave, field.ratings)
    if field.sets is not None:
        numbers, members = field.sets
        of_sets = found if field.kind == "multi" else Replicated(numbers, len(members), leave)
        yield "alpha_masi", _interval(of_sets.masi_alpha(members), leave, numbers)


def _by_label(field: _Field, found: Replicated, leave: LeaveOut, homes: Ints) -> Iterator[Record]:
    """Each label against the rest: how many annotations have it, in how many articles."""
    labels_of = field.labels_of(MOST_HOLDERS if field.kind == "holder" else len(field.labels))
    figures = {"alpha": found.label_alpha(labels_of)}
    if field.ratings.shape[1] == 2:
        figures["cohen"] = found.label_cohen(labels_of)
    counts = agreement.sparse_counts(field.ratings, len(labels_of)) @ labels_of
    answers = np.vstack([labels_of, np.full((1, labels_of.shape[1]), MISSING)])  # what is missing, -1, is the last
    for k, (label, given) in enumerate(zip(field.labels, counts.T, strict=False)):
        row = {name: _interval(values[k], leave, answers[field.ratings, k]) for name, values in figures.items()}
        if given.sum() < FEW:  # a handful in a few articles hardly moves when one goes, and would look certain
            for figure in row.values():
                figure |= {"low": None, "high": None, "note": figure["note"] or f"no interval: given fewer than {FEW} times"}
        yield {"label": label, "given": int(given.sum()), "articles": len(np.unique(homes[given > 0]))} | row


def _by_pair(field: _Field, names: Sequence[str], leave: LeaveOut) -> Iterator[Record]:
    """Raw agreement and Cohen's κ of each two of three annotators or more."""
    if not 2 < len(names) <= MOST_COMPARED or field.kind == "multi":  # whole sets as labels would call apart what all but agrees
        return
    for i, j in combinations(range(len(names)), 2):
        two = field.ratings[:, [i, j]]
        found = Replicated(two, field.n_numbers, leave)
        raw, cohen = (None if isnan(value[0]) else float(value[0]) for value in (found.raw, found.cohen()))
        yield {
            "annotators": [names[i], names[j]],
            "n": int(found.n_paired[0]),
            "raw": raw,
            "cohen": cohen,
            "note": agreement.why_undefined(two),
        }


def _pairs(field: _Field) -> list[Record]:
    """How often two labels met, in the order of the labels."""
    labels = (*field.labels, NO_LABEL)
    if field.kind == "multi" and field.sets:
        table = set_pair_counts(*field.sets, none=len(field.labels))
    else:
        table = agreement.pair_counts(field.ratings)
    if field.ratings.shape[1] > 2:
        either: Counter[tuple[int, int]] = Counter()
        for (i, j), n in table.items():
            either[min(i, j), max(i, j)] += n
        table = either
    return [{"first": labels[i], "second": labels[j], "n": table[i, j]} for i, j in sorted(table)]
