"""Merge several annotators into one annotation per statement; ties are left open."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from stancekit.annotations.adjudicate import differing
from stancekit.annotations.passes import HOLDER, Passes, label_numbers, label_sets, side_by_side
from stancekit.codebook import Codebook
from stancekit.errors import InputError, refuse_paths
from stancekit.evaluation.aggregation import TIE, dawid_skene, decided, vote_shares
from stancekit.evaluation.agreement import MISSING
from stancekit.evaluation.metrics import Floats, Ints
from stancekit.records import Annotation, Given
from stancekit.tables import Table

Method = Literal["majority", "dawid_skene"]
Label = str | tuple[str, ...]


def _posteriors(votes: Ints, n_classes: int) -> Floats:
    voted = (votes != MISSING).any(axis=1, keepdims=True)
    return np.where(voted, dawid_skene(votes, n_classes).posteriors, np.nan)


METHODS: Mapping[Method, Callable[[Ints, int], Floats]] = {"majority": vote_shares, "dawid_skene": _posteriors}
"""Method → how the votes on a single-label task become (n_statements, n_labels) shares, `nan` where nobody voted."""


@dataclass(frozen=True, slots=True, repr=False)
class Merged(Table):
    """One annotation a statement, over which it iterates.

    `open`: (statement id, task or `holder`) on which the annotators tie. `overruled`: (statement id, task, label) where the method
    makes a label most probable that no annotator gave the statement, so that the best of those given stands, unless any label was asked
    for. `outvoted`: (statement id, task, labels) where the label that stands was given by no more annotators than each of these.
    """

    annotations: list[Annotation]
    open: list[tuple[str, str]]
    overruled: list[tuple[str, str, str]]
    outvoted: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Annotation]:
        return iter(self.annotations)

    def __len__(self) -> int:
        return len(self.annotations)

    def rows(self) -> list[dict[str, Any]]:
        """A row a statement: its id, text, holder and the label of each task."""
        return [{"statement_id": a.statement_id, "text": a.text, "holder": a.holder, **a.labels} for a in self.annotations]


def merge_annotations(passes: Passes, codebook: Codebook, method: Method = "majority", *, any_label: bool = False) -> Merged:
    """Merge several annotators' labels into one annotation a statement.

    A single-label task gets the label of the greatest share or posterior, of those that an annotator gave; `soft` keeps them
    all, and `given` what each annotator gave where they differ or left a note. `also` holds the further labels that more than half
    of those who labelled the task give, first or further; a multi-label task the labels that more than half give; the holder is the
    one that most name. These three are counted, whatever the method.

    Exact ties are left open (in a multi-label task: where half of them give a label): the task is not in `labels`, its
    `also` is empty, the holder is "". A task that nobody labelled is not in `labels` either, but it is not open.

    Parameters
    ----------
    passes : annotator → that annotator's annotations, as `load_passes` reads them.
    codebook : whose tasks were annotated.
    method : `majority`, or `dawid_skene`, which weighs annotators by their estimated error rates (Dawid and Skene 1979,
        doi:10.2307/2346806).
    any_label : `dawid_skene` may give a label that no annotator gave.

    Returns
    -------
    Merged
        Iterates over the annotations, as `write_annotations` takes them; `open` lists what is left open, `overruled` where the
        method would give, or with `any_label` gives, a label that no annotator gave, `outvoted` where it settles a tie or goes against
        most annotators.

    Raises
    ------
    InputError : The method is another, or there are no annotations.
    """
    refuse_paths(passes=passes, codebook=codebook)
    if method not in METHODS:
        raise InputError("method", f"unknown '{method}'", METHODS)
    units = side_by_side(passes)
    single = [task for task, entry in codebook.tasks.items() if entry.kind == "single"]
    votes = {task: label_numbers(units, task, codebook) for task in single}
    shares = {task: METHODS[method](votes[task], len(codebook.labels(task))) for task in single}
    counts = {task: vote_shares(votes[task], len(codebook.labels(task))) for task in single}
    best = {task: decided(shares[task] if any_label else np.where(counts[task] == 0, -1, shares[task])).tolist() for task in single}
    sets = {task: label_sets(units, task, codebook) for task in codebook.tasks if task not in single or task == codebook.also_task}
    result = Merged([], [], [])
    for row, unit in enumerate(units):
        known = [a for a in unit if a is not None]
        labels: dict[str, Label] = {}
        soft: dict[str, dict[str, float]] = {}
        also: tuple[str, ...] = ()
        ties: list[str] = []
        for task in codebook.tasks:
            names = codebook.labels(task)
            given, half = _given_by_most(sets[task][row]) if task in sets else ((), False)
            if task not in single:
                if half:
                    ties.append(task)
                elif any(s is not None for s in sets[task][row]):
                    labels[task] = tuple(names[k] for k in given)
            elif not np.isnan(shares[task][row, 0]):
                soft[task] = dict(zip(names, shares[task][row].tolist(), strict=True))
                if (first := int(shares[task][row].argmax())) not in votes[task][row]:
                    result.overruled.append((known[0].statement_id, task, names[first]))
                if (k := best[task][row]) == MISSING:
                    ties.append(task)
                else:
                    labels[task] = names[k]
                    if above := tuple(names[j] for j, n in enumerate(counts[task][row]) if j != k and n >= max(counts[task][row][k], TIE)):
                        result.outvoted.append((known[0].statement_id, task, above))
                    also = tuple(names[j] for j in given if j != k) if task == codebook.also_task else also
        holder, tied = _most_named(known)
        version, digest = _codebook_of(known, codebook)
        every = tuple(Given(a.annotator, a.holder, a.labels, a.also, a.note) for a in known)
        kept = every if any(g.note for g in every) or differing(every, codebook) else ()
        result.annotations.append(
            replace(known[0], holder=holder, labels=labels, also=also, soft=soft, annotator=method, note="",
                    codebook_version=version, codebook_digest=digest, given=kept)
        )  # fmt: skip
        result.open.extend((known[0].statement_id, what) for what in ties + [HOLDER] * tied)
    return result


def _given_by_most(sets: Sequence[frozenset[int] | None]) -> tuple[tuple[int, ...], bool]:
    """The labels that more than half of those who labelled give, in order, and whether exactly half give another."""
    given = [s for s in sets if s is not None]
    counts = Counter(k for s in given for k in s)
    return tuple(sorted(k for k, n in counts.items() if 2 * n > len(given))), any(2 * n == len(given) for n in counts.values())


def _most_named(known: Sequence[Annotation]) -> tuple[str, bool]:
    """The holder that most name, and whether several are named as often; "" then, and where nobody names one."""
    counts = Counter(a.holder for a in known if a.holder).most_common(2)
    tied = len(counts) > 1 and counts[0][1] == counts[1][1]
    return (counts[0][0] if counts and not tied else "", tied)


def _codebook_of(known: Sequence[Annotation], codebook: Codebook) -> tuple[str, str]:
    """The version and digest that the annotations share; where they don't, the codebook's version and no digest."""
    stamps = {(a.codebook_version, a.codebook_digest) for a in known}
    return stamps.pop() if len(stamps) == 1 else (codebook.version, "")
