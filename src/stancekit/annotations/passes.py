"""Several annotators' labels for the same statements, read together and aligned."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from stancekit.annotations.load import load_annotations
from stancekit.codebook import Codebook
from stancekit.errors import InputError, counted
from stancekit.records import Annotation
from stancekit.sources.paths import as_paths

Passes = Mapping[str, Sequence[Annotation]]
"""Annotator → that annotator's annotations, each statement at most once."""

Units = Sequence[tuple[Annotation | None, ...]]
"""For each statement, one annotation or none of each annotator, the annotators in one order."""

HOLDER = "holder"
"""The holder of the position, which is asked of every statement beside the codebook's tasks."""


def load_passes(
    files: str | Path | Sequence[str | Path], codebook: Codebook, progress: Callable[[str], None] | None = None
) -> dict[str, list[Annotation]]:
    """Read one file for each annotator. Statements, tasks and holders may be missing here and there.

    Parameters
    ----------
    files : JSON Lines files of two annotators or more.
    codebook : that the labels are checked against.
    progress : called with a line about each file after it was read.

    Returns
    -------
    Annotator → that annotator's annotations, in the order of the files.

    Raises
    ------
    InputError
        Besides what `load_annotations` finds: fewer than two files, two files of one annotator, a statement whose text
        differs between two files, a file none of whose statements stands in another.
    """
    files = as_paths(files)
    if len(files) < 2:
        raise InputError(files[0] if files else "annotations", "is alone; give the files of two annotators or more")
    passes: dict[str, list[Annotation]] = {}
    sources: dict[str, Path] = {}
    texts: dict[str, tuple[str, Path]] = {}
    for path in files:
        rows = load_annotations(path, codebook, partial=True)
        name = rows[0].annotator
        if same := [known for known in sources if known.strip().casefold() == name.strip().casefold()]:
            raise InputError(path, f"is by annotator '{name}', and so is {sources[same[0]]}; give one file for each annotator")
        for a in rows:
            text, first = texts.setdefault(a.statement_id, (a.text, path))
            if text != a.text:
                raise InputError(path, f"statement '{a.statement_id}' has another text than in {first}: {a.text[:60]!r}")
        passes[name], sources[name] = rows, path
        if progress:
            progress(f"{path}: {counted(len(rows), 'annotation')} by '{name}'")
    had_by = Counter(a.statement_id for rows in passes.values() for a in rows)
    for name, path in sources.items():
        if all(had_by[a.statement_id] == 1 for a in passes[name]):
            raise InputError(path, "shares no statement with the other files")
    return passes


def side_by_side(passes: Passes) -> list[tuple[Annotation | None, ...]]:
    """Return for each statement the annotations in the order of the annotators; `None` where an annotator has none.

    Statements stand as in the first pass, what only later passes have after them. Raises `InputError` where there are none.
    """
    columns = [{a.statement_id: a for a in rows} for rows in passes.values()]
    order = dict.fromkeys(a.statement_id for rows in passes.values() for a in rows)
    if not order:
        raise InputError("passes", "hold no annotations")
    return [tuple(column.get(identity) for column in columns) for identity in order]


def label_numbers(units: Units, task: str, codebook: Codebook) -> NDArray[np.int64]:
    """Return (n_statements, n_annotators): the number of each annotator's label of a single-label task, -1 where there is none."""
    number = {label: k for k, label in enumerate(codebook.labels(task))}
    rows = [[-1 if a is None or task not in a.labels else number[str(a.labels[task])] for a in unit] for unit in units]
    return np.array(rows, dtype=np.int64).reshape(len(units), -1)


def label_sets(units: Units, task: str, codebook: Codebook) -> list[list[frozenset[int] | None]]:
    """Return the numbers of all labels each annotator gave of a task, further ones in `also` included; `None` where not labelled."""
    number = {label: k for k, label in enumerate(codebook.labels(task))}
    takes_more = task == codebook.also_task
    sets: dict[tuple[tuple[str, ...], tuple[str, ...]], frozenset[int]] = {}  # few of them differ: each is made once

    def given(a: Annotation | None) -> frozenset[int] | None:
        if a is None or task not in a.labels:
            return None
        main = a.labels[task]
        key = ((main,) if isinstance(main, str) else tuple(main), tuple(a.also) if takes_more else ())
        if key not in sets:
            sets[key] = frozenset(number[label] for labels in key for label in labels)
        return sets[key]

    return [[given(a) for a in unit] for unit in units]
