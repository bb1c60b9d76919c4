"""Read annotations, checked against the codebook, the article's text and the other rows."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from stancekit.annotations.check import Row, annotation_of, meaning_faults, shape_faults
from stancekit.codebook import Codebook
from stancekit.errors import InputError, Tally, refuse_paths
from stancekit.io.files import jsonl_lines
from stancekit.records import Annotation, Article, Statement


def load_annotations(
    path: str | Path,
    codebook: Codebook,
    articles: Mapping[str, Article] | None = None,
    statements: Iterable[Statement] = (),
    *,
    partial: bool = False,
    complete: bool = True,
) -> list[Annotation]:
    """Read and check the annotations of a file, in its order. A file holds the rows of one annotator.

    Parameters
    ----------
    path : a JSON Lines file, a statement a line.
    codebook : that the labels are checked against.
    articles : id → article; every row must point into one of them, and its text must stand at its span. `None` leaves
        the texts unchecked.
    statements : the sentences that must each be annotated exactly once; where none are given, neither this nor that rows are of
        sentences is checked.
    partial : rows may lack tasks and the holder, as those of work in progress do.
    complete : without it sentences may lack a row.

    Returns
    -------
    An annotation a line, the labels of multi-label tasks in the codebook's order.

    Raises
    ------
    InputError
        With every fault found, each as `file:line: what (allowed: ...)`; the same of many lines is said once, and what differs
        in its values alone three times, with how many more there are.
    """
    refuse_paths(codebook=codebook)
    path = Path(path)
    rows: dict[int, Row] = {}
    faults: list[tuple[int, str]] = []
    for line, row in jsonl_lines(path):
        if isinstance(row, InputError):
            faults.append((line, str(row).removeprefix(f"{path}:{line}: ")))
            continue
        if type(version := row.get("codebook_version")) in (int, float):  # as a spreadsheet, or what reads its file, has it
            row = row | {"codebook_version": str(version)}
        rows[line] = row
        faults += [(line, fault) for fault in shape_faults(row)]
    if not rows and not faults:
        raise InputError(path, "holds no annotations")
    broken = {line for line, _ in faults}
    for line, row in rows.items():
        if line not in broken:  # a row of another shape has said so; what its values mean can't be judged
            faults += [(line, fault) for fault in meaning_faults(row, codebook, articles, partial)]
    unreadable = broken - rows.keys()
    faults += _between(rows, [s for s in statements if s.kind == "sentence"], unreadable, complete)
    if faults:
        tally = Tally()
        for line, what in sorted(faults, key=lambda fault: fault[0]):
            tally.add(f"{path}:{line}: {what}")
        raise tally.error()
    return [annotation_of(row, codebook) for row in rows.values()]


def _between(rows: Mapping[int, Row], sentences: list[Statement], unreadable: Collection[int], complete: bool) -> Iterator[tuple[int, str]]:
    """Faults of the rows together: duplicates, several annotators, what is missing, what is no sentence."""
    lines: dict[str, int] = {}
    for line, row in rows.items():
        identity = str(row.get("statement_id"))
        if identity in lines:
            yield line, f"statement '{identity}' already stands in line {lines[identity]}"
        lines.setdefault(identity, line)
    annotators = Counter(str(row.get("annotator")) for row in rows.values())
    main = max(annotators, key=lambda name: annotators[name], default="")
    for line, row in rows.items():
        if isinstance(row.get("annotator"), str) and row["annotator"] != main:
            yield line, f"annotator '{row['annotator']}' in a file of '{main}': a file holds the rows of one annotator"
    if not sentences:
        return
    known = {s.id for s in sentences}
    why = "is no sentence of its article as read here: lines, repair and language must be those of `statements`"
    yield from ((line, f"'{identity}' {why}") for identity, line in lines.items() if identity not in known)
    if not complete:
        return
    left, last = set(unreadable), max(rows, default=0) + 1
    following: dict[str, int] = {}
    missing: list[tuple[int, str]] = []
    for s in reversed(sentences):
        line = following.get(s.article_id, last)
        if s.id in lines:
            following[s.article_id] = lines[s.id]
        elif line - 1 in left:  # a line that can't be read stands where the statement should: that is said of the line
            left.remove(line - 1)
            following[s.article_id] = line - 1
        else:
            missing.append((line, f"statement '{s.id}' is missing before this line, which `partial` allows: {s.text[:60]!r}"))
    yield from reversed(missing)
